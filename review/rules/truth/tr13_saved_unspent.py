"""TR13 truth.saved_unspent — 把没有花出去的钱说成节约

反例：
    预算780万元只支出457万元，自评称“节约资金323万元”，任务没有全部完成。
正例：
    招标节约的写明控制价、中标价和节约额；未开展的任务和未支付的尾款如实列为结余。
理由：
    未支出不等于节约，把结余当成效会掩盖预算偏大或任务没有完成。
已知局限：
    写明招标、核减、压减等节约来源的不提示；执行率95%以上的不判断。
依据：
    财预〔2020〕10号：预算执行率偏低的应说明原因，自评应客观真实。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.text import fold
from review.context import ReviewContext
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.rule import Hit, Rule
from review.spending import execution_rate
from review.wording import number

_HIGH = 95.0
_SAVED = re.compile(
    r"(?<!开源)(?:节约|节省)(?:了)?(?:财政|项目|预算|经费|成本)*"
    r"(?:资金|经费|成本|支出|费用|开支)?[^,，。;；]{0,4}?\d"
)
_HOW = re.compile(r"招标|中标|采购|核减|审减|压减|比价|询价|竞价|议价|评审|谈判|磋商|控制价")
_ROW_SAVED = re.compile(
    r"(?:资金|成本|经费)节[约省]率?(?:额|金额)?$|^节[约省](?:资金|成本|经费|率)"
)


def _check(context: ReviewContext) -> Iterator[Hit]:
    rate = execution_rate(context.declaration)
    declaration, evaluation = context.declaration, context.evaluation
    if rate is None or rate >= _HIGH:
        return
    unspent = (declaration.budget_wan or 0) - (declaration.executed_wan or 0)
    values = {"rate": number(round(rate, 1)), "unspent": number(round(unspent, 2))}
    advice = Suggestion("请区分招标节约、尾款未付和任务未做三种情形，分别列出金额。")
    texts = [("actual_summary", evaluation.actual_summary if evaluation else None)]
    texts.append(("report_text", declaration.report_text))
    for field, text in texts:
        folded = fold(text or "")
        match = _SAVED.search(folded.text)
        if match and not _HOW.search(folded.text[max(0, match.start() - 60) : match.end() + 60]):
            span = folded.origin(*match.span())
            yield Hit(field=field, span=span, values=values, suggestion=advice)
            return
    for row in context.rows:
        text = f"{row.indicator.actual or ''}{row.indicator.reason or ''}"
        claimed = _SAVED.search(text) or (_ROW_SAVED.search(row.name.text) and row.indicator.actual)
        if claimed and not _HOW.search(text):
            yield Hit(row=row.index, field="actual", values=values, suggestion=advice)
            return


RULE = Rule(
    code="TR13",
    name="truth.saved_unspent",
    severity=Severity.WARNING,
    message="预算执行率{rate}%，未支出的{unspent}万元被说成“节约”，没有写明节约来自哪里，请区分节约与未支出。",
    question="未支出的{unspent}万元中，招标节约、尾款未付、任务未做各是多少？有何凭证？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.88,
)

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

from corpus.text import fold, normalise
from review.context import ReviewContext
from review.facts.spending import execution_rate
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.rule import Hit, Rule
from review.wording import number

_HIGH = 95.0
_SAVED = re.compile(
    r"(?:节约|节省)了?(?:财政|项目|预算)*(?P<noun>资金|经费|成本|支出|费用|开支)?"
    r"[^,，。;；\d]{0,4}(?P<value>\d+(?:\.\d+)?)(?P<unit>亿元|万元|元|%)?"
)
_OTHERS = re.compile(r"群众|农户|企业|用户|患者|家庭|每年|可(?:为|以)?$|预计|将|帮助")
"""Before the words: what others save, or will save, is not the budget's."""
_HOW = re.compile(r"招标|中标|采购|核减|审减|压减|比价|询价|竞价|议价|评审|谈判|磋商|控制价")
_ROW_SAVED = re.compile(
    r"(?:资金|成本|经费)节[约省]率?(?:额|金额)?$|^节[约省](?:资金|成本|经费|率)"
)
_ONLY_SAVED = re.compile(r"^[\W_]*(?:因|由于)?(?:节约|节省)了?(?:资金|经费|成本|开支|支出)*[\W_]*$")
_WAN = {"亿元": 1e4, "万元": 1.0, "元": 1e-4}
_NEAR = 0.5
"""Share of the unspent money within which an amount is about it."""


def _check(context: ReviewContext) -> Iterator[Hit]:
    rate = execution_rate(context.declaration)
    evaluation = context.evaluation
    if rate is None or rate >= _HIGH or evaluation is None:
        return
    unspent = (evaluation.budget_wan or 0) - (evaluation.executed_wan or 0)
    values = {"rate": number(round(rate, 1)), "unspent": number(round(unspent, 2))}
    advice = Suggestion("请区分招标节约、尾款未付和任务未做三种情形，分别列出金额。")
    folded = fold(evaluation.actual_summary or "")
    span = _claim(folded.text, unspent)
    if span is not None:
        place = folded.origin(*span)
        yield Hit(field="actual_summary", span=place, values=values, suggestion=advice)
        return
    for row in context.rows:
        text = normalise(f"{row.indicator.actual or ''}{row.indicator.reason or ''}")
        named = (_ROW_SAVED.search(row.name.text) and row.indicator.actual) or _ONLY_SAVED.match(
            normalise(row.indicator.reason or "")
        )
        if (named or _claim(text, unspent)) and not _HOW.search(text):
            yield Hit(row=row.index, field="actual", values=values, suggestion=advice)
            return


def _claim(text: str, unspent: float) -> tuple[int, int] | None:
    """Return where a folded text calls about the unspent money saved, and does not say how."""
    for match in _SAVED.finditer(text):
        before = text[max(0, match.start() - 12) : match.start()]
        around = text[max(0, match.start() - 60) : match.end() + 60]
        if _OTHERS.search(before) or _HOW.search(around):
            continue
        factor = _WAN.get(match["unit"] or "")
        if factor is None and not match["noun"]:
            continue
        amount = float(match["value"]) * (factor or 0)
        if factor is None or abs(amount - unspent) <= _NEAR * unspent:
            return match.span()
    return None


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

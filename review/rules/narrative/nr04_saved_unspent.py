"""NR04 narrative.saved_unspent — 正文把没有支出的资金说成节约

反例：
    “预算780万元，支出457万元，节约资金323万元。”
正例：
    “支出457万元，结余323万元，其中招标节约41万元，其余为未开展的两项课题。”
理由：
    未支出不等于节约，把结余当成效会掩盖预算偏大或任务没有完成。
已知局限：
    写明招标、核减、审减等来源的不提示；自评表填有预算数和执行数的由TR13判断。
依据：
    财预〔2020〕10号：预算执行率偏低的应说明原因，自评应客观真实。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.context import ReviewContext
from review.finding import Severity
from review.kinds import Whole
from review.narrative import hit_text, own_report, project_statements, shown, values_of
from review.rule import Hit, Rule
from review.spending import execution_rate

_HOW = re.compile(
    r"招标|中标|采购|核减|审减|压减|比价|询价|竞价|议价|评审|谈判|磋商|控制价|集中采购|决算"
)
_ALL = 0.8
"""A saving of this share of the unspent amount explains it as a whole."""
_HIGH = 95.0


def _check(context: ReviewContext) -> Iterator[Hit]:
    report = own_report(context)
    if report is None or execution_rate(context.declaration) is not None:
        return
    stated = project_statements(context, report)
    budgets = values_of(stated, "budget") or values_of(stated, "initial_budget")
    spent = values_of(stated, "executed")
    if not budgets or not spent or not budgets[-1].value:
        return
    unspent = budgets[-1].value - spent[0].value
    if spent[0].value / budgets[-1].value * 100 >= _HIGH:
        return
    for figure in report.figures:
        wan = figure.wan
        if figure.role != "saved" or wan is None or _HOW.search(figure.clause):
            continue
        if wan >= _ALL * unspent:
            yield hit_text(
                figure.span,
                advice="请区分招标节约、尾款未付和任务未做三种情形，分别列出金额。",
                saved=figure.text,
                unspent=shown(unspent),
            )
            return


RULE = Rule(
    code="NR04",
    name="narrative.saved_unspent",
    severity=Severity.WARNING,
    message="没有支出的{unspent}万元被说成节约（{saved}），没有写明节约从何而来，请区分节约与未支出。",
    question="{saved}是怎样节约下来的？其中未付尾款、未做任务各是多少？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.88,
)

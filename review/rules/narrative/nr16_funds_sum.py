"""NR16 narrative.funds_sum — 正文资金的分项、结余与总额算不拢

反例：
    “全年预算500万元，其中中央资金400万元、县级配套150万元。”
    “预算500万元，支出430万元，结余50万元。”
正例：
    分来源之和等于总额，结余等于预算（或到位）减支出。
理由：
    资金是最容易核对的数据，算不拢说明台账不清或数据有误。
已知局限：
    分项合计超过总额、列明全部来源或列出三项以上而接近总额时提示；写有“主要”“等”的不全列举只查超过；结余按预算、到位两种口径核对，含上年结转的不核对。
依据：
    财预〔2020〕10号：绩效自评应如实反映资金到位、使用和结余情况，数据真实准确。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.report import Report
from corpus.report.leads import read_lead
from corpus.report.principal import all_statements
from review.context import ReviewContext
from review.finding import Severity
from review.kinds import Whole
from review.narrative.fund_lists import fund_lists
from review.narrative.money_tables import missed_sums
from review.narrative.places import hit_text, own_report, values_of
from review.rule import Hit, Rule
from review.wording import number

_SHARE = 0.001
_CARRIED = re.compile(r"(?:上年|以前年度|历年|年初)结[转余]")
_OTHER_LEFT = re.compile(r"上年|以前|累计|历年|质保|尾款|专户")


def _check(context: ReviewContext) -> Iterator[Hit]:
    report = own_report(context)
    if report is None:
        return
    yield from _parts(report)
    yield from _left(context, report)


def _parts(report: Report) -> Iterator[Hit]:
    """Yield totals whose parts, listed beside them or in a table, do not add up."""
    told: set[tuple[int, int]] = set()
    for listed in fund_lists(report):
        if listed.is_off and listed.total.span not in told:
            told.add(listed.total.span)
            yield hit_text(
                listed.total.span,
                advice="请核对资金文件、到位凭证和支出明细，更正总额或分项。",
                what=f"分项（{listed.quoted}）合计{number(listed.sum)}万元",
                stated=f"总额{listed.total.text}",
            )
    for table in missed_sums(report):
        yield hit_text(
            table.span,
            advice="请核对明细账和凭证，更正表中的合计或分项。",
            what=f"表中分项（{'、'.join(table.parts)}）合计{number(table.sum_wan)}万元",
            stated=f"“{table.label}”{number(table.total_wan)}万元",
        )


def _left(context: ReviewContext, report: Report) -> Iterator[Hit]:
    """Yield amounts left over that are not budget, or money received, less spending."""
    stated = tuple(s for s in all_statements(report, _year(context)) if not s.scope)
    spent = values_of(stated, "executed")
    budgets = values_of(stated, "budget", "allocated", "initial_budget")
    if not spent or not budgets:
        return
    for figure in report.figures:
        wan = figure.wan
        if figure.role != "surplus" or wan is None or figure.year not in (None, _year(context)):
            continue
        if not figure.is_exact or figure.in_table or _OTHER_LEFT.search(figure.before):
            continue
        lead = read_lead(figure.before)
        if lead.kind != "surplus" or lead.scope or _CARRIED.search(figure.clause):
            continue
        due = [budget.value - item.value for budget in budgets for item in spent]
        if all(abs(value - wan) > max(_SHARE * abs(value), figure.step) for value in due):
            yield hit_text(
                figure.span,
                advice="请核对账面结余，写明预算、到位、支出各是多少。",
                what=f"预算{budgets[0].figure.text}减支出{spent[0].figure.text}为{number(due[0])}万元",
                stated=f"结余{figure.text}",
            )
            return


def _year(context: ReviewContext) -> int | None:
    return context.declaration.year


RULE = Rule(
    code="NR16",
    name="narrative.funds_sum",
    severity=Severity.WARNING,
    message="{what}，与正文写的{stated}不符，请核对。",
    question="{stated}是怎样得出的？有无资金文件和账页？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.9,
)

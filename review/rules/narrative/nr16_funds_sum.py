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
from corpus.report.principal import Quantity, Statement, all_statements
from review.context import ReviewContext
from review.finding import Severity
from review.kinds import Whole
from review.narrative.fund_lists import fund_lists
from review.narrative.money_tables import TableSum, summed_columns
from review.narrative.places import hit_text, own_report, project_statements, values_of
from review.rule import Hit, Rule
from review.wording import number

_SHARE = 0.001
_NEAR = 0.75
"""Share from which on two amounts may be meant for the same."""
_BUDGETS: tuple[Quantity, ...] = ("budget", "initial_budget", "allocated")
_HEADS: tuple[tuple[tuple[Quantity, ...], re.Pattern[str]], ...] = (
    (_BUDGETS, re.compile(r"预算|安排|下达|到位|批复|计划")),
    (("executed",), re.compile(r"支出|执行|支付|列支|使用|决算|实支")),
    ((*_BUDGETS, "executed"), re.compile(r"^(?:金额|资金|投入|数额)")),
)
"""Quantities that a column of money may give, by its head."""
_CARRIED = re.compile(r"(?:上年|以前年度|历年|年初)结[转余]")
_OTHER_LEFT = re.compile(r"上年|以前|累计|历年|质保|尾款|专户")


def _check(context: ReviewContext) -> Iterator[Hit]:
    report = own_report(context)
    if report is None:
        return
    yield from _parts(report)
    yield from _left(context, report)
    yield from _tables(report, project_statements(context, report))


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
    for table in summed_columns(report):
        if table.is_off:
            yield hit_text(
                table.span,
                advice="请核对明细账和凭证，更正表中的合计或分项。",
                what=f"表中分项（{'、'.join(table.parts)}）合计{number(table.sum_wan)}万元",
                stated=f"“{table.label}”{number(table.total_wan)}万元",
            )


def _tables(report: Report, stated: tuple[Statement, ...]) -> Iterator[Hit]:
    """Yield budget or spending of the text that no table of it adds up to, though one nearly does.

    Which of the two a column gives is told by its head; a column headed 金额 lists sources or what
    was spent, and any amount of the whole project may be its total.
    """
    columns = [table for table in summed_columns(report) if not table.is_off]
    for quantity, pattern in _HEADS:
        totals = [table for table in columns if pattern.search(table.head)]
        written = values_of(stated, *quantity)
        if not written or any(_is_same(one, table) for one in written for table in totals):
            continue
        for table in totals:
            one = min(written, key=lambda item: abs(item.value - table.total_wan))
            if _NEAR <= one.value / (table.total_wan or 1.0) <= 1 / _NEAR:
                yield hit_text(
                    one.figure.span,
                    advice="请核对资金文件和明细账，使正文与表一致。",
                    what=f"表中“{table.label}”{number(table.total_wan)}万元",
                    stated=f"总额{one.figure.text}",
                )
                return


def _is_same(item: Statement, table: TableSum) -> bool:
    slack = max(_SHARE * table.total_wan, item.figure.step)
    return abs(item.value - table.total_wan) <= slack


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

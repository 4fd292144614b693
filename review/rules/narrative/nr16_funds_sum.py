"""NR16 narrative.funds_sum — 正文资金的分项、结余与总额算不拢

反例：
    “全年预算500万元，其中中央资金400万元、县级配套150万元。”
    “预算500万元，支出430万元，结余50万元。”
正例：
    分来源之和等于总额，结余等于预算（或到位）减支出。
理由：
    资金是最容易核对的数据，算不拢说明台账不清或数据有误。
已知局限：
    分项只在合计超过总额，或写明了全部来源时提示；结余按预算、到位两种口径核对。
依据：
    财预〔2020〕10号：绩效自评应如实反映资金到位、使用和结余情况，数据真实准确。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.report import Figure, Report
from review.context import ReviewContext
from review.finding import Severity
from review.kinds import Whole
from review.narrative import hit_text, own_report, project_statements, shown, values_of
from review.rule import Hit, Rule

_SOURCE = re.compile(r"(?:中央|省级?|市级?|县级?|区级?|镇级?|地方|上级|自筹|其他|配套|债券|本级)")
_WHOLE = re.compile(r"(?:资金|预算|总额|共计?|合计|到位|支出|投资)[\u4e00-\u9fff]{0,4}$")
_SHARE = 0.001
_MIN_PARTS = 2
_OTHER_LEFT = re.compile(r"上年|以前|累计|历年|质保|尾款|专户")


def _check(context: ReviewContext) -> Iterator[Hit]:
    report = own_report(context)
    if report is None:
        return
    yield from _parts(report)
    yield from _left(context, report)


def _parts(report: Report) -> Iterator[Hit]:
    """Yield totals whose sources, listed behind 其中, add up to more than the total."""
    for total in report.figures:
        wan = total.wan
        if wan is None or total.in_table or not total.is_exact or not _WHOLE.search(total.before):
            continue
        listed = _listed(report, total)
        sum_ = sum(figure.wan or 0.0 for figure in listed)
        if len(listed) >= _MIN_PARTS and sum_ > wan * (1 + _SHARE) + total.step:
            yield hit_text(
                total.span,
                advice="请核对资金文件和到位凭证，更正总额或分项。",
                what=f"各来源合计{shown(sum_)}万元",
                stated=f"总额{total.text}",
            )


def _listed(report: Report, total: Figure) -> list[Figure]:
    """Return the sources that the same sentence lists behind 其中."""
    behind = total.clause.partition(total.text)[2]
    if "其中" not in behind[:6]:
        return []
    found = []
    for figure in report.figures:
        if figure.sentence != total.sentence or figure.start <= total.start:
            continue
        if figure.wan is None:
            continue
        if not _SOURCE.search(figure.before) or re.search(r"其中.*其中", behind):
            break
        found.append(figure)
    return found


def _left(context: ReviewContext, report: Report) -> Iterator[Hit]:
    """Yield amounts left over that are not budget, or money received, less spending."""
    stated = project_statements(context, report)
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
        if figure.sentence != spent[0].figure.sentence:
            continue
        due = [budget.value - item.value for budget in budgets for item in spent]
        if all(abs(value - wan) > max(_SHARE * abs(value), figure.step) for value in due):
            yield hit_text(
                figure.span,
                advice="请核对账面结余，写明预算、到位、支出各是多少。",
                what=f"预算{budgets[0].figure.text}减支出{spent[0].figure.text}为{shown(due[0])}万元",
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

"""NR16 narrative.funds_sum — 正文资金的分项、结余与总额算不拢

反例：
    “全年预算500万元，其中中央资金400万元、县级配套150万元。”
    “预算500万元，支出430万元，结余50万元。”
正例：
    分来源之和等于总额，结余等于预算（或到位）减支出。
理由：
    资金是最容易核对的数据，算不拢说明台账不清或数据有误。
已知局限：
    分项合计超过总额、列明全部来源或列出三项以上而接近总额时提示；结余按预算、到位两种口径核对。
依据：
    财预〔2020〕10号：绩效自评应如实反映资金到位、使用和结余情况，数据真实准确。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.report import Figure, Report
from corpus.text import normalise
from review.context import ReviewContext
from review.finding import Severity
from review.kinds import Whole
from review.narrative.places import hit_text, own_report, project_statements, shown, values_of
from review.rule import Hit, Rule

_SOURCE = re.compile(r"(?:中央|省级?|市级?|县级?|区级?|镇级?|地方|上级|自筹|其他|配套|债券|本级)")
_OPENS = re.compile(
    r"(?:[,，]?(?:预算)?执行率\d+(?:\.\d+)?%)?[,，]?(?:\(其中:?|其中:?|\(|:|由(?=[\u4e00-\u9fff])|中[,:])"
)
_ENDS = re.compile(
    r"执行率|结余|未支|未使用|剩余|到位|实际支出|全年支出|年末|较|比|另|追加|调[增减]"
)
_INNER = re.compile(r"(?:其中|含|包括)")
_CLOSES = re.compile(r"[)）]")
_SUMS = re.compile(r"^(?:总额|合计|共计|总计|资金合计)")
_NEAR, _MANY = 0.85, 3
_SURPLUS = re.compile(
    r"^(?:年末|资金|项目|预算|尚|当年)*(?:结余|剩余|未支出|未支付|未使用|未执行)(?:资金|的资金|的|金额)?(?:为|共)?$"
)
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
    """Yield totals whose parts, listed beside them, do not add up."""
    for total in report.figures:
        wan = total.wan
        if wan is None or total.in_table or not total.is_exact:
            continue
        listed, complete = _listed(report, total)
        if len(listed) < _MIN_PARTS:
            continue
        sum_ = sum(figure.wan or 0.0 for figure in listed)
        over = sum_ > wan * (1 + _SHARE) + _step(total)
        under = sum_ < wan * (1 - _SHARE) - _step(total)
        near = sum_ >= _NEAR * wan and len(listed) >= _MANY
        if over or (under and (complete or near)):
            yield hit_text(
                total.span,
                advice="请核对资金文件、到位凭证和支出明细，更正总额或分项。",
                what=f"分项（{'、'.join(f.text for f in listed)}）合计{shown(sum_)}万元",
                stated=f"总额{total.text}",
            )


def _step(figure: Figure) -> float:
    """Return the rounding step of an amount in 万元."""
    return figure.step * (figure.wan or 0.0) / figure.value if figure.value else 0.0


def _listed(report: Report, total: Figure) -> tuple[list[Figure], bool]:
    """Return the parts that the same sentence lists of a total, and whether the list is whole.

    Before the total (…，总额360万元), behind it after 其中, in brackets or after a colon.
    """
    same = [f for f in report.figures if f.sentence == total.sentence and f.wan is not None]
    behind = report.text[total.end : total.end + 24]
    opened = _OPENS.match(normalise(behind))
    if opened:
        later = [figure for figure in same if figure.start > total.start]
        found: list[Figure] = []
        for figure in later:
            if _ENDS.search(figure.before) or (figure.wan or 0) >= (total.wan or 0):
                break
            if found and _INNER.search(figure.before):
                continue
            found.append(figure)
            if _CLOSES.match(report.text[figure.end : figure.end + 1]) and "(" in opened.group():
                break
        whole = opened.group() in ("(", ":", "由") and all(_SOURCE.search(f.before) for f in found)
        return found, whole
    if _SUMS.search(total.before):
        same = [
            figure
            for figure in report.figures
            if total.sentence - 1 <= figure.sentence <= total.sentence and figure.wan is not None
        ]
        earlier = [f for f in same if f.start < total.start and _SOURCE.search(f.before)]
        parts = [f for f in earlier if not _INNER.search(f.before)]
        return (parts if _covers(parts, same, total) else []), True
    return [], False


def _covers(parts: list[Figure], same: list[Figure], total: Figure) -> bool:
    """Tell whether all amounts before a sum are its sources, none a total of its own."""
    before = [figure for figure in same if figure.start < total.start]
    return len(parts) == len(before)


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
        if not _SURPLUS.match(figure.before):
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

"""NR12 narrative.score_sum — 正文各部分得分之和不等于总分

反例：
    “自评得分98分，其中：执行率9分、产出46分、效益28分、满意度9分。”（合计92分）
正例：
    各部分得分相加等于自评总分。
理由：
    总分与分项对不上，总分就没有依据。
已知局限：
    只在一句话或相邻两句列出三个以上一级部分得分时核对。
依据：
    财预〔2020〕10号：自评得分应如实计算，各级指标得分之和与总分一致。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.report import Figure, Report
from corpus.text import normalise
from review.context import ReviewContext
from review.finding import Severity
from review.kinds import Whole
from review.narrative.places import hit_text, own_report, project_statements, values_of
from review.narrative.score_lists import (
    MIN_PARTS,
    closes_list,
    levels_of_hundred,
    parts_ahead,
    parts_behind,
    table_totals,
)
from review.rule import Hit, Rule
from review.wording import number

_WEIGHTS = re.compile(r"权重|分值|满分")
_ALL_TOLD = re.compile(
    r"其[余他它](?:各项)?(?:指标|部分)?[^。]{0,6}满分|满分(?:为|是)?100分|扣分共|共扣|合计扣|总共扣|[扣失]分(?:情况|事项|项|明细|指标)?(?:\d[\d.]*分)?:"
)
_TOLERANCE = 0.051
_MIN_LOST, _LEAD = 2, 24
_FULL = 100
_SUM = re.compile(r"(?:合计|相加|总计|共计)(?:为|得|是|共|:)*$")
_OF_ALL = re.compile(r"共|合计|总|^[扣失]分(?:为|是|:)*$")
_REST = re.compile(r"其[余他它]")
_LIST = re.compile(r"其中")


def _check(context: ReviewContext) -> Iterator[Hit]:
    report = own_report(context)
    if report is None:
        return
    totals = [item.figure for item in values_of(project_statements(context, report), "score")]
    scores = [figure for figure in report.figures if figure.unit == "分" and not figure.in_table]
    for total in totals:
        found = [*_compare(total, parts_behind(scores, total))]
        if not found:
            found = [*_compare(total, parts_ahead(scores, total))]
        found += _of_levels(total, report)
        found += _of_table(total, report)
        found += _with_rest(total, scores)
        found += _deducted(scores, total, report)
        yield from found[:1]
        if found:
            return
    for figure in scores:
        if figure in totals:
            continue
        if _SUM.search(figure.before) or closes_list(scores, figure):
            yield from _compare(figure, parts_ahead(scores, figure))


def _compare(total: Figure, parts: list[tuple[str, Figure]]) -> Iterator[Hit]:
    """Yield a total that its parts do not add up to."""
    if len(parts) < MIN_PARTS:
        return
    names = [name for name, _ in parts]
    values = [figure.value for _, figure in parts]
    sums = [sum(values)]
    if "满意度" in names and "效益" in names:  # some forms count it within the benefits
        sums.append(sum(v for n, v in zip(names, values, strict=True) if n != "满意度"))
    if abs(sums[0] - _FULL) <= _TOLERANCE and _WEIGHTS.search(parts[0][1].clause):
        return  # the points that could be had
    if all(abs(value - total.value) > _TOLERANCE for value in sums):
        told = "、".join(f"{name}{number(figure.value)}" for name, figure in parts)
        yield _hit(total, told, sums[0])


def _of_levels(total: Figure, report: Report) -> Iterator[Hit]:
    """Yield a total that the levels told here and there with their full scores do not make."""
    levels = levels_of_hundred(report)
    found = sum(got for _, got in levels)
    if len(levels) >= MIN_PARTS and abs(found - total.value) > _TOLERANCE:
        yield _hit(total, "、".join(f"{name}{number(got)}" for name, got in levels), found)


def _of_table(total: Figure, report: Report) -> Iterator[Hit]:
    """Yield a total that no table of scores in the text has."""
    tables = [value for value in table_totals(report) if value <= _FULL]
    if tables and all(abs(value - total.value) > _TOLERANCE for value in tables):
        yield _hit(total, "评分表", tables[0])


def _with_rest(total: Figure, scores: Sequence[Figure]) -> Iterator[Hit]:
    """Yield a total behind which single indicators and the rest are listed: 其余指标合计60分."""
    later = [f for f in scores if total.start < f.start and f.sentence - total.sentence <= 1]
    parts = [f for f in later if f.role != "weight" and "满分" not in f.before]
    words = "".join(dict.fromkeys(f.clause for f in later))
    if len(parts) < MIN_PARTS or not (_LIST.search(words) and _REST.search(words)):
        return
    found = sum(figure.value for figure in parts)
    if _SUM.search(parts[-1].before) and abs(found - total.value) > _TOLERANCE:
        yield _hit(total, "、".join(number(figure.value) for figure in parts), found)


def _deducted(scores: Sequence[Figure], total: Figure, report: Report) -> Iterator[Hit]:
    """Yield a total that the deductions told together cannot leave of a hundred points."""
    lost = [figure for figure in scores if figure.role == "deduction"]
    beside = [f for f in lost if f.sentence == total.sentence]
    problems = [f for f in lost if report.is_within(f.start, "problems", "deviation")]
    listed = [f for f in lost if f not in problems]
    for group in (beside, problems, listed):
        left = _FULL - total.value
        parts = [figure for figure in group if not _OF_ALL.search(figure.before)]
        found = sum(figure.value for figure in parts)
        if len(parts) < _MIN_LOST or _may_hold_a_sum(parts, left):
            continue
        start = min(group[0].start, total.start) if group is beside else group[0].start
        words = normalise(report.text[max(0, start - _LEAD) : group[-1].end + _LEAD])
        is_short = found < left - _TOLERANCE and bool(_ALL_TOLD.search(words))
        if found > left + _TOLERANCE or (is_short and group is not problems):
            told = "、".join(f"扣{number(figure.value)}" for figure in parts)
            yield _hit(total, f"{told}，从满分100分扣减后", _FULL - found)
            return


def _may_hold_a_sum(parts: Sequence[Figure], left: float) -> bool:
    """Tell whether one of several deductions may be that of a level with its items beside it."""
    found = sum(figure.value for figure in parts)
    return any(abs(found - one.value - left) <= _TOLERANCE for one in parts)


def _hit(total: Figure, parts: str, found: float) -> Hit:
    return hit_text(
        total.span,
        advice="请逐项核对得分和扣分，更正总分或分项。",
        total=number(total.value),
        parts=parts,
        sum=number(found),
    )


RULE = Rule(
    code="NR12",
    name="narrative.score_sum",
    severity=Severity.WARNING,
    message="各部分得分（{parts}）合计{sum}分，与总分{total}分不符，请核对。",
    question="总分{total}分由哪些部分相加得出？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.92,
)

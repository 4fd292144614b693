"""NR15 narrative.row_conflict — 正文的完成数与自评表的实际完成值不一致

反例：
    自评表“新建机耕道里程”实际完成24.7公里，正文写“新建机耕道26.5公里”。
正例：
    正文与自评表逐项一致。
理由：
    同一指标表文不同，必有一处不实。
已知局限：
    只比较正文中紧跟指标名称、单位相同的数据；正文写的是目标值或分项的不提示。
依据：
    财预〔2020〕10号：绩效自评应数据真实准确，自评表与自评报告应相互印证。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from corpus.report import Figure, Report
from corpus.report.figures import Role
from corpus.target.units import comparable, to_base
from review.context import ReviewContext, Row
from review.finding import Severity
from review.kinds import Whole
from review.narrative.places import hit_text, own_report
from review.narrative.row_mentions import row_of
from review.rule import Hit, Rule

_ROLES: frozenset[Role] = frozenset({"actual", "count", "rate", "satisfaction"})
_SHARE, _ROUNDED = 0.0005, 0.51
_DECIMALS = re.compile(r"\d+\.(\d+)")


def _check(context: ReviewContext) -> Iterator[Hit]:
    report = own_report(context)
    if report is None:
        return
    names = {row.index: row.name.text for row in context.rows}
    for row in context.rows:
        figure = _conflict(report, row, names)
        if figure is not None:
            yield hit_text(
                figure.span,
                advice="请核对佐证材料，更正表或正文。",
                name=row.quoted["name"],
                actual=row.quoted["actual"],
                text=figure.text,
            )


def _conflict(report: Report, row: Row, names: Mapping[int, str]) -> Figure | None:
    """Return the first figure about a row that repeats neither its actual nor its target."""
    actual = row.actual
    if actual is None or actual.kind != "number" or actual.value is None or actual.parts:
        return None
    known = [to_base(actual.value, actual.unit)[0]]
    if row.parsed.value is not None:
        known.append(to_base(row.parsed.value, row.parsed.unit or actual.unit)[0])
    for figure in report.figures:
        if figure.role not in _ROLES or figure.in_table or not figure.is_exact:
            continue
        if actual.unit is None or not comparable(figure.unit, actual.unit):
            continue
        if report.is_within(figure.start, "goals", "measures", "background"):
            continue
        step = _step(row.quoted["actual"], known[0])
        if row_of(figure, names) == row.index and not any(
            _repeats(figure, value, step) for value in known
        ):
            return figure
    return None


def _step(cell: str, value: float) -> float:
    """Return the rounding step of a cell in the unit of its value: 100 of 2.16万人."""
    match = _DECIMALS.search(cell)
    if match is None or not float(match.group()):
        return 0.0
    return 10.0 ** -len(match.group(1)) * value / float(match.group())


def _repeats(figure: Figure, value: float, step: float) -> bool:
    """Tell whether a figure is a value, one of them rounded; whole numbers must be equal."""
    base = figure.base[0]
    scale = base / figure.value if figure.value else 1.0
    rounding = figure.step * scale / 2 if figure.step < 1 or scale > 1 else 0.0
    return abs(base - value) <= max(rounding, _ROUNDED * step, _SHARE * abs(value))


RULE = Rule(
    code="NR15",
    name="narrative.row_conflict",
    severity=Severity.WARNING,
    message="正文写“{name}”为{text}，自评表实际完成值为“{actual}”，表文不一致，请核对。",
    question="“{name}”的实际完成数是{text}还是{actual}？有何佐证？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.88,
)

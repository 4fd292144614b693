"""MN10 monitoring.forecast_short — 预计全年完不成而没有说明

反例：
    目标500户，预计全年完成400户，原因栏空白。
正例：
    写明差额、原因和措施，需要调整目标的按程序报批。
理由：
    已预见完不成而不处置，监控没有起到作用。
已知局限：
    没有预计数的不判断。
依据：
    财预〔2019〕136号：预计不能完成的应说明原因并提出纠偏措施。
"""

from __future__ import annotations

from corpus.target import parse_target
from corpus.target.compare import satisfies
from review.context import ReviewContext, Row
from review.facts.attainment import direction
from review.facts.explaining import has_reason
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule
from review.wording import shorten


def _check(context: ReviewContext, row: Row) -> Hit | None:
    text = row.indicator.forecast
    if not text or has_reason(row):
        return None
    expected = parse_target(text, row.indicator.name)
    if satisfies(expected, row.parsed, direction(row)) is not False:
        return None
    return hit_row(
        row,
        "target",
        suggestion=Suggestion("请说明原因和纠偏措施，确需调整目标的按程序报批。"),
        forecast=shorten(text),
    )


RULE = Rule(
    code="MN10",
    name="monitoring.forecast_short",
    severity=Severity.WARNING,
    message="指标“{name}”目标“{target}”，预计全年“{forecast}”，完不成而没有说明原因和措施。",
    question="“{name}”差额由什么造成？打算怎样补救，还是申请调整目标？",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.9,
    yields_to=("MN03",),
)

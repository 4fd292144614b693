"""EZ10 easy.below_last_year — 目标低于本项目上年实际完成水平

反例：
    上年实际培训320人次，本年目标“≥280人次”，预算没有减少。
正例：
    本年目标“≥330人次”，或说明培训任务调减的文件依据。
理由：
    目标低于已经达到的水平，属于“鞭打慢牛”式的保守设定，应有理由。
已知局限：
    只有随申报提供上年指标和实际完成值时才能比较。
依据：
    财预〔2021〕101号：指标值可参照历史标准确定。
"""

from __future__ import annotations

from corpus.records import Indicator
from corpus.target import parse_target
from corpus.target.compare import harder
from models.measure import SAME, same_measure
from review.context import ReviewContext, Row
from review.direction import wanted_direction
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule
from review.values import is_number
from review.wording import shorten


def _earlier(context: ReviewContext, row: Row) -> tuple[int | None, Indicator] | None:
    """Return the latest earlier indicator of the same measure that reports an actual."""
    history = sorted(context.declaration.history, key=lambda past: past.year or 0, reverse=True)
    for past in history:
        for indicator in past.indicators:
            if indicator.actual and same_measure(indicator.name, row.indicator.name) >= SAME:
                return past.year, indicator
    return None


def _check(context: ReviewContext, row: Row) -> Hit | None:
    earlier = _earlier(context, row) if is_number(row.parsed) else None
    if earlier is None:
        return None
    year, indicator = earlier
    actual = parse_target(indicator.actual, indicator.name)
    if not is_number(actual) or actual.unit != row.parsed.unit:
        return None
    direction = "≤" if wanted_direction(row.name.text) == "down" else "≥"
    if not harder(actual, row.parsed, direction):
        return None
    return hit_row(
        row,
        "target",
        suggestion=Suggestion(
            f"请参照上年实际“{shorten(indicator.actual or '')}”重新设定，或说明调减依据。"
        ),
        year=f"{year}年" if year else "上年",
        earlier=shorten(indicator.actual or ""),
    )


RULE = Rule(
    code="EZ10",
    name="easy.below_last_year",
    severity=Severity.WARNING,
    message="指标“{name}”的目标“{target}”低于{year}实际完成的“{earlier}”，请提高或说明理由。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.9,
)

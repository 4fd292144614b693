"""EZ02 easy.below_library — 指标值低于指标库的起步水平

反例：
    热线一次接通率 ≥80%（指标库起步水平88%，一般水平95%）。
正例：
    热线一次接通率 ≥95%。
理由：
    低于起步水平的目标不需要努力就能完成。
已知局限：
    指标库的参考值是专业估计，各地可以调整；只比较含义和单位相同的指标。
依据：
    财预〔2021〕101号：指标值可参照历史标准、行业标准、计划标准确定。
"""

from __future__ import annotations

from review.context import ReviewContext, Row
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row, replacement
from review.rule import Hit, Rule
from review.values import is_number, is_rate, library_indicator, written_target
from review.wording import number

_ALIKE = 0.85
_MARGIN = 0.5
"""Part of the way from weak to typical by which a target must miss the weak value."""


def _check(context: ReviewContext, row: Row) -> Hit | None:
    if not is_number(row.parsed) or not is_rate(row.parsed) or row.parsed.value is None:
        return None
    indicator = library_indicator(context, row, _ALIKE)
    if indicator is None or indicator.weak is None or indicator.unit != row.parsed.unit:
        return None
    weak, typical = indicator.weak, indicator.typical
    if typical is None:
        return None
    short = weak - row.parsed.value if indicator.direction == "≥" else row.parsed.value - weak
    if short <= _MARGIN * abs(typical - weak):
        return None
    usual = written_target(indicator) or ""
    return hit_row(
        row,
        "target",
        suggestion=Suggestion(f"可参考一般水平“{usual}”。", replacement(row, target=usual)),
        weak=f"{number(weak)}{indicator.unit}",
        usual=usual,
    )


RULE = Rule(
    code="EZ02",
    name="easy.below_library",
    severity=Severity.WARNING,
    message="指标“{name}”的目标“{target}”低于指标库起步水平{weak}（一般水平“{usual}”），容易完成，请提高。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.8,
    yields_to=("EZ01", "EZ05", "CR01", "CR02"),
)

"""EZ02 easy.below_library — 指标值低于指标库的起步水平

反例：
    热线一次接通率 ≥80%（指标库起步水平88%，一般水平95%）。
正例：
    热线一次接通率 ≥95%；或者在指标说明中写明“新系统首年运行”。
理由：
    低于起步水平的目标不需要努力就能完成。
已知局限：
    指标库的参考值是专业估计，各地可以调整；只比较含义相同、与项目规模无关的指标。
依据：
    财预〔2021〕101号：指标值可参照历史标准、行业标准、计划标准确定。
"""

from __future__ import annotations

from review.context import ReviewContext, Row
from review.facts.ease import attainment, compares, states_reason
from review.facts.values import written_target
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row, replacement
from review.rule import Hit, Rule
from review.wording import number

_ALIKE = 0.85
_CLEARLY = 0.925
"""Share that is harder from which a target clearly misses the weak value: it lies further below
than half the way from weak to typical."""


def _check(context: ReviewContext, row: Row) -> Hit | None:
    if not compares(row) or states_reason(row):
        return None
    found = attainment(context, row)
    if found is None or not found.scale_free:
        return None
    view = found.position
    if view is None or view.share <= _CLEARLY or view.similarity < _ALIKE:
        return None
    usual = written_target(view.indicator) or ""
    name = found.reading.indicator.name
    return hit_row(
        row,
        "target",
        suggestion=Suggestion(
            f"可参考一般水平“{usual}”。", replacement(row, name=name, target=usual)
        ),
        weak=f"{number(view.indicator.weak or 0.0)}{view.indicator.unit}",
        relation="低于" if found.direction == "≥" else "松于",
        usual=usual,
    )


RULE = Rule(
    code="EZ02",
    name="easy.below_library",
    severity=Severity.WARNING,
    message=(
        "指标“{name}”的目标“{target}”{relation}指标库起步水平{weak}（一般水平“{usual}”），"
        "容易完成，请提高或说明理由。"
    ),
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.8,
    yields_to=("EZ01", "EZ05", "CR01", "CR02"),
)

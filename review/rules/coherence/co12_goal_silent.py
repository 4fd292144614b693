"""CO12 coherence.goal_silent — 数量指标在总体目标中都没有体现

反例：
    总体目标只写“推动乡村全面振兴，提升群众获得感”，数量指标却是“新建蓄水池”“硬化晒场”。
正例：
    总体目标写“新建蓄水池12座、硬化晒场3000平方米，改善三个村的生产条件”。
理由：
    指标应由总体目标分解而来；目标不提主要任务，就看不出指标是否完整反映了目标。
已知局限：
    按用词和数字比较；一个数量指标也对不上时才提示，不逐项要求。
依据：
    财预〔2015〕88号：审核绩效目标的相关性，绩效指标是绩效目标的细化和量化描述。
"""

from __future__ import annotations

from collections.abc import Iterator

from models.measure import split_name
from review.context import ReviewContext, Row
from review.facts.quantities import find_quantities
from review.facts.values import is_number
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.rule import Hit, Rule
from review.wording import enumerate_names

_LEAST_ROWS, _LEAST_GOAL = 2, 12


def _is_mentioned(row: Row, goal: frozenset[str], figures: frozenset[float]) -> bool:
    """Tell whether part of a row's object or its figure stands in the goal.

    One character suffices: 红薯种植 is what 发展特色种养 sums up.
    """
    measure = split_name(row.indicator.name)
    return bool((measure.units or frozenset(row.name.text)) & goal) or row.parsed.value in figures


def _check(context: ReviewContext) -> Iterator[Hit]:
    goal = context.goal.text.strip()
    rows = [row for row in context.rows_of("产出", "数量") if is_number(row.parsed)]
    if context.is_excerpt or len(goal) < _LEAST_GOAL or len(rows) < _LEAST_ROWS:
        return
    characters = frozenset(goal)
    figures = frozenset(item.value for item in find_quantities(goal))
    if any(_is_mentioned(row, characters, figures) for row in rows):
        return
    yield Hit(
        field="goal",
        span=(0, len(context.declaration.goal)),
        values={"names": enumerate_names([row.quoted["name"] for row in rows], 3)},
        suggestion=Suggestion("请在总体目标中写明主要任务及其数量，与指标一一对应。"),
    )


RULE = Rule(
    code="CO12",
    name="coherence.goal_silent",
    severity=Severity.INFO,
    message="年度总体目标没有提到数量指标{names}所指的任务，目标与指标没有对应，请补充。",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.8,
    yields_to=("CP12", "CP14"),
)

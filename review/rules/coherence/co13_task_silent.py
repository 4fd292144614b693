"""CO13 coherence.task_silent — 总体目标提到的事项没有指标反映

反例：
    总体目标写“购置烘干杀菌、包装设备和变压器”，指标中没有变压器。
正例：
    数量指标：购置变压器 ≥1台；或总体目标不再列举不作考核的事项。
理由：
    总体目标列出的事项用了资金却没有指标，完成与否无从核对。
已知局限：
    只核对写明动作、没有数量的事项（带数量的另有规则），按用词比较，换一种说法的可能误报；每份最多提示两处。
依据：
    财预〔2015〕88号：审核绩效目标的相关性，绩效指标应与总体目标相关联并予以细化量化。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from corpus.text import normalise
from review.context import ReviewContext
from review.facts.goal_tasks import Task, find_tasks, telling_pairs
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.rule import Hit, Rule

_LEAST_ROWS = 4
"""A form with fewer rows lacks more than single tasks, and is told so."""
_MOST = 2


def _silent(context: ReviewContext) -> Iterator[Task]:
    """Iterate over the tasks none of whose telling words stands in any row."""
    rows = " ".join(f"{row.name.text} {row.target.text}" for row in context.rows)
    described = normalise(context.declaration.description)
    seen: set[str] = set()
    for task in find_tasks(context.goal.text):
        pairs = telling_pairs(task.object)
        if task.object in seen or re.search(rf"{re.escape(task.object)}.{{0,4}}\d", described):
            continue  # What the description counts is compared there.
        if pairs and not any(pair in rows for pair in pairs):
            seen.add(task.object)
            yield task


def _check(context: ReviewContext) -> Iterator[Hit]:
    if context.is_excerpt or len(context.rows) < _LEAST_ROWS:
        return
    for task in islice(_silent(context), _MOST):
        yield Hit(
            field="goal",
            span=context.goal.origin(task.start, task.end),
            values={"task": task.object},
            suggestion=Suggestion(f"请增设反映“{task.object}”的指标，或说明不作考核的理由。"),
        )


RULE = Rule(
    code="CO13",
    name="coherence.task_silent",
    severity=Severity.INFO,
    message="总体目标提到“{task}”，没有指标反映，请补充。",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.7,
    yields_to=("CO12",),
)

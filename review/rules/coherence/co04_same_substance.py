"""CO04 coherence.same_substance — 不同名称的指标考核同一内容

反例：
    “受益人口 ≥2.3万人”与“受益群众人数 ≥2.3万人”；“工程验收合格率 100%”与“竣工验收通过率 100%”；
    “培训人次 280人次”与“培训完成率 100%”。
正例：
    “工程验收合格率”与“工程一次验收优良率”分别定值，并说明差别。
理由：
    换一个说法重复考核同一内容，分值重复，指标体系失去区分度。
已知局限：
    按名称的对象和考核方面比较，含义相近但口径不同的可能误报。
依据：
    财预〔2021〕101号：绩效指标应重点突出、量化易评。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from models.measure import same_measure
from review.context import ReviewContext, Row
from review.finding import Severity, Suggestion
from review.kinds import Whole, hit_row
from review.rule import Hit, Rule
from review.wording import shorten

_PEOPLE = re.compile(
    r"(?:群众|居民|民众|百姓|人民|人口|人员)(?:人口|总?人数|数量?|总数)?$|总人数$|人口数$"
)
"""Words for people in general at the end of a name, whether or not it says that it counts them."""


def _likeness(first: Row, second: Row) -> float:
    """Return how likely two names measure one thing; 受益人口 and 受益群众数 both count people."""
    return same_measure(
        *(_PEOPLE.sub("人数", row.indicator.name.strip()) for row in (first, second))
    )


def _same_value(first: Row, second: Row) -> bool:
    """Tell whether two targets say the same, sign apart."""
    a, b = first.parsed, second.parsed
    return (a.kind, a.value, a.unit, a.date) == (b.kind, b.value, b.unit, b.date)


def _check(context: ReviewContext) -> Iterator[Hit]:
    floor = context.config.same_measure
    reported: set[int] = set()
    for first, second in combinations(context.rows, 2):
        if second.index in reported or first.level2 != second.level2:
            continue
        if first.name.text.strip() == second.name.text.strip() or not _same_value(first, second):
            continue
        likeness = _likeness(first, second)
        if likeness >= floor:
            reported.add(second.index)
            yield hit_row(
                second,
                "name",
                confidence=min(likeness, 0.9),
                suggestion=Suggestion("请保留一项，或写明两项在对象、口径上的区别。"),
                other=shorten(first.indicator.name),
            )


RULE = Rule(
    code="CO04",
    name="coherence.same_substance",
    severity=Severity.WARNING,
    message="指标“{name}”与“{other}”考核同一内容、目标也相同，请合并或说明区别。",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.85,
    yields_to=("CO03",),
)

"""CP18 completeness.hollow_level — 数量、质量指标有名无实

反例：
    数量指标只有“学校改造覆盖率 100%”；质量指标只有“改造任务完成率 100%”。
正例：
    数量指标：改造校舍面积 ≥1200平方米；质量指标：工程验收合格率 100%。
理由：
    数量指标没有数量就看不出工作量，质量指标只有完成率就没有质量要求，等于缺少这一类指标。
已知局限：
    只看这一类的全部指标是否都是比率（数量）或完成率（质量）；以覆盖率、参保率为主要任务的项目也应补充人数、户数。
依据：
    财预〔2015〕88号：绩效指标应从数量、质量、时效、成本等方面细化，尽量进行定量表述。
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from review.context import ReviewContext, Row
from review.facts.values import is_number, is_rate
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.rule import Hit, Rule

_DONE = re.compile(
    r"(?:完成|完工|竣工|开工|实施|进度)[一-龥]{0,2}(?:率|比例)$|(?:完成|完工)(?:情况)?$"
)
_BRACKETS = re.compile(r"\([^()]*\)")


def _is_share(row: Row) -> bool:
    """Tell whether a row states a share; what is blank or worded has remarks of its own."""
    return is_number(row.parsed) and is_rate(row.parsed)


def _is_completion(row: Row) -> bool:
    """Tell whether a row only says how much of the work gets done."""
    return _is_share(row) and bool(_DONE.search(_BRACKETS.sub("", row.name.text).strip(" :。")))


_KINDS: tuple[tuple[str, Callable[[Row], bool], str, str], ...] = (
    (
        "数量",
        _is_share,
        "比率，没有工作量",
        "请补充与预算测算口径一致的工作量，如面积、台套数、人次、场次。",
    ),
    (
        "质量",
        _is_completion,
        "完成率，没有质量要求",
        "完成率请并入数量或时效指标，质量指标写明验收、达标、合格等要求。",
    ),
)


def _check(context: ReviewContext) -> Iterator[Hit]:
    if context.is_excerpt:
        return
    for aspect, is_other, what, advice in _KINDS:
        rows = list(context.rows_of("产出", aspect))
        if rows and all(map(is_other, rows)):
            yield Hit(
                field="indicators",
                values={"aspect": aspect, "count": len(rows), "what": what},
                suggestion=Suggestion(advice),
            )


RULE = Rule(
    code="CP18",
    name="completeness.hollow_level",
    severity=Severity.WARNING,
    message="{aspect}指标共{count}项，都是{what}，请补充。",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.85,
)

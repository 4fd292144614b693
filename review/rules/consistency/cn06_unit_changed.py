"""CN06 consistency.unit_changed — 指标值的计量单位与批复不同

反例：
    批复“培训500人”，自评表指标值写“500人次”。
正例：
    单位与批复一致。
理由：
    换单位后数字看似相同，要求却不同，人次代替人数尤其常见。
已知局限：
    没有写单位的不判断；公里与米等换算关系明确的不提示。
依据：
    财预〔2020〕10号：自评应以批复的绩效目标为依据，口径一致。
"""

from __future__ import annotations

from collections.abc import Iterator

from review.context import ReviewContext
from review.facts.declared import compare_with_declared
from review.facts.values import is_number, units_differ
from review.finding import Severity, Suggestion
from review.kinds import Whole, hit_row
from review.rule import Hit, Rule


def _check(context: ReviewContext) -> Iterator[Hit]:
    found = compare_with_declared(context)
    for pair in found.pairs if found else ():
        before, after = pair.declared.parsed, pair.reported.parsed
        if not is_number(before) or not is_number(after) or not before.unit or not after.unit:
            continue
        if units_differ(before.unit, after.unit):
            yield hit_row(
                pair.reported,
                "target",
                suggestion=Suggestion(f"请按批复的单位“{before.unit}”填写。"),
                declared=pair.declared.quoted["target"],
            )


RULE = Rule(
    code="CN06",
    name="consistency.unit_changed",
    severity=Severity.WARNING,
    message="指标“{name}”批复为“{declared}”，自评表为“{target}”，计量单位改变，无法按批复考核。",
    question="“{name}”为什么换单位？按批复的单位，目标和实际各是多少？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.92,
)

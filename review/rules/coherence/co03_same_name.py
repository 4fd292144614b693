"""CO03 coherence.same_name — 指标名称重复

反例：
    两行三级指标都叫“按要求合理支付”。
正例：
    “公用经费拨付及时率”“特岗教师工资发放准确率”。
理由：
    同名指标重复计分，并挤占其他应考核的内容。
已知局限：
    同名但对象不同（写在指标说明里）的也会提示；同名而计量单位不同的不提示。
依据：
    财预〔2021〕101号：绩效指标应重点突出、量化易评。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.target.units import comparable
from review.context import ReviewContext, Row
from review.facts.values import is_number
from review.finding import Severity, Suggestion
from review.kinds import Whole, hit_row
from review.rule import Hit, Rule

_PLAIN = re.compile(r"[\W_]")
_MIN_LENGTH = 3


def _measure_apart(first: Row, second: Row) -> bool:
    """Tell whether two figures count different things: a share of cases, and an amount."""
    a, b = first.parsed, second.parsed
    return is_number(a) and is_number(b) and not comparable(a.unit, b.unit)


def _check(context: ReviewContext) -> Iterator[Hit]:
    seen: dict[str, Row] = {}
    for row in context.rows:
        name = _PLAIN.sub("", row.name.text)
        if len(name) < _MIN_LENGTH or name.isdigit():
            continue
        first = seen.setdefault(name, row)
        if first is not row and not _measure_apart(first, row):
            yield hit_row(
                row,
                "name",
                suggestion=Suggestion("请合并，或在名称中写明各自的考核对象。"),
                first=f"第{first.index + 1}项（{first.quoted['level2']}）",
            )


RULE = Rule(
    code="CO03",
    name="coherence.same_name",
    severity=Severity.WARNING,
    message="指标“{name}”与{first}名称相同，重复考核，请合并或区分对象。",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.93,
)

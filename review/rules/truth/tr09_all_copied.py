"""TR09 truth.all_copied — 全部实际值与指标值完全相同

反例：
    12项指标的实际完成值与指标值逐字相同。
正例：
    面积、人数等按实际统计填报，与目标略有出入属正常。
理由：
    所有指标恰好等于目标，多为照抄，真实性存疑，宜列入抽查。
已知局限：
    目标按年末实际情况调整过的项目可能全部相同；只在可比较的指标不少于5项时提示。
依据：
    财预〔2020〕10号：单位自评应客观真实反映指标实际完成情况。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.context import ReviewContext, Row
from review.facts.attainment import comparable_numbers
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.rule import Hit, Rule

_MIN_ROWS = 5
_PLAIN = re.compile(r"[\s≥≤><=≧≦]")


def _check(context: ReviewContext) -> Iterator[Hit]:
    filled = [row for row in context.rows if row.indicator.target and row.indicator.actual]
    if len(filled) >= _MIN_ROWS and all(map(_is_copied, filled)):
        yield Hit(
            field="indicators",
            values={"count": len(filled)},
            suggestion=Suggestion("建议抽查原始台账、验收资料和问卷，核实实际完成数。"),
        )


def _is_copied(row: Row) -> bool:
    """Tell whether an actual is the target: the same words, or the same number."""
    values = comparable_numbers(row)
    if values is not None and values[0] == values[1]:
        return True
    target, actual = row.indicator.target, row.indicator.actual or ""
    return _PLAIN.sub("", target) == _PLAIN.sub("", actual)


RULE = Rule(
    code="TR09",
    name="truth.all_copied",
    severity=Severity.WARNING,
    message="{count}项指标的实际完成值全部与指标值相同，疑似照抄，建议抽查佐证材料。",
    question="各项完成值由谁统计、依据哪些台账？请任选两项提供原始记录核对。",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.85,
)

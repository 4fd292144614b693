"""CR14 correctness.name_value_conflict — 名称中的数量与指标值不一致

反例：
    建设普通省道二级公路32.1公里 — 20公里。
正例：
    建设普通省道二级公路里程 — 32.1公里。
理由：
    同一事项在名称和指标值中出现两个数量，无法确定以哪个为准。
已知局限：
    只比较单位相同的数量；名称中的标准、限值（如“5公里以内”）不比较。
依据：
    财预〔2015〕88号：审核绩效目标的完整性，目标应明确清晰、前后一致。
"""

from __future__ import annotations

import re

from corpus.target.units import comparable, to_base
from review.context import ReviewContext, Row
from review.facts.quantities import Quantity, find_quantities
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule

_LIMIT = re.compile(
    r"以[内上下]|不超过|不低于|不少于|超过|≥|≤|>|<|其中|每|人均|户均|单价|标准|共计|总投资"
)
_RATE = re.compile(r"(?:率|满意度|覆盖面)[一-龥]{0,4}[≥>=]?$")
_OTHER = re.compile(r"较|比上年|提高\d|增长\d|上升\d|下降\d|降低\d|其中|占比|比例")
"""A share in the name that is no level of what the row measures."""
_TOLERANCE = 0.001


def _check(context: ReviewContext, row: Row) -> Hit | None:
    parsed, name = row.parsed, row.name.text
    if parsed.kind != "number" or parsed.value is None or parsed.unit is None or parsed.parts:
        return None
    found = find_quantities(name)
    if len(found) != 1 or not comparable(found[0].unit, parsed.unit):
        return None
    if _LIMIT.search(name) and not _states_level(name, found[0]):
        return None
    stated = to_base(found[0].value, found[0].unit)[0]
    target = to_base(parsed.value, parsed.unit)[0]
    if abs(stated - target) <= _TOLERANCE * max(abs(stated), abs(target)):
        return None
    return hit_row(
        row,
        "target",
        suggestion=Suggestion("请核实后统一，并把数量从名称中删去，只写在指标值中。"),
        stated=found[0].text,
    )


def _states_level(name: str, stated: Quantity) -> bool:
    """Tell whether a name states the level of its own rate, as 满意度达到95%以上 does."""
    is_rate = stated.unit == "%" and _RATE.search(name[: stated.start])
    return bool(is_rate) and not _OTHER.search(name)


RULE = Rule(
    code="CR14",
    name="correctness.name_value_conflict",
    severity=Severity.ERROR,
    message="指标名称“{name}”写明“{stated}”，指标值却是“{target}”，前后不一致，请核实。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.88,
)

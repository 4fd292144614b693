"""CR06 correctness.unit_mismatch — 计量单位与指标名称不符

反例：
    肥料利用率 ≥5组；改造农户数量 100%；公路养护里程 500平方米。
正例：
    肥料利用率 ≥40%；改造农户数量 ≥115户；公路养护里程 ≥159公里。
理由：
    名称与单位对不上，说明名称或数值填错，无法据此统计和考核。
已知局限：
    只判断比率、人数、数量、面积、长度、时间、金额几类；复合单位（如“次/万公里”）不判断。
依据：
    财预〔2021〕101号：绩效指标应量化易评，名称、计算方法与指标值相互对应。
"""

from __future__ import annotations

import re

from models.measure import split_name
from review.context import ReviewContext, Row
from review.facts.unit_groups import unit_group
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule

_EXPECTED = {
    "rate": ("比率", {"count", "people", "area", "length"}),
    "satisfaction": ("满意度", {"count", "people", "area", "length", "money", "time"}),
    "count": ("数量", {"share", "area", "length"}),
    "person": ("人数", {"share", "area", "length", "money"}),
    "area": ("面积", {"share", "count", "people", "length", "money"}),
    "length": ("长度", {"share", "people", "area", "money"}),
    "money": ("金额", {"share"}),
    "time": ("时间", {"share"}),
}
_ANY = re.compile("")
_STATED = {
    "rate": re.compile(r"(?:率|比例|比重|占比)$"),
    "count": re.compile(r"(?<![指米系])数量?$"),
    "time": re.compile(r"(?:时间|时限|时长|期限|时效)$"),
}
"""How a facet must end for its family to be beyond doubt."""
_GROUP_NAMES = {
    "share": "比例", "count": "件数", "people": "人数", "area": "面积", "length": "长度",
    "money": "金额", "time": "时间",
}  # fmt: skip
_NOT_SHARE = re.compile(r"(?:频|功|效|汇|概|速|利|费|税|倍|密|几)率$|每|平均|占比")
_GROWTH = re.compile(
    r"增长|增加|提高|提升|增幅|增速|下降|减少|降低|节约|压减|占|比|率|完成|及时|控制|达标|覆盖"
)
_ALONG = re.compile(r"[(\[][^)\]]*[)\]]|\d+天|\d+小时")


def _check(context: ReviewContext, row: Row) -> Hit | None:
    parsed = row.parsed
    if parsed.kind not in ("number", "range") or parsed.parts:
        return None
    name = row.name.text
    measure = split_name(name)
    family = measure.family
    group = unit_group(parsed.unit)
    if (parsed.unit or "").endswith("次") and family in ("area", "length"):
        return None
    if group is None or family not in _EXPECTED or _NOT_SHARE.search(_ALONG.sub("", name)):
        return None
    if family == "count" and not measure.object:
        return None
    if not _STATED.get(family, _ANY).search(measure.facet):
        return None
    if group == "share" and _GROWTH.search(name):
        return None
    kind, wrong = _EXPECTED[family]
    if group not in wrong:
        return None
    return hit_row(
        row,
        "target",
        suggestion=Suggestion(
            f"如考核{kind}，请改用相应单位；如考核{_GROUP_NAMES[group]}，请修改指标名称。"
        ),
        kind=kind,
        unit=parsed.unit,
    )


RULE = Rule(
    code="CR06",
    name="correctness.unit_mismatch",
    severity=Severity.ERROR,
    message="指标“{name}”反映的是{kind}，指标值“{target}”的单位“{unit}”与之不符，请核对更正。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.9,
)

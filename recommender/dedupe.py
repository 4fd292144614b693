"""Tells whether two suggestions would measure one thing."""

from __future__ import annotations

import re

from corpus.target.units import comparable, simple_unit
from models.measure import same_measure, split_name
from recommender.choice import Choice

_EXTENTS = frozenset({"长度", "面积", "体积", "质量"})
"""Dimensions of which a project rarely states two quantities of different things."""
_SHARED_LETTERS = {"满意度": 0.6, "占比": 0.8}
"""Aspects whose objects come in many wordings, and the share of letters that makes them one."""
_SHARED_PIECE = 0.6
"""Share of letters from which the pieces of two unit costs are one."""
_SHARED_THING = 0.7
"""Share of a known count's object from which a count that the text only names is of the same."""
_SIDES = (
    re.compile(r"^[^及和、]*企业满意度$"),
    re.compile(r"^[^及和、]*(?:居民|村民|市民|群众|农户|住户)满意度$"),
)
"""Who is asked as one side, whatever narrows it."""
_GAIN = re.compile(r"(?P<per>[人户])均.*增收")
_HEADS = frozenset({"人", "例", "名"})
_EMPTY = frozenset("年全总共计本的完成新增数量")
"""Letters that say nothing of what is counted."""
_COMPLETION = (
    "完工",
    "竣工",
    "建成",
    "完成",
    "交付",
    "投入使用",
    "投用",
    "投产",
    "上线",
    "通水",
    "通车",
)


def measures_same(a: Choice, b: Choice, threshold: float) -> bool:
    """Tell whether two choices measure the same thing, or ask the same people."""
    if a.name == b.name:
        return True
    if a.deadline and b.deadline:
        return a.deadline.date == b.deadline.date
    if _two_quantities(a, b):
        return False
    if a.level2 == b.level2 == "时效指标" and _about_completion(a) and _about_completion(b):
        return True
    if _one_object(a, b) or _one_extent(a, b) or _one_extent(b, a):
        return True
    if _one_count(a, b) or _one_count(b, a) or is_one_open_count(a, b) or is_one_open_count(b, a):
        return True
    if _one_naming(a, b) or _one_benefit(a, b) or _one_unit_cost(a, b):
        return True
    if _one_side(a, b) or _one_gain(a, b):
        return True
    return _one_wording(a.name, b.name) or same_measure(a.name, b.name) >= threshold


def _two_quantities(a: Choice, b: Choice) -> bool:
    """Tell whether the description states both, each with its own number: two lines it is."""
    if a.deliverable is None or b.deliverable is None or not a.level2 == b.level2 == "数量指标":
        return False
    first, second = ((each.value, each.unit) for each in (a.deliverable, b.deliverable))
    return first != second


def _one_side(a: Choice, b: Choice) -> bool:
    """Tell whether two satisfactions ask one side: 参与企业满意度, 中小企业满意度."""
    if not a.level1 == b.level1 == "满意度指标" or (a.stated and b.stated):
        return False
    return any(side.search(a.name) and side.search(b.name) for side in _SIDES)


def _one_gain(a: Choice, b: Choice) -> bool:
    """Tell whether both are what one earns more: 安置人员年人均增收额, 公益岗人均年增收额."""
    if not a.level2 == b.level2 == "经济效益指标" or (a.stated and b.stated):
        return False
    first, second = _GAIN.search(a.name), _GAIN.search(b.name)
    return first is not None and second is not None and first["per"] == second["per"]


def _about_completion(choice: Choice) -> bool:
    """Tell whether an indicator asks if the whole project is finished in time."""
    return choice.deadline is not None or any(word in choice.name for word in _COMPLETION)


def _one_wording(a: str, b: str) -> bool:
    """Tell whether two names differ in wording only: 用车单位及人员满意度, 车辆使用人员满意度."""
    first, second = split_name(a), split_name(b)
    wanted = _SHARED_LETTERS.get(first.aspect)
    if wanted is None or first.aspect != second.aspect:
        return False
    letters, others = set(first.object), set(second.object)
    shorter = min(len(letters), len(others))
    return shorter > 0 and len(letters & others) / shorter >= wanted


def _one_object(a: Choice, b: Choice) -> bool:
    """Tell whether the library describes both as the same aspect of the same object."""
    first, second = (choice.candidate for choice in (a, b))
    if first is None or second is None or not first.object or first.object != second.object:
        return False
    return split_name(a.name).aspect == split_name(b.name).aspect


def _one_naming(a: Choice, b: Choice) -> bool:
    """Tell whether two counts differ by words that narrow one of them: 免费开放天数, 年开放天数."""
    if a.level2 != b.level2 or a.unit != b.unit or a.unit in {"", "%"}:
        return False
    if a.deliverable is not None and b.deliverable is not None:
        return False
    first, second = (set(choice.name) - _EMPTY for choice in (a, b))
    return len(min(first, second, key=len)) > 1 and (first <= second or second <= first)


def _one_benefit(a: Choice, b: Choice) -> bool:
    """Tell whether both count who benefits: 受益群众人数, 示范村常住人口受益数."""
    return a.level2 == b.level2 and all(
        "受益" in choice.name and choice.unit not in {"", "%"} for choice in (a, b)
    )


def _one_unit_cost(a: Choice, b: Choice) -> bool:
    """Tell whether both are the cost of one piece: 单个示范村平均投资, 单个美丽乡村示范村成本."""
    if not a.level2 == b.level2 == "经济成本指标":
        return False
    if not all(
        choice.name.startswith(("单个", "单村", "每个", "单座", "单处")) for choice in (a, b)
    ):
        return False
    first, second = (set(split_name(choice.name).object) - set("单个每座处") for choice in (a, b))
    return len(first & second) >= _SHARED_PIECE * max(1, min(len(first), len(second)))


def _one_count(stated: Choice, other: Choice) -> bool:
    """Tell whether another count is of what the description states: 接待观众人次, 观众人数."""
    if stated.deliverable is None or other.deliverable is not None:
        return False
    thing, others = split_name(stated.name).core, split_name(other.name).core
    heads = {stated.unit, other.unit} <= _HEADS
    if not thing or not others or not (heads or comparable(stated.unit, other.unit)):
        return False
    return set(thing) <= set(others) or set(others) <= set(thing)


def is_one_open_count(own: Choice, other: Choice) -> bool:
    """Tell whether a count that the text only names is a known one: 冷藏设备数量, 冷链设备台数."""
    if own.candidate is not None or own.deliverable is not None or other.candidate is None:
        return False
    if not own.level2 == other.level2 == "数量指标" or not comparable(own.unit, other.unit):
        return False
    thing = set(other.candidate.object) - _EMPTY
    return bool(thing) and len(thing & set(own.name)) >= _SHARED_THING * len(thing)


def _one_extent(stated: Choice, other: Choice) -> bool:
    """Tell whether a library count asks for the extent that the description states already."""
    if stated.deliverable is None or other.deliverable is not None or other.level2 != "数量指标":
        return False
    known = simple_unit(stated.unit)
    return (
        known is not None
        and known.dimension in _EXTENTS
        and comparable(stated.unit, other.unit)
        and bool(other.unit)
    )

"""Whether a reported actual reaches its target, and by how much it goes beyond."""

from __future__ import annotations

import re

from corpus.target.compare import satisfies
from corpus.target.units import comparable, to_base
from corpus.text import normalise
from review.context import Row
from review.facts.direction import wanted_direction
from review.facts.values import is_number

_NOT_DONE = re.compile(
    r"(?<![无0零])未(?:能|按[期时]|按?计划|全部|如期|完全)?(?:完成|达到|达标|达成|实现|开工|启动|开展|实施|完工|验收)"
    r"|尚未|没有完成|(?<![不未])延期|进度?滞后"
)
_GOOD_COST = re.compile(
    r"节约|节省|压减|压降|降低|减少|下降|核减|到位率|发放率|执行率|准确率|合规率"
)
_BALANCED = re.compile(r"温度|湿度|浓度|酸碱|ph|水位|压力|密度|误差|占比|比例|系数", re.IGNORECASE)
_PARTLY = re.compile(
    r"基本(?:上)?(?:完成|达成|达到|达标|实现|符合|合格|满足)|部分(?:完成|达成|达标|实现)|大部分|较好完成"
)
_DONE_WORDS = re.compile(
    r"已?完成|达成|达到|达标|合格|全部|按期|按时|如期|符合|良好|显著|明显|有效|提[升高]|无"
)


def direction(row: Row) -> str:
    """Return ≤ for costs and for what else should be low, else ≥."""
    cost = row.is_level("成本") and not _GOOD_COST.search(row.name.text)
    low = cost or wanted_direction(row.name.text) == "down"
    return "≤" if low else "≥"


def comparable_numbers(row: Row) -> tuple[float, float] | None:
    """Return target and actual in one base unit, None where they cannot be compared."""
    actual, target = row.actual, row.parsed
    if actual is None or not is_number(actual) or not is_number(target):
        return None
    if actual.parts or target.parts or not comparable(actual.unit, target.unit):
        return None
    unit = target.unit or actual.unit
    wanted, reached = target.value, actual.value
    if wanted is None or reached is None:
        return None
    return to_base(wanted, target.unit or unit)[0], to_base(reached, actual.unit or unit)[0]


def comparable_dates(row: Row) -> bool:
    """Tell whether target and actual are both a single date."""
    actual, target = row.actual, row.parsed
    if actual is None or actual.kind != "date" or target.kind != "date":
        return False
    return not actual.parts and not target.parts


def meets(row: Row) -> bool | None:
    """Tell whether the actual meets the target; None where they cannot be compared.

    Beyond the better end of a range is met too (满意度 90%—95%: 98%), except for what should be
    neither high nor low, such as a temperature.
    """
    actual, target = row.actual, row.parsed
    if actual is None:
        return None
    met = satisfies(actual, target, direction(row))
    if met is not False or target.kind != "range" or actual.kind != "number":
        return met
    if _BALANCED.search(row.name.text) or target.value is None or target.value_high is None:
        return met
    low = direction(row) == "≤"
    end = target.value_high if low else target.value
    bound = target.model_copy(
        update={"kind": "number", "value": end, "value_high": None, "operator": None}
    )
    return satisfies(actual, bound, direction(row))


def is_missed(row: Row) -> bool:
    """Tell whether the actual falls short: a number, a late date, or words that say so."""
    if row.actual is None:
        return False
    if comparable_numbers(row) is not None or comparable_dates(row):
        return meets(row) is False
    return admits_missing(row)


def admits_missing(row: Row) -> bool:
    """Tell whether a worded actual says that the target was not reached."""
    words = row.actual is not None and row.actual.kind == "words"
    return words and bool(_NOT_DONE.search(normalise(row.indicator.actual or "")))


def admits_part(row: Row) -> bool:
    """Tell whether a worded actual says that the target was reached in part (基本完成)."""
    words = row.actual is not None and row.actual.kind == "words"
    text = normalise(row.indicator.actual or "")
    if not words or text == normalise(row.indicator.target):
        return False
    return bool(_PARTLY.search(text)) and not _PARTLY.search(normalise(row.indicator.target))


def completion(row: Row) -> float | None:
    """Return the completed share of a numeric target, 1 where it is reached, None if unknown.

    More is better: actual ÷ target; less is better: target ÷ actual; a range: the nearer end.
    """
    values = comparable_numbers(row)
    if values is None or row.actual is None:
        return None
    met = meets(row)
    if met is None:
        return None
    if met:
        return 1.0
    target, actual = values
    high = row.parsed.value_high
    if high is not None and row.parsed.value:
        target *= high / row.parsed.value if actual > target else 1.0
    low, top = sorted((target, actual))
    return max(0.0, low / top) if top > 0 else 0.0


def is_reached(row: Row) -> bool:
    """Tell whether the actual reaches the target, in figures or in words."""
    if row.actual is None or row.actual.kind == "blank":
        return False
    if comparable_numbers(row) is not None or comparable_dates(row):
        return meets(row) is True
    if admits_missing(row):
        return False
    return bool(_DONE_WORDS.search(row.indicator.actual or ""))


def overshoot(row: Row) -> float | None:
    """Return by what share a numeric actual exceeds a target for which more is better."""
    values = comparable_numbers(row)
    if values is None or direction(row) == "≤" or row.parsed.operator in ("≤", "<"):
        return None
    target, actual = values
    return actual / target - 1 if target > 0 else None

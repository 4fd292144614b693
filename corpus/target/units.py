"""Units of measure: their standard spelling, composite units, conversion and comparability.

The table is `corpus/lexicon/units.csv`. A composite unit is a numerator over denominators, written
元/人·年 whatever the cell has (元/人/年, 元/人*年, 元每人每年, 元/人年).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from typing import NamedTuple

from corpus.target.lexicon import read_table
from corpus.target.numerals import scale_of
from corpus.text import normalise

_COUNTING = frozenset({"计数", "家", "户", "台套", "件", "场", "期", "批", "班"})
"""Dimensions of things that are counted one by one; 个 may stand for any of them."""
_MONEY = frozenset({"人民币", "美元", "欧元", "港元"})
_TIME = frozenset({"时间", "工作日"})
_DENOMINATOR_NAMES = {"个月": "月"}
_SPLIT = {"人天": ("人", "天"), "人月": ("人", "月"), "人年": ("人", "年"), "床日": ("床", "天")}


@dataclass(frozen=True, slots=True)
class Unit:
    """One simple unit of the table."""

    name: str
    dimension: str
    factor: Fraction
    """How many of the dimension's base unit it is."""
    base: str


class UnitMatch(NamedTuple):
    """A unit found at a place of a text."""

    name: str
    """Standard spelling; “/人·年” where the cell leaves out the numerator."""
    scale: int
    """What 万, 百 … written before the unit multiply the number by."""
    end: int


@cache
def _table() -> tuple[dict[str, Unit], re.Pattern[str], re.Pattern[str]]:
    """Read the units by every spelling, and the patterns of a numerator and of a denominator."""
    spellings: dict[str, Unit] = {}
    numerators, denominators = [], []
    rows = read_table("units.csv")
    bases = {row["dimension"]: row["unit"] for row in reversed(rows) if row["factor"] == "1"}
    for row in rows:
        name, dimension = row["unit"], row["dimension"]
        base = name if dimension == "计数" else bases[dimension]
        unit = Unit(name, dimension, Fraction(row["factor"]), base)
        names = [name, *filter(None, row["aliases"].split("|"))]
        spellings.update(dict.fromkeys(names, unit))
        denominators += names
        numerators += [] if row["role"] == "denominator" else names
    return spellings, _longest_first(numerators), _longest_first(denominators)


def _longest_first(names: list[str]) -> re.Pattern[str]:
    """Return a pattern of all names; one in letters must not run on into further letters."""
    ordered = sorted(set(names), key=lambda name: (-len(name), name))
    return re.compile("|".join(re.escape(n) + r"(?![A-Za-z])" * n[-1].isascii() for n in ordered))


_MAX_DENOMINATORS = 4
_SCALE = re.compile("[十百千]?[万亿]?")
_DENOMINATOR_SCALE = re.compile("(?:10{0,8})?[十百千]?[万亿]?")
_ALTERNATIVE = re.compile(r"\(([^()]{1,4})\)")
_JOINER = re.compile(r" ?[/每·•*×] ?(?=[^0-9])")
_SLASH = re.compile(r" ?(?:/|(?<=[^\d ])每) ?")
_PER_TIME = re.compile("(?:年|季度|个月|月|周|天|日|学期|学年|小时)(?!内|以内|前|末|底)")
_UNKNOWN_DENOMINATOR = re.compile("[\u4e00-\u9fff]{1,4}$")


def simple_unit(name: str) -> Unit | None:
    """Return the simple unit of any spelling."""
    return _table()[0].get(name)


def match_unit(text: str, start: int) -> UnitMatch | None:
    """Read a unit of folded text at a place: 人次, 万元/公里, 元/(吨·公里), /株."""
    spellings, numerators, _ = _table()
    if text.startswith("/", start):
        found = _denominators(text, start)
        return UnitMatch(join_units(None, found[0]), 1, found[1]) if found else None
    match, scale = numerators.match(text, start), 1
    if match is None:
        prefix = _SCALE.match(text, start)
        if prefix is None or not prefix.group():
            return None
        match, scale = numerators.match(text, prefix.end()), scale_of(prefix.group())
        if match is None:
            return None
    name, end = spellings[match.group()].name, match.end()
    alternative = _ALTERNATIVE.match(text, end)
    if alternative and (other := spellings.get(alternative.group(1))):
        name, end = f"{name}({other.name})", alternative.end()
        if other.name == name.partition("(")[0]:
            name = other.name
    found = _denominators(text, end)
    if found is None:
        return UnitMatch(name, scale, end)
    return UnitMatch(join_units(name, found[0]), scale, found[1])


def _denominators(text: str, start: int) -> tuple[list[str], int] | None:
    """Read /人·年, /(吨·公里), 每人每年 … at a place."""
    slash = _SLASH.match(text, start)
    if slash is None:
        return None
    bracketed = text.startswith("(", slash.end())
    place: int | None = slash.end() + bracketed
    names: list[str] = []
    end = start
    while place is not None and len(names) < _MAX_DENOMINATORS:
        part = read_denominator(text, place, may_be_unknown=not names)
        if part is None:
            break
        names += part[0]
        end = part[1]
        place = _next_denominator(text, end, bracketed)
    if not names:
        return None
    return (
        _trailing(text, names, end + 1)
        if bracketed and text[end : end + 1] == ")"
        else (names, end)
    )


def _next_denominator(text: str, end: int, bracketed: bool) -> int | None:
    """Return where a further denominator begins: behind · or /, or a time at once (元/人年)."""
    if joiner := _JOINER.match(text, end):
        return joiner.end()
    return end if not bracketed and _PER_TIME.match(text, end) else None


def _trailing(text: str, names: list[str], end: int) -> tuple[list[str], int]:
    """Read the ·年 that may follow a bracketed denominator."""
    joiner = _JOINER.match(text, end)
    part = read_denominator(text, joiner.end()) if joiner else None
    return (names + part[0], part[1]) if part else (names, end)


def read_denominator(
    text: str, start: int, *, may_be_unknown: bool = False
) -> tuple[list[str], int] | None:
    """Read one denominator with the scale before it, such as 10万公顷; 人年 is two."""
    spellings, _, denominators = _table()
    scale = _DENOMINATOR_SCALE.match(text, start)
    place = scale.end() if scale else start
    match = denominators.match(text, place)
    if match is None:
        unknown = _UNKNOWN_DENOMINATOR.match(text, start) if may_be_unknown else None
        return ([unknown.group()], unknown.end()) if unknown else None
    name, end = spellings[match.group()].name, match.end()
    name = _DENOMINATOR_NAMES.get(name, name)
    prefix = scale.group() if scale else ""
    alternative = _ALTERNATIVE.match(text, end)
    if alternative and alternative.group(1) in spellings:
        name, end = f"{name}({spellings[alternative.group(1)].name})", alternative.end()
    if not prefix and name in _SPLIT:
        return list(_SPLIT[name]), end
    return [name if prefix == "1" else prefix + name], end


def join_units(numerator: str | None, denominators: list[str]) -> str:
    """Spell a composite unit: denominators in the order given, times last."""
    ordered = sorted(dict.fromkeys(denominators), key=_is_time)
    return f"{numerator or ''}/{'·'.join(ordered)}"


def _is_time(name: str) -> bool:
    """Tell whether a denominator is a stretch of time."""
    unit = simple_unit(name)
    return unit is not None and unit.dimension in _TIME


@lru_cache(maxsize=4096)
def standard_unit(text: str) -> str | None:
    """Return the standard spelling of a whole unit (万亩 stays 万亩), None if it is not known."""
    folded = normalise(text).strip()
    match = match_unit(folded, 0)
    if match is None or match.end != len(folded):
        return None
    scaled = _SCALE.match(folded)
    prefix = scaled.group() if scaled and match.scale != 1 else ""
    return prefix + match.name


def is_money(unit: str | None) -> bool:
    """Tell whether the numerator is an amount of money."""
    found = simple_unit((unit or "").partition("/")[0])
    return found is not None and found.dimension in _MONEY


class _Factor(NamedTuple):
    """One factor of a unit: numerator first, then denominators."""

    factor: Fraction
    base: str
    dimension: str


def _factors(unit: str) -> Iterator[_Factor]:
    """Take a unit apart into factors; a scale (10万公顷) goes into the factor."""
    numerator, _, rest = unit.partition("/")
    for part in [numerator, *filter(None, re.split("[/·]", rest))]:
        scale = _DENOMINATOR_SCALE.match(part)
        prefix = scale.group() if scale else ""
        found = simple_unit(part) or simple_unit(part.partition("(")[0])
        multiplier = 1
        if found is None and prefix:
            found = simple_unit(part[len(prefix) :])
            digits = re.match("[0-9]*", prefix)
            number = digits.group() if digits else ""
            multiplier = int(number or 1) * scale_of(prefix[len(number) :])
        if found is None:
            yield _Factor(Fraction(1), part, part)
        else:
            dimension = found.name if found.dimension == "计数" else found.dimension
            yield _Factor(found.factor * multiplier, found.base, dimension)


@lru_cache(maxsize=4096)
def _base(unit: str) -> tuple[Fraction, str]:
    """Return how many base units one unit is, and the base unit."""
    spelled = standard_unit(unit) or unit
    numerator, *denominators = _factors(spelled)
    factor = numerator.factor
    for part in denominators:
        factor /= part.factor
    names = sorted(part.base for part in denominators)
    return factor, "/".join([numerator.base, *(["·".join(names)] if names else [])])


def to_base(value: float, unit: str | None) -> tuple[float, str | None]:
    """Return a quantity in the base unit of its dimension: 3 公里 is 3000 米."""
    return (value, None) if unit is None else _to_base(value, unit)


@lru_cache(maxsize=4096)
def _to_base(value: float, unit: str) -> tuple[float, str]:
    factor, base = _base(unit)
    return float(Fraction(value) * factor), base


def comparable(unit_a: str | None, unit_b: str | None) -> bool:
    """Tell whether quantities of two units can be compared.

    A missing unit is taken to be the other one. 人 and 人次 compare, and 个 stands for any counting
    word, because forms mix them for the same thing.
    """
    return unit_a is None or unit_b is None or unit_a == unit_b or _go_together(unit_a, unit_b)


@lru_cache(maxsize=16384)
def _go_together(unit_a: str, unit_b: str) -> bool:
    first, second = (sorted(_dimensions(unit)) for unit in (unit_a, unit_b))
    if first == second:
        return True
    return "/" not in unit_a + unit_b and _counts_as(unit_a, unit_b)


@lru_cache(maxsize=4096)
def _dimensions(unit: str) -> tuple[str, ...]:
    """Return the dimensions of a unit, the numerator marked apart from the denominators."""
    numerator, *rest = (part.dimension for part in _factors(standard_unit(unit) or unit))
    return (f"+{numerator}", *rest)


def _counts_as(unit_a: str, unit_b: str) -> bool:
    """Tell whether one of two simple units is 个 and the other a counting word."""
    found = {simple_unit(unit.partition("(")[0]) for unit in (unit_a, unit_b)}
    return any(unit is not None and unit.name == "个" for unit in found) and all(
        unit is not None and unit.dimension in _COUNTING for unit in found
    )

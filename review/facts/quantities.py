"""Quantities inside running text: the number, its unit and where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.target.numerals import ARABIC, to_number
from corpus.target.units import match_unit

# Only figures: 一个 and 两级 in running text seldom state a quantity.
_NUMBER = re.compile(
    rf"(?<![\d.A-Za-z第-]){ARABIC}[余多]?(?:万(?!元)|亿(?!元)|千(?!米|克|瓦))?[余多]? ?"
)
_NOT_UNIT = re.compile(
    r"年(?!一遇)|月|日(?!次)|号|个月|时|分$|类|级|档|期(?=工程|项目)|届|轮(?=土地)|点(?=\d)|周岁|岁"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with a unit in a text."""

    value: float
    unit: str
    text: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Return the quantities of a folded text, in order; dates and ordinals are left out."""
    found = []
    for match in _NUMBER.finditer(text):
        value = to_number(match.group().strip())
        unit = match_unit(text, match.end())
        if value is None or unit is None or _NOT_UNIT.match(text, match.end()):
            continue
        stated = text[match.start() : unit.end]
        found.append(Quantity(value * unit.scale, unit.name, stated, match.start(), unit.end))
    return tuple(found)

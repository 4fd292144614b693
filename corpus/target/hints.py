"""What an indicator's name says about its value: 满意度(≥**%), 造林总面积(亩), 救助标准."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from corpus.records import Operator
from corpus.target.operators import operator_of
from corpus.target.units import match_unit
from corpus.text import normalise

_SLOT = re.compile(
    r"\( ?(?P<sign>[≥≧≤≦<>=]{1,2})? ?[*×Xx_]* ?(?P<unit>[^()*]{1,12}(?:\([^()]{1,4}\))?[^()*]{0,6})\)"
    r"|(?P<bare_sign>[≥≧≤≦<>=]{1,2}) ?[*×Xx_]{1,} ?(?P<bare_unit>[^()*]{1,12})"
)
_MONEY = re.compile(
    "补助|补贴|标准|成本|费用?$|经费|资金|单价|价格|投资|奖励|奖补|工资|待遇|低保|收入"
)


class Hint(NamedTuple):
    """What the name offers where the cell is silent."""

    operator: Operator | None = None
    unit: str | None = None
    scale: int = 1
    is_money: bool = False


@lru_cache(maxsize=16384)
def hint_of(name: str) -> Hint:
    """Return operator and unit that stand in a name; the last slot counts."""
    if not name:
        return Hint()
    folded = normalise(name)
    is_money = _MONEY.search(folded) is not None
    for slot in reversed(list(_SLOT.finditer(folded))):
        sign, text = slot["sign"] or slot["bare_sign"], slot["unit"] or slot["bare_unit"]
        unit = match_unit(text.strip(), 0)
        if unit is not None and unit.end == len(text.strip()):
            return Hint(operator_of(sign) if sign else None, unit.name, unit.scale, is_money)
    return Hint(is_money=is_money)

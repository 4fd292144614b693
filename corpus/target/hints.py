"""What an indicator's name says about its value: 满意度(≥**%), 造林总面积(亩), 救助标准."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from corpus.records import Operator
from corpus.target.operators import operator_of
from corpus.target.units import match_unit
from corpus.text import normalise

_SIGN = "[≥≧≤≦<>=]{1,2}"
_BRACKETED_UNIT = r"[^()*]{1,12}(?:\([^()]{1,4}\))?[^()*]{0,6}"
_SLOT = re.compile(
    rf"\( ?(?P<sign>{_SIGN})? ?[*×Xx_]* ?(?P<unit>{_BRACKETED_UNIT})\)"
    rf"|(?P<bare_sign>{_SIGN}) ?[*×Xx_]{{1,}} ?(?P<bare_unit>[^()*]{{1,12}})"
)
_PLACES = frozenset({"省", "市", "县", "区"})
"""In a name's brackets these say whose it is, not what is counted: 受益县(区)."""
_MONEY = re.compile(
    "补助|补贴|标准|成本|费用?$|经费|资金|单价|价格|投资|奖励|奖补|工资|待遇|低保|收入"
)
_AMOUNT = re.compile("(?:资金|金额|经费|成本|投资额?|费用?|支出|产值|收入|总额)(?:\\([^()]*\\))?$")


class Hint(NamedTuple):
    """What the name offers where the cell is silent."""

    operator: Operator | None = None
    unit: str | None = None
    scale: int = 1
    is_money: bool = False
    """Whether a price or subsidy is meant: 100 each 亩 is 元/亩."""
    is_amount: bool = False
    """Whether a sum is meant: 300万 is 万元."""


@lru_cache(maxsize=16384)
def hint_of(name: str) -> Hint:
    """Return operator and unit that stand in a name; the last slot counts."""
    if not name:
        return Hint()
    folded = normalise(name)
    money = (_MONEY.search(folded) is not None, _AMOUNT.search(folded) is not None)
    for slot in reversed(list(_SLOT.finditer(folded))):
        sign, text = slot["sign"] or slot["bare_sign"], slot["unit"] or slot["bare_unit"]
        unit = match_unit(text.strip(), 0)
        if unit is None or unit.end < len(text.strip()) or unit.name in _PLACES:
            continue
        return Hint(operator_of(sign) if sign else None, unit.name, unit.scale, *money)
    return Hint(None, None, 1, *money)

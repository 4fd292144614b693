"""Sources of a project's money and what they add up to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.records import Fund

COLUMNS = (
    ("initial_wan", "年初预算数", "initial_budget_wan"),
    ("budget_wan", "全年预算数", "budget_wan"),
    ("executed_wan", "全年执行数", "executed_wan"),
)
"""Field of a source, its heading on the form, and the field of the total."""
_WHOLE = re.compile(r"财政(?:性)?(?:拨款|资金|补助)")
_DETAIL = re.compile(r"上级|本级|中央|省级?|市级?|县级?|区级?|地方|当年|上年|结转")
_NEAR = 0.005
_FEWEST = 2


def sum_of_sources(funds: Sequence[Fund], field: str, total: float | None) -> float | None:
    """Return what the sources add up to in one column, None with fewer than two amounts.

    Rows under 财政拨款 that break it down (上级, 本级) and add up to it are not counted twice.
    """
    given = [(fund.source, getattr(fund, field)) for fund in funds]
    amounts = [(source, amount) for source, amount in given if amount is not None]
    if len(amounts) < _FEWEST:
        return None
    plain = sum(amount for _, amount in amounts)
    if total is None or _equal(plain, total):
        return plain
    return _without_detail(amounts)


def _without_detail(amounts: Sequence[tuple[str, float]]) -> float:
    """Return the sum without the rows that break down a whole above them."""
    left = 0.0
    place = 0
    while place < len(amounts):
        source, amount = amounts[place]
        left += amount
        place += 1
        if not _WHOLE.search(source) or _DETAIL.search(source):
            continue
        end, detail = place, 0.0
        while end < len(amounts) and _DETAIL.search(amounts[end][0]):
            detail += amounts[end][1]
            end += 1
        if end > place and _equal(detail, amount):
            place = end
    return left


def _equal(a: float, b: float) -> bool:
    return abs(a - b) <= max(0.01, _NEAR * abs(b))

"""Amounts of money inside targets, compared with the budget."""

from __future__ import annotations

from corpus.records import ParsedTarget

_WAN = {"元": 1e-4, "万元": 1.0, "亿元": 1e4}
_EQUAL = 0.005
"""Relative difference up to which an amount is the budget, written with fewer digits."""


def in_wan(parsed: ParsedTarget) -> float | None:
    """Return a money target in 万元, None for anything else."""
    factor = _WAN.get(parsed.unit or "")
    return None if factor is None or parsed.value is None else parsed.value * factor


def equals_budget(parsed: ParsedTarget, budget_wan: float | None) -> bool:
    """Tell whether a money target repeats the budget."""
    amount = in_wan(parsed)
    return bool(amount and budget_wan and abs(amount - budget_wan) <= _EQUAL * budget_wan)

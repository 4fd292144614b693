"""What the same project's earlier years say about its risk: money left over, targets missed."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.records import Declaration
from review.context import build_rows, parse_rows
from review.facts.attainment import comparable_numbers, is_missed


def past_trouble(history: Sequence[Declaration]) -> float:
    """Return 0 to 1 from the latest earlier year that reports results, 0 where none does.

    The share of the budget left unspent and the share of the comparable targets missed add up.
    """
    for past in sorted(history, key=lambda year: year.year or 0, reverse=True):
        shares = [share for share in (_unspent(past), _missed(past)) if share is not None]
        if shares:
            return min(1.0, sum(shares))
    return 0.0


def _unspent(past: Declaration) -> float | None:
    """Return the share of the budget left over, None where it is not known."""
    if not past.budget_wan or past.budget_wan < 0 or past.executed_wan is None:
        return None
    return min(1.0, max(0.0, 1 - past.executed_wan / past.budget_wan))


def _missed(past: Declaration) -> float | None:
    """Return the share of the numeric targets that were missed, None without comparable results."""
    parsed = parse_rows(past)
    none: list[tuple[str, ...]] = [()] * len(parsed)
    rows = build_rows(past, parsed, [None] * len(parsed), none, none)
    compared = [row for row in rows if comparable_numbers(row) is not None]
    return sum(map(is_missed, compared)) / len(compared) if compared else None

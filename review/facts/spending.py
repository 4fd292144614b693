"""How much of the budget was spent."""

from __future__ import annotations

from corpus.records import Declaration


def execution_rate(declaration: Declaration) -> float | None:
    """Return executed ÷ adjusted budget in percent, None where either is missing."""
    budget, executed = declaration.budget_wan, declaration.executed_wan
    if not budget or executed is None:
        return None
    return 100 * executed / budget

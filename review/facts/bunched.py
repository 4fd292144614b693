"""The check behind the rules on figures that bunch at convenient values."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from models.bunching import Kind, bunch
from review.context import ReviewContext
from review.finding import Suggestion
from review.rule import Hit
from review.wording import enumerate_names

_NAMED = 3


def find_bunch(kind: Kind, advice: str) -> Callable[[ReviewContext], Iterator[Hit]]:
    """Return a check of whole declarations for figures of one kind."""

    def check(context: ReviewContext) -> Iterator[Hit]:
        rows = context.rows
        found = bunch([row.indicator for row in rows], [row.parsed for row in rows], kind)
        if found is None:
            return
        held = [rows[place].quoted for place in found.places]
        names = [f"{quoted['name']} {quoted['target']}" for quoted in held]
        yield Hit(
            field="indicators",
            values={
                "figures": found.figures,
                "count": len(held),
                "usual": f"{found.usual:.0%}",
                "names": enumerate_names(names, _NAMED),
            },
            suggestion=Suggestion(advice),
        )

    return check

"""What in a row carries a label of the classifier: words and figures, as findings show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from models.target_explanation import Explanation, Place, Reason
from review.context import ReviewContext, Row
from review.finding import Suggestion
from review.kinds import hit_row
from review.rule import Hit
from review.wording import shorten

_CELLS = {"name": "名称", "target": "指标值"}
_PER_LABEL = 2
_SHARE = 0.4
"""A reason that weighs less than this share of the weightiest is not shown."""


def grounded_hit(
    context: ReviewContext,
    row: Row,
    labels: Sequence[str],
    field: Literal["name", "target"],
    *,
    confidence: float | None = None,
    suggestion: Suggestion | None = None,
    values: Mapping[str, object] | None = None,
) -> Hit:
    """Make a hit on what carries some labels of a row, on all of `field` where that is unknown."""
    reasons = choose_reasons(context.explain(row, label) for label in labels)
    place = _first_place(reasons, field)
    if place is not None:
        field = place.field
    return hit_row(
        row,
        field,
        span=place.span if place is not None and place.quote else None,
        confidence=confidence,
        suggestion=suggestion,
        grounds=word_reasons(reasons, row),
        reasons=reasons,
        values=values,
    )


def choose_reasons(explanations: Iterable[Explanation | None]) -> tuple[Reason, ...]:
    """Return the reasons worth showing, weightiest first; none says what another shows already."""
    found: list[Reason] = []
    for explanation in explanations:
        reasons = explanation.reasons if explanation else ()
        found += [
            reason for reason in reasons[:_PER_LABEL] if reason.weight >= _SHARE * reasons[0].weight
        ]
    chosen: list[Reason] = []
    for reason in sorted(found, key=lambda reason: -reason.weight):
        shown = [place for other in chosen for place in other.places]
        if not all(_repeats(place, shown, reason.rubric) for place in reason.places):
            chosen.append(reason)
    return tuple(chosen)


def _repeats(place: Place, shown: Iterable[Place], rubric: bool) -> bool:
    """Tell whether characters are shown already; mere wording must not even overlap."""
    start, end = place.span
    for other in shown:
        first, last = other.span
        if other.field != place.field:
            continue
        if (first <= start and end <= last) or (not rubric and start < last and first < end):
            return True
    return False


def _first_place(reasons: Sequence[Reason], field: str) -> Place | None:
    """Return the place of the weightiest reason, rather that in `field` if it has several."""
    places = reasons[0].places if reasons else ()
    return next((place for place in places if place.field == field), places[0] if places else None)


def word_reasons(reasons: Sequence[Reason], row: Row) -> str:
    """Return the reasons as a sentence that quotes their words and figures."""
    parts = [
        "、".join(_quote(place, row) for place in reason.places) + f"（{reason.text}）"
        for reason in reasons
    ]
    return f"具体表现：{'；'.join(parts)}。" if parts else ""


def _quote(place: Place, row: Row) -> str:
    """Return the words of a place with the cell that they stand in."""
    cell = row.indicator.name if place.field == "name" else row.indicator.target
    if not place.quote.strip():
        return f"{_CELLS[place.field]}空白"
    part = "" if place.quote.strip() == cell.strip() else "中的"
    return f"{_CELLS[place.field]}{part}“{shorten(place.quote)}”"

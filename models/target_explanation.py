"""Why the target classifier gives a label: reasons with the words and figures that carry them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.text import fold
from models.target_features import HINTS
from models.target_rows import Form, Row
from models.target_text import Piece

Field = Literal["name", "target"]
FIELDS: tuple[Field, ...] = ("name", "target")
_LEAST = 0.25
"""Reasons that add less than this to the log-odds are not worth showing."""
_WORDING = {
    "vague": "此类表述通常不可衡量",
    "qualitative": "此类表述通常是定性描述",
    "easy": "此类表述通常容易完成",
}


@dataclass(frozen=True)
class Reason:
    """One reason for a label."""

    text: str
    """The reason as a reviewer would say it."""
    field: Field
    span: tuple[int, int]
    """Characters of the field, as given, that carry the reason."""
    quote: str
    """Those characters."""
    weight: float
    """What the reason adds to the log-odds of the label."""


@dataclass(frozen=True)
class Explanation:
    """Probability of a label of one row and the reasons for it, weightiest first."""

    label: str
    probability: float
    reasons: tuple[Reason, ...]

    def to_dict(self) -> dict[str, object]:
        """Return a plain dictionary."""
        return {
            "label": self.label,
            "probability": round(self.probability, 4),
            "reasons": [vars(reason) for reason in self.reasons],
        }


def explain(
    label: str,
    probability: float,
    row: Row,
    form: Form,
    pieces: Sequence[Piece],
    added: Mapping[str, float],
) -> Explanation:
    """Turn what each column adds to a label into reasons.

    What belongs to no reason of its own (level, form, budget) is left out: it shifts the
    probability, but there is nothing in the cell to show for it.
    """
    found = [*_from_hints(label, row, form, added), *_from_wording(label, row, pieces, added)]
    found = [reason for reason in found if reason.weight >= _LEAST]
    return Explanation(label, probability, tuple(sorted(found, key=lambda r: -r.weight)))


def _given(row: Row, field: Field) -> str:
    """Return a cell as given."""
    return row.indicator.name if field == "name" else row.indicator.target


def _from_hints(label: str, row: Row, form: Form, added: Mapping[str, float]) -> list[Reason]:
    """Return the rubric's hints that hold; they share what having any of them adds."""
    holding = [hint for hint in HINTS[label] if hint.holds(row, form)]
    common = added.get(f"hint.{label}", 0.0) + added.get(f"hint.{label}.several", 0.0)
    reasons = []
    for hint in holding:
        own = added.get(f"hint.{label}.{hint.name}", 0.0)
        span = _hint_span(row, hint.field)
        quote = _given(row, hint.field)[slice(*span)]
        weight = own + common / len(holding)
        reasons.append(Reason(hint.reason, hint.field, span, quote, round(weight, 3)))
    return reasons


def _hint_span(row: Row, field: Field) -> tuple[int, int]:
    """Return the whole name, or the value within a target."""
    if field == "target" and row.parsed.span is not None:
        return row.parsed.span
    return 0, len(_given(row, field))


def _from_wording(
    label: str, row: Row, pieces: Sequence[Piece], added: Mapping[str, float]
) -> list[Reason]:
    """Return, for each cell, the run of characters whose pieces speak most for the label."""
    reasons = []
    for field in FIELDS:
        folded = fold(_given(row, field))
        lead = len(folded.text) - len(folded.text.lstrip())
        weights = _character_weights(field, len(folded.text.strip()), pieces, added)
        start, end, weight = _best_run(weights)
        if end > start:
            span = folded.origin(start + lead, end + lead)
            quote = _given(row, field)[slice(*span)]
            reasons.append(Reason(_WORDING[label], field, span, quote, round(weight, 3)))
    return reasons


def _character_weights(
    field: Field, length: int, pieces: Sequence[Piece], added: Mapping[str, float]
) -> list[float]:
    """Spread what each piece adds evenly over its characters and places."""
    places: dict[str, list[Piece]] = {}
    for piece in pieces:
        if piece.field == field and piece.column in added:
            places.setdefault(piece.column, []).append(piece)
    weights = [0.0] * length
    for column, same in places.items():
        for piece in same:
            span = range(piece.start, min(piece.end, length))
            for place in span:
                weights[place] += added[column] / len(same) / len(span)
    return weights


def _best_run(weights: Sequence[float]) -> tuple[int, int, float]:
    """Return start, end and sum of the run with the largest sum; empty where all are negative."""
    best, run, start = (0, 0, 0.0), 0.0, 0
    for place, weight in enumerate(weights):
        if run <= 0:
            run, start = 0.0, place
        run += weight
        if run > best[2]:
            best = start, place + 1, run
    return best

"""Why the target classifier gives a label: reasons with the words and figures that carry them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from corpus.text import Folded, fold
from models.target_clues import Field, Stretch, whole_name, whole_target
from models.target_hints import Hint
from models.target_rows import Row
from models.target_text import Piece

_LEAST = 0.25
"""Reasons that add less than this to the log-odds are not worth showing."""
_WORDING = {
    "vague": "此类表述通常不可衡量",
    "qualitative": "此类表述通常是定性描述",
    "easy": "此类表述通常容易完成",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Characters of a cell."""

    field: Field
    span: tuple[int, int]
    """Where they stand in the cell as given."""
    quote: str
    """The characters themselves; empty where the reason is that the cell is blank."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for a label."""

    text: str
    """The reason as a reviewer would say it."""
    places: tuple[Place, ...]
    """The words and figures that carry it, at least one, in the order of name and target."""
    weight: float
    """What the reason adds to the log-odds of the label."""
    rubric: bool = True
    """Whether the labelling rubric gives the reason, else wording seen in labelled rows does."""


@dataclass(frozen=True)
class Explanation:
    """Probability of a label of one row and the reasons for it, weightiest first."""

    label: str
    probability: float
    reasons: tuple[Reason, ...]

    def to_dict(self) -> dict[str, object]:
        """Return a plain dictionary."""
        return asdict(self) | {"probability": round(self.probability, 4)}


class _Cells:
    """Both cells of a row, able to say where folded characters stood."""

    def __init__(self, row: Row) -> None:
        self._row = row
        self._folded: dict[Field, Folded] = {}

    def folded(self, field: Field) -> Folded:
        """Return a folded cell."""
        if field not in self._folded:
            indicator = self._row.indicator
            self._folded[field] = fold(indicator.name if field == "name" else indicator.target)
        return self._folded[field]

    def place(self, stretch: Stretch) -> Place:
        """Return characters of a folded and stripped cell as they stand in the cell as given."""
        folded = self.folded(stretch.field)
        lead = len(folded.text) - len(folded.text.lstrip())
        span = folded.origin(stretch.start + lead, stretch.end + lead)
        return Place(stretch.field, span, folded.original[slice(*span)])


@dataclass(frozen=True, slots=True)
class Run:
    """The characters of a folded cell whose pieces speak most for a label."""

    field: Field
    start: int
    end: int
    weight: float
    """What they add to the log-odds of the label."""


def reasons_for(
    label: str,
    row: Row,
    holding: Sequence[Hint],
    runs: Iterable[Run],
    added: Mapping[str, float],
) -> tuple[Reason, ...]:
    """Turn what hints and wording add to a label into reasons, weightiest first.

    `holding` are the hints of the label that hold, `added` what the columns of hints add, `runs`
    what `wording_run` finds in each cell. What belongs to no reason of its own (level, form,
    budget) is left out: it shifts the probability, but there is nothing in the cell to show for it.
    """
    cells = _Cells(row)
    found = [*_from_hints(label, row, cells, holding, added)]
    for run in runs:
        place = cells.place(Stretch(run.field, run.start, run.end))
        found.append(Reason(_WORDING[label], (place,), round(run.weight, 3), rubric=False))
    found = [reason for reason in found if reason.weight >= _LEAST]
    return tuple(sorted(found, key=lambda r: -r.weight))


def _from_hints(
    label: str, row: Row, cells: _Cells, holding: Sequence[Hint], added: Mapping[str, float]
) -> list[Reason]:
    """Return the rubric's hints that hold; they share what having any of them adds."""
    known = [hint for hint in holding if f"hint.{label}.{hint.name}" in added]
    common = added.get(f"hint.{label}", 0.0) + added.get(f"hint.{label}.several", 0.0)
    reasons = []
    for hint in known:
        weight = added[f"hint.{label}.{hint.name}"] + common / len(known)
        places = tuple(cells.place(stretch) for stretch in _stretches(hint, row))
        reasons.append(Reason(hint.reason, places, round(weight, 3)))
    return reasons


def _stretches(hint: Hint, row: Row) -> list[Stretch]:
    """Return where a hint's clues are; those of one cell that meet become one."""
    found = [stretch for clue in hint.clues if (stretch := clue(row))]
    if not found:
        return [whole_name(row) if hint.field == "name" else whole_target(row)]
    return _joined(found)


def _joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Order stretches by place and join those that touch or overlap."""
    kept: list[Stretch] = []
    for stretch in sorted(stretches, key=lambda s: (s.field, s.start)):
        last = kept[-1] if kept else None
        if last and last.field == stretch.field and stretch.start <= last.end:
            kept[-1] = Stretch(last.field, last.start, max(last.end, stretch.end))
        else:
            kept.append(stretch)
    return kept


def wording_run(field: Field, pieces: Sequence[Piece], added: Mapping[str, float]) -> Run | None:
    """Return the run of one cell's characters whose pieces speak most for a label.

    `added` is what the columns of the pieces add to the label.
    """
    known = [piece for piece in pieces if piece.column in added]
    start, end, weight = _best_run(_character_weights(known, added))
    return Run(field, start, end, weight) if end > start else None


def _character_weights(pieces: Sequence[Piece], added: Mapping[str, float]) -> list[float]:
    """Spread what each piece adds evenly over its characters and places."""
    places: dict[str, list[Piece]] = {}
    for piece in pieces:
        places.setdefault(piece.column, []).append(piece)
    weights = [0.0] * max((piece.end for piece in pieces), default=0)
    for column, same in places.items():
        for piece in same:
            share = added[column] / len(same) / max(1, piece.end - piece.start)
            for place in range(piece.start, piece.end):
                weights[place] += share
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

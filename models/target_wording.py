"""What the wording of a row's cells adds to the labels of a model.

A cell's pieces are weighed by themselves, whatever stands in the other cell, and forms repeat their
names and values: what was weighed is kept cell by cell.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from models.linear_model import LinearModel
from models.target_clues import Field
from models.target_explanation import Run, wording_run
from models.target_text import PREFIXES, cell_grams, cell_pieces, cell_words

_REMEMBERED = 16_384
"""Cells that are kept, about 2 kB each."""
_ORDER = sorted(
    (prefix, field, part) for field, own in PREFIXES.items() for part, prefix in enumerate(own)
)
"""Kinds of pieces in the order of the model's columns, with their place in a cell."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """Columns of the model with what stands in them."""

    places: np.ndarray
    """(n,) int64 ascending."""
    values: np.ndarray
    """(n,) float64."""


class Wording:
    """Weighs the names and targets of rows by the columns of a model."""

    def __init__(self, model: LinearModel, words: frozenset[str]) -> None:
        self._model = model
        self._words = words
        self._columns: dict[str, dict[str, int]] = {prefix: {} for prefix, _, _ in _ORDER}
        for column, place in model.vectoriser.columns.items():
            if column[:2] in self._columns:
                self._columns[column[:2]][column[2:]] = place
        self._cell = lru_cache(maxsize=_REMEMBERED)(self._weigh_cell)
        self._run = lru_cache(maxsize=_REMEMBERED)(self._find_run)

    def weigh(self, name: str, target: str) -> Weighed:
        """Return the columns of the pieces of a folded name and target."""
        cells = {"name": self._cell("name", name), "target": self._cell("target", target)}
        parts = [cells[field][part] for _, field, part in _ORDER]
        return Weighed(
            np.concatenate([part.places for part in parts]),
            np.concatenate([part.values for part in parts]),
        )

    def runs(self, label: str, name: str, target: str) -> tuple[Run, ...]:
        """Return, for each cell, the run of characters whose pieces speak most for a label."""
        found = (self._run(label, "name", name), self._run(label, "target", target))
        return tuple(run for run in found if run is not None)

    def _weigh_cell(self, field: Field, text: str) -> tuple[Weighed, ...]:
        """Return the columns of one cell's n-grams and of its words."""
        grams, words = PREFIXES[field]
        return (
            self._weighed(grams, cell_grams(text)),
            self._weighed(words, cell_words(text, self._words)),
        )

    def _weighed(self, prefix: str, pieces: Iterable[str]) -> Weighed:
        """Return the columns of pieces of one kind."""
        columns = self._columns[prefix]
        known = sorted({columns[piece] for piece in pieces if piece in columns})
        return Weighed(np.array(known, dtype=np.int64), self._model.vectoriser.lengthened(known))

    def _find_run(self, label: str, field: Field, text: str) -> Run | None:
        """Return the run of one cell's characters that speaks most for a label."""
        added: dict[str, float] = {}
        names = self._model.vectoriser.names
        for part in self._cell(field, text):
            values = self._model.speaking(part.places, part.values, label).tolist()
            added |= zip(map(names.__getitem__, part.places.tolist()), values, strict=True)
        return wording_run(field, cell_pieces(field, text, self._words), added)

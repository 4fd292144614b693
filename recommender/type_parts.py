"""Which part of its type's work an indicator belongs to, and which parts a project speaks of.

A type's lines are asked of a whole programme; a project is often one part of it, as the medical
service of a detention centre is. data/type_parts.csv, marked by hand for every type, gives the
words by which a project's text tells that it has the part that a line belongs to, alternatives
joined by `|`, and words that must all be there by `&`; a line without words is asked of any project
of its type. `formality` marks what a strict reviewer strikes nearly always.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np

Alternatives = tuple[tuple[str, ...], ...]
"""Words of which all of at least one group must stand in a text."""
STATES = ("part_named", "part_missing", "part_unknown", "formality")
"""What the columns of `PartWords.states` say: the text names the line's part; it names other parts
of the type only; it names none at all; the line is a formality."""


class _Mark(NamedTuple):
    words: Alternatives
    formality: bool


@cache
def _marks() -> dict[tuple[str, str], _Mark]:
    """Return what was marked, by type and name of the indicator."""
    text = files("recommender").joinpath("data/type_parts.csv").read_text(encoding="utf-8")
    return {
        (row["type"], row["indicator"]): _Mark(_read(row["words"]), row["formality"] == "1")
        for row in csv.DictReader(text.splitlines())
    }


def _read(words: str) -> Alternatives:
    """Return words as they stand in the table as alternatives."""
    return tuple(tuple(each.split("&")) for each in words.split("|") if each)


class PartWords:
    """The words of one type's lines, to be looked for in one project's text after another."""

    def __init__(self, type_id: str, names: Sequence[str]) -> None:
        marks = [_marks().get((type_id, name), _Mark((), False)) for name in names]
        self._alternatives = [mark.words for mark in marks]
        self._has_words = np.array([bool(mark.words) for mark in marks], dtype=bool)
        self._formality = np.array([mark.formality for mark in marks], dtype=bool)
        self._words = frozenset(word for mark in marks for group in mark.words for word in group)

    def states(self, text: str) -> np.ndarray:
        """Return what a project's text says of every line, bool (n, len(STATES))."""
        told = {word for word in self._words if word in text}
        named = np.array(
            [any(told.issuperset(group) for group in each) for each in self._alternatives],
            dtype=bool,
        )
        silent = self._has_words & ~named
        any_named = bool(named.any())
        return np.column_stack(
            (named, silent & any_named, silent & (not any_named), self._formality)
        )

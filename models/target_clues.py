"""Where in a row's cells the words and figures stand that a hint rests on."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from models.target_rows import Row, word_patterns

Field = Literal["name", "target"]
_CLAUSE = re.compile("[^,，。;；]+")
_REST = 4
"""So few characters after an effect belong to it: 质量 is 质量管理."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some characters of a folded cell."""

    field: Field
    start: int
    end: int


Clue = Callable[[Row], "Stretch | None"]
"""Finds what a hint rests on, None where the row has nothing of the kind."""


def whole_name(row: Row) -> Stretch:
    """Return the whole name, nothing of it where it is blank."""
    return Stretch("name", 0, len(row.name))


def whole_target(row: Row) -> Stretch:
    """Return the whole target, nothing of it where it is blank."""
    return Stretch("target", 0, len(row.target))


def facet(row: Row) -> Stretch:
    """Return the part of the name that says what is measured of the object, else the name."""
    words = row.measure.facet
    start = row.name.lower().rfind(words) if words else -1
    return Stretch("name", start, start + len(words)) if start >= 0 else whole_name(row)


def found(field: Field, words: str | re.Pattern[str]) -> Clue:
    """Return a clue: the first matches in a row of a pattern or a category of target_words.csv."""

    def clue(row: Row) -> Stretch | None:
        pattern = word_patterns()[words][1] if isinstance(words, str) else words
        text = row.name if field == "name" else row.target
        match = last = pattern.search(text)
        while last and (following := pattern.match(text, last.end())):
            last = following
        return Stretch(field, match.start(), last.end()) if match and last else None

    return clue


def effect(row: Row) -> Stretch:
    """Return what a name says of an effect: from the first to the last such word of a clause.

    Of several clauses the one with the longest such stretch.
    """
    patterns = word_patterns()
    found = []
    for clause in _CLAUSE.finditer(row.name):
        spans = [
            match.span()
            for category in ("effect_verb", "abstract_noun")
            for match in patterns[category][1].finditer(row.name, *clause.span())
        ]
        if spans:
            start, end = min(start for start, _ in spans), max(end for _, end in spans)
            rest = clause.end() - end
            # A verb says nothing without what it is done to.
            verb_only = not patterns["abstract_noun"][1].search(row.name, *clause.span())
            whole = verb_only or rest <= _REST
            found.append(Stretch("name", start, clause.end() if whole else end))
    return max(found, key=lambda s: s.end - s.start, default=whole_name(row))

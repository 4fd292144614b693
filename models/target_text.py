"""Pieces of a row's wording that the target classifier weighs: character n-grams and words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from models.target_rows import Row

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_LONGEST = 4
_MAX_LENGTH = 120
"""Wording beyond this many characters of a cell is not looked at."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of wording."""

    column: str
    """Column of the model: n:满意度 and v:满意度 (name), t:明显 and u:明显 (target)."""
    field: str
    """name or target."""
    start: int
    """First character in the folded text."""
    end: int


def pieces(row: Row, words: bool) -> Iterator[Piece]:
    """Yield the pieces of a row's name and target, jieba words among them if `words`."""
    yield from _grams("n", "name", row.name[:_MAX_LENGTH])
    yield from _grams("t", "target", row.target[:_MAX_LENGTH])
    if words:
        yield from _words("v", "name", row.name[:_MAX_LENGTH])
        yield from _words("u", "target", row.target[:_MAX_LENGTH])


def _mask(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Replace every number by 0; return the text between marks and where its characters stood."""
    masked, places, end = ["^"], [(0, 0)], 0
    for match in _NUMBER.finditer(text):
        masked += text[end : match.start()]
        places += ((place, place + 1) for place in range(end, match.start()))
        masked.append("0")
        places.append(match.span())
        end = match.end()
    masked += text[end:]
    places += ((place, place + 1) for place in range(end, len(text)))
    return "".join(masked) + "$", [*places, (len(text), len(text))]


def _grams(prefix: str, field: str, text: str) -> Iterator[Piece]:
    """Yield the n-grams of 1 to 4 characters of one cell."""
    masked, places = _mask(text)
    for size in range(1, _LONGEST + 1):
        for start in range(len(masked) - size + 1):
            gram = masked[start : start + size]
            span = places[start][0], places[start + size - 1][1]
            yield Piece(f"{prefix}:{gram}", field, *span)


def _words(prefix: str, field: str, text: str) -> Iterator[Piece]:
    """Yield the words of one cell; numbers are left to the n-grams."""
    from models.segment import words as segment

    end = 0
    for word in segment(text):
        start = text.lower().find(word, end)
        if start < 0 or _NUMBER.fullmatch(word):
            continue
        end = start + len(word)
        yield Piece(f"{prefix}:{word}", field, start, end)

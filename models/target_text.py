"""Pieces of a row's wording that the target classifier weighs: character n-grams and words.

Words are those that jieba finds in the training rows. In a row they are found by longest match, in
training as in prediction, so that a review need not wait for jieba's dictionary.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from models.target_clues import Field

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_LONGEST = 4
_LONGEST_WORD = 8
PREFIXES: dict[Field, tuple[str, str]] = {"name": ("n:", "v:"), "target": ("t:", "u:")}
"""Field → prefix of its n-grams, prefix of its words."""
_MAX_LENGTH = 120
"""Wording beyond this many characters of a cell is not looked at."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of wording."""

    column: str
    """Column of the model: n:满意度 and v:满意度 (name), t:明显 and u:明显 (target)."""
    field: Field
    start: int
    """First character in the folded text."""
    end: int


def vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """Return the words of two characters and more that jieba finds in at least two texts."""
    from models.segment import words

    counts = Counter(word for text in texts for word in set(words(text)))
    return frozenset(
        word for word, count in counts.items() if count > 1 and 1 < len(word) <= _LONGEST_WORD
    )


def columns(name: str, target: str, words: frozenset[str]) -> frozenset[str]:
    """Return the columns of a folded name and target; `words` is the vocabulary, maybe empty."""
    found: set[str] = set()
    for (grams, word), text in zip(PREFIXES.values(), (name, target), strict=True):
        found.update([grams + piece for piece in cell_grams(text)])
        found.update([word + piece for piece in cell_words(text, words)])
    return frozenset(found)


def cell_grams(text: str) -> list[str]:
    """Return the n-grams of 1 to 4 characters of one cell."""
    masked = "^" + _NUMBER.sub("0", text[:_MAX_LENGTH]) + "$"
    return [
        masked[start : start + size]
        for size in range(1, _LONGEST + 1)
        for start in range(len(masked) - size + 1)
    ]


def cell_words(text: str, words: frozenset[str]) -> list[str]:
    """Return the words of one cell."""
    return [text[start:end] for start, end in _matches(text[:_MAX_LENGTH], words)]


def cell_pieces(field: Field, text: str, words: frozenset[str]) -> list[Piece]:
    """Return where the columns of one folded cell come from, for explanations."""
    text = text[:_MAX_LENGTH]
    grams, word = PREFIXES[field]
    return [
        *_placed_grams(grams, field, text),
        *(Piece(word + text[start:end], field, start, end) for start, end in _matches(text, words)),
    ]


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


def _placed_grams(prefix: str, field: Field, text: str) -> Iterator[Piece]:
    """Yield the n-grams of 1 to 4 characters of one cell."""
    masked, places = _mask(text)
    for size in range(1, _LONGEST + 1):
        for start in range(len(masked) - size + 1):
            column = prefix + masked[start : start + size]
            yield Piece(column, field, places[start][0], places[start + size - 1][1])


def _matches(text: str, words: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield where words stand in a text, the longest at each place, from left to right."""
    start = 0
    while words and start < len(text) - 1:
        end = min(start + _LONGEST_WORD, len(text))
        while end > start + 1 and text[start:end] not in words:
            end -= 1
        if end > start + 1:
            yield start, end
        start = end

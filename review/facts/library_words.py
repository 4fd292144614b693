"""What words tell the library's project types apart, to see which rows belong to another type.

Words are pairs of characters: no segmentation is needed, and 供水 is found in 农村供水工程.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np

from corpus.records import Declaration, LibraryType
from corpus.text import normalise

_COMMON = 0.05
"""A pair in more than this share of all types says nothing of a type."""
_TELLING = 15
"""A pair in the names of more types than this is not the mark of any."""
_OWN_SHARE, _OWN_MOST = 0.35, 8
_NEAR_SHARE = 0.6
"""A type has to share so much of a project's name to serve as an example."""
_HAN = re.compile("[一-龥]{2,}")
_NEIGHBOUR = 0.1
"""Share of common words from which two types are of one field."""


def pairs(text: str) -> frozenset[str]:
    """Return the pairs of Chinese characters in a text."""
    return _pairs(normalise(text))


def _pairs(folded: str) -> frozenset[str]:
    """Return the pairs of neighbouring Chinese characters in folded text."""
    return frozenset(a + b for run in _HAN.findall(folded) for a, b in pairwise(run))


class LibraryWords:
    """The words of the library's types, by type and by word."""

    def __init__(self, types: Sequence[LibraryType]) -> None:
        self._types = tuple(types)
        self._places = {entry.id: place for place, entry in enumerate(types)}
        self._names = [_words(entry, (entry.project_type, *entry.aliases)) for entry in types]
        self._texts = [_text(entry) for entry in types]
        named: dict[str, list[int]] = defaultdict(list)
        for place, words in enumerate(self._names):
            for word in words:
                named[word].append(place)
        self._named = {word: np.array(places) for word, places in named.items()}
        self._weights = {
            word: math.log(1 + len(self._names) / len(places)) for word, places in named.items()
        }
        holders: dict[str, list[int]] = defaultdict(list)
        for place, words in enumerate(self._texts):
            for word in words:
                holders[word].append(place)
        self._holders = holders
        self._sizes = np.array([len(words) for words in self._texts])
        many = max(_TELLING, _COMMON * len(types))
        self._common = {word for word, places in holders.items() if len(places) > many}
        self._neighbours = lru_cache(maxsize=4096)(self._find_neighbours)
        self._particular = lru_cache(maxsize=8192)(self._find_particular)
        self._spoken_of = lru_cache(maxsize=64)(self._find_spoken_of)

    def particular(self, text: str) -> frozenset[str]:
        """Return the pairs of a text that are not common to many types."""
        return self._particular(text)

    def _find_particular(self, text: str) -> frozenset[str]:
        return pairs(text) - self._common

    def own_types(self, declaration: Declaration) -> frozenset[int]:
        """Return the types that a project's name speaks of."""
        return frozenset(place for place, _ in self._ranked(declaration))

    def nearest(self, declaration: Declaration) -> LibraryType | None:
        """Return the type that a project's name speaks of most, rather one of its function code.

        None where no type is named, or where several of other fields are named as much.
        """
        ranked = self._ranked(declaration, _NEAR_SHARE)
        own = [
            place
            for place, _ in ranked
            if self._types[place].function_code == declaration.function_code
        ]
        if own:
            return self._types[own[0]]
        clear = ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1])
        known = bool(declaration.function_code)
        return self._types[ranked[0][0]] if clear and not known else None

    def _ranked(
        self, declaration: Declaration, share: float = _OWN_SHARE
    ) -> list[tuple[int, float]]:
        """Return the types that a project's name speaks of with how much, most first."""
        best, total = self._spoken_of(declaration.project_name)
        return [(place, score) for place, score in best if score >= share * total]

    def _find_spoken_of(self, name: str) -> tuple[list[tuple[int, float]], float]:
        """Return the types that a name speaks of most, and how much it says in all."""
        words = [word for word in pairs(name) if word in self._named]
        if not words:
            return [], 0.0
        known = [self._named[word] for word in words]
        weights = [self._weights[word] for word in words]
        scores = np.bincount(
            np.concatenate(known),
            np.repeat(weights, [len(places) for places in known]),
            len(self._names),
        )
        # Of equal ones the first in the library's order.
        best = np.argsort(-scores, kind="stable")[:_OWN_MOST]
        found = zip(best.tolist(), scores[best].tolist(), strict=True)
        return [(place, score) for place, score in found if score], sum(weights)

    def field_of(self, places: frozenset[int]) -> frozenset[int]:
        """Return some types together with those that share much of their words."""
        return frozenset().union(*map(self._neighbours, places))

    def have(self, places: frozenset[int], words: frozenset[str]) -> bool:
        """Tell whether one of some words is among those of some types."""
        return any(not places.isdisjoint(self._holders.get(word, ())) for word in words)

    def place(self, type_id: str) -> int | None:
        """Return the place of a type, None for an unknown one."""
        return self._places.get(type_id)

    def marks(self, words: frozenset[str]) -> frozenset[int]:
        """Return the types in whose names one of these words stands, if it marks few types."""
        found = [self._named[word] for word in words if word in self._named]
        few = [places.tolist() for places in found if len(places) <= _TELLING]
        return frozenset().union(*few)

    def _find_neighbours(self, place: int) -> frozenset[int]:
        """Return the types that share much of their words with one, itself among them."""
        own = self._texts[place]
        common = np.bincount(
            np.concatenate([self._holders[word] for word in own]), minlength=len(self._texts)
        )
        alike = common >= _NEIGHBOUR * (len(own) + self._sizes - common)
        return frozenset(np.flatnonzero(alike).tolist())


def _text(entry: LibraryType) -> frozenset[str]:
    """Return the words of everything that describes a type."""
    names = (row.name for row in entry.indicators)
    parts = (entry.project_type, *entry.aliases, entry.scope, *entry.activities, *names)
    return _words(entry, parts)


def _words(entry: LibraryType, parts: Sequence[str]) -> frozenset[str]:
    """Return the words of some texts of a type; the bundled library needs no folding."""
    text = " ".join(parts)
    return _pairs(text) if entry.origin == "bundled" else pairs(text)

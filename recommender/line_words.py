"""The words of many texts, weighed once, to be held against one project after another."""

from __future__ import annotations

from collections.abc import Sequence
from sys import intern

import numpy as np

from recommender.project import pairs
from recommender.rarity import Rarity


class WeighedTexts:
    """What `Rarity.covered` and `Rarity.strangest` say of several texts, all at once."""

    def __init__(self, texts: Sequence[str], rarity: Rarity) -> None:
        places: dict[str, int] = {}
        words: list[int] = []
        weights: list[float] = []
        starts: list[int] = []
        totals: list[float] = []
        for text in texts:
            found = pairs.__wrapped__(text)  # so many texts would fill the cache of all others
            weighed, total = rarity.weigh(found)
            starts.append(len(words))
            words.append(0)  # what weighs nothing stands first, so that no text is empty
            weights.append(0.0)
            words += [places.setdefault(intern(pair), len(places)) for pair in found]
            weights += weighed
            totals.append(total)
        self._pairs = tuple(places)
        self._words = np.array(words, dtype=np.int32)
        self._weights = np.array(weights)
        self._starts = np.array(starts, dtype=np.intp)
        self._text_of = np.repeat(
            np.arange(len(texts), dtype=np.int32), np.diff([*starts, len(words)])
        )
        self._totals = np.array(totals)

    def found(self, by: frozenset[str]) -> np.ndarray:
        """Return which pairs of the texts are among others, (m,) bool, for the methods below."""
        known = np.array([pair in by for pair in self._pairs] or [False], dtype=bool)
        return known[self._words]

    def covered(self, found: np.ndarray) -> np.ndarray:
        """Return the share of each text's pairs, by weight, that was found, (n,) in [0, 1]."""
        added = np.bincount(self._text_of, self._weights * found, len(self._totals))
        return np.divide(added, self._totals, out=np.zeros(len(added)), where=self._totals > 0)

    def strangest(self, found: np.ndarray) -> np.ndarray:
        """Return the highest weight among each text's pairs that were not found, (n,)."""
        if not len(self._starts):
            return np.zeros(0)
        return np.maximum.reduceat(np.where(found, 0.0, self._weights), self._starts)

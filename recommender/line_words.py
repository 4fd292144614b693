"""The words of many texts, weighed once, to be held against one project after another."""

from __future__ import annotations

from collections.abc import Sequence
from sys import intern

import numpy as np

from recommender.project import pairs
from recommender.rarity import Rarity


class Numbering:
    """Numbers for the pairs of many texts, so that a project's own are looked up once for all."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}

    def place(self, pair: str) -> int:
        """Return the number of a pair, a new one where it is not known."""
        return self._places.setdefault(intern(pair), len(self._places))

    def among(self, by: frozenset[str]) -> np.ndarray:
        """Return which of the pairs numbered so far are among others, bool (pairs,)."""
        get = self._places.get
        held = [place for pair in by if (place := get(pair)) is not None]
        known = np.zeros(len(self._places), dtype=bool)  # counted last: others may be numbering
        known[held] = True
        return known


class WeighedTexts:
    """What `Rarity.covered` and `Rarity.strangest` say of several texts, all at once."""

    def __init__(self, texts: Sequence[str], rarity: Rarity, numbering: Numbering) -> None:
        words: list[int] = []
        weights: list[float] = []
        starts: list[int] = []
        totals: list[float] = []
        nothing = numbering.place("")
        for text in texts:
            found = pairs.__wrapped__(text)  # so many texts would fill the cache of all others
            weighed, total = rarity.weigh(found)
            starts.append(len(words))
            words.append(nothing)  # what weighs nothing stands first, so that no text is empty
            weights.append(0.0)
            words += [numbering.place(pair) for pair in found]
            weights += weighed
            totals.append(total)
        self._words = np.array(words, dtype=np.int32)
        self._weights = np.array(weights)
        self._starts = np.array(starts, dtype=np.intp)
        self._text_of = np.repeat(
            np.arange(len(texts), dtype=np.int32), np.diff([*starts, len(words)])
        )
        self._totals = np.array(totals)

    def found(self, known: np.ndarray) -> np.ndarray:
        """Return which pairs of the texts are among others, (m,) bool, for the methods below.

        `known` is what `Numbering.among` says of the others, asked after these texts were numbered.
        """
        return np.asarray(known[self._words])

    def covered(self, found: np.ndarray) -> np.ndarray:
        """Return the share of each text's pairs, by weight, that was found, (n,) in [0, 1]."""
        added = np.bincount(self._text_of, self._weights * found, len(self._totals))
        return np.divide(added, self._totals, out=np.zeros(len(added)), where=self._totals > 0)

    def strangest(self, found: np.ndarray) -> np.ndarray:
        """Return the highest weight among each text's pairs that were not found, (n,)."""
        if not len(self._starts):
            return np.zeros(0)
        return np.maximum.reduceat(np.where(found, 0.0, self._weights), self._starts)

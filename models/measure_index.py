"""Finds, among many indicator names, those that measure the same thing as a given one."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from models.measure import (
    GENERIC_OBJECT,
    KINDRED_ASPECTS,
    Measure,
    aspect_agreement,
    object_agreement,
    split_name,
)


class _Overlap:
    """Character overlap of one text with many, by inverted lists."""

    def __init__(self, texts: Sequence[str]) -> None:
        lengths = [len(text) for text in texts]
        places = np.repeat(np.arange(len(texts), dtype=np.int64), lengths)
        codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype="<u4")
        # Each pair of character and text once, by character, then by text.
        pairs = np.unique((codes.astype(np.int64) << 32) | places)
        characters, listed = pairs >> 32, (pairs & 0xFFFFFFFF).astype(np.int32)
        starts = np.flatnonzero(np.diff(characters, prepend=-1))
        lists = np.split(listed, starts[1:])
        self._lists = dict(zip(map(chr, characters[starts].tolist()), lists, strict=False))
        self._sizes = np.bincount(listed, minlength=len(texts)).astype(np.float32)

    def dice(self, text: frozenset[str], places: np.ndarray) -> np.ndarray:
        """Return 2·common ÷ (size + size) with the texts at some places, (m,) float32."""
        found = [self._lists[character] for character in text if character in self._lists]
        if not found:
            return np.zeros(len(places), dtype=np.float32)
        common = np.bincount(np.concatenate(found), minlength=len(self._sizes))[places]
        return (2 * common / (self._sizes[places] + len(text))).astype(np.float32)


@dataclass(frozen=True)
class _Compatible:
    """The names whose aspect goes with a given one at all, in the order of their places."""

    places: np.ndarray
    """(m,) int32 ascending."""
    agreements: np.ndarray
    """How far the aspects agree, (m,) float64."""


@dataclass(frozen=True)
class _Promise:
    """What a name promises by itself to a kind of target, whatever the project: found once."""

    places: np.ndarray
    """Names that may be like it and whose rows go with the target, (m,) int32 ascending."""
    shares: np.ndarray
    """Estimated similarity with each of them, (m,) float32, above 0."""
    agreements: np.ndarray
    """How far the aspects agree, (m,) float64."""
    fits: np.ndarray
    """How well the rows go with the kind of target, (m,) float32, above 0."""
    exact: np.ndarray
    """Similarity with those compared exactly so far, else NaN, (m,) float64."""


Weigh = Callable[[np.ndarray], np.ndarray]
"""Gives the weights of the names at some places, (m,) → (m,) float32."""
Fit = Callable[[Hashable, np.ndarray], np.ndarray]
"""Gives how well the rows of names go with a kind of target, (m,) → (m,) float32."""

_REMEMBERED = 8192
"""Names whose promise is kept by kind of target: a batch says 满意度 time and again. About 4 kB
each."""
_UNHEARD_OF = "?"
"""Stands for every aspect that no name has; they are without number."""


def _any_fits(kind: Hashable, places: np.ndarray) -> np.ndarray:
    """Let every name go with every target."""
    return np.ones(len(places), dtype=np.float32)


class MeasureIndex:
    """Ranks names by `same_measure` without comparing all of them one by one.

    Only names with a compatible aspect are looked at; a vectorised estimate (aspects, shared
    characters) picks candidates, the exact comparison orders them.
    """

    def __init__(self, names: Sequence[str], fit: Fit = _any_fits) -> None:
        self._fit = fit
        self._measures = [split_name(name) for name in names]
        self._overlap = _Overlap([measure.core for measure in self._measures])
        self._generic = np.array([not measure.core for measure in self._measures], dtype=bool)
        examples: dict[tuple[str, str], int] = {}
        groups = [
            examples.setdefault((measure.aspect, measure.family), len(examples))
            for measure in self._measures
        ]
        self._groups = np.array(groups, dtype=np.int32)
        self._examples = [Measure("", "", aspect, family) for aspect, family in examples]
        self._known = KINDRED_ASPECTS.union(aspect for aspect, _ in examples)
        self._compatible: dict[tuple[str, str], _Compatible] = {}
        self._promise = lru_cache(maxsize=_REMEMBERED)(self._look_up)

    def __len__(self) -> int:
        return len(self._measures)

    def _aspects(self, measure: Measure) -> _Compatible:
        """Return the names whose aspect goes with that of a measure."""
        known = not measure.aspect or measure.aspect in self._known
        key = (measure.aspect if known else _UNHEARD_OF, measure.family)
        if key not in self._compatible:
            asked = Measure("", "", *key)
            values = [aspect_agreement(asked, example) for example in self._examples]
            every = np.array(values)[self._groups]
            places = np.flatnonzero(every).astype(np.int32)
            self._compatible[key] = _Compatible(places, every[places])
        return self._compatible[key]

    def _objects(self, measure: Measure, places: np.ndarray) -> np.ndarray:
        """Return an estimate of the agreement of one object with those of some names, (m,)."""
        generic = self._generic[places]
        if not measure.core:
            return np.where(generic, 1.0, GENERIC_OBJECT).astype(np.float32)
        alone = GENERIC_OBJECT if measure.aspect else 0.0
        return np.where(generic, alone, self._overlap.dice(measure.units, places))

    def _look_up(self, measure: Measure, kind: Hashable) -> _Promise:
        """Return what a measure promises to a kind of target."""
        compatible = self._aspects(measure)
        objects = self._objects(measure, compatible.places)
        shares = compatible.agreements.astype(np.float32) * objects
        fits = self._fit(kind, compatible.places)
        some = np.flatnonzero((shares != 0) & (fits != 0))
        return _Promise(
            compatible.places[some],
            shares[some],
            compatible.agreements[some],
            fits[some],
            np.full(len(some), np.nan),
        )

    def search(
        self, name: str, weigh: Weigh, limit: int, floor: float, kind: Hashable = None
    ) -> list[tuple[int, float]]:
        """Return (place, similarity) of the names that best match, best first.

        The weights and the fit with the kind of target multiply the similarity of each name, 0
        leaves it out; similarities below `floor` before weighting are dropped; at most `limit`
        names are compared exactly, of equally promising ones the first.
        """
        if not self._measures:
            return []
        measure = split_name(name)
        if not (measure.core or measure.aspect):
            return []
        promise = self._promise(measure, kind)
        if not len(promise.places):
            return []
        weights = weigh(promise.places) * promise.fits
        chosen = _largest(promise.shares * weights, limit)
        exact = self._compare(measure, promise, chosen)
        kept = exact >= floor
        chosen = chosen[kept]
        places, scores = promise.places[chosen], exact[kept] * weights[chosen]
        order = np.lexsort((places, -scores))
        return list(zip(places[order].tolist(), scores[order].tolist(), strict=True))

    def _compare(self, measure: Measure, promise: _Promise, chosen: np.ndarray) -> np.ndarray:
        """Return the similarity of a measure with some names that it promises, (m,) float64."""
        known = promise.exact
        found = known[chosen]
        unknown = np.isnan(found)
        if not unknown.any():
            return found
        for place in chosen[unknown].tolist():
            other = self._measures[promise.places[place]]
            known[place] = promise.agreements[place] * object_agreement(measure, other)
        return known[chosen]


def _largest(values: np.ndarray, count: int) -> np.ndarray:
    """Return the places of the `count` largest values above 0; among equal ones the first win."""
    some = values.nonzero()[0]
    if len(some) <= count:
        return some  # most names promise little
    least = np.partition(values, len(values) - count)[len(values) - count]
    above, equal = (values > least).nonzero()[0], (values == least).nonzero()[0]
    return np.concatenate([above, equal[: count - len(above)]])

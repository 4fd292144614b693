"""Finds, among many indicator names, those that measure the same thing as a given one."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from models.measure import (
    BY_CHARACTERS,
    BY_PAIRS,
    GENERIC_OBJECT,
    KINDRED_ASPECTS,
    Measure,
    aspect_agreement,
    object_agreement,
    split_name,
)

_BITS = 21
"""A character's code fits in so many."""


class _Overlap:
    """What one text has in common with many, by inverted lists."""

    def __init__(self, keys: np.ndarray, places: np.ndarray, count: int) -> None:
        """Take what each text has, (n,) int64 each: keys, and the text that has it."""
        order = np.lexsort((places, keys))
        keys, places = keys[order], places[order]
        fresh, first = np.diff(places, prepend=-1) != 0, np.diff(keys, prepend=-1) != 0
        keys, places = keys[fresh | first], places[fresh | first].astype(np.int32)
        starts = np.flatnonzero(np.diff(keys, prepend=-1))
        lists = np.split(places, starts[1:])
        self._lists = dict(zip(keys[starts].tolist(), lists, strict=False))
        self.sizes = np.bincount(places, minlength=count)
        """How much each text has, (count,) int64."""

    def common(self, keys: Iterable[int], places: np.ndarray) -> np.ndarray:
        """Return how many keys the texts at some places share, (m,) int64."""
        found = [self._lists[key] for key in keys if key in self._lists]
        if not found:
            return np.zeros(len(places), dtype=np.int64)
        return np.bincount(np.concatenate(found), minlength=len(self.sizes))[places]


def _overlaps(texts: Sequence[str]) -> tuple[_Overlap, _Overlap]:
    """Index the characters and the character pairs of texts."""
    places = np.repeat(np.arange(len(texts), dtype=np.int64), [len(text) for text in texts])
    joined = "".join(texts).encode("utf-32-le", "surrogatepass")
    codes = np.frombuffer(joined, dtype="<u4").astype(np.int64)
    within = places[1:] == places[:-1]
    pairs = ((codes[:-1] << _BITS) | codes[1:])[within]
    return (
        _Overlap(codes, places, len(texts)),
        _Overlap(pairs, places[1:][within], len(texts)),
    )


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
    exact: np.ndarray
    """Similarity with each of them, (m,) float64."""
    fits: np.ndarray
    """How well the rows go with the kind of target, (m,) float32, above 0."""


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

    Only names with a compatible aspect are looked at; an estimate (aspects, shared characters)
    picks candidates, the similarity orders them.
    """

    def __init__(self, names: Sequence[str], fit: Fit = _any_fits) -> None:
        self._fit = fit
        self._measures = [split_name(name) for name in names]
        self._characters, self._pairs = _overlaps([measure.core for measure in self._measures])
        self._generic = np.array([not measure.core for measure in self._measures], dtype=bool)
        self._stated = np.array([bool(measure.aspect) for measure in self._measures], dtype=bool)
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

    def _objects(self, measure: Measure, places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return how one object agrees with those of some names, (m,) each.

        First an estimate by characters alone, float32, then `object_agreement`, float64.
        """
        generic = self._generic[places]
        vague = np.where(self._stated[places], GENERIC_OBJECT if measure.aspect else 0.0, 0.0)
        if not measure.core:
            rough = np.where(generic, 1.0, GENERIC_OBJECT).astype(np.float32)
            return rough, np.where(generic, 1.0, vague)
        units, sizes = len(measure.units), self._characters.sizes[places]
        common = self._characters.common(map(ord, measure.units), places)
        characters = 2 * common / (units + sizes)
        keys = [(ord(pair[0]) << _BITS) | ord(pair[1]) for pair in measure.pairs]
        pairs = 2 * self._pairs.common(keys, places)
        pairs = pairs / np.maximum(1, len(measure.pairs) + self._pairs.sizes[places])
        exact = np.where(common > 0, BY_CHARACTERS * characters + BY_PAIRS * pairs, 0.0)
        for place in np.flatnonzero((common == np.minimum(units, sizes)) & (common > 0)).tolist():
            # One may be part of the other.
            exact[place] = object_agreement(measure, self._measures[places[place]])
        alone = GENERIC_OBJECT if measure.aspect else 0.0
        rough = np.where(generic, np.float32(alone), characters.astype(np.float32))
        return rough, np.where(generic, vague, exact)

    def _look_up(self, measure: Measure, kind: Hashable) -> _Promise:
        """Return what a measure promises to a kind of target."""
        compatible = self._aspects(measure)
        places, agreements = compatible.places, compatible.agreements
        fitting = np.flatnonzero(fits := self._fit(kind, places))
        places, agreements, fits = places[fitting], agreements[fitting], fits[fitting]
        rough, exact = self._objects(measure, places)
        shares = agreements.astype(np.float32) * rough
        some = np.flatnonzero(shares)
        return _Promise(places[some], shares[some], (agreements * exact)[some], fits[some])

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
        chosen = chosen[promise.exact[chosen] >= floor]
        places, scores = promise.places[chosen], promise.exact[chosen] * weights[chosen]
        order = np.lexsort((places, -scores))
        return list(zip(places[order].tolist(), scores[order].tolist(), strict=True))


def _largest(values: np.ndarray, count: int) -> np.ndarray:
    """Return the places of the `count` largest values above 0; among equal ones the first win."""
    some = values.nonzero()[0]
    if len(some) <= count:
        return some  # most names promise little
    least = np.partition(values, len(values) - count)[len(values) - count]
    above, equal = (values > least).nonzero()[0], (values == least).nonzero()[0]
    return np.concatenate([above, equal[: count - len(above)]])

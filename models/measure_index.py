"""Finds, among many indicator names, those that measure the same thing as a given one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from models.measure import GENERIC_OBJECT, Measure, aspect_agreement, object_agreement, split_name


class _Overlap:
    """Character overlap of one text with many, by inverted lists."""

    def __init__(self, characters: Sequence[frozenset[str]]) -> None:
        lists: dict[str, list[int]] = {}
        for place, text in enumerate(characters):
            for character in text:
                lists.setdefault(character, []).append(place)
        self._lists = {key: np.array(value, dtype=np.int32) for key, value in lists.items()}
        self._sizes = np.array([len(text) for text in characters], dtype=np.float32)

    def dice(self, text: frozenset[str]) -> np.ndarray:
        """Return 2·common ÷ (size + size) with every text, (n,) float32."""
        found = [self._lists[character] for character in text if character in self._lists]
        if not found:
            return np.zeros(len(self._sizes), dtype=np.float32)
        common = np.bincount(np.concatenate(found), minlength=len(self._sizes))
        return (2 * common / (self._sizes + len(text))).astype(np.float32)


class MeasureIndex:
    """Ranks names by `same_measure` without comparing all of them one by one.

    A vectorised estimate (aspects, shared characters) picks candidates, the exact comparison
    orders them.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._measures = [split_name(name) for name in names]
        self._overlap = _Overlap([measure.units for measure in self._measures])
        self._generic = np.array([not measure.core for measure in self._measures], dtype=bool)
        examples: dict[tuple[str, str], int] = {}
        groups = [
            examples.setdefault((measure.aspect, measure.family), len(examples))
            for measure in self._measures
        ]
        self._groups = np.array(groups, dtype=np.int32)
        self._examples = [Measure("", "", aspect, family) for aspect, family in examples]
        self._agreements: dict[tuple[str, str], np.ndarray] = {}

    def __len__(self) -> int:
        return len(self._measures)

    def _aspects(self, measure: Measure) -> np.ndarray:
        """Return the agreement of one aspect with the aspect of every name, (n,)."""
        key = (measure.aspect, measure.family)
        if key not in self._agreements:
            values = [aspect_agreement(measure, example) for example in self._examples]
            self._agreements[key] = np.array(values, dtype=np.float32)
        return self._agreements[key][self._groups]

    def _objects(self, measure: Measure) -> np.ndarray:
        """Return an estimate of the agreement of one object with that of every name, (n,)."""
        if not measure.core:
            return np.where(self._generic, 1.0, GENERIC_OBJECT).astype(np.float32)
        generic = GENERIC_OBJECT if measure.aspect else 0.0
        return np.where(self._generic, generic, self._overlap.dice(measure.units))

    def search(
        self, name: str, weights: np.ndarray, limit: int, floor: float
    ) -> list[tuple[int, float]]:
        """Return (place, similarity) of the names that best match, best first.

        `weights` (n,) multiply the similarity of each name, 0 leaves it out; similarities below
        `floor` before weighting are dropped; at most `limit` names are compared exactly.
        """
        if not self._measures:
            return []
        measure = split_name(name)
        if not (measure.core or measure.aspect):
            return []
        estimate = self._aspects(measure) * self._objects(measure) * weights
        count = min(limit, int(np.count_nonzero(estimate)))
        if not count:
            return []
        places = np.argpartition(-estimate, count - 1)[:count]
        found = []
        for place in places.tolist():
            other = self._measures[place]
            exact = aspect_agreement(measure, other) * object_agreement(measure, other)
            if exact >= floor:
                found.append((place, exact * float(weights[place])))
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))

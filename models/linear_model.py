"""A linear model over named columns, with calibrated probabilities, in numpy alone.

Trained with scikit-learn elsewhere; saved as JSON and .npy, so that loading runs nothing and
prediction needs neither scikit-learn nor its second of import time.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from models.artefacts import load_array, load_json

COLUMNS_FILE = "columns.json"
WEIGHTS_FILE = "weights.npy"
FACTORS_FILE = "factors.npy"
HEAD_FILE = "head.json"


@dataclass(frozen=True)
class Vectoriser:
    """Turns named values and pieces of text into positions and values of a sparse row.

    Pieces (columns with a one-letter prefix and a colon) count once, weighted by rarity, and each
    prefix is normalised to length 1; other values are multiplied by their factor.
    """

    columns: Mapping[str, int]
    factors: np.ndarray
    """Rarity of a piece, scale of a value, (columns,) float32."""

    @classmethod
    def fit(
        cls,
        values: Sequence[Mapping[str, float]],
        pieces: Sequence[Iterable[str]],
        scale: Mapping[str, float],
        minimum: int = 2,
    ) -> Vectoriser:
        """Choose the columns that occur in at least `minimum` rows.

        `scale` gives the factor of the values whose name begins with a key, "" that of all others.
        """
        counts = Counter(column for row in pieces for column in set(row))
        named = Counter(name for row in values for name in row)
        kept = sorted(column for column, count in counts.items() if count >= minimum)
        names = sorted(name for name, count in named.items() if count >= minimum)
        rarity = [1 + np.log((1 + len(values)) / (1 + counts[column])) for column in kept]
        scales = [_scale_of(name, scale) for name in names]
        columns = {column: place for place, column in enumerate([*kept, *names])}
        return cls(columns, np.array([*rarity, *scales], dtype=np.float32))

    @cached_property
    def _rarity(self) -> list[float]:
        """Factors as plain floats; indexing them one by one is faster than in an array."""
        return self.factors.tolist()

    @cached_property
    def _fields(self) -> list[str]:
        """First characters of all columns; those of pieces stand for one text each."""
        return sorted({column[0] for column in self.columns})

    @cached_property
    def _field_of(self) -> list[int]:
        """Place in `_fields` of every column."""
        places = {field: number for number, field in enumerate(self._fields)}
        return [places[column[0]] for column in self.columns]

    @cached_property
    def names(self) -> list[str]:
        """Columns in the order of their positions."""
        return sorted(self.columns, key=self.columns.__getitem__)

    def encode(
        self, values: Mapping[str, float], pieces: Collection[str]
    ) -> tuple[list[int], list[float]]:
        """Return the positions and values of a row's columns; unknown columns are left out."""
        columns, factors = self.columns, self._rarity
        places, found = self._weigh(frozenset(pieces)) if pieces else ([], [])
        for name, value in values.items():
            column = columns.get(name)
            if column is not None:
                places.append(column)
                found.append(value * factors[column])
        return places, found

    def lengthened(self, places: Sequence[int]) -> np.ndarray:
        """Return the weights of known pieces of one text, (n,) float64."""
        rarity = self._rarity
        length = 0.0
        for place in places:
            length += rarity[place] ** 2
        length **= 0.5
        return np.array([rarity[place] / length for place in places])

    def _weigh(self, pieces: frozenset[str]) -> tuple[list[int], list[float]]:
        """Return the positions of known pieces with their weights."""
        columns, rarity, field_of = self.columns, self._rarity, self._field_of
        known = sorted([columns[column] for column in pieces if column in columns])
        squares = [0.0] * len(self._fields)
        for place in known:
            squares[field_of[place]] += rarity[place] ** 2
        lengths = [square**0.5 for square in squares]
        return known, [rarity[place] / lengths[field_of[place]] for place in known]


@dataclass(frozen=True)
class LinearModel:
    """Weights of several yes/no labels over the columns of a vectoriser."""

    labels: tuple[str, ...]
    vectoriser: Vectoriser
    weights: np.ndarray
    """(columns, labels) float32."""
    intercepts: np.ndarray
    """(labels,) float32."""
    slopes: np.ndarray
    offsets: np.ndarray
    """Platt calibration, (labels,): probability = sigmoid(slope · score + offset)."""

    def scores(self, values: Mapping[str, float], pieces: Collection[str]) -> np.ndarray:
        """Return the uncalibrated log-odds of every label, (labels,)."""
        return self.sums(values, pieces) + self.intercepts

    def sums(self, values: Mapping[str, float], pieces: Collection[str] = ()) -> np.ndarray:
        """Return what some columns add to the uncalibrated log-odds, (labels,) float32."""
        return self.weigh(*self.vectoriser.encode(values, pieces))

    def weigh(
        self, places: Sequence[int] | np.ndarray, values: Sequence[float] | np.ndarray
    ) -> np.ndarray:
        """Return what the columns at some places add to the log-odds, (labels,) float32."""
        return np.asarray(np.asarray(values, dtype=np.float32) @ self.weights[places])

    def calibrate(self, scores: np.ndarray) -> np.ndarray:
        """Turn log-odds into probabilities, (…, labels)."""
        logits = np.clip(self.slopes * scores + self.offsets, -30, 30)
        return 1 / (1 + np.exp(-logits))

    def contributions(
        self, values: Mapping[str, float], pieces: Collection[str], label: str
    ) -> dict[str, float]:
        """Return what each column adds to the calibrated log-odds of a label."""
        names = self.vectoriser.names
        places, found = self.vectoriser.encode(values, pieces)
        added = self.speaking(places, np.asarray(found), label).tolist()
        return {names[place]: value for place, value in zip(places, added, strict=True)}

    def speaking(
        self, places: Sequence[int] | np.ndarray, values: np.ndarray, label: str
    ) -> np.ndarray:
        """Return what columns add to the calibrated log-odds of a label, (n,) float64."""
        number = self.labels.index(label)
        return np.asarray(values * self.weights[places, number] * self.slopes[number])

    def write(self, folder: Path) -> None:
        """Write the model's files into a folder."""
        head = {
            "labels": self.labels,
            "intercepts": self.intercepts.tolist(),
            "slopes": self.slopes.tolist(),
            "offsets": self.offsets.tolist(),
        }
        _dump(folder / COLUMNS_FILE, self.vectoriser.names)
        _dump(folder / HEAD_FILE, head)
        np.save(folder / WEIGHTS_FILE, self.weights, allow_pickle=False)
        np.save(folder / FACTORS_FILE, self.vectoriser.factors, allow_pickle=False)

    @classmethod
    def read(cls, folder: Path) -> LinearModel:
        """Read the files that `write` wrote."""
        head = load_json(folder / HEAD_FILE)
        columns = {name: place for place, name in enumerate(load_json(folder / COLUMNS_FILE))}
        return cls(
            labels=tuple(head["labels"]),
            vectoriser=Vectoriser(columns, load_array(folder / FACTORS_FILE)),
            weights=load_array(folder / WEIGHTS_FILE),
            intercepts=np.array(head["intercepts"], dtype=np.float32),
            slopes=np.array(head["slopes"], dtype=np.float32),
            offsets=np.array(head["offsets"], dtype=np.float32),
        )


def _scale_of(name: str, scale: Mapping[str, float]) -> float:
    """Return the factor whose key a name begins with, else that of ""."""
    return next((scale[start] for start in scale if start and name.startswith(start)), scale[""])


def _dump(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")

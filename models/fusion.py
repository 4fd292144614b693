"""Fusion: several views of how well a record fits a declaration become one score.

Each view is standardised over all records (mean 0, standard deviation 1), weighted and added. A
score orders records; how likely the best of them really fits is read off by a logistic curve. Both
are fitted on the shared cases by `models.train_retrieval`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from models.artefacts import load_json

Views = dict[str, np.ndarray]
"""Value of each view for every record, float32 (n,)."""

Spread = tuple[float, float]
"""Mean and standard deviation of a view over all records."""
Spreads = Mapping[str, Spread]

FLAGS = frozenset({"sector", "named"})
"""Views that are 0 or 1 and are not standardised."""
_FLAT = 1e-6


@dataclass(frozen=True)
class Fusion:
    """Weights of the views, and the curve that reads a probability off them."""

    weights: Mapping[str, float]
    curve: Mapping[str, float]
    """Coefficients of `intercept`, `score` (the fused score) and plain, unstandardised views."""

    def scores(self, views: Views, spreads: Spreads | None = None) -> np.ndarray:
        """Return the fused score of every record, float64 (n,).

        Where the views are those of some records only, `spreads` says how they lie over all.
        """
        known = spreads or {}
        parts = [
            weight * standardise(name, views[name], known.get(name))
            for name, weight in self.weights.items()
        ]
        return np.asarray(np.sum(parts, axis=0), dtype=np.float64)

    def probabilities(self, views: Views, scores: np.ndarray) -> np.ndarray:
        """Return how surely each record fits, 0 to 1, (n,)."""
        known = {**views, "score": scores}
        logits = np.full(len(scores), self.curve["intercept"])
        for name, weight in self.curve.items():
            if name != "intercept":
                logits = logits + weight * known[name]
        return np.asarray(1 / (1 + np.exp(-logits)))


@dataclass(frozen=True)
class FusionSet:
    """How types and cases are ranked in one mode of search."""

    mode: str
    """lexical, dense (any encoder) or adapted (an encoder with an adapter of its own)."""
    types: Fusion
    cases: Fusion

    @classmethod
    def from_dict(cls, mode: str, content: Mapping[str, Any]) -> FusionSet:
        """Read what `to_dict` wrote."""
        return cls(mode, Fusion(**content["types"]), Fusion(**content["cases"]))

    def to_dict(self) -> dict[str, Any]:
        """Return a form that JSON can hold."""
        return {
            name: {"weights": dict(fusion.weights), "curve": dict(fusion.curve)}
            for name, fusion in (("types", self.types), ("cases", self.cases))
        }


def fusion_path() -> Path:
    """Return the file of the weights that ship with the program."""
    return Path(str(files("models").joinpath("data", "fusion.json")))


@cache
def bundled_fusion(mode: str) -> FusionSet:
    """Return the weights that ship with the program for a mode of search."""
    return FusionSet.from_dict(mode, load_json(fusion_path())[mode])


@cache
def fusion_fingerprint() -> str:
    """Return the hash of the weights that ship with the program."""
    return hashlib.sha256(fusion_path().read_bytes()).hexdigest()[:16]


def standardise(name: str, values: np.ndarray, over_all: Spread | None = None) -> np.ndarray:
    """Return a view with mean 0 and standard deviation 1 over all records; flags as they are."""
    if name in FLAGS or not len(values):
        return values
    mean, deviation = over_all or spread(values)
    if deviation < _FLAT:
        return np.zeros_like(values)
    return np.asarray((values - mean) / deviation)


def spread(values: np.ndarray) -> Spread:
    """Return mean and standard deviation of a view."""
    return float(values.mean()), float(values.std())

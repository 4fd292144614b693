"""Rankers: from features to the score of every candidate.

The learned ranker is linear, its weights a readable JSON file. With some sixty graded cases, trees
and boosting order unseen cases worse than a strongly regularised sum (docs/recommendation.md).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Protocol

import numpy as np

from corpus.errors import SetupError
from recommender.features import FEATURES

BUNDLED = {True: "ranking_dense.json", False: "ranking_lexical.json"}
"""Scores of a search with an encoder and without one are not alike, so each has its weights."""
_PENALTY = 1000.0
"""Ridge penalty on standardised features; from 100 to 3000 held-out figures hardly differ."""
_GRADES = 2.0
"""The highest grade; scores are grades scaled to 0…1."""


class Ranker(Protocol):
    """Scores candidates by their features."""

    def scores(self, matrix: np.ndarray) -> np.ndarray:
        """Return one score per row, 0 (does not fit) to 1 (fits as it stands)."""
        ...


@dataclass(frozen=True)
class LinearRanker:
    """A weighted sum of features."""

    weights: np.ndarray
    """One per feature, float64 (len(FEATURES),)."""
    bias: float

    def scores(self, matrix: np.ndarray) -> np.ndarray:
        """Return the weighted sum of every row, held within 0 and 1, (n,)."""
        return np.clip(matrix @ self.weights + self.bias, 0.0, 1.0)

    def save(self, path: Path) -> None:
        """Write the weights by feature name."""
        named = {
            name: round(float(weight), 5)
            for name, weight in zip(FEATURES, self.weights, strict=True)
        }
        content = {"bias": round(self.bias, 5), "weights": named}
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> LinearRanker:
        """Read saved weights; weights of other features are refused."""
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            named = {str(name): float(weight) for name, weight in content["weights"].items()}
            bias = float(content["bias"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise SetupError(f"排序模型无法读取：{path}", hint="请重新安装本程序") from error
        if set(named) != set(FEATURES):
            raise SetupError(
                "排序模型与当前程序的特征不一致", hint="请重新训练排序模型或重新安装本程序"
            )
        return cls(np.array([named[name] for name in FEATURES]), bias)


def hand_set() -> LinearRanker:
    """Return weights set by hand: the better the type, the sooner its core and own words come."""
    by_hand = {
        "affinity": 0.35,
        "behind_best": 0.3,
        "core": 0.1,
        "general_of_fit": 0.2,
        "object_in_text": 0.2,
        "name_in_text": 0.1,
        "project_in_type": 0.1,
        "from_case": -0.2,
    }
    return LinearRanker(np.array([by_hand.get(name, 0.0) for name in FEATURES]), 0.0)


def fit(matrices: Sequence[np.ndarray], grades: Sequence[np.ndarray]) -> LinearRanker:
    """Fit weights to grades 0, 1, 2 of the candidates of several cases.

    The penalty draws all scores to the mean; a last straight line spreads them out again, so that
    a score can be read as an expected grade.
    """
    from sklearn.linear_model import LinearRegression, Ridge
    from sklearn.preprocessing import StandardScaler

    rows, wanted = np.concatenate(matrices), np.concatenate(grades) / _GRADES
    scaler = StandardScaler().fit(rows)
    ridge = Ridge(_PENALTY).fit(scaler.transform(rows), wanted)
    shrunk = ridge.predict(scaler.transform(rows))[:, None]
    line = LinearRegression().fit(shrunk, wanted)
    slope = float(line.coef_[0])
    weights = slope * ridge.coef_ / scaler.scale_
    bias = slope * float(ridge.intercept_) + float(line.intercept_) - float(weights @ scaler.mean_)
    return LinearRanker(np.asarray(weights, dtype=np.float64), bias)


def bundled_path(dense: bool) -> Path:
    """Return where the weights for a search with or without an encoder are kept."""
    return Path(str(files("recommender").joinpath("data", BUNDLED[dense])))


@cache
def bundled_ranker(dense: bool) -> Ranker:
    """Return the ranker that ships with the program, else the hand-set one."""
    path = bundled_path(dense)
    return LinearRanker.load(path) if path.is_file() else hand_set()

"""Rankers: from features to the score of every candidate.

A learned ranker is a forest of regression trees kept as plain arrays (npz without pickle) and
applied in numpy, so that recommending needs no scikit-learn.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Protocol

import numpy as np

from corpus.errors import SetupError
from recommender.features import FEATURES

BUNDLED = {True: "ranking_dense.npz", False: "ranking_lexical.npz"}
"""Scores of a search with an encoder and without one are not alike, so each has its forest."""
_ARRAYS = ("feature", "threshold", "left", "right", "value", "roots", "bias")


class Ranker(Protocol):
    """Scores candidates by their features."""

    def scores(self, matrix: np.ndarray) -> np.ndarray:
        """Return one score per row, 0 (does not fit) to 1 (fits as it stands)."""
        ...


class HandRanker:
    """Set by hand: the better the type, the sooner its core indicators and own words come."""

    _WEIGHTS = (
        ("affinity", 0.35),
        ("behind_best", 0.3),
        ("core", 0.15),
        ("object_in_text", 0.2),
        ("name_in_text", 0.1),
        ("project_in_type", 0.1),
        ("used_by_similar", 0.1),
        ("from_case", -0.2),
    )

    def scores(self, matrix: np.ndarray) -> np.ndarray:
        """Return the weighted sum of a few features, held within 0 and 1."""
        total = sum(weight * matrix[:, FEATURES.index(name)] for name, weight in self._WEIGHTS)
        return np.clip(np.asarray(total, dtype=np.float32), 0.0, 1.0)


@dataclass(frozen=True)
class ForestRanker:
    """The sum of many small regression trees, all stored end to end; a leaf is its own child."""

    feature: np.ndarray
    threshold: np.ndarray
    left: np.ndarray
    right: np.ndarray
    value: np.ndarray
    roots: np.ndarray
    bias: np.ndarray

    def scores(self, matrix: np.ndarray) -> np.ndarray:
        """Return the sum of the trees' values for each row, held within 0 and 1, (n,)."""
        count, width = matrix.shape
        flat = np.ascontiguousarray(matrix, dtype=np.float32).ravel()
        nodes = np.tile(self.roots, count)
        offsets = np.repeat(np.arange(count) * width, len(self.roots))
        moving = np.arange(len(nodes))
        while len(moving):
            here = nodes[moving]
            right = flat[offsets[moving] + self.feature[here]] > self.threshold[here]
            following = np.where(right, self.right[here], self.left[here])
            nodes[moving] = following
            moving = moving[following != here]
        values = self.value[nodes].reshape(count, len(self.roots))
        return np.clip(values.sum(axis=1) + self.bias, 0.0, 1.0)

    def save(self, path: Path) -> None:
        """Write the arrays and the names of the features they were learned on."""
        arrays = {name: getattr(self, name) for name in _ARRAYS}
        np.savez_compressed(path, **arrays, names=np.array(FEATURES))

    @classmethod
    def load(cls, path: Path) -> ForestRanker:
        """Read a saved ranker; one learned on other features is refused."""
        try:
            with np.load(path, allow_pickle=False) as stored:
                names = tuple(stored["names"].tolist())
                arrays = {name: stored[name] for name in _ARRAYS}
        except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
            raise SetupError(f"排序模型无法读取：{path}", hint="请重新安装本程序") from error
        if names != FEATURES:
            raise SetupError(
                "排序模型与当前程序的特征不一致", hint="请重新训练排序模型或重新安装本程序"
            )
        return cls(**arrays)


def bundled_path(dense: bool) -> Path:
    """Return where the ranker for a search with or without an encoder is kept."""
    return Path(str(files("recommender").joinpath("data", BUNDLED[dense])))


@cache
def bundled_ranker(dense: bool) -> Ranker:
    """Return the ranker that ships with the program, else the hand-set one."""
    path = bundled_path(dense)
    return ForestRanker.load(path) if path.is_file() else HandRanker()

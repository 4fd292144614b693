"""Fits the trees that rank candidates; the only part of the recommender that needs scikit-learn.

Two kinds of trees err differently on few graded cases: deep ones on random splits (extremely
randomised trees) and shallow boosted ones. Their mean orders unseen cases better than either.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from recommender.ranking import ForestRanker

_GRADES = 2.0
"""The highest grade; scores are grades scaled to 0…1."""
_RANDOMISED: dict[str, Any] = {
    "n_estimators": 100,
    "min_samples_leaf": 4,
    "max_leaf_nodes": 90,
    "max_features": 0.4,
}
_BOOSTED: dict[str, Any] = {
    "n_estimators": 150,
    "max_depth": 3,
    "learning_rate": 0.05,
    "subsample": 0.5,
    "max_features": 0.4,
    "min_samples_leaf": 15,
}


def fit(
    matrices: Sequence[np.ndarray], grades: Sequence[np.ndarray], seed: int = 0
) -> ForestRanker:
    """Fit to grades 0, 1, 2 of the candidates of several cases."""
    from sklearn.ensemble import ExtraTreesRegressor, GradientBoostingRegressor

    rows, wanted = np.concatenate(matrices), np.concatenate(grades) / _GRADES
    randomised = ExtraTreesRegressor(**_RANDOMISED, random_state=seed, n_jobs=1).fit(rows, wanted)
    boosted = GradientBoostingRegressor(**_BOOSTED, random_state=seed).fit(rows, wanted)
    count = len(randomised.estimators_)
    weighted = [(model.tree_, 0.5 / count) for model in randomised.estimators_]
    rate = 0.5 * boosted.learning_rate
    weighted += [(model.tree_, rate) for model in boosted.estimators_[:, 0]]
    return _joined(weighted, bias=0.5 * float(wanted.mean()))


def _joined(trees: Sequence[tuple[Any, float]], bias: float) -> ForestRanker:
    """Lay scikit-learn's trees end to end, their values weighted."""
    columns: dict[str, list[np.ndarray]] = {
        name: [] for name in ("feature", "threshold", "left", "right", "value")
    }
    roots, offset = [], 0
    for tree, weight in trees:
        own = np.arange(tree.node_count) + offset
        leaf = tree.children_left < 0
        columns["feature"].append(np.where(leaf, 0, tree.feature))
        columns["threshold"].append(tree.threshold)
        columns["left"].append(np.where(leaf, own, tree.children_left + offset))
        columns["right"].append(np.where(leaf, own, tree.children_right + offset))
        columns["value"].append(tree.value[:, 0, 0] * weight)
        roots.append(offset)
        offset += tree.node_count
    joined = {name: np.concatenate(arrays) for name, arrays in columns.items()}
    return ForestRanker(
        feature=joined["feature"].astype(np.int16),
        threshold=joined["threshold"].astype(np.float32),
        left=joined["left"].astype(np.int32),
        right=joined["right"].astype(np.int32),
        value=joined["value"].astype(np.float32),
        roots=np.array(roots, dtype=np.int32),
        bias=np.array(bias, dtype=np.float32),
    )

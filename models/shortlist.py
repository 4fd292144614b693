"""Shortlist: the records worth comparing in full where there are too many to compare them all.

Each view names its best records; all views of those are then computed. How a view lies over all
records, which the fusion needs, is known exactly for words and kinds, and estimated from a sample
for vectors.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.fusion import Spread, Spreads, Views, spread
from models.hybrid_index import HybridIndex
from models.views import Query

NAMED = 200
"""Records that each view names."""


@dataclass(frozen=True)
class Shortlist:
    """Some records, or all."""

    rows: np.ndarray
    """Rows of the records, ascending, int64 (m,)."""
    views: Views
    """Views of these records, (m,) each."""
    spreads: Spreads | None
    """How each view lies over all records; None where these are all."""


def shortlist(query: Query, index: HybridIndex, kinds: np.ndarray) -> Shortlist:
    """Return the records that any view names; `kinds` is the view of kind profiles, (n,)."""
    whole = {
        "lexical": index.lexical(query.words),
        "lexical_name": index.lexical(query.name_words),
        "kinds": kinds,
    }
    vectors = {"dense": query.vector, "dense_name": query.name_vector}
    asked = {name: vector for name, vector in vectors.items() if vector is not None}
    named = [_best(values) for values in whole.values()]
    named += [index.nearest(vector, NAMED) for vector in asked.values()]
    rows = np.unique(np.concatenate(named))
    held = index.vectors_at(rows.tolist())
    rows = np.array([row for row in rows.tolist() if row in held], dtype=np.int64)
    matrix = np.stack([held[row] for row in rows.tolist()]) if len(rows) else index.sample[:0]
    views = {name: values[rows] for name, values in whole.items()}
    spreads: dict[str, Spread] = {name: spread(values) for name, values in whole.items()}
    for name, vector in asked.items():
        views[name] = matrix @ vector
        spreads[name] = spread(index.sample @ vector)
    return Shortlist(rows, views, spreads)


def _best(values: np.ndarray) -> np.ndarray:
    """Return the rows of the largest values above 0, int64."""
    count = min(NAMED, len(values))
    rows = np.argpartition(-values, count - 1)[:count]
    return np.asarray(rows[values[rows] > 0], dtype=np.int64)

"""Dense index: exact inner-product search over unit vectors with FAISS."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np


class DenseIndex:
    """Vectors by id, in the order they were added.

    Exact search takes about 10 ms over 100,000 vectors; an approximate index would not pay below.
    """

    def __init__(self, dimension: int) -> None:
        import faiss

        # One thread: a second OpenMP pool beside torch's slows both down many times over.
        faiss.omp_set_num_threads(1)
        self._faiss = faiss
        self._index: Any = faiss.IndexFlatIP(dimension)
        self._ids: list[str] = []

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids in row order."""
        return tuple(self._ids)

    @property
    def vectors(self) -> np.ndarray:
        """A copy of all vectors in row order, float32 (n, dimension)."""
        return self._view().copy()

    def vector(self, row: int) -> np.ndarray:
        """Return one vector by its row, float32 (dimension,)."""
        return np.asarray(self._index.reconstruct(row))

    def __len__(self) -> int:
        """Return the number of vectors."""
        return len(self._ids)

    def add(self, ids: Sequence[str], vectors: np.ndarray) -> None:
        """Append vectors, float32 (n, dimension); an id that is present moves to the end."""
        if len(ids) != len(vectors) or len(set(ids)) != len(ids):
            raise ValueError("each vector needs an id of its own")
        self.remove(ids)
        self._index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        self._ids.extend(ids)

    def remove(self, ids: Sequence[str]) -> None:
        """Take vectors out; unknown ids are passed over."""
        gone = set(ids)
        rows = [row for row, known in enumerate(self._ids) if known in gone]
        if rows:
            self._index.remove_ids(np.array(rows, dtype=np.int64))
            self._ids = [known for known in self._ids if known not in gone]

    def scores(self, vector: np.ndarray) -> np.ndarray:
        """Return the inner product of one vector with every row, float32 (n,)."""
        return self._view() @ np.asarray(vector, dtype=np.float32)

    def search(self, vector: np.ndarray, k: int) -> list[tuple[str, float]]:
        """Return the k nearest ids with their inner products, best first."""
        k = min(k, len(self))
        if k < 1:
            return []
        query = np.asarray(vector, dtype=np.float32).reshape(1, -1)
        products, rows = self._index.search(query, k)
        return [
            (self._ids[row], float(product))
            for row, product in zip(rows[0], products[0], strict=True)
        ]

    def _view(self) -> np.ndarray:
        """Return the index's own memory; valid until the next change."""
        if not self._ids:
            return np.zeros((0, self._index.d), dtype=np.float32)
        flat = self._faiss.rev_swig_ptr(self._index.get_xb(), len(self) * self._index.d)
        return flat.reshape(len(self), self._index.d)

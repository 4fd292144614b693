"""The kind of index that was not chosen: an inverted file (IVF), beside which HNSW is measured."""

from __future__ import annotations

import os

import faiss
import numpy as np

_TRAINED_ON = 40
"""Vectors per cell that the cells are found from."""
_PROBES = 64


class InvertedFile:
    """Vectors in 4·√n cells, of which a search looks at 64, in half precision."""

    def __init__(self, keys: list[str], vectors: np.ndarray) -> None:
        cells = int(4 * len(keys) ** 0.5)
        description = f"IVF{cells}_HNSW32,SQfp16"
        metric = faiss.METRIC_INNER_PRODUCT
        self._keys = keys
        self._index = faiss.index_factory(vectors.shape[1], description, metric)
        faiss.omp_set_num_threads(os.cpu_count() or 1)
        self._index.train(vectors[: cells * _TRAINED_ON])
        self._index.add(vectors)
        faiss.omp_set_num_threads(1)
        self._index.nprobe = _PROBES

    def search(self, vector: np.ndarray, k: int) -> list[tuple[str, float]]:
        """Return the k nearest keys with their inner products, best first."""
        products, rows = self._index.search(vector.reshape(1, -1), k)
        return [
            (self._keys[row], float(product))
            for row, product in zip(rows[0], products[0], strict=True)
            if row >= 0
        ]

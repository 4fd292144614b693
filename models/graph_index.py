"""Graph index: nearly exact search in millions of unit vectors with FAISS's HNSW.

A search follows the links of a layered graph (Malkov and Yashunin, 2018), so its time grows with
the logarithm of the number of vectors. The vectors lie beside the links in half precision, which
changes inner products by less than 0.001.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from corpus.errors import SetupError
from models.artefacts import load_json
from models.vector_index import Encode, new_places

LINKS = 16
"""Links of a vector on each layer (M)."""
BUILD_BREADTH = 100
"""Vectors looked at when one is added (efConstruction)."""
BREADTH = 256
"""Vectors looked at by a search, at least (efSearch)."""
_CHUNK = 20_000
"""Vectors encoded and added at a time."""
_MOST_GONE = 0.25
"""Share of removed vectors above which the graph is made anew."""


class GraphIndex:
    """Vectors by key; removed ones stay in the graph, unseen, until there are too many."""

    def __init__(self, dimension: int) -> None:
        import faiss

        self._faiss: Any = faiss
        self.dimension = dimension
        """Length of a vector."""
        self._index = self._empty()
        self._keys: list[str] = []
        self._rows: dict[str, int] = {}
        self._selector: Any = None

    @property
    def exact(self) -> None:
        """None: a search may miss some of the nearest."""
        return None

    def __len__(self) -> int:
        """Return the number of vectors."""
        return len(self._rows)

    def known(self, keys: Iterable[str]) -> set[str]:
        """Return which of some keys are held."""
        return {key for key in keys if key in self._rows}

    def arrange(self, keys: Sequence[str], encode: Encode) -> None:
        """Hold exactly these keys; only new ones are encoded and only they are linked."""
        for gone in self._rows.keys() - set(keys):
            del self._rows[gone]
        new = new_places(self, keys)
        if len(self._keys) - len(self._rows) > _MOST_GONE * len(self._keys):
            self._make_anew()
        for start in range(0, len(new), _CHUNK):
            places = new[start : start + _CHUNK]
            self._link([keys[place] for place in places], encode(places))
        self._select()

    def search(self, vector: np.ndarray, k: int) -> list[tuple[str, float]]:
        """Return the k nearest keys with their inner products, best first."""
        k = min(k, len(self))
        if k < 1:
            return []
        query = np.asarray(vector, dtype=np.float32).reshape(1, -1)
        wanted = self._faiss.SearchParametersHNSW(efSearch=max(BREADTH, 2 * k), sel=self._selector)
        products, rows = self._index.search(query, k, params=wanted)
        return [
            (self._keys[row], float(product))
            for row, product in zip(rows[0], products[0], strict=True)
            if row >= 0
        ]

    def vectors_of(self, keys: Sequence[str]) -> dict[str, np.ndarray]:
        """Return the vectors of those of some keys that are held, (dimension,) each."""
        return {key: self._index.reconstruct(self._rows[key]) for key in self.known(keys)}

    def save(self, folder: Path, name: str) -> None:
        """Write the graph into an artefact folder, its rows' keys beside it."""
        self._faiss.write_index(self._index, str(folder / f"{name}.graph"))
        held = [key if self._rows.get(key) == row else None for row, key in enumerate(self._keys)]
        text = json.dumps(held, ensure_ascii=False)
        (folder / f"{name}.keys.json").write_text(text, encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, name: str) -> GraphIndex:
        """Read a graph from an artefact folder whose manifest has been checked."""
        import faiss

        keys = load_json(folder / f"{name}.keys.json")
        try:
            read = faiss.read_index(str(folder / f"{name}.graph"))
        except RuntimeError as error:
            raise SetupError(f"索引已损坏：{folder / name}", hint="请运行 jixiao setup") from error
        index = cls(read.d)
        index._index = read
        index._keys = [key or "" for key in keys]
        index._rows = {key: row for row, key in enumerate(keys) if key is not None}
        index._select()
        return index

    def _empty(self) -> Any:
        faiss = self._faiss
        half = faiss.ScalarQuantizer.QT_fp16
        index = faiss.IndexHNSWSQ(self.dimension, half, LINKS, faiss.METRIC_INNER_PRODUCT)
        index.hnsw.efConstruction = BUILD_BREADTH
        index.is_trained = True  # half precision has nothing to learn
        return index

    def _link(self, keys: Sequence[str], vectors: np.ndarray) -> None:
        """Append vectors, on all cores: nothing else computes meanwhile."""
        first = len(self._keys)
        self._faiss.omp_set_num_threads(os.cpu_count() or 1)
        try:
            self._index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        finally:
            self._faiss.omp_set_num_threads(1)
        self._keys.extend(keys)
        self._rows.update({key: first + place for place, key in enumerate(keys)})

    def _make_anew(self) -> None:
        """Link what is left once more, without what was removed."""
        old, rows = self._index, self._rows
        self._index, self._keys, self._rows = self._empty(), [], {}
        left = list(rows)
        for start in range(0, len(left), _CHUNK):
            keys = left[start : start + _CHUNK]
            vectors = old.reconstruct_batch(np.array([rows[key] for key in keys], dtype=np.int64))
            self._link(keys, vectors)

    def _select(self) -> None:
        """Let searches see no row that is gone."""
        rows = set(self._rows.values())
        gone = np.array([row for row in range(len(self._keys)) if row not in rows], dtype=np.int64)
        self._selector = None
        if len(gone):
            self._gone = self._faiss.IDSelectorBatch(gone)
            self._selector = self._faiss.IDSelectorNot(self._gone)

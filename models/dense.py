"""Dense index: exact inner-product search over unit vectors with FAISS."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from models.artefacts import load_array
from models.vector_index import Encode, new_places


class DenseIndex:
    """Vectors by id, in the order they were added; see `models.vector_index.VectorIndex`."""

    def __init__(self, dimension: int) -> None:
        import faiss

        # One thread: a second OpenMP pool beside torch's slows both down many times over.
        faiss.omp_set_num_threads(1)
        self._faiss = faiss
        self._index: Any = faiss.IndexFlatIP(dimension)
        self._ids: list[str] = []
        self._rows: dict[str, int] = {}

    @property
    def exact(self) -> DenseIndex:
        """The index itself: its search is exact."""
        return self

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._index.d)

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids in row order."""
        return tuple(self._ids)

    @property
    def vectors(self) -> np.ndarray:
        """A copy of all vectors in row order, float32 (n, dimension)."""
        return self._view().copy()

    def __len__(self) -> int:
        """Return the number of vectors."""
        return len(self._ids)

    def add(self, ids: Sequence[str], vectors: np.ndarray) -> None:
        """Append vectors, float32 (n, dimension); an id that is present moves to the end."""
        if len(ids) != len(vectors) or len(set(ids)) != len(ids):
            raise ValueError("each vector needs an id of its own")
        self.remove(ids)
        self._index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        self._take(self._ids + list(ids))

    def remove(self, ids: Sequence[str]) -> None:
        """Take vectors out; unknown ids are passed over."""
        gone = {id_ for id_ in ids if id_ in self._rows}
        if gone:
            rows = np.array([self._rows[id_] for id_ in gone], dtype=np.int64)
            self._index.remove_ids(rows)
            self._take([known for known in self._ids if known not in gone])

    def known(self, keys: Iterable[str]) -> set[str]:
        """Return which of some ids are held."""
        return {key for key in keys if key in self._rows}

    def arrange(self, keys: Sequence[str], encode: Encode) -> None:
        """Hold exactly these ids, each once, in this order; only new ones are encoded."""
        new = new_places(self, keys)
        vectors = np.empty((len(keys), self._index.d), dtype=np.float32)
        if new:
            vectors[new] = encode(new)
        old = sorted(set(range(len(keys))).difference(new))
        vectors[old] = self._view()[[self._rows[keys[place]] for place in old]]
        self._index.reset()
        self._index.add(vectors)
        self._take(list(keys))

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

    def vectors_of(self, keys: Sequence[str]) -> dict[str, np.ndarray]:
        """Return the vectors of those of some ids that are held, (dimension,) each."""
        return {key: self._index.reconstruct(self._rows[key]) for key in self.known(keys)}

    def save(self, folder: Path, name: str) -> None:
        """Write the vectors into an artefact folder; the ids are the caller's."""
        np.save(folder / f"{name}.npy", self._view(), allow_pickle=False)

    @classmethod
    def load(cls, folder: Path, name: str, keys: Sequence[str]) -> DenseIndex:
        """Read vectors in the order of their ids."""
        vectors = load_array(folder / f"{name}.npy")
        index = cls(vectors.shape[1])
        index.add(keys, vectors)
        return index

    def _take(self, ids: list[str]) -> None:
        self._ids = ids
        self._rows = {id_: row for row, id_ in enumerate(ids)}

    def _view(self) -> np.ndarray:
        """Return the index's own memory; valid until the next change."""
        if not self._ids:
            return np.zeros((0, self._index.d), dtype=np.float32)
        flat = self._faiss.rev_swig_ptr(self._index.get_xb(), len(self) * self._index.d)
        return flat.reshape(len(self), self._index.d)

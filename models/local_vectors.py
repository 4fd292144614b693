"""Vectors in this process: searched exactly while that is fast, by a graph beyond.

Both ways, and where they meet, are measured by `python -m benchmarks.vectors`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from models.dense import DenseIndex
from models.graph_index import GraphIndex
from models.vector_index import Encode

EXACT_UP_TO = 50_000
"""Vectors that are searched one by one, in some 5 ms: less than encoding the question takes."""
_EXACT_AGAIN = 0.5
"""Share of `EXACT_UP_TO` to which a graph must shrink, so that none is made in turns."""


class LocalIndex:
    """Vectors by key; see `models.vector_index.VectorIndex`."""

    def __init__(self, inner: DenseIndex | GraphIndex, exact_up_to: int = EXACT_UP_TO) -> None:
        self._inner = inner
        self._exact_up_to = exact_up_to

    @property
    def exact(self) -> DenseIndex | None:
        """The exact index, None where there are so many vectors that a graph is searched."""
        return self._inner.exact

    def __len__(self) -> int:
        """Return the number of vectors."""
        return len(self._inner)

    def known(self, keys: Iterable[str]) -> set[str]:
        """Return which of some keys are held."""
        return self._inner.known(keys)

    def arrange(self, keys: Sequence[str], encode: Encode) -> None:
        """Hold exactly these keys; the kind of index follows their number."""
        old = self._inner
        self._inner = self._fitting(len(keys))
        if self._inner is old:
            old.arrange(keys, encode)
        else:
            self._inner.arrange(keys, _first_from(old, keys, encode))

    def _fitting(self, count: int) -> DenseIndex | GraphIndex:
        """Return the index that suits a number of vectors; another, empty one where need be."""
        inner = self._inner
        if isinstance(inner, DenseIndex) and count > self._exact_up_to:
            return GraphIndex(inner.dimension)
        if isinstance(inner, GraphIndex) and count <= _EXACT_AGAIN * self._exact_up_to:
            return DenseIndex(inner.dimension)
        return inner

    def search(self, vector: np.ndarray, k: int) -> list[tuple[str, float]]:
        """Return the k nearest keys with their inner products, best first."""
        return self._inner.search(vector, k)

    def vectors_of(self, keys: Sequence[str]) -> dict[str, np.ndarray]:
        """Return the vectors of those of some keys that are held, (dimension,) each."""
        return self._inner.vectors_of(keys)

    def save(self, folder: Path, name: str) -> None:
        """Write the vectors into an artefact folder."""
        self._inner.save(folder, name)


def _first_from(old: DenseIndex | GraphIndex, keys: Sequence[str], encode: Encode) -> Encode:
    """Return an encoder that takes what an older index holds from there."""

    def taken(places: Sequence[int]) -> np.ndarray:
        held = old.vectors_of([keys[place] for place in places])
        new = [place for place in places if keys[place] not in held]
        if new:
            held |= dict(zip((keys[place] for place in new), encode(new), strict=True))
        return np.stack([held[keys[place]] for place in places])

    return taken


class LocalVectors:
    """Keeps vectors in this process and in its home folder."""

    name = "local"

    def __init__(self, exact_up_to: int = EXACT_UP_TO) -> None:
        self._exact_up_to = exact_up_to

    def open(self, collection: str, dimension: int) -> LocalIndex:
        """Return an empty index."""
        return LocalIndex(DenseIndex(dimension), self._exact_up_to)

    def load(self, folder: Path, collection: str, keys: Sequence[str]) -> LocalIndex:
        """Return the index that was saved in an artefact folder, or raise SetupError."""
        inner: DenseIndex | GraphIndex
        if (folder / f"{collection}.graph").exists():
            inner = GraphIndex.load(folder, collection)
        else:
            inner = DenseIndex.load(folder, collection, keys)
        return LocalIndex(inner, self._exact_up_to)

    def close(self) -> None:
        """There is nothing to let go of."""

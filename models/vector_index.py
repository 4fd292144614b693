"""What an index of vectors can do, wherever the vectors lie.

Vectors are of unit length, float32, and known by a key that changes whenever the vector would: a
key that is held need never be encoded again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from models.dense import DenseIndex

Encode = Callable[[Sequence[int]], np.ndarray]
"""Returns the vectors of keys at some places of a list, float32 (n, d)."""


class VectorIndex(Protocol):
    """Vectors by key; searched from several threads, changed by one that has it for itself."""

    @property
    def exact(self) -> DenseIndex | None:
        """The exact index behind, rows in the order of its keys; None where search is not exact."""
        ...

    def __len__(self) -> int:
        """Return the number of vectors."""
        ...

    def known(self, keys: Iterable[str]) -> set[str]:
        """Return which of some keys are held."""
        ...

    def arrange(self, keys: Sequence[str], encode: Encode) -> None:
        """Hold exactly these keys, each once, in this order; only new ones are encoded."""
        ...

    def search(self, vector: np.ndarray, k: int) -> list[tuple[str, float]]:
        """Return the k nearest keys with their inner products, best first."""
        ...

    def vectors_of(self, keys: Sequence[str]) -> dict[str, np.ndarray]:
        """Return the vectors of those of some keys that are held, (d,) each."""
        ...

    def save(self, folder: Path, name: str) -> None:
        """Write into an artefact folder what `VectorEngine.load` needs."""
        ...


class VectorEngine(Protocol):
    """Where vectors are kept: in this process, or in a database that several share."""

    @property
    def name(self) -> str:
        """What to tell engines apart by; no secrets."""
        ...

    def open(self, collection: str, dimension: int) -> VectorIndex:
        """Return the index of a collection, which may hold vectors already."""
        ...

    def load(self, folder: Path, collection: str, keys: Sequence[str]) -> VectorIndex:
        """Return the index of these keys that was saved in a folder, or raise SetupError."""
        ...

    def close(self) -> None:
        """Let go of connections; they are made again when they are needed."""
        ...


def new_places(index: VectorIndex, keys: Sequence[str]) -> list[int]:
    """Return the places of the keys that an index does not hold yet."""
    known = index.known(keys)
    return [place for place, key in enumerate(keys) if key not in known]

"""Kind profiles: which library types a project looks like, as a distribution.

Two projects are of one kind when their distributions overlap. That tells more than common words:
送戏进万村 and 农村文化建设配套补助 share hardly a word and are both 送戏下乡.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.artefacts import load_array

WIDTH = 24
"""Types kept per project; the rest hold next to nothing."""


def profile(scores: np.ndarray) -> np.ndarray:
    """Return the square roots of the softmax of fused scores, float32 (types,).

    Square roots, so that the overlap of two profiles (their Bhattacharyya coefficient, 0 to 1) is
    a dot product.
    """
    if not len(scores):
        return np.zeros(0, dtype=np.float32)
    weights = np.exp((scores - scores.max()) / 2)
    return np.asarray(weights / np.linalg.norm(weights), dtype=np.float32)


Strongest = tuple[np.ndarray, np.ndarray]
"""Rows of a profile's strongest types, and their square roots, (width,) each."""


def strongest(full: np.ndarray) -> Strongest:
    """Cut a profile to its strongest types."""
    types = np.argsort(-full, kind="stable")[:WIDTH]
    return types.astype(np.int32), full[types].astype(np.float32)


@dataclass(frozen=True)
class KindProfiles:
    """Profiles of many projects over the same types, each cut to its strongest ones."""

    types: np.ndarray
    """Rows of the types, int32 (n, width)."""
    weights: np.ndarray
    """Square roots of their shares, float32 (n, width)."""

    @classmethod
    def of(cls, profiles: Iterable[Strongest]) -> KindProfiles:
        """Put profiles together."""
        listed = list(profiles)
        if not listed:
            return cls(np.zeros((0, 0), dtype=np.int32), np.zeros((0, 0), dtype=np.float32))
        types, weights = zip(*listed, strict=True)
        return cls(np.stack(types), np.stack(weights))

    def rows(self) -> Iterator[Strongest]:
        """Yield the profiles one by one."""
        yield from zip(self.types, self.weights, strict=True)

    def overlaps(self, asked: np.ndarray) -> np.ndarray:
        """Return the overlap of one full profile with every project, float32 (n,)."""
        if not len(asked):
            return np.zeros(len(self.types), dtype=np.float32)
        return np.asarray((asked[self.types] * self.weights).sum(axis=1), dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Write the profiles into an artefact folder."""
        np.save(folder / "kinds.npy", self.types, allow_pickle=False)
        np.save(folder / "kind_weights.npy", self.weights, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> KindProfiles:
        """Read the profiles from an artefact folder whose manifest has been checked."""
        return cls(load_array(folder / "kinds.npy"), load_array(folder / "kind_weights.npy"))

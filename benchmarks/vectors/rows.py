"""Vectors of indicator rows: the real ones, and as many as wanted made from them.

Embedding a million rows takes hours, so rows beyond the real ones are made: a real row moved by a
share of the difference between two others, as another object measured in the same aspect lies
beside it. `structure` tells whether the neighbourhoods of made rows are like those of real ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.knowledge import Knowledge
from models.adapter import AdaptedEncoder, Adapter
from models.embedding_cache import CachedEncoder
from models.encoder import Encoder, open_encoder
from models.retrieval_text import subject

_STEPS = (0.15, 0.45)
"""Least and largest share of a difference; chosen so that `structure` agrees with real rows."""
_CHUNK = 50_000
_NEAR = 20
"""Neighbours that a neighbourhood is described by."""


def texts() -> list[str]:
    """Return what every row of the library and the cases says, each text once."""
    knowledge = Knowledge.bundled()
    library = (
        f"{kind.project_type}。{row.level2} {row.name} {_threshold(row.typical, row.unit)}"
        for kind in knowledge.types
        for row in kind.indicators
    )
    cases = (
        f"{subject(case)}。{row.level2} {row.name} {row.target}"
        for case in knowledge.cases
        for row in case.indicators
    )
    return list(dict.fromkeys(text.strip() for text in (*library, *cases)))


def _threshold(value: float | None, unit: str) -> str:
    return "" if value is None else f"{value:g}{unit}"


def encoder_of(home: Path) -> Encoder:
    """Return the encoder that searches use, with its memory in the home folder."""
    plain = CachedEncoder(open_encoder(home / "encoder"), home / "embeddings.db")
    return AdaptedEncoder(plain, Adapter.bundled())


def real(home: Path) -> np.ndarray:
    """Return the vectors of all real rows in random order, float32 (n, d)."""
    vectors = encoder_of(home).encode_passages(texts())
    return vectors[np.random.default_rng(5).permutation(len(vectors))]


def made(real: np.ndarray, count: int, seed: int = 7) -> np.ndarray:
    """Return so many made unit vectors, float32 (count, d)."""
    out = np.empty((count, real.shape[1]), dtype=np.float32)
    filled = 0
    for chunk in _chunks(real, count, np.random.default_rng(seed)):
        out[filled : filled + len(chunk)] = chunk
        filled += len(chunk)
    return out


def _chunks(real: np.ndarray, count: int, chance: np.random.Generator) -> Iterator[np.ndarray]:
    for start in range(0, count, _CHUNK):
        size = min(_CHUNK, count - start)
        base, one, other = chance.integers(0, len(real), (3, size))
        step = chance.uniform(*_STEPS, (size, 1)).astype(np.float32)
        moved = real[base] + step * (real[one] - real[other])
        yield moved / np.linalg.norm(moved, axis=1, keepdims=True)


@dataclass(frozen=True)
class Structure:
    """What neighbourhoods look like; medians over rows, each asked for its neighbours."""

    nearest: float
    """Cosine similarity of the nearest other row."""
    twentieth: float
    """Cosine similarity of the twentieth."""
    dimension: float
    """Local intrinsic dimension, the maximum-likelihood estimate of Levina and Bickel (2004)."""
    hubness: float
    """Skewness of how often a row is among the neighbours of others."""


def structure(vectors: np.ndarray) -> Structure:
    """Describe the neighbourhoods of up to some ten thousand rows, all against all."""
    products = vectors @ vectors.T
    np.fill_diagonal(products, -1)
    places = np.argpartition(-products, _NEAR, axis=1)[:, :_NEAR]
    near = -np.sort(-np.take_along_axis(products, places, 1), axis=1)
    distances = np.sqrt(np.maximum(2 - 2 * near, 1e-12))
    logs = np.log(distances[:, -1:] / distances[:, :-1])
    counts = np.bincount(places.ravel(), minlength=len(vectors)).astype(float)
    centred = counts - counts.mean()
    return Structure(
        nearest=float(np.median(near[:, 0])),
        twentieth=float(np.median(near[:, -1])),
        dimension=float(np.median(1 / np.maximum(logs.mean(axis=1), 1e-9))),
        hubness=float((centred**3).mean() / centred.std() ** 3),
    )

"""A tiny encoder that needs no model, and one that counts what it is asked."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

import numpy as np
import pytest

from models.encoder import Encoder

_DIMENSION = 64


class HashingEncoder:
    """Adds up fixed random vectors of character pairs: texts with common pairs are alike."""

    def __init__(self, salt: str = "") -> None:
        self._salt = salt

    @property
    def fingerprint(self) -> str:
        return f"hashing-{self._salt}"

    @property
    def dimension(self) -> int:
        return _DIMENSION

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        return self._encode(texts)

    def encode_passages(self, texts: Sequence[str]) -> np.ndarray:
        return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> np.ndarray:
        rows = np.zeros((len(texts), _DIMENSION), dtype=np.float32)
        for row, text in enumerate(texts):
            for start in range(max(1, len(text) - 1)):
                rows[row] += self._vector(text[start : start + 2])
            rows[row] /= np.linalg.norm(rows[row])
        return rows

    def _vector(self, pair: str) -> np.ndarray:
        digest = hashlib.sha256(f"{self._salt}{pair}".encode()).digest()
        values = np.random.default_rng(int.from_bytes(digest[:8], "big"))
        return values.normal(size=_DIMENSION)


class CountingEncoder:
    """Passes on to another encoder and remembers every text."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.queries: list[str] = []
        self.passages: list[str] = []

    @property
    def fingerprint(self) -> str:
        return self._encoder.fingerprint

    @property
    def dimension(self) -> int:
        return self._encoder.dimension

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        self.queries.extend(texts)
        return self._encoder.encode_queries(texts)

    def encode_passages(self, texts: Sequence[str]) -> np.ndarray:
        self.passages.extend(texts)
        return self._encoder.encode_passages(texts)


@pytest.fixture
def hashing_encoder() -> Encoder:
    return HashingEncoder()


@pytest.fixture
def other_encoder() -> Encoder:
    return HashingEncoder("other")


@pytest.fixture
def counting() -> Callable[[Encoder], CountingEncoder]:
    return CountingEncoder

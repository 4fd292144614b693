"""Queries encoded ahead: many texts at once, where each would be asked for one by one."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

import numpy as np

from models.encoder import Encoder

_KEPT = 2048
"""Vectors of queries that are kept; 3 MB at 384 dimensions."""


class QueryMemory:
    """An encoder that remembers the queries it was asked last, and may be told what comes.

    A batch is encoded several times as fast as its texts one by one. Safe to share between threads.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: OrderedDict[str, np.ndarray] = OrderedDict()
        self._lock = Lock()

    @property
    def behind(self) -> Encoder:
        """The encoder that is asked for what is new."""
        return self._encoder

    @property
    def fingerprint(self) -> str:
        """Identity of the encoder behind."""
        return self._encoder.fingerprint

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._encoder.dimension

    def foresee(self, texts: Sequence[str]) -> None:
        """Encode queries that will be asked for soon."""
        self.encode_queries(texts)

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        """Return one L2-normalised row per text, float32 (n, dimension)."""
        found = self._recall(texts)
        missing = [text for text in dict.fromkeys(texts) if text not in found]
        if missing or not texts:
            made = self._encoder.encode_queries(missing)
            if not texts:
                return made
            new = dict(zip(missing, made, strict=True))
            self._keep(new)
            found |= new
        return np.stack([found[text] for text in texts])

    def encode_passages(self, texts: Sequence[str]) -> np.ndarray:
        """Return one L2-normalised row per text, float32 (n, dimension)."""
        return self._encoder.encode_passages(texts)

    def _recall(self, texts: Sequence[str]) -> dict[str, np.ndarray]:
        with self._lock:
            return {text: self._known[text] for text in texts if text in self._known}

    def _keep(self, vectors: dict[str, np.ndarray]) -> None:
        with self._lock:
            self._known.update(vectors)
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)

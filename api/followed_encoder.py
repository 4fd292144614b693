"""An encoder that tells how far a long run has come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from api.progress import Advance

if TYPE_CHECKING:
    from models.encoder import Encoder

_BATCH = 32


class FollowedEncoder:
    """Passes everything on; passages go in batches, counted as they are done."""

    def __init__(self, encoder: Encoder, advance: Advance) -> None:
        self._encoder = encoder
        self._advance = advance

    @property
    def fingerprint(self) -> str:
        """Identity of the encoder behind."""
        return self._encoder.fingerprint

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._encoder.dimension

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        """Return one L2-normalised row per text, float32 (n, dimension)."""
        return self._encoder.encode_queries(texts)

    def encode_passages(self, texts: Sequence[str]) -> np.ndarray:
        """Return one L2-normalised row per text, float32 (n, dimension)."""
        made = []
        for start in range(0, len(texts), _BATCH):
            made.append(self._encoder.encode_passages(texts[start : start + _BATCH]))
            self._advance(min(start + _BATCH, len(texts)), len(texts))
        return np.concatenate(made) if made else self._encoder.encode_passages(texts)

"""A light adapter: two linear maps that move an encoder's vectors towards this field.

An encoder for general text puts 农村公路养护 near everything about roads. The maps are trained on
the library alone (see `models.train_adapter`): a type's aliases, activities and outputs should
find the type's name and scope. Queries and passages have a map of their own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from corpus.errors import SetupError
from models.encoder import Encoder

PROBE = "2024年农村公路日常养护补助资金"
"""Text whose vector tells whether an adapter belongs to an encoder."""
_SAME = 0.99
"""As near as the default encoder and its export are held to be (`models.default_encoder`)."""


@dataclass(frozen=True)
class Adapter:
    """Maps x to (x - centre)(I + map), brought back to unit length."""

    centre: np.ndarray
    """Mean vector of the field's texts, float32 (d,)."""
    queries: np.ndarray
    """Map of queries, (d, d)."""
    passages: np.ndarray
    """Map of passages, (d, d)."""
    probe: np.ndarray
    """The encoder's own vector of `PROBE` as a query, (d,)."""

    @classmethod
    def load(cls, path: Path) -> Adapter:
        """Read an adapter from an .npz file."""
        try:
            with np.load(path, allow_pickle=False) as arrays:
                return cls(**{name: arrays[name].astype(np.float32) for name in _ARRAYS})
        except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
            raise SetupError(f"适配器文件已损坏：{path}", hint="请重新安装本程序") from error

    @classmethod
    def bundled(cls) -> Adapter:
        """Return the adapter that ships with the program, trained for the default encoder."""
        return cls.load(Path(str(files("models").joinpath("data", "adapter.npz"))))

    def save(self, path: Path) -> None:
        """Write the adapter in half precision; it is a correction, not the vectors themselves."""
        arrays = {name: getattr(self, name).astype(np.float16) for name in _ARRAYS}
        np.savez(path, **arrays)

    @property
    def fingerprint(self) -> str:
        """Hash of the maps."""
        digest = hashlib.sha256()
        for name in _ARRAYS:
            digest.update(np.ascontiguousarray(getattr(self, name), dtype=np.float16).tobytes())
        return digest.hexdigest()

    def suits(self, encoder: Encoder) -> bool:
        """Return whether the adapter was trained on this encoder's vectors; encodes one text."""
        vector = encoder.encode_queries([PROBE])[0]
        return vector.shape == self.probe.shape and float(vector @ self.probe) >= _SAME

    def adapt_queries(self, vectors: np.ndarray) -> np.ndarray:
        """Return the adapted unit vectors of queries, float32 (n, d)."""
        return _apply(vectors - self.centre, self.queries)

    def adapt_passages(self, vectors: np.ndarray) -> np.ndarray:
        """Return the adapted unit vectors of passages, float32 (n, d)."""
        return _apply(vectors - self.centre, self.passages)


_ARRAYS = ("centre", "queries", "passages", "probe")


class AdaptedEncoder:
    """An encoder whose vectors pass through an adapter."""

    def __init__(self, encoder: Encoder, adapter: Adapter) -> None:
        self._encoder = encoder
        self._adapter = adapter

    @property
    def fingerprint(self) -> str:
        """Identity of encoder and adapter."""
        return f"{self._encoder.fingerprint}+{self._adapter.fingerprint}"

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return len(self._adapter.centre)

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        """Return one L2-normalised row per text, float32 (n, dimension)."""
        return self._adapter.adapt_queries(self._encoder.encode_queries(texts))

    def encode_passages(self, texts: Sequence[str]) -> np.ndarray:
        """Return one L2-normalised row per text, float32 (n, dimension)."""
        return self._adapter.adapt_passages(self._encoder.encode_passages(texts))


def _apply(vectors: np.ndarray, weights: np.ndarray) -> np.ndarray:
    moved = vectors + vectors @ weights
    lengths = np.linalg.norm(moved, axis=1, keepdims=True)
    return np.asarray(moved / np.maximum(lengths, 1e-12), dtype=np.float32)

"""Embeddings kept on disk by text, so that nothing is embedded twice."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from models.encoder import Encoder

_SCHEMA = "CREATE TABLE IF NOT EXISTS embedding (key BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID"
_BATCH = 500
_WAIT_SECONDS = 30.0


class CachedEncoder:
    """An encoder with a memory: a SQLite file that threads and processes may share.

    A text is known by its kind (query or passage) and the encoder's fingerprint, so vectors of
    different models never mix. The encoder itself is only asked, and so only loaded, for texts
    that are new.
    """

    def __init__(self, encoder: Encoder, path: Path) -> None:
        self._encoder = encoder
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(self._connect()) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute(_SCHEMA)

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
        return self._encode(texts, "query", self._encoder.encode_queries)

    def encode_passages(self, texts: Sequence[str]) -> np.ndarray:
        """Return one L2-normalised row per text, float32 (n, dimension)."""
        return self._encode(texts, "passage", self._encoder.encode_passages)

    def _encode(
        self, texts: Sequence[str], kind: str, encode: Callable[[Sequence[str]], np.ndarray]
    ) -> np.ndarray:
        if not texts:
            return encode(texts)
        keys = [self._key(kind, text) for text in texts]
        with closing(self._connect()) as connection:
            known = _read(connection, keys)
            new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
            if new:
                made = dict(zip(new, encode(list(new.values())), strict=True))
                _write(connection, made)
                known |= made
        return np.stack([known[key] for key in keys])

    def _key(self, kind: str, text: str) -> bytes:
        return hashlib.sha256(f"{self.fingerprint}\0{kind}\0{text}".encode()).digest()

    def _connect(self) -> sqlite3.Connection:
        """Open the file anew: a connection belongs to one thread."""
        return sqlite3.connect(self._path, timeout=_WAIT_SECONDS)


def _read(connection: sqlite3.Connection, keys: Sequence[bytes]) -> dict[bytes, np.ndarray]:
    found = {}
    for start in range(0, len(keys), _BATCH):
        batch = list(dict.fromkeys(keys[start : start + _BATCH]))
        marks = ",".join("?" * len(batch))
        rows = connection.execute(
            f"SELECT key, vector FROM embedding WHERE key IN ({marks})",  # noqa: S608 - only marks
            batch,
        )
        found.update({key: np.frombuffer(vector, dtype="<f4") for key, vector in rows})
    return found


def _write(connection: sqlite3.Connection, vectors: dict[bytes, np.ndarray]) -> None:
    rows = [(key, vector.astype("<f4").tobytes()) for key, vector in vectors.items()]
    with connection:
        connection.executemany("INSERT OR IGNORE INTO embedding VALUES (?, ?)", rows)

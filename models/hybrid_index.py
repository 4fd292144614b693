"""One set of records, searchable by words and by meaning, brought up to date record by record."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from models.artefacts import load_json
from models.encoder import Encoder
from models.lexical import LexicalIndex
from models.local_vectors import LocalVectors
from models.retrieval_text import Fields
from models.segment import tokens
from models.vector_index import VectorEngine, VectorIndex

_SAMPLE = 4096
"""Vectors from which the spread of similarities is estimated where not all are compared."""


@dataclass(frozen=True)
class Entry:
    """A record as it is indexed."""

    id: str
    fields: Fields
    sector: str = ""

    @cached_property
    def content(self) -> str:
        """Hash of what is indexed: with the same hash a record need not be read again."""
        text = f"{self.fields.whole}\0{self.fields.passage}\0{self.sector}"
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @property
    def key(self) -> str:
        """What its vector is kept by."""
        return vector_key(self.id, self.content)


def vector_key(id_: str, content: str) -> str:
    """Return what the vector of a record is kept by; another content has another key."""
    return f"{id_}:{content}"


class HybridIndex:
    """BM25 and, with an encoder, dense search over the same records in the same order."""

    def __init__(
        self,
        contents: Mapping[str, str],
        words: Mapping[str, list[str]],
        vectors: VectorIndex | None = None,
    ) -> None:
        self.contents = contents
        """Content hash of every record by id, in row order."""
        self._keys = [vector_key(*record) for record in contents.items()]
        self._words = words
        self._vectors = vectors
        self._lexical = LexicalIndex([words[key] for key in contents])

    @classmethod
    def build(
        cls,
        name: str,
        entries: Sequence[Entry],
        encoder: Encoder | None,
        old: HybridIndex | None = None,
        engine: VectorEngine | None = None,
    ) -> HybridIndex:
        """Index records; only those that an older index does not hold are read and encoded.

        The older index gives its vectors away and is of no use afterwards. `name` says which set
        of records it is; `engine` keeps the vectors, this process unless told otherwise.
        """
        known = old.contents if old else {}
        same = {entry.id for entry in entries if known.get(entry.id) == entry.content}
        words = {entry.id: tokens(entry.fields.whole) for entry in entries if entry.id not in same}
        if old:
            words |= {key: old._words[key] for key in same}
        contents = {entry.id: entry.content for entry in entries}
        if encoder is None:
            return cls(contents, words)
        vectors = old._vectors if old else None
        if vectors is None:
            vectors = (engine or LocalVectors()).open(name, encoder.dimension)

        def encode(places: Sequence[int]) -> np.ndarray:
            return encoder.encode_passages([entries[place].fields.passage for place in places])

        vectors.arrange([entry.key for entry in entries], encode)
        return cls(contents, words, vectors)

    def __len__(self) -> int:
        """Return the number of records."""
        return len(self.contents)

    @property
    def is_dense(self) -> bool:
        """Whether records can be searched by meaning."""
        return self._vectors is not None

    @property
    def is_exact(self) -> bool:
        """Whether all records can be compared with a vector at once."""
        return self._vectors is None or self._vectors.exact is not None

    def lexical(self, words: Sequence[str]) -> np.ndarray:
        """Return the BM25 score of every record, float32 (n,)."""
        return self._lexical.scores(words)

    def dense(self, vector: np.ndarray) -> np.ndarray:
        """Return the cosine similarity of every record to a unit vector, float32 (n,)."""
        exact = self._dense_index().exact
        if exact is None:
            raise ValueError("an index of this size is not compared as a whole")
        return exact.scores(vector)

    def nearest(self, vector: np.ndarray, k: int) -> np.ndarray:
        """Return the rows of the k records nearest to a unit vector, int64; at most k."""
        found = (key for key, _ in self._dense_index().search(vector, k))
        return np.array([self._rows[key] for key in found if key in self._rows], dtype=np.int64)

    def vectors_at(self, rows: Sequence[int]) -> dict[int, np.ndarray]:
        """Return the vectors of some rows, (d,) each; a shared engine may have lost one."""
        found = self._dense_index().vectors_of([self._keys[row] for row in rows])
        return {self._rows[key]: vector for key, vector in found.items()}

    @cached_property
    def sample(self) -> np.ndarray:
        """Vectors of records spread over all rows, float32 (m, d)."""
        rows = np.unique(np.linspace(0, len(self) - 1, min(_SAMPLE, len(self))).astype(int))
        return np.stack(list(self.vectors_at(rows.tolist()).values()))

    def save(self, folder: Path, name: str) -> None:
        """Write the index into an artefact folder."""
        rows = [[key, content, self._words[key]] for key, content in self.contents.items()]
        text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
        (folder / f"{name}.json").write_text(text, encoding="utf-8")
        if self._vectors is not None:
            self._vectors.save(folder, name)

    @classmethod
    def load(
        cls, folder: Path, name: str, dense: bool, engine: VectorEngine | None = None
    ) -> HybridIndex:
        """Read an index from an artefact folder whose manifest has been checked."""
        rows = load_json(folder / f"{name}.json")
        contents = {key: content for key, content, _ in rows}
        words = {key: listed for key, _, listed in rows}
        if not dense:
            return cls(contents, words)
        keys = [vector_key(*record) for record in contents.items()]
        return cls(contents, words, (engine or LocalVectors()).load(folder, name, keys))

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {key: row for row, key in enumerate(self._keys)}

    def _dense_index(self) -> VectorIndex:
        if self._vectors is None:
            raise ValueError("this index was built without an encoder")
        return self._vectors

"""One set of records, searchable by words and by meaning, brought up to date record by record."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from models.artefacts import load_array, load_json
from models.dense import DenseIndex
from models.encoder import Encoder
from models.lexical import LexicalIndex
from models.retrieval_text import Fields
from models.segment import tokens


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


class HybridIndex:
    """BM25 and, with an encoder, exact dense search over the same records in the same order."""

    def __init__(
        self,
        contents: Mapping[str, str],
        words: Mapping[str, list[str]],
        dense: DenseIndex | None = None,
    ) -> None:
        self.contents = contents
        """Content hash of every record by id, in row order."""
        self._words = words
        self._dense = dense
        self._lexical = LexicalIndex([words[key] for key in contents])

    @classmethod
    def build(
        cls, entries: Sequence[Entry], encoder: Encoder | None, old: HybridIndex | None = None
    ) -> HybridIndex:
        """Index records; only those that an older index does not hold are read and encoded."""
        known = old.contents if old else {}
        same = {entry.id for entry in entries if known.get(entry.id) == entry.content}
        words = {entry.id: tokens(entry.fields.whole) for entry in entries if entry.id not in same}
        if old:
            words |= {key: old._words[key] for key in same}
        contents = {entry.id: entry.content for entry in entries}
        if encoder is None:
            return cls(contents, words)
        vectors = old._vectors(same) if old else {}
        return cls(contents, words, _dense(entries, vectors, encoder))

    def __len__(self) -> int:
        """Return the number of records."""
        return len(self.contents)

    @property
    def is_dense(self) -> bool:
        """Whether records can be searched by meaning."""
        return self._dense is not None

    def vector(self, row: int) -> np.ndarray:
        """Return the vector of a record by its row, float32 (d,)."""
        return self._dense_index().vector(row)

    def lexical(self, words: Sequence[str]) -> np.ndarray:
        """Return the BM25 score of every record, float32 (n,)."""
        return self._lexical.scores(words)

    def dense(self, vector: np.ndarray) -> np.ndarray:
        """Return the cosine similarity of every record to a unit vector, float32 (n,)."""
        return self._dense_index().scores(vector)

    def save(self, folder: Path, name: str) -> None:
        """Write the index into an artefact folder."""
        rows = [[key, content, self._words[key]] for key, content in self.contents.items()]
        text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
        (folder / f"{name}.json").write_text(text, encoding="utf-8")
        if self._dense is not None:
            np.save(folder / f"{name}.npy", self._dense.vectors, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path, name: str) -> HybridIndex:
        """Read an index from an artefact folder whose manifest has been checked."""
        rows = load_json(folder / f"{name}.json")
        contents = {key: content for key, content, _ in rows}
        words = {key: listed for key, _, listed in rows}
        path = folder / f"{name}.npy"
        if not path.exists():
            return cls(contents, words)
        vectors = load_array(path)
        dense = DenseIndex(vectors.shape[1])
        dense.add(list(contents), vectors)
        return cls(contents, words, dense)

    def _dense_index(self) -> DenseIndex:
        if self._dense is None:
            raise ValueError("this index was built without an encoder")
        return self._dense

    def _vectors(self, keys: set[str]) -> dict[str, np.ndarray]:
        if self._dense is None:
            return {}
        rows = zip(self._dense.ids, self._dense.vectors, strict=True)
        return {key: vector for key, vector in rows if key in keys}


def _dense(entries: Sequence[Entry], known: dict[str, np.ndarray], encoder: Encoder) -> DenseIndex:
    """Return the dense index of records; the encoder is asked only for those not known yet."""
    new = [entry for entry in entries if entry.id not in known]
    if new:
        made = encoder.encode_passages([entry.fields.passage for entry in new])
        known = known | {entry.id: vector for entry, vector in zip(new, made, strict=True)}
    dense = DenseIndex(len(next(iter(known.values()))) if known else encoder.dimension)
    if entries:
        ids = [entry.id for entry in entries]
        dense.add(ids, np.stack([known[key] for key in ids]))
    return dense

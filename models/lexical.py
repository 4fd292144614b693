"""Lexical index: BM25 over segmented texts.

Scores are those of BM25 as Lucene computes it; `bm25s` computes them ahead for every word of the
index, so that a query is a sum of sparse columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

K1 = 1.5
B = 0.75


class LexicalIndex:
    """BM25 over documents given as lists of words; rebuilt, in milliseconds, when they change."""

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        self._size = len(documents)
        self._columns: dict[str, int] = {}
        coded = [
            [self._columns.setdefault(word, len(self._columns)) for word in document]
            for document in documents
        ]
        self._index = _bm25(coded, self._columns) if self._columns else None

    def __len__(self) -> int:
        """Return the number of documents."""
        return self._size

    def scores(self, query: Sequence[str]) -> np.ndarray:
        """Return the BM25 score of every document for a query's words, float32 (n,)."""
        known = [self._columns[word] for word in query if word in self._columns]
        if self._index is None or not known:
            return np.zeros(self._size, dtype=np.float32)
        return np.asarray(self._index.get_scores_from_ids(known), dtype=np.float32)


def _bm25(documents: list[list[int]], columns: dict[str, int]) -> Any:
    import bm25s

    index = bm25s.BM25(k1=K1, b=B, method="lucene")
    index.index((documents, columns), create_empty_token=False, show_progress=False)
    return index

"""The names of library types, each searched by itself.

A type has five aliases or more, and a project is often called by one of them. One vector for all
of them blurs what each says; the likest single one tells more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from corpus.records import LibraryType
from corpus.text import normalise
from models.hybrid_index import Entry, HybridIndex
from models.retrieval_text import Fields


class Names:
    """An index of names, with the type that each belongs to."""

    def __init__(self, index: HybridIndex, types: Sequence[LibraryType]) -> None:
        """Take an index of `name_entries(types)`; every type has at least one name."""
        self.index = index
        starts = np.cumsum([0, *(len(_names(kind)) for kind in types)])
        self._starts = starts[:-1]
        self._rows: dict[str, list[int]] = {}
        for row, kind in enumerate(types):
            for name in _names(kind):
                self._rows.setdefault(name, []).append(row)
        self._size = len(types)

    def likest(self, vector: np.ndarray) -> np.ndarray:
        """Return the cosine similarity of each type's likest name to a unit vector, float32."""
        if not self._size:
            return np.zeros(0, dtype=np.float32)
        return np.asarray(np.maximum.reduceat(self.index.dense(vector), self._starts))

    def equal(self, title: str) -> np.ndarray:
        """Return whether a title is one of each type's names, 0 or 1, float32 (types,)."""
        found = np.zeros(self._size, dtype=np.float32)
        found[self._rows.get(title, [])] = 1.0
        return found


def name_entries(types: Sequence[LibraryType]) -> Iterator[Entry]:
    """Yield every name as it is indexed: by its meaning alone."""
    for kind in types:
        for name in _names(kind):
            yield Entry(f"{kind.id}:{name}", Fields("", "", passage=name))


def _names(kind: LibraryType) -> tuple[str, ...]:
    """Return a type's name and aliases, each once."""
    return tuple(dict.fromkeys(normalise(name) for name in (kind.project_type, *kind.aliases)))

"""Project types of the library that look like one and the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.records import LibraryType

LEAST = 0.55
"""Likeness from which a pair is worth a look; set by reading the pairs of the bundled library."""
_AROUND = 4
"""Neighbours looked at for each type, itself included."""


@dataclass(frozen=True)
class NearTypes:
    """Two types and how alike they are, 0 to 1."""

    one: LibraryType
    other: LibraryType
    likeness: float


def near_types(types: Sequence[LibraryType], least: float = LEAST) -> list[NearTypes]:
    """Return pairs of types that may be one, most alike first.

    Likeness is the cosine of TF-IDF vectors over characters, half by the names of the types, half
    by the names of their indicators. The type with more indicators comes first in a pair.
    """
    if len(types) < 2:
        return []
    # Here, for a service that never shows the pairs need not hold some 100 MB of sklearn.
    from scipy import sparse
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.neighbors import NearestNeighbors

    names = [" ".join((entry.project_type, *entry.aliases)) for entry in types]
    rows = [" ".join(row.name for row in entry.indicators) for entry in types]
    halves = [
        TfidfVectorizer(analyzer="char", ngram_range=(1, 2)).fit_transform(names),
        TfidfVectorizer(analyzer="char", ngram_range=(2, 3)).fit_transform(rows),
    ]
    vectors = sparse.hstack(halves).tocsr() * 0.5**0.5  # of unit length again
    search = NearestNeighbors(n_neighbors=min(_AROUND, len(types)), metric="cosine").fit(vectors)
    distances, places = search.kneighbors(vectors)
    found: dict[tuple[int, int], float] = {}
    for place, (away, around) in enumerate(zip(distances, places, strict=True)):
        for distance, other in zip(away, around, strict=True):
            if other != place and 1 - distance >= least:
                found[min(place, int(other)), max(place, int(other))] = float(1 - distance)
    pairs = [_pair(types[a], types[b], likeness) for (a, b), likeness in found.items()]
    return sorted(pairs, key=lambda pair: (-pair.likeness, pair.one.id, pair.other.id))


def _pair(one: LibraryType, other: LibraryType, likeness: float) -> NearTypes:
    if len(other.indicators) > len(one.indicators):
        one, other = other, one
    return NearTypes(one, other, round(likeness, 4))

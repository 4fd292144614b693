"""Plain ways to suggest that the recommender has to beat."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from corpus.knowledge import Knowledge
from corpus.quality import row_fault
from corpus.records import Case, Declaration
from models.retrieval import Retriever

_TYPES = 3


def core_first(retriever: Retriever, case: Case) -> list[str]:
    """Return the best types' indicators, the core ones of each type first."""
    return _of_types(retriever, case, by_core=True)


def as_listed(retriever: Retriever, case: Case) -> list[str]:
    """Return the best types' indicators in the library's order."""
    return _of_types(retriever, case, by_core=False)


def _of_types(retriever: Retriever, case: Case, *, by_core: bool) -> list[str]:
    keys: list[str] = []
    for hit in retriever.types(undrafted(case), _TYPES, case.source):
        rows = sorted(hit.type.indicators, key=lambda row: by_core and not row.core)
        keys += [f"{hit.type.id}:{row.name}" for row in rows]
    return keys


def sector_frequency(knowledge: Knowledge, case: Case) -> Sequence[str]:
    """Return the rows of the sector's cases, the most frequent names first."""
    rows = [
        (other, row.name)
        for other in knowledge.cases
        if other.source != case.source and other.function_code == case.function_code
        for row in other.indicators
        if row_fault(row) is None
    ]
    frequency = Counter(name for _, name in rows)
    first = {name: f"{other.id}:{name}" for other, name in reversed(rows)}
    return [first[name] for name, _ in frequency.most_common()]


def undrafted(case: Case) -> Declaration:
    """Return a case without its indicators, as it was before the form was filled in."""
    return case.model_copy(update={"indicators": ()})

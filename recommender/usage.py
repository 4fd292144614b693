"""How often a measure is used: among similar projects and in the whole corpus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.knowledge import Knowledge
from models.measure import SAME, split_name
from models.measure_index import MeasureIndex
from models.retrieval import CaseHit

_COMPARED = 60
"""Rows compared exactly per name."""


@dataclass(frozen=True)
class Usage:
    """Counts of projects that have an indicator of the same measure."""

    similar_with: int
    similar_total: int
    corpus_with: int

    def to_dict(self) -> dict[str, int]:
        """Return the shape of contract.md."""
        return {
            "similar_with": self.similar_with,
            "similar_total": self.similar_total,
            "corpus_with": self.corpus_with,
        }


class UsageIndex:
    """Finds the cases that measure what a name measures; answers are kept by name."""

    def __init__(self, knowledge: Knowledge) -> None:
        rows = [
            (place, row.name)
            for place, case in enumerate(knowledge.cases)
            for row in case.indicators
            if split_name(row.name).aspect
        ]
        self._index = MeasureIndex([name for _, name in rows])
        self._case_of = [place for place, _ in rows]
        self._ones = np.ones(len(rows), dtype=np.float32)
        self._places = {str(case.id): place for place, case in enumerate(knowledge.cases)}
        self._sources = [case.source for case in knowledge.cases]
        self._known: dict[str, frozenset[int]] = {}

    def cases_with(self, name: str) -> frozenset[int]:
        """Return the places of the cases that have an indicator of the same measure."""
        if name not in self._known:
            hits = self._index.search(name, self._ones.take, _COMPARED, SAME)
            self._known[name] = frozenset(self._case_of[place] for place, _ in hits)
        return self._known[name]

    def count(self, name: str, cases: Sequence[CaseHit], exclude_source: str | None) -> Usage:
        """Return the counts that a suggestion shows."""
        having = self.cases_with(name)
        return Usage(
            similar_with=sum(self._places[str(hit.case.id)] in having for hit in cases),
            similar_total=len(cases),
            corpus_with=sum(self._sources[place] != exclude_source for place in having),
        )

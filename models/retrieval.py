"""Retrieval: the library types and the published cases that are most like a declaration."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from corpus.knowledge import Knowledge
from corpus.records import Case, Declaration, LibraryType
from models.encoder import Encoder
from models.lexical import LexicalIndex
from models.retrieval_text import Fields, case_fields, query_fields, type_fields
from models.segment import tokens


@dataclass(frozen=True)
class TypeHit:
    """A library type found for a declaration."""

    type: LibraryType
    score: float
    """How surely the type fits, 0 to 1."""
    lexical: float
    """BM25 score of the declaration against the type's texts."""
    dense: float | None = None
    """Cosine similarity, None without an encoder."""


@dataclass(frozen=True)
class CaseHit:
    """A published case found for a declaration."""

    case: Case
    similarity: float
    """How alike the two projects are, 0 to 1."""
    lexical: float
    dense: float | None = None


class Retriever:
    """Searches one body of knowledge; immutable, safe to share between threads."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self._types = _lexical([type_fields(kind) for kind in knowledge.types])
        self._cases = _lexical([case_fields(case) for case in knowledge.cases])

    @classmethod
    def build(cls, knowledge: Knowledge, encoder: Encoder | None = None) -> Retriever:
        """Index a body of knowledge; without an encoder the search is lexical only."""
        return cls(knowledge)

    def types(
        self, declaration: Declaration, k: int = 5, exclude_source: str | None = None
    ) -> list[TypeHit]:
        """Return the k library types that fit a declaration best, best first."""
        scores = self._types.scores(_words(declaration))
        order = np.argsort(-scores, kind="stable")[:k]
        return [
            TypeHit(self.knowledge.types[i], _share(scores[i]), float(scores[i])) for i in order
        ]

    def cases(
        self, declaration: Declaration, k: int = 20, exclude_source: str | None = None
    ) -> list[CaseHit]:
        """Return the k cases most like a declaration, leaving out those of one source page."""
        scores = self._cases.scores(_words(declaration))
        hits = []
        for i in np.argsort(-scores, kind="stable"):
            case = self.knowledge.cases[i]
            if exclude_source is None or case.source != exclude_source:
                hits.append(CaseHit(case, _share(scores[i]), float(scores[i])))
            if len(hits) == k:
                break
        return hits


def _lexical(records: list[Fields]) -> LexicalIndex:
    return LexicalIndex([tokens(record.whole) for record in records])


def _words(declaration: Declaration) -> list[str]:
    query = query_fields(declaration)
    return tokens(query.title) * 2 + tokens(query.body)


def _share(score: float) -> float:
    """Map a BM25 score to 0..1; 40 is what a well-matched project name with a goal reaches."""
    return float(score / (score + 40.0))

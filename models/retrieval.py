"""Retrieval: the library types and the published cases that are most like a declaration."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from corpus.knowledge import Knowledge
from corpus.records import Case, Declaration, LibraryType
from models.adapter import AdaptedEncoder, Adapter
from models.encoder import Encoder
from models.fusion import FusionSet, Views, bundled_fusion, fusion_fingerprint
from models.hybrid_index import Entry, HybridIndex
from models.kind_profiles import KindProfiles, Strongest, profile, strongest
from models.local_vectors import LocalVectors
from models.names import Names, name_entries
from models.retrieval_store import Basis, IndexParts
from models.retrieval_text import case_fields, query_fields, type_fields
from models.shortlist import Shortlist, shortlist
from models.vector_index import VectorEngine
from models.views import (
    Query,
    Question,
    make_query,
    name_alone_views,
    name_views,
    sector_view,
    text_views,
)

_PROFILED_AT_ONCE = 4096
_REMEMBERED = 256
"""Questions whose answers are kept: a caller asks for types first and for cases next."""


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
    """How surely the two are projects of one kind, 0 to 1."""
    lexical: float
    dense: float | None = None


@dataclass(frozen=True)
class _Answer:
    """A query with the views and fused scores of all library types."""

    query: Query
    views: Views
    scores: np.ndarray


class Retriever:
    """Searches one body of knowledge; immutable, safe to share between threads."""

    def __init__(
        self,
        knowledge: Knowledge,
        types: HybridIndex,
        names: HybridIndex,
        cases: HybridIndex,
        encoder: Encoder | None,
        fusions: FusionSet,
        profiles: KindProfiles | None = None,
        old: IndexParts | None = None,
    ) -> None:
        self.knowledge = knowledge
        self.fusions = fusions
        self._type_index = types
        self._names = Names(names, knowledge.types)
        self._case_index = cases
        self._encoder = encoder
        self._type_sectors = np.array([kind.function_code for kind in knowledge.types])
        self._answers = lru_cache(_REMEMBERED)(self._answer)
        self._profiles = profiles or self._profile_cases(old)

    @classmethod
    def build(cls, knowledge: Knowledge, encoder: Encoder | None = None) -> Retriever:
        """Index a body of knowledge; without an encoder the search is lexical only.

        The bundled adapter is used where it suits the encoder.
        """
        adapter = None
        if encoder is not None and Adapter.bundled().suits(encoder):
            adapter = Adapter.bundled()
        return cls.index(knowledge, encoder, adapter)

    @classmethod
    def index(
        cls,
        knowledge: Knowledge,
        encoder: Encoder | None,
        adapter: Adapter | None,
        *,
        old: IndexParts | None = None,
        fusions: FusionSet | None = None,
        engine: VectorEngine | None = None,
    ) -> Retriever:
        """Index with a given adapter and weights, taking over what an older index holds.

        `engine` keeps the vectors of the cases, which alone grow without end.
        """
        adapted = AdaptedEncoder(encoder, adapter) if encoder and adapter else encoder
        types, names, cases = _entries(knowledge)
        return cls(
            knowledge,
            HybridIndex.build("types", types, adapted, old.types if old else None),
            HybridIndex.build("names", names, adapted, old.names if old else None),
            HybridIndex.build("cases", cases, adapted, old.cases if old else None, engine),
            adapted,
            fusions or bundled_fusion(_mode(encoder, adapter)),
            old=old,
        )

    @classmethod
    def open(
        cls,
        folder: Path,
        knowledge: Knowledge,
        encoder: Encoder | None,
        own: Adapter | None = None,
        engine: VectorEngine | None = None,
    ) -> Retriever:
        """Return the retriever kept in a folder, first bringing the folder up to date.

        `own` is an adapter to use in place of the bundled one; `engine` keeps the vectors of the
        cases.

        Only records that are new or changed are segmented and encoded. A folder that is missing,
        damaged or made with another encoder, or with one where there is none, is made anew.
        """
        bundled = own or Adapter.bundled()
        used = (encoder.fingerprint, bundled.fingerprint) if encoder else ("", "")
        place = engine.name if engine and encoder else LocalVectors.name
        basis = Basis(*used, fusion_fingerprint(), place)
        old = IndexParts.load(folder, basis, engine)
        if old is None:
            suits = encoder is not None and bundled.suits(encoder)
            made = cls.index(knowledge, encoder, bundled if suits else None, engine=engine)
        else:
            adapter = bundled if old.adapted else None
            if _is_current(old, knowledge):
                adapted = AdaptedEncoder(encoder, bundled) if encoder and adapter else encoder
                fusions = bundled_fusion(_mode(encoder, adapter))
                return cls(
                    knowledge, old.types, old.names, old.cases, adapted, fusions, old.profiles
                )
            made = cls.index(knowledge, encoder, adapter, old=old, engine=engine)
        parts = IndexParts(
            made._type_index,
            made._names.index,
            made._case_index,
            made._profiles,
            made.is_adapted,
        )
        parts.save(folder, basis)
        return made

    @property
    def is_adapted(self) -> bool:
        """Whether vectors pass through the bundled adapter."""
        return isinstance(self._encoder, AdaptedEncoder)

    @property
    def encoder_fingerprint(self) -> str | None:
        """Identity of the encoder with its adapter; None for a search by words alone."""
        return None if self._encoder is None else self._encoder.fingerprint

    def types(
        self, declaration: Declaration, k: int = 5, exclude_source: str | None = None
    ) -> list[TypeHit]:
        """Return the k library types that fit a declaration best, best first.

        Types rest on no case, so leaving out a source changes nothing here.
        """
        answer = self._answers(question(declaration))
        sure = self.fusions.types.probabilities(answer.views, answer.scores)
        return [
            TypeHit(self.knowledge.types[row], float(sure[row]), *_measures(answer.views, row))
            for row in np.argsort(-answer.scores, kind="stable")[:k]
        ]

    def cases(
        self, declaration: Declaration, k: int = 20, exclude_source: str | None = None
    ) -> list[CaseHit]:
        """Return the k cases most like a declaration, leaving out those of one source page."""
        found = self._shortlist(declaration)
        scores = self.fusions.cases.scores(found.views, found.spreads)
        sure = self.fusions.cases.probabilities(found.views, scores)
        hits: list[CaseHit] = []
        for place in np.argsort(-scores, kind="stable"):
            case = self.knowledge.cases[found.rows[place]]
            if len(hits) == k:
                break
            if exclude_source is None or case.source != exclude_source:
                measures = _measures(found.views, place)
                hits.append(CaseHit(case, float(sure[place]), *measures))
        return hits

    def _shortlist(self, declaration: Declaration) -> Shortlist:
        """Return all cases, or those worth comparing where there are too many."""
        if self._case_index.is_exact:
            return Shortlist(np.arange(len(self._case_index)), self.case_views(declaration), None)
        answer = self._answers(question(declaration))
        kinds = self._profiles.overlaps(profile(answer.scores))
        return shortlist(answer.query, self._case_index, kinds)

    def type_views(self, declaration: Declaration) -> Views:
        """Return every view of every library type."""
        return self._answers(question(declaration)).views

    def case_views(self, declaration: Declaration) -> Views:
        """Return every view of every case."""
        answer = self._answers(question(declaration))
        return {
            **text_views(answer.query, self._case_index),
            "kinds": self._profiles.overlaps(profile(answer.scores)),
        }

    def _answer(self, asked: Question) -> _Answer:
        return self._score_types(make_query(asked, self._encoder))

    def _score_types(self, query: Query) -> _Answer:
        views = {
            **text_views(query, self._type_index),
            **name_alone_views(query, self._type_index),
            **name_views(query, self._names),
            "sector": sector_view(query, self._type_sectors),
        }
        return _Answer(query, views, self.fusions.types.scores(views))

    def _profile_cases(self, old: IndexParts | None) -> KindProfiles:
        """Return the kind profiles of all cases; with the same types, known ones are taken over."""
        known: dict[tuple[str, str], Strongest] = {}
        if old and old.types.contents == self._type_index.contents:
            known = dict(zip(old.cases.contents.items(), old.profiles.rows(), strict=True))
        records = list(self._case_index.contents.items())
        new = [row for row, record in enumerate(records) if record not in known]
        for start in range(0, len(new), _PROFILED_AT_ONCE):
            rows = new[start : start + _PROFILED_AT_ONCE]
            vectors = self._case_index.vectors_at(rows) if self._case_index.is_dense else {}
            known |= {records[row]: self._profile_case(row, vectors.get(row)) for row in rows}
        return KindProfiles.of(known[record] for record in records)

    def _profile_case(self, row: int, vector: np.ndarray | None) -> Strongest:
        """Return the kind profile of a case, from what is indexed of it."""
        query = make_query(question(self.knowledge.cases[row]), None)
        query = replace(query, vector=vector, name_vector=vector)
        return strongest(profile(self._score_types(query).scores))


def question(declaration: Declaration) -> Question:
    """Return what a declaration asks with."""
    return Question(
        query_fields(declaration),
        declaration.function_code or "",
        declaration.department or declaration.implementing_unit or "",
    )


def _entries(knowledge: Knowledge) -> tuple[list[Entry], list[Entry], list[Entry]]:
    """Return types, their names and cases as they are indexed."""
    types = [Entry(kind.id, type_fields(kind), kind.function_code) for kind in knowledge.types]
    cases = [
        Entry(str(case.id), case_fields(case), case.function_code or "") for case in knowledge.cases
    ]
    return types, list(name_entries(knowledge.types)), cases


def _is_current(parts: IndexParts, knowledge: Knowledge) -> bool:
    """Return whether an index holds exactly these records, in this order."""
    return all(
        list(index.contents.items()) == [(entry.id, entry.content) for entry in entries]
        for index, entries in zip(
            (parts.types, parts.names, parts.cases), _entries(knowledge), strict=True
        )
    )


def _mode(encoder: Encoder | None, adapter: Adapter | None) -> str:
    """Return the mode of search, which has weights of its own."""
    return "lexical" if encoder is None else "adapted" if adapter else "dense"


def _measures(views: Views, row: int) -> tuple[float, float | None]:
    dense = views.get("dense")
    return float(views["lexical"][row]), None if dense is None else float(dense[row])

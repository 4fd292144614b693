"""Candidates: the indicators of the matched library types and of the most similar cases."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from corpus.quality import row_fault
from corpus.records import Case, Direction, Indicator, LibraryIndicator, LibraryType
from corpus.target import parse_target
from corpus.taxonomy import canonical_levels
from corpus.text import normalise
from models.measure import split_name
from models.retrieval import CaseHit, TypeHit
from recommender.foreign import carries_foreign, is_foreign_object, places_of, speaks_of
from recommender.generality import is_general
from recommender.parts import Part
from recommender.project import Project, pairs

_UNIT_BEHIND = re.compile(r"[(（][^()（）]{1,6}[)）]$|达到(?:目标|预期|预计)值$")
"""A unit, or form residue, behind a published name: 工资发放准确性(%)."""
_HARM = re.compile(r"(?:成灾|死亡|发生|差错|失误|投诉|流失|损失|漏登|受害|空置)率|事故")
"""What should be little; a form that asks for much of it is mistaken."""
_KNOWN_LEVELS = {"成本指标", "产出指标", "效益指标", "满意度指标"}


@dataclass(frozen=True)
class Candidate:
    """An indicator that could be suggested, and where it comes from."""

    source_key: str
    level1: str
    level2: str
    name: str
    object: str
    facet: str
    unit: str
    direction: Direction
    library: LibraryIndicator | None = None
    type: LibraryType | None = None
    published: Indicator | None = None
    case: Case | None = None
    affinity: float = 0.0
    """Score of the type, or similarity of the case, 0 to 1."""
    place: int = 0
    """Rank of the type or case among its kind."""

    def placed(self, affinity: float, place: int) -> Candidate:
        """Return the same as it stands for a project; a fifth of the time of `replace`."""
        made = object.__new__(Candidate)
        made.__dict__.update(self.__dict__, affinity=affinity, place=place)
        return made

    @property
    def core(self) -> bool:
        """Whether the library marks it as nearly always wanted."""
        return self.library is not None and self.library.core

    @property
    def general(self) -> bool:
        """Whether every project of its type wants it, whatever parts it has."""
        if self.library is None or self.type is None:
            return False
        return is_general(self.type.id, self.library)


@dataclass(frozen=True)
class Pool:
    """Everything a recommendation chooses from."""

    project: Project
    types: Sequence[TypeHit]
    cases: Sequence[CaseHit]
    candidates: Sequence[Candidate] = field(default_factory=tuple)
    parts: Sequence[Part] = ()
    """The sub-projects, where the project consists of several."""


def gather(
    project: Project, types: Sequence[TypeHit], cases: Sequence[CaseHit], case_rows_from: int
) -> Pool:
    """Return the union of the types' indicators and the fit rows of the nearest cases."""
    found = [row for place, hit in enumerate(types) for row in of_type(hit, place)]
    nearest = cases[:case_rows_from]
    if nearest:
        known = project.text_pairs.union(*(vocabulary(hit.type) for hit in types))
        for place, hit in enumerate(nearest):
            found += _of_case(hit, place, project, known)
    return Pool(project, types, cases, tuple({row.source_key: row for row in found}.values()))


def of_type(hit: TypeHit, place: int) -> Iterator[Candidate]:
    """Yield the indicators of a library type."""
    for candidate in _lines(hit.type).candidates:
        yield candidate.placed(hit.score, place)


class _Lines:
    """What a library type says by itself, whatever project it is matched with."""

    def __init__(self, kind: LibraryType) -> None:
        self.kind = kind
        self.candidates = tuple(_candidate(kind, row) for row in kind.indicators)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Character pairs of the type's names, scope, activities and indicators."""
        kind = self.kind
        texts = (kind.project_type, *kind.aliases, kind.scope, *kind.activities)
        rows = (row.name for row in kind.indicators)
        return frozenset().union(*(pairs(text) for text in (*texts, *rows)))


_known: dict[str, _Lines] = {}
"""Types that were candidates before, by id; another type of that id takes the place of the old."""


def _lines(kind: LibraryType) -> _Lines:
    known = _known.get(kind.id)
    if known is None or known.kind is not kind:
        known = _known[kind.id] = _Lines(kind)
    return known


def _candidate(kind: LibraryType, row: LibraryIndicator) -> Candidate:
    """Return a library indicator that no project has been matched with."""
    level1, level2 = canonical_levels(row.level1, row.level2)
    return Candidate(
        source_key=f"{kind.id}:{row.name}",
        level1=level1,
        level2=level2,
        name=row.name,
        object=row.object,
        facet=row.facet,
        unit=row.unit,
        direction=row.direction,
        library=row,
        type=kind,
    )


def vocabulary(kind: LibraryType) -> frozenset[str]:
    """Return the character pairs of a type's names, scope, activities and indicators."""
    return _lines(kind).vocabulary


def _of_case(
    hit: CaseHit, place: int, project: Project, known: frozenset[str]
) -> Iterator[Candidate]:
    """Yield the rows of a case that could stand in another project's form as they are.

    `known` are the words of the project and of its types: a row about anything else is the case's
    own business.
    """
    places = places_of(hit.case)
    for row in hit.case.indicators:
        level1, level2 = canonical_levels(row.level1, row.level2)
        if level1 not in _KNOWN_LEVELS or row_fault(row) or carries_foreign(row.name, project):
            continue
        measure, parsed = split_name(row.name), parse_target(row.target, row.name)
        if not measure.aspect or parsed.kind not in {"number", "range"}:
            continue
        if is_foreign_object(measure.core, known) or speaks_of(row.name, places, project):
            continue
        if _HARM.search(row.name) and parsed.operator in {"≥", ">"}:
            continue
        yield Candidate(
            source_key=f"{hit.case.id}:{row.name}",
            level1=level1,
            level2=level2,
            name=_UNIT_BEHIND.sub("", normalise(row.name).strip()),
            object=measure.object,
            facet=measure.facet,
            unit=parsed.unit or "",
            direction=_direction(parsed.operator),
            published=row,
            case=hit.case,
            affinity=hit.similarity,
            place=place,
        )


def _direction(operator: str | None) -> Direction:
    """Return the direction a published comparison sign stands for."""
    if operator in {"≤", "<"}:
        return "≤"
    return "=" if operator == "=" else "≥"

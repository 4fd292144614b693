"""Peers of an indicator row: what other projects and the library set for the same measure.

No encoder is needed: names are compared by `models.measure`, projects by sector and by the
wording of their names. Every peer names where it was seen, so that a finding or a suggestion can
show what it rests on.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from corpus.knowledge import Knowledge
from corpus.quality import row_fault
from corpus.records import (
    Case,
    Declaration,
    Indicator,
    LibraryIndicator,
    LibraryType,
    ParsedTarget,
)
from corpus.target import parse_target
from corpus.target.units import comparable
from corpus.text import normalise
from models.measure import split_name
from models.measure_index import MeasureIndex

FLOOR = 0.4
"""Names less alike than this are not peers."""
_EXACT = 60
"""How many candidate names are compared exactly per row."""
_BASE, _SAME_SECTOR, _LIKE_PROJECT = 0.7, 0.15, 0.15
"""Parts of a peer's similarity: the measure itself, the sector, the wording of the project."""
_UNIT_UNKNOWN = 0.9
"""Factor where one of the two targets gives no unit."""
_MEASURED = {"number", "range"}
_DATE, _WORDS = ("date",), ("words",)
"""Kinds of target that have no unit."""


@dataclass(frozen=True)
class Peer:
    """A row of another project that measures the same thing."""

    project_id: str
    project_name: str
    name: str
    target: str
    """Target as published."""
    parsed: ParsedTarget
    actual: str | None
    """Reported result as published."""
    similarity: float
    source: str
    """Page the project was seen on, else its id."""

    def at(self, similarity: float) -> Peer:
        """Return the same row as it is like another one; much faster than `replace`."""
        if similarity == self.similarity:
            return self
        made = object.__new__(Peer)
        made.__dict__.update(self.__dict__, similarity=similarity)
        return made

    def to_dict(self) -> dict[str, str | None]:
        """Return the shape of one piece of evidence in contract.md."""
        return {
            "project_id": self.project_id,
            "project_name": self.project_name,
            "name": self.name,
            "target": self.target,
            "actual": self.actual,
        }


@dataclass(frozen=True)
class LibraryMatch:
    """A library indicator that measures the same thing."""

    type: LibraryType
    indicator: LibraryIndicator
    similarity: float


@dataclass(frozen=True)
class _Row:
    """One published row."""

    case: int
    indicator: Indicator
    parsed: ParsedTarget
    unit: str | None


def effective_unit(indicator: Indicator, parsed: ParsedTarget) -> str | None:
    """Return the unit of a target; a bare number of a rate or satisfaction is a percentage."""
    if parsed.unit is None and parsed.kind in _MEASURED:
        family = split_name(indicator.name).family
        return "%" if family in {"rate", "satisfaction"} else None
    return parsed.unit


def _kind(indicator: Indicator, parsed: ParsedTarget) -> Hashable:
    """Return what decides which rows go with a target: its unit, or that it has none."""
    if parsed.kind == "date":
        return _DATE
    return effective_unit(indicator, parsed) if parsed.kind in _MEASURED else _WORDS


class PeerIndex:
    """Published rows and library thresholds, searchable by what a row measures."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self._cases: Sequence[Case] = knowledge.cases
        self._rows = [row for place in range(len(self._cases)) for row in self._usable(place)]
        self._index = MeasureIndex([row.indicator.name for row in self._rows], self._fit)
        self._case_of = np.array([row.case for row in self._rows], dtype=np.int32)
        self._places_of = _grouped([str(case.id) for case in self._cases])
        self._seen_on = _grouped([case.source for case in self._cases])
        self._projects = _Likeness(
            [(case.project_name, case.function_code) for case in self._cases]
        )
        self._unit_fits = _UnitFits([row.unit for row in self._rows])
        kinds = [row.parsed.kind for row in self._rows]
        self._measured = np.array([kind in _MEASURED for kind in kinds], dtype=bool)
        self._dated = np.array([kind == "date" for kind in kinds], dtype=bool)
        self._alike = lru_cache(maxsize=32)(self._weigh_projects)
        self._same = self._numbered()
        self._peer = lru_cache(maxsize=16384)(self._read_peer)

    def _numbered(self) -> list[int]:
        """Return a number for every row, the same for what a project published twice."""
        numbers: dict[tuple[str, str, str], int] = {}
        return [
            numbers.setdefault(
                (self._cases[row.case].project_name, row.indicator.name, row.indicator.target),
                len(numbers),
            )
            for row in self._rows
        ]

    def _usable(self, place: int) -> list[_Row]:
        """Return the rows of a case that can serve as evidence."""
        rows = []
        for indicator in self._cases[place].indicators:
            measure = split_name(indicator.name)
            parsed = parse_target(indicator.target, indicator.name)
            if not (measure.core or measure.aspect) or parsed.kind == "blank":
                continue
            if row_fault(indicator) is not None:
                continue
            rows.append(_Row(place, indicator, parsed, effective_unit(indicator, parsed)))
        return rows

    def _fit(self, kind: Hashable, places: np.ndarray) -> np.ndarray:
        """Return how well some rows go with a kind of target, (m,) float32 in [0, 1].

        A worded or blank target goes with everything: peers show how others measure it.
        """
        if kind == _DATE:
            return self._dated[places].astype(np.float32)
        if kind == _WORDS:
            return np.ones(len(places), dtype=np.float32)
        return self._unit_fits.to(kind, places) * self._measured[places]

    def peers(
        self,
        indicator: Indicator,
        declaration: Declaration,
        k: int = 20,
        exclude_source: str | None = None,
        floor: float = FLOOR,
    ) -> list[Peer]:
        """Return at most `k` peers of a row, most similar first, without the project itself."""
        if not self._rows:
            return []
        parsed = parse_target(indicator.target, indicator.name)
        name, code = declaration.project_name, declaration.function_code or ""
        alike = self._alike(name, code, declaration.id, exclude_source)
        kind = _kind(indicator, parsed)
        hits = self._index.search(indicator.name, alike.take, max(_EXACT, k), floor, kind)
        return self._distinct(hits, k)

    def _weigh_projects(
        self, name: str, code: str, own: str | None, exclude_source: str | None
    ) -> np.ndarray:
        """Return how like a project each row's project is, (n,), 0 for the project itself."""
        context = _BASE + self._projects.to(name, code)
        context[self._places_of.get(own, [])] = 0.0
        context[self._seen_on.get(exclude_source, [])] = 0.0
        return np.asarray(context[self._case_of])

    def _distinct(self, hits: list[tuple[int, float]], k: int) -> list[Peer]:
        """Turn hits into peers; a project published on two pages counts once."""
        seen: set[int] = set()
        peers: list[Peer] = []
        for place, similarity in hits:
            key = self._same[place]
            if key in seen:
                continue
            seen.add(key)
            peers.append(self._peer(place).at(round(similarity, 4)))
            if len(peers) == k:
                break
        return peers

    def _read_peer(self, place: int) -> Peer:
        """Return a row as a peer of what is exactly like it."""
        row = self._rows[place]
        case, indicator = self._cases[row.case], row.indicator
        return Peer(
            project_id=str(case.id),
            project_name=case.project_name,
            name=indicator.name,
            target=indicator.target,
            parsed=row.parsed,
            actual=indicator.actual,
            similarity=1.0,
            source=case.source,
        )

    @cached_property
    def _library(self) -> _LibraryIndex:
        """Library indicators, indexed at first use."""
        return _LibraryIndex(self.knowledge.types)

    def library(
        self, indicator: Indicator, declaration: Declaration, k: int = 5, floor: float = FLOOR
    ) -> list[LibraryMatch]:
        """Return at most `k` library indicators that measure the same, best first."""
        parsed = parse_target(indicator.target, indicator.name)
        unit = effective_unit(indicator, parsed) if parsed.kind in _MEASURED else None
        return self._library.search(indicator.name, unit, declaration, k, floor)


class _LibraryIndex:
    """Indicators of the library by what they measure."""

    def __init__(self, types: Sequence[LibraryType]) -> None:
        self._entries = [
            (place, row) for place, kind in enumerate(types) for row in kind.indicators
        ]
        self._types = types
        unit_fits = _UnitFits([row.unit or None for _, row in self._entries])
        self._index = MeasureIndex([row.name for _, row in self._entries], unit_fits.to)
        self._type_of = np.array([place for place, _ in self._entries], dtype=np.int32)
        names = [
            (" ".join((kind.project_type, *kind.aliases)), kind.function_code) for kind in types
        ]
        self._likeness = _Likeness(names)

    def search(
        self, name: str, unit: str | None, declaration: Declaration, k: int, floor: float
    ) -> list[LibraryMatch]:
        """Return the best matches for a name whose target has the given unit."""
        if not self._entries:
            return []
        types = _BASE + self._likeness.to(declaration.project_name, declaration.function_code or "")

        def weigh(places: np.ndarray) -> np.ndarray:
            return np.asarray(types[self._type_of[places]])

        hits = self._index.search(name, weigh, max(_EXACT, k), floor, unit)[:k]
        return [
            LibraryMatch(
                self._types[self._entries[place][0]], self._entries[place][1], round(score, 4)
            )
            for place, score in hits
        ]


class _UnitFits:
    """How well the units of many rows go with a given unit."""

    def __init__(self, units: Sequence[str | None]) -> None:
        places: dict[str | None, int] = {}
        self._unit_of = np.array(
            [places.setdefault(unit, len(places)) for unit in units], dtype=np.int32
        )
        self._units = tuple(places)
        self._table = lru_cache(maxsize=2048)(self._compute)

    def to(self, unit: Any, places: np.ndarray) -> np.ndarray:
        """Return the fit with the rows at some places, (m,) float32 in [0, 1]."""
        return np.asarray(self._table(unit)[self._unit_of[places]])

    def _compute(self, unit: str | None) -> np.ndarray:
        """Return the fit with each of the units that occur."""
        return np.array([_unit_fit(unit, other) for other in self._units], dtype=np.float32)


class _Likeness:
    """How like a declaration's project other projects or project types are."""

    def __init__(self, projects: Sequence[tuple[str, str | None]]) -> None:
        self._count = len(projects)
        sectors = _grouped([code for _, code in projects])
        self._sectors = {code: np.array(found) for code, found in sectors.items() if code}
        lists: dict[str, list[int]] = {}
        for place, (name, _) in enumerate(projects):
            for pair in _pairs(name):
                lists.setdefault(pair, []).append(place)
        self._lists = {key: np.array(value, dtype=np.int32) for key, value in lists.items()}
        self._rarity = {
            key: float(np.log1p(self._count / len(value))) for key, value in lists.items()
        }
        self._cached = lru_cache(maxsize=64)(self._compute)

    def to(self, name: str, code: str) -> np.ndarray:
        """Return likeness with every project, (n,), at most `_SAME_SECTOR` + `_LIKE_PROJECT`."""
        return self._cached(name, code).copy()

    def _compute(self, name: str, code: str) -> np.ndarray:
        """Return likeness for a project name and sector."""
        words = np.zeros(self._count, dtype=np.float32)
        pairs = [pair for pair in _pairs(name) if pair in self._lists]
        for pair in pairs:
            words[self._lists[pair]] += self._rarity[pair]
        total = sum(self._rarity[pair] for pair in pairs)
        if total:
            words /= total
        likeness = _LIKE_PROJECT * words
        if code in self._sectors:
            likeness[self._sectors[code]] += np.float32(_SAME_SECTOR)
        return likeness


def _grouped(keys: Sequence[str | None]) -> dict[str | None, list[int]]:
    """Return the places where each key stands."""
    places: dict[str | None, list[int]] = {}
    for place, key in enumerate(keys):
        places.setdefault(key, []).append(place)
    return places


def _pairs(text: str) -> set[str]:
    """Return the character pairs of a text."""
    folded = normalise(text)
    return {folded[place : place + 2] for place in range(len(folded) - 1)}


def _unit_fit(unit: str | None, other: str | None) -> float:
    """Return 1 for comparable units, less where one is unknown, 0 for different quantities."""
    if unit == other:
        return 1.0
    if unit is None or other is None:
        return 0.0 if "%" in (unit, other) else _UNIT_UNKNOWN
    return 1.0 if comparable(unit, other) else 0.0

"""What the ranking knows about a candidate: one row of numbers, in the order of `FEATURES`."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from threading import Lock

import numpy as np

from corpus.knowledge import Knowledge
from corpus.records import LibraryIndicator, LibraryType
from corpus.taxonomy import canonical_levels
from models.measure import Measure, split_name
from recommender.candidates import Candidate, Pool, vocabulary
from recommender.generality import is_general
from recommender.line_words import Numbering, WeighedTexts
from recommender.project import pairs
from recommender.rarity import Rarity
from recommender.type_parts import STATES, PartWords

LEVELS2 = (
    "经济成本指标",
    "数量指标",
    "质量指标",
    "时效指标",
    "经济效益指标",
    "社会效益指标",
    "生态效益指标",
    "服务对象满意度指标",
)
FEATURES = (
    "affinity",
    "place",
    "behind_best",
    "lexical",
    "dense",
    "same_sector",
    "type_name_in_text",
    "project_in_type",
    "goal_in_type",
    "core",
    "general",
    "general_of_fit",
    "at_most",
    "percent",
    "object_in_name",
    "object_in_text",
    "name_in_text",
    "strangest",
    "definition_in_text",
    "near_nearest",
    "object_in_text_of_part",
    "other_types_agree",
    "place_in_level",
    "facet_frequency",
    "object_in_type_name",
    "object_in_scope",
    "from_case",
    *STATES,
    *(f"level:{level}" for level in LEVELS2),
)
"""Names of the columns."""
_FITS = 0.6
"""Score from which a type fits."""
_AT = {name: column for column, name in enumerate(FEATURES)}
_FIT = _AT["core"]
"""The first columns tell how well the type or case fits."""
_FIXED = [
    _AT[name]
    for name in (
        "core",
        "general",
        "at_most",
        "percent",
        "facet_frequency",
        "object_in_type_name",
        "object_in_scope",
        *(f"level:{level}" for level in LEVELS2),
    )
]
"""Columns that no project changes."""
OBJECT_IN_TEXT = _AT["object_in_text"]
PART_NAMED, PART_MISSING = _AT["part_named"], _AT["part_missing"]
PART_UNKNOWN = _AT["part_unknown"]
_STATES = [_AT[name] for name in STATES]
_NO_LEVEL = (False,) * len(LEVELS2)
_LEVEL_COLUMNS = {level: tuple(level == other for other in LEVELS2) for level in LEVELS2}


@dataclass(frozen=True)
class _Group:
    """What all candidates of one type or case share."""

    lexical: float
    dense: float
    same_sector: float
    name_in_text: float
    project_in: float
    goal_in: float
    title_pairs: frozenset[str]
    scope_pairs: frozenset[str]


@dataclass(frozen=True)
class _Spoken:
    """Which of the pairs that library lines use a project's text and name have, bool (pairs,)."""

    text: np.ndarray
    name: np.ndarray
    own_text: str
    """The text itself."""


class _Lines:
    """What a library type's lines say by themselves, whatever the project."""

    def __init__(
        self, kind: LibraryType, rarity: Rarity, facets: Mapping[str, int], numbering: Numbering
    ) -> None:
        self.kind = kind
        rows = {row.name: row for row in kind.indicators}  # of one name the last counts
        self.place_of = {name: place for place, name in enumerate(rows)}
        title, scope = (pairs(text) for text in _texts_of(kind))
        self.fixed = np.zeros((len(rows), len(FEATURES)))
        """Features of every line that no project changes; 0 in all other columns."""
        for place, row in enumerate(rows.values()):
            _, level2 = canonical_levels(row.level1, row.level2)
            self.fixed[place, _FIXED] = (
                row.core,
                is_general(kind.id, row),
                row.direction == "≤",
                row.unit == "%",
                math.log1p(facets[row.facet]),
                rarity.covered(row.object, title),
                rarity.covered(row.object, scope),
                *_LEVEL_COLUMNS.get(level2, _NO_LEVEL),
            )
        last = {row.name: place for place, row in enumerate(kind.indicators)}
        self._line_of = list(last.values())
        texts = [
            *(row.object for row in rows.values()),
            *rows,
            *(row.definition for row in rows.values()),
            *(_line(row) for row in kind.indicators),
        ]
        self._words = WeighedTexts(texts, rarity, numbering)
        self._parts = PartWords(kind.id, list(rows))

    def features(self, spoken: _Spoken, name_in_text: float) -> np.ndarray:
        """Return all features of every line but those that tell how well the type fits.

        Three tell which lines of a type apply to a project that is a part of it: those whose
        definition it speaks of, those it comes nearest to, and, the less its text names the type
        itself, those whose object it names; so do the marks of `PartWords`.
        """
        count = len(self.place_of)
        found = self._words.found(spoken.text)
        objects, names, definitions, lines = np.split(
            self._words.covered(found), [count, 2 * count, 3 * count]
        )
        in_name = self._words.covered(self._words.found(spoken.name))[:count]
        near = lines / (lines.max(initial=0.0) or 1.0)
        rows = self.fixed.copy()
        for name, values in {
            "object_in_name": in_name,
            "object_in_text": objects,
            "name_in_text": names,
            "strangest": self._words.strangest(found)[:count],
            "definition_in_text": definitions,
            "near_nearest": near[self._line_of],
            "object_in_text_of_part": (1.0 - name_in_text) * objects,
        }.items():
            rows[:, _AT[name]] = values
        rows[:, _STATES] = self._parts.states(spoken.own_text)
        return rows


class FeatureMaker:
    """Computes features over one body of knowledge."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.rarity = Rarity(knowledge)
        self._facets = Counter(row.facet for kind in knowledge.types for row in kind.indicators)
        self._types = knowledge.types
        self._known: dict[str, _Lines] = {}
        self._numbering = Numbering()
        self._reading = Lock()

    def read_ahead(self) -> None:
        """Read the lines of every type now; else each is read when it is first a candidate."""
        for kind in self._types:
            self._lines(kind)

    def matrix(self, pool: Pool) -> np.ndarray:
        """Return one row per candidate, float32 (n, len(FEATURES))."""
        return self.table(pool).astype(np.float32)

    def table(self, pool: Pool) -> np.ndarray:
        """Return the same before it is rounded, float64 (n, len(FEATURES))."""
        best = max((hit.score for hit in pool.types), default=0.0)
        owners = [_owner(candidate) for candidate in pool.candidates]
        spoken = self._spoken(pool)
        blocks = [np.zeros((0, len(FEATURES)))]
        for _, places in groupby(range(len(owners)), key=owners.__getitem__):
            same = [pool.candidates[place] for place in places]
            group = self._group(same[0], pool)
            kind = same[0].type
            blocks.append(
                self._of_type(kind, same, group, spoken)
                if kind
                else self._of_case(same, group, pool)
            )
            blocks[-1][:, :_FIT] = self._fit(same[0], group, best)
        table = np.concatenate(blocks)
        table[:, _AT["general_of_fit"]] = table[:, _AT["general"]] * np.minimum(
            1.0, table[:, _AT["affinity"]] / _FITS
        )
        measures = _measures(pool, owners)
        seen: Counter[tuple[str, str]] = Counter()
        counted = []
        for owner, candidate in zip(owners, pool.candidates, strict=True):
            agreeing = measures[_key(candidate.name)]
            counted.append((len(agreeing) - (owner in agreeing), seen[owner, candidate.level2]))
            seen[owner, candidate.level2] += 1
        if counted:
            table[:, [_AT["other_types_agree"], _AT["place_in_level"]]] = counted
        return table

    def _fit(self, candidate: Candidate, group: _Group, best: float) -> list[float]:
        """Return how well a candidate's type or case fits, the first columns."""
        return [
            candidate.affinity,
            candidate.place,
            candidate.affinity - best,
            group.lexical,
            group.dense,
            group.same_sector,
            group.name_in_text,
            group.project_in,
            group.goal_in,
        ]

    def _spoken(self, pool: Pool) -> _Spoken:
        """Return what a project says of all that the lines of its candidates' types do."""
        for kind in {id(each.type): each.type for each in pool.candidates}.values():
            if kind is not None:
                self._lines(kind)
        project = pool.project
        text, name = map(self._numbering.among, (project.text_pairs, project.name_pairs))
        return _Spoken(text, name, project.own_text)

    def _of_type(
        self, kind: LibraryType, same: Sequence[Candidate], group: _Group, spoken: _Spoken
    ) -> np.ndarray:
        """Return the rows of a type's lines without the columns that all candidates share."""
        lines = self._lines(kind)
        rows = lines.features(spoken, group.name_in_text)
        return rows[[lines.place_of[candidate.name] for candidate in same]]

    def _of_case(self, same: Sequence[Candidate], group: _Group, pool: Pool) -> np.ndarray:
        """Return the rows of a case's indicators without the columns that all candidates share."""
        project, covered = pool.project, self.rarity.covered
        rows = np.zeros((len(same), len(FEATURES)))
        for place, candidate in enumerate(same):
            thing, text = candidate.object, project.text_pairs
            in_text = covered(thing, text)
            rows[place, _FIXED] = (
                candidate.core,
                candidate.general,
                candidate.direction == "≤",
                candidate.unit == "%",
                math.log1p(self._facets[candidate.facet]),
                covered(thing, group.title_pairs),
                covered(thing, group.scope_pairs),
                *_LEVEL_COLUMNS.get(candidate.level2, _NO_LEVEL),
            )
            for name, value in {
                "object_in_name": covered(thing, project.name_pairs),
                "object_in_text": in_text,
                "name_in_text": covered(candidate.name, text),
                "strangest": self.rarity.strangest(thing, text),
                "object_in_text_of_part": (1.0 - group.name_in_text) * in_text,
                "from_case": 1.0,
            }.items():
                rows[place, _AT[name]] = value
        return rows

    def _lines(self, kind: LibraryType) -> _Lines:
        """Return a type's lines; those of every type of the knowledge are kept."""
        known = self._known.get(kind.id)
        if known is None or known.kind is not kind:
            with self._reading:  # pairs are numbered one after the other
                known = _Lines(kind, self.rarity, self._facets, self._numbering)
                self._known[kind.id] = known
        return known

    def _group(self, candidate: Candidate, pool: Pool) -> _Group:
        """Return the features of a candidate's type or case."""
        project = pool.project
        if candidate.type is None:
            hit = next(hit for hit in pool.cases if hit.case is candidate.case)
            title, scope, code = hit.case.project_name, hit.case.goal, hit.case.function_code
            lexical, dense = hit.lexical, hit.dense
        else:
            found = next(hit for hit in pool.types if hit.type is candidate.type)
            title, scope = _texts_of(found.type)
            code, lexical, dense = found.type.function_code, found.lexical, found.dense
        short = title.split("，", 1)[0]
        title_pairs, scope_pairs = pairs(title), pairs(scope)
        spoken_of = vocabulary(candidate.type) if candidate.type else title_pairs | scope_pairs
        return _Group(
            lexical=lexical,
            dense=dense or 0.0,
            same_sector=float(code == project.function_code),
            name_in_text=self.rarity.covered(short, project.text_pairs),
            project_in=self.rarity.covered(project.name, title_pairs | scope_pairs),
            goal_in=self.rarity.covered(project.opening, spoken_of),
            title_pairs=title_pairs,
            scope_pairs=scope_pairs,
        )


def _texts_of(kind: LibraryType) -> tuple[str, str]:
    """Return what a type is called, and what it is for."""
    title = "，".join((kind.project_type, *kind.aliases))
    return title, "，".join((kind.scope, *kind.activities))


def _line(row: LibraryIndicator) -> str:
    """Return what an indicator measures, object and name."""
    return f"{row.object}，{row.name}"


def _owner(candidate: Candidate) -> str:
    """Return the id of the type or case a candidate is from."""
    return candidate.source_key.partition(":")[0]


@lru_cache(maxsize=16384)
def _key(name: str) -> tuple[str, str]:
    """Return what makes two names one measure, coarsely and quickly."""
    measure: Measure = split_name(name)
    return (measure.aspect, "".join(sorted(measure.units)))


def _measures(pool: Pool, of: Sequence[str]) -> dict[tuple[str, str], set[str]]:
    """Return the owners that have each measure; `of` gives the owner of every candidate."""
    owners: dict[tuple[str, str], set[str]] = {}
    for candidate, owner in zip(pool.candidates, of, strict=True):
        owners.setdefault(_key(candidate.name), set()).add(owner)
    return owners

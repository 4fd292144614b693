"""What the ranking knows about a candidate: one row of numbers, in the order of `FEATURES`."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from corpus.knowledge import Knowledge
from corpus.records import LibraryIndicator
from models.measure import Measure, split_name
from recommender.candidates import Candidate, Pool, vocabulary
from recommender.project import pairs
from recommender.rarity import Rarity

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
    *(f"level:{level}" for level in LEVELS2),
)
"""Names of the columns."""
_FITS = 0.6
"""Score from which a type fits."""
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
    nearest: float
    """Highest share of a line's words in the project's text among the type's indicators."""
    title_pairs: frozenset[str]
    scope_pairs: frozenset[str]


class FeatureMaker:
    """Computes features over one body of knowledge."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.rarity = Rarity(knowledge)
        self._facets = Counter(row.facet for kind in knowledge.types for row in kind.indicators)

    def matrix(self, pool: Pool) -> np.ndarray:
        """Return one row per candidate, float32 (n, len(FEATURES))."""
        if not pool.candidates:
            return np.zeros((0, len(FEATURES)), dtype=np.float32)
        groups: dict[str, _Group] = {}
        best = max((hit.score for hit in pool.types), default=0.0)
        measures = _measures(pool)
        seen: Counter[tuple[str, str]] = Counter()
        rows = []
        for candidate in pool.candidates:
            owner = _owner(candidate)
            group = groups.get(owner)
            if group is None:
                group = groups[owner] = self._group(candidate, pool)
            place_in_level = seen[owner, candidate.level2]
            seen[owner, candidate.level2] += 1
            agreeing = measures[_key(candidate.name)]
            rows.append(
                [
                    *self._fit(candidate, group, best),
                    *self._text(candidate, group, pool),
                    len(agreeing) - (owner in agreeing),
                    place_in_level,
                    math.log1p(self._facets[candidate.facet]),
                    self.rarity.covered(candidate.object, group.title_pairs),
                    self.rarity.covered(candidate.object, group.scope_pairs),
                    candidate.type is None,
                    *_LEVEL_COLUMNS.get(candidate.level2, _NO_LEVEL),
                ]
            )
        return np.array(rows, dtype=np.float32)

    def _fit(self, candidate: Candidate, group: _Group, best: float) -> list[float]:
        """Return how well the candidate's type or case fits, and the candidate's own kind."""
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
            candidate.core,
            candidate.general,
            candidate.general * min(1.0, candidate.affinity / _FITS),
            candidate.direction == "≤",
            candidate.unit == "%",
        ]

    def _text(self, candidate: Candidate, group: _Group, pool: Pool) -> list[float]:
        """Return how far the candidate's words occur in the project's own texts.

        The last three tell which lines of a type apply to a project that is a part of it: those
        whose definition it speaks of, those it comes nearest to, and, the less its text names the
        type itself, those whose object it names.
        """
        project, row = pool.project, candidate.library
        text, covered = project.text_pairs, self.rarity.covered
        object_in_text = covered(candidate.object, text)
        near = covered(_line(row), text) / group.nearest if row and group.nearest else 0.0
        return [
            covered(candidate.object, project.name_pairs),
            object_in_text,
            covered(candidate.name, text),
            self.rarity.strangest(candidate.object, text),
            covered(row.definition, text) if row else 0.0,
            near,
            (1.0 - group.name_in_text) * object_in_text,
        ]

    def _group(self, candidate: Candidate, pool: Pool) -> _Group:
        """Return the features of a candidate's type or case."""
        project = pool.project
        if candidate.type is None:
            hit = next(hit for hit in pool.cases if hit.case is candidate.case)
            title, scope, code = hit.case.project_name, hit.case.goal, hit.case.function_code
            lexical, dense = hit.lexical, hit.dense
        else:
            found = next(hit for hit in pool.types if hit.type is candidate.type)
            title = "，".join((found.type.project_type, *found.type.aliases))
            scope = "，".join((found.type.scope, *found.type.activities))
            code, lexical, dense = found.type.function_code, found.lexical, found.dense
        short = title.split("，", 1)[0]
        title_pairs, scope_pairs = pairs(title), pairs(scope)
        spoken_of = vocabulary(candidate.type) if candidate.type else title_pairs | scope_pairs
        rows = candidate.type.indicators if candidate.type else ()
        return _Group(
            lexical=lexical,
            dense=dense or 0.0,
            same_sector=float(code == project.function_code),
            name_in_text=self.rarity.covered(short, project.text_pairs),
            project_in=self.rarity.covered(project.name, title_pairs | scope_pairs),
            goal_in=self.rarity.covered(project.opening, spoken_of),
            nearest=max(
                (self.rarity.covered(_line(row), project.text_pairs) for row in rows), default=0.0
            ),
            title_pairs=title_pairs,
            scope_pairs=scope_pairs,
        )


def _line(row: LibraryIndicator) -> str:
    """Return what an indicator measures, object and name."""
    return f"{row.object}，{row.name}"


def _owner(candidate: Candidate) -> str:
    """Return the id of the type or case a candidate is from."""
    return candidate.source_key.partition(":")[0]


@lru_cache(maxsize=65536)
def _key(name: str) -> tuple[str, str]:
    """Return what makes two names one measure, coarsely and quickly."""
    measure: Measure = split_name(name)
    return (measure.aspect, "".join(sorted(measure.units)))


def _measures(pool: Pool) -> dict[tuple[str, str], set[str]]:
    """Return the owners that have each measure."""
    owners: dict[tuple[str, str], set[str]] = {}
    for candidate in pool.candidates:
        owners.setdefault(_key(candidate.name), set()).add(_owner(candidate))
    return owners

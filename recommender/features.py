"""What the ranking knows about a candidate: one row of numbers, in the order of `FEATURES`."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from corpus.knowledge import Knowledge
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
                    *self._text(candidate, pool),
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

    def _text(self, candidate: Candidate, pool: Pool) -> list[float]:
        """Return how far the candidate's words occur in the project's own texts."""
        project = pool.project
        return [
            self.rarity.covered(candidate.object, project.name_pairs),
            self.rarity.covered(candidate.object, project.text_pairs),
            self.rarity.covered(candidate.name, project.text_pairs),
            self.rarity.strangest(candidate.object, project.text_pairs),
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

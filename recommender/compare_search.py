"""Whether another search brings up better candidates: the same ranking, two retrievers.

Each search has a pool of its own, so a pool's own best order is no common measure. Both are
measured against what is wanted: the rows of the unit's form, or the graded suggestions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from corpus.quality import row_fault
from recommender.evidence import Evidence, examples
from recommender.metrics import DEPTH, dcg
from recommender.pipeline import Recommender
from recommender.ranking import Ranker

Kin = Mapping[str, frozenset[str]]


def search_quality(
    recommender: Recommender, ranker: Ranker, evidence: Sequence[Evidence], kin: Kin
) -> dict[str, float]:
    """Return the share of the best possible gain among the first ten, by case id, 0 to 1."""
    made = {str(each.case.id): each for each in examples(recommender, evidence, kin)}
    found = {}
    for each in evidence:
        key, best = str(each.case.id), dcg(_wanted(each))
        if not best:
            continue
        example = made.get(key)
        if example is None:
            found[key] = 0.0
            continue
        order = np.argsort(-ranker.scores(example.matrix), kind="stable")[:DEPTH]
        found[key] = min(1.0, dcg(example.grades[order].tolist()) / best)
    return found


def _wanted(evidence: Evidence) -> list[int]:
    """Return the grades of a perfect first ten."""
    if evidence.grades is None:
        rows = sum(not row_fault(row) for row in evidence.case.indicators)
        return [2] * min(DEPTH, rows)
    return sorted(evidence.grades.values(), reverse=True)[:DEPTH]

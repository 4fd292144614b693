"""How sure a recommendation is that it knows the kind of project."""

from __future__ import annotations

from collections.abc import Sequence

from recommender.candidates import Pool
from recommender.choice import Choice
from recommender.features import FeatureMaker
from recommender.project import pairs

_BEST = 5
"""Candidates whose scores count for the confidence."""
_EXPLAINED = 0.4
"""Share of a project's name that a type found by words alone should explain."""


def confidence_in(pool: Pool, choices: Sequence[Choice], features: FeatureMaker) -> float:
    """Return how sure a recommendation is, 0 to 1.

    The mean of how surely the best type fits and of the scores of the best candidates. Without an
    encoder a match may rest on one rare word, so the type must explain some of the name.
    """
    if not pool.types or not choices:
        return 0.0
    best = [choice.score for choice in choices[:_BEST]]
    sure = (pool.types[0].score + sum(best) / len(best)) / 2
    if pool.types[0].dense is not None:
        return sure
    kind = pool.types[0].type
    texts = "，".join((kind.project_type, *kind.aliases, kind.scope, *kind.activities))
    explained = features.rarity.covered(pool.project.name, pairs(texts))
    return sure * min(1.0, explained / _EXPLAINED)

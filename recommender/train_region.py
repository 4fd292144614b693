"""Fits the ranking to a region: its own forms and decisions beside the bundled grades.

A new ranking is kept only if it orders projects better that it has not seen. Projects are held out
by source, together with the same project seen elsewhere or in another year, and each is ranked by
weights that saw nothing of its group. Three conditions, set before anything was measured:

- on the region's own projects nDCG@10 rises by at least `MARGIN`;
- a rise as large would come about by chance in at most `LEVEL` of the cases (sign-flip test over
  the groups);
- on the bundled graded cases, also held out, it falls by no more than `LOSS`: a form shows what a
  unit wrote, not that it was good.

Decisions count like grades. Forms say less, so the weights go only half of the way (`STEP`) from
those fitted without forms to those fitted with them; docs/region-training.md has the measurements.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from models.case_groups import case_groups
from recommender.evidence import Example, Kind
from recommender.metrics import ndcg
from recommender.ranking import LinearRanker, Ranker, fit

MARGIN, LEVEL, LOSS = 0.005, 0.05, 0.01
STEP = 0.5
FOLDS = 5
LEAST_GROUPS = 10
"""Groups of the region's own below which no comparison says anything."""
_FLIPS = 10_000


@dataclass(frozen=True)
class Comparison:
    """Held-out nDCG@10 before and after, over the same cases."""

    cases: int
    groups: int
    before: float
    after: float
    chance: float
    """How likely a rise as large is by chance; 1 where there is none."""

    @property
    def gain(self) -> float:
        """Return by how much the figure rose."""
        return self.after - self.before


@dataclass(frozen=True)
class RegionTraining:
    """What a training found."""

    local: Comparison
    """All of the region's own projects."""
    kinds: Mapping[Kind, Comparison]
    """The same by kind of evidence."""
    graded: Comparison
    """The bundled graded cases, the bundled way of training before."""
    failed: tuple[str, ...]
    """Which conditions were not met: margin, chance or loss."""
    ranker: LinearRanker
    """Fitted to everything; to be used only if `kept`."""

    @property
    def kept(self) -> bool:
        """Tell whether the new ranking is to be used."""
        return not self.failed


def enough(local: Sequence[Example]) -> bool:
    """Tell whether there are enough projects of different sources to learn and to compare."""
    return len(local) > 0 and len(set(_groups(local))) >= LEAST_GROUPS


def train_region(
    local: Sequence[Example], graded: Sequence[Example], before: Ranker
) -> RegionTraining:
    """Fit to all examples, and compare on held-out ones with the ranking in use.

    `before` must not have been fitted to the local examples.
    """
    every = [*local, *graded]
    groups = _groups(every)
    old, new = np.zeros(len(every)), np.zeros(len(every))
    for learn, test in _folds(groups):
        ranker = _fitted([every[i] for i in learn])
        usual = _fitted([every[i] for i in learn if every[i].kind == "graded"])
        for i in test:
            own = every[i].kind != "graded"
            old[i] = quality(before if own else usual, every[i])
            new[i] = quality(ranker, every[i])
    kinds = np.array([example.kind for example in every])

    def compare(chosen: np.ndarray) -> Comparison:
        return comparison(old[chosen], new[chosen], groups[chosen])

    here, there = compare(kinds != "graded"), compare(kinds == "graded")
    return RegionTraining(
        local=here,
        kinds={kind: compare(kinds == kind) for kind in ("used", "decided") if kind in kinds},
        graded=there,
        failed=failed_conditions(here, there),
        ranker=_fitted(every),
    )


def quality(ranker: Ranker, example: Example) -> float:
    """Return nDCG@10 of an example's candidates in a ranker's order."""
    order = np.argsort(-ranker.scores(example.matrix), kind="stable")
    grades = {key: int(grade) for key, grade in zip(example.keys, example.grades, strict=True)}
    return ndcg([example.keys[place] for place in order], grades)


def failed_conditions(local: Comparison, graded: Comparison) -> tuple[str, ...]:
    """Name the conditions that are not met."""
    found = {
        "margin": local.gain < MARGIN,
        "chance": local.chance > LEVEL,
        "loss": graded.gain < -LOSS,
    }
    return tuple(name for name, missed in found.items() if missed)


def _groups(examples: Sequence[Example]) -> np.ndarray:
    return case_groups([example.case for example in examples])


def _folds(groups: np.ndarray, seed: int = 0) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return places to learn from and to test on; a group stays together."""
    numbers = np.unique(groups)
    np.random.default_rng(seed).shuffle(numbers)
    fold = np.empty(int(groups.max()) + 1, dtype=int)
    fold[numbers] = np.arange(len(numbers)) % FOLDS
    of = fold[groups]
    return [(np.flatnonzero(of != k), np.flatnonzero(of == k)) for k in range(FOLDS)]


def _fitted(examples: Sequence[Example]) -> LinearRanker:
    """Fit weights to grades and decisions, and half-heartedly to forms."""
    judged = [each for each in examples if each.kind != "used"]
    if not judged or len(judged) == len(examples):
        return _fit(examples)
    without, with_forms = _fit(judged), _rescaled(_fit(examples), judged)
    return LinearRanker(
        without.weights + STEP * (with_forms.weights - without.weights),
        without.bias + STEP * (with_forms.bias - without.bias),
    )


def _fit(examples: Sequence[Example]) -> LinearRanker:
    return fit([each.matrix for each in examples], [each.grades for each in examples])


def _rescaled(ranker: LinearRanker, judged: Sequence[Example]) -> LinearRanker:
    """Return a ranker whose scores are on the scale of judged candidates.

    A form holds few of the candidates that would fit, so its zeros draw all scores down, and with
    them the confidence and the bounds that rest on scores.
    """
    rows = np.concatenate([each.matrix for each in judged])
    wanted = np.concatenate([each.grades for each in judged]) / 2.0
    slope, start = np.polyfit(rows @ ranker.weights + ranker.bias, wanted, 1)
    return LinearRanker(ranker.weights * slope, float(ranker.bias * slope + start))


def comparison(old: np.ndarray, new: np.ndarray, groups: np.ndarray) -> Comparison:
    """Compare figures of the same cases before and after; all (n,), groups as numbers."""
    if not len(old):
        return Comparison(0, 0, 0.0, 0.0, 1.0)
    _, places = np.unique(groups, return_inverse=True)
    return Comparison(
        cases=len(old),
        groups=int(places.max()) + 1,
        before=float(old.mean()),
        after=float(new.mean()),
        chance=_chance(new - old, places),
    )


def _chance(gains: np.ndarray, groups: np.ndarray) -> float:
    """Return how often random signs of the groups' gains give at least the total gain."""
    totals = np.bincount(groups, weights=gains)
    signs = np.random.default_rng(0).choice((-1.0, 1.0), size=(_FLIPS, len(totals)))
    reached = signs @ totals >= totals.sum() - 1e-12
    return float((reached.sum() + 1) / (_FLIPS + 1))

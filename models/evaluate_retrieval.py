"""Measures retrieval on labelled cases, each case's own page and project held out.

For the shared cases the fusion weights are fitted anew in every fold of a cross-validation over
groups of cases (`models.case_groups`); the bundled weights, fitted on all, are never what is
reported. Other cases are ranked with weights fitted on the shared cases of other groups.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from corpus.knowledge import Knowledge
from corpus.labels import TypeLabel
from corpus.records import Case, Declaration
from models.adapter import Adapter
from models.case_groups import case_groups
from models.encoder import Encoder
from models.fusion import Fusion, FusionSet, Views, standardise
from models.retrieval import Retriever
from models.train_retrieval import (
    TYPE_VIEWS,
    Ranking,
    asked_without_indicators,
    fit_weights,
    type_rankings,
)

FOLDS = 10
_RESAMPLES = 1000
_SEED = 0


@dataclass(frozen=True)
class Interval:
    """A share with the 95% interval of a bootstrap over groups of cases."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Method:
    """How one way of ranking library types does."""

    name: str
    first: Interval
    """How often a fitting type comes first."""
    among_three: Interval
    reciprocal_rank: Interval
    """Mean of 1 / place of the first fitting type."""


@dataclass(frozen=True)
class RetrievalReport:
    """What an evaluation found."""

    split: str
    """How cases were kept apart, in Chinese."""
    cases: int
    """Cases with at least one fitting type."""
    groups: int
    methods: tuple[Method, ...]
    """The method in use first, then baselines."""

    def to_dict(self) -> dict[str, Any]:
        """Return a plain dictionary."""
        return asdict(self)


@dataclass(frozen=True)
class _Trial:
    """Labelled cases to rank types for, and what the weights may be fitted on."""

    retriever: Retriever
    cases: Sequence[Case]
    labels: Mapping[str, Sequence[str]]
    groups: np.ndarray
    """Group of every case, (n,)."""
    shared: Sequence[Case]
    shared_labels: Mapping[str, Sequence[str]]
    shared_groups: np.ndarray


def evaluate_retrieval(
    knowledge: Knowledge,
    shared_labels: Iterable[TypeLabel],
    encoder: Encoder | None,
    cases: Sequence[Case] | None = None,
    labels: Iterable[TypeLabel] | None = None,
) -> RetrievalReport:
    """Measure on the shared cases, or on other cases with labels of their own.

    `knowledge.cases` with `shared_labels` is what the weights are fitted on.
    """
    shared_wanted = _wanted(shared_labels)
    wanted = shared_wanted if labels is None else _wanted(labels)
    asked = [case for case in cases or knowledge.cases if wanted.get(str(case.id))]
    shared = [case for case in knowledge.cases if shared_wanted.get(str(case.id))]
    groups = case_groups([*asked, *shared])
    adapter = Adapter.bundled() if encoder and Adapter.bundled().suits(encoder) else None
    flat = Fusion({"lexical": 1.0}, {"intercept": 0.0})
    retriever = Retriever.index(
        Knowledge(knowledge.types, ()), encoder, adapter, fusions=FusionSet("", flat, flat)
    )
    trial = _Trial(
        retriever, asked, wanted, groups[: len(asked)], shared, shared_wanted, groups[len(asked) :]
    )
    methods = _methods(trial, encoder)
    split = "按来源与项目分组的十折交叉验证" if cases is None else "训练时不含同来源、同项目的案例"
    return RetrievalReport(split, len(asked), len(set(trial.groups)), methods)


def _wanted(labels: Iterable[TypeLabel]) -> dict[str, Sequence[str]]:
    return {label.case_id: label.type_ids for label in labels if label.type_ids}


def _methods(trial: _Trial, encoder: Encoder | None) -> tuple[Method, ...]:
    forms = [asked_without_indicators(case) for case in trial.cases]
    names = [Declaration(project_name=case.project_name) for case in trial.cases]
    views = [trial.retriever.type_views(form) for form in forms]
    bare = [trial.retriever.type_views(name) for name in names]
    fusions = _held_out_fusions(trial)
    rankings = {
        "融合排序": [fusion.scores(one) for fusion, one in zip(fusions, views, strict=True)],
        "融合排序，只填项目名称": [
            fusion.scores(one) for fusion, one in zip(fusions, bare, strict=True)
        ],
    }
    if encoder is not None:
        raw = Retriever.index(
            trial.retriever.knowledge, encoder, None, fusions=trial.retriever.fusions
        )
        plain = [raw.type_views(form) for form in forms]
        if trial.retriever.is_adapted:
            rankings["仅向量，经适配"] = [one["dense"] for one in views]
        rankings["基线：BM25 与向量标准分相加，同科目加分"] = [_plain_sum(one) for one in plain]
        rankings["基线：仅向量"] = [one["dense"] for one in plain]
    rankings["基线：仅 BM25"] = [one["lexical"] for one in views]
    rankings["基线：同科目最常见类型"] = [
        _most_frequent(trial, row) for row in range(len(trial.cases))
    ]
    return tuple(_measure(name, scores, trial) for name, scores in rankings.items())


def _held_out_fusions(trial: _Trial) -> list[Fusion]:
    """Return for every case the weights fitted on the shared cases of other folds."""
    questions = [type_rankings(trial.retriever, case, trial.shared_labels) for case in trial.shared]
    folds = _folds(trial.groups)
    fusions: dict[int, Fusion] = {}
    for fold in np.unique(folds):
        rows = np.flatnonzero(folds == fold).tolist()
        held_out = {trial.groups[row] for row in rows}
        training: list[Ranking] = [
            one
            for group, some in zip(trial.shared_groups, questions, strict=True)
            if group not in held_out
            for one in some
        ]
        fusions |= dict.fromkeys(rows, fit_weights(training, TYPE_VIEWS))
    return [fusions[row] for row in range(len(trial.cases))]


def _folds(groups: np.ndarray) -> np.ndarray:
    """Return the fold of every case, whole groups together."""
    names = np.unique(groups)
    order = np.random.default_rng(_SEED).permutation(len(names))
    fold = {name: int(place) % FOLDS for name, place in zip(names, order, strict=True)}
    return np.array([fold[group] for group in groups])


def _plain_sum(views: Views) -> np.ndarray:
    """Return the sum of standard scores plus 1 for the same sector."""
    total = standardise("lexical", views["lexical"]) + standardise("dense", views["dense"])
    return np.asarray(total + views["sector"])


def _most_frequent(trial: _Trial, row: int) -> np.ndarray:
    """Return how often each type fits the sector's cases of other groups."""
    code = trial.cases[row].function_code
    counts = Counter(
        key
        for case, group in zip(trial.shared, trial.shared_groups, strict=True)
        if group != trial.groups[row] and case.function_code == code
        for key in trial.shared_labels[str(case.id)]
    )
    return np.array([counts[kind.id] for kind in trial.retriever.knowledge.types], dtype=float)


def _measure(name: str, scores: Sequence[np.ndarray], trial: _Trial) -> Method:
    places = np.array([_place(one, row, trial) for row, one in enumerate(scores)])
    return Method(
        name,
        _interval(places == 1, trial.groups),
        _interval(places <= 3, trial.groups),
        _interval(1 / places, trial.groups),
    )


def _place(scores: np.ndarray, row: int, trial: _Trial) -> int:
    """Return the place, from 1, of the first fitting type."""
    wanted = trial.labels[str(trial.cases[row].id)]
    fits = np.array([kind.id in wanted for kind in trial.retriever.knowledge.types])
    order = np.argsort(-scores, kind="stable")
    return int(np.argmax(fits[order])) + 1 if fits.any() else len(fits) + 1


def _interval(values: np.ndarray, groups: np.ndarray) -> Interval:
    """Return the mean with the interval of resampling whole groups."""
    rng = np.random.default_rng(_SEED)
    names, member = np.unique(groups, return_inverse=True)
    sums = np.bincount(member, weights=values.astype(float))
    sizes = np.bincount(member)
    drawn = rng.integers(0, len(names), size=(_RESAMPLES, len(names)))
    means = sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return Interval(round(float(values.mean()), 4), round(float(low), 4), round(float(high), 4))

"""Measures the target classifier on cases it was not trained on: `jixiao evaluate`.

Without other cases the bundled ones serve both ends by cross-validation over groups of cases;
calibration and thresholds are then fitted inside each training part. Other cases are judged by a
model trained on the bundled ones, less those of the same projects.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from corpus.bundle import bundled_cases, bundled_labels
from corpus.labels import TargetLabel
from corpus.records import Case
from models.case_groups import case_groups
from models.target_baselines import BASELINES, Prediction
from models.target_calibration import calibration_error, f1_parts
from models.target_classifier import LABELS, Label
from models.train_targets import (
    Rows,
    TrainingConfig,
    fit,
    group_folds,
    known_peers,
    labelled_rows,
    score,
    training_words,
    written_rows,
)

_RESAMPLES = 500


@dataclass(frozen=True)
class Figures:
    """How well one label is given."""

    precision: float
    recall: float
    f1: float
    f1_error: float
    """Standard error of F1, from resampling groups of cases."""
    calibration_error: float | None
    """Expected calibration error in ten bins; None for a method without probabilities."""
    positives: int


@dataclass(frozen=True)
class Method:
    """A method's figures on all labels."""

    name: str
    figures: dict[Label, Figures]


@dataclass(frozen=True)
class Disagreement:
    """A label on which classifier and annotators differ."""

    key: str
    label: Label
    name: str
    target: str
    truth: bool
    probability: float


@dataclass(frozen=True)
class TargetReport:
    """What an evaluation found."""

    split: str
    """How rows were kept apart, in Chinese."""
    rows: int
    groups: int
    training_rows: int
    """Real rows trained on, on average."""
    written_rows: int
    methods: tuple[Method, ...]
    """The classifier first, then baselines."""
    disagreements: tuple[Disagreement, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return a plain dictionary."""
        return asdict(self)


@dataclass(frozen=True)
class Setting:
    """What all trainings of an evaluation have in common."""

    extra: Rows
    """Written examples."""
    config: TrainingConfig
    words: frozenset[str]


def evaluate(
    cases: Sequence[Case] | None = None,
    labels: Sequence[TargetLabel] | None = None,
    config: TrainingConfig | None = None,
    folds: int = 5,
    written: bool = True,
) -> TargetReport:
    """Evaluate on the bundled cases by cross-validation, or on given cases by a held-out test."""
    config = config or TrainingConfig()
    bundled = bundled_cases(), bundled_labels("targets")
    words = training_words(bundled[0], config)
    extra = written_rows(words)
    if not written:
        extra = extra.take(np.arange(0))
    setting = Setting(extra, config, words)
    if cases is None or labels is None:
        peers = known_peers(bundled[0])
        return _cross_validate(labelled_rows(*bundled, words, peers), setting, folds)
    return _test(bundled, (cases, labels), setting)


def from_written(config: TrainingConfig | None = None) -> TargetReport:
    """Train on the written examples alone and test on the bundled cases."""
    config = config or TrainingConfig()
    cases = bundled_cases()
    words = training_words(cases, config)
    rows = labelled_rows(cases, bundled_labels("targets"), words, known_peers(cases))
    extra = written_rows(words)
    _, groups = np.unique([key.split("#")[0] for key in extra.keys], return_inverse=True)
    setting = Setting(extra.take(np.arange(0)), config, words)
    predictions = _predict(replace(extra, groups=groups), rows, setting)
    return _report("只用编写的示例训练，在随附案例上测试", 0, len(extra), rows, predictions)


def _predict(train: Rows, test: Rows, setting: Setting) -> list[Prediction]:
    """Train every method on one part and let it predict the other."""
    classifier = fit(train, setting.extra, setting.config, setting.words)
    probabilities = classifier.model.calibrate(score(classifier.model, test))
    levels = np.array([classifier.decisions[label].threshold for label in LABELS])
    found = [Prediction("分类模型", probabilities >= levels, probabilities)]
    return found + [baseline(train, test) for baseline in BASELINES]


def _cross_validate(rows: Rows, setting: Setting, folds: int) -> TargetReport:
    """Let every row be predicted once by a model that saw nothing of its group."""
    fold = group_folds(rows.groups, folds, setting.config.seed)
    order: list[np.ndarray] = []
    parts: list[list[Prediction]] = []
    for number in range(folds):
        outside = np.flatnonzero(fold == number)
        train = rows.take(np.flatnonzero(fold != number))
        parts.append(_predict(train, rows.take(outside), setting))
        order.append(outside)
    joined = [Prediction.join(list(group)) for group in zip(*parts, strict=True)]
    split = f"按来源网页和项目分组的{folds}折交叉验证"
    tested = rows.take(np.concatenate(order))
    return _report(split, len(rows) * (folds - 1) // folds, len(setting.extra), tested, joined)


def _test(
    bundled: tuple[Sequence[Case], Sequence[TargetLabel]],
    given: tuple[Sequence[Case], Sequence[TargetLabel]],
    setting: Setting,
) -> TargetReport:
    """Train on bundled cases that are no projects of the given ones, test on the given ones."""
    cases = [*bundled[0], *given[0]]
    groups = case_groups(cases)
    inside = len(bundled[0])
    taken = set(groups[inside:].tolist())
    kept = [case for case, group in zip(bundled[0], groups, strict=False) if group not in taken]
    ids = {str(case.id) for case in kept}
    labels = [label for label in bundled[1] if label.case_id in ids]
    words = setting.words
    peers = known_peers(kept)
    train = labelled_rows(kept, labels, words, peers)
    if len(train) < len(given[1]) // 2:
        tested = labelled_rows(*given, words, known_peers(given[0]))
        return _cross_validate(tested, setting, setting.config.folds)
    test = labelled_rows(*given, words, peers)
    split = "在随附案例（不含同一项目）上训练，在给定案例上测试"
    predictions = _predict(train, test, setting)
    return _report(split, len(train), len(setting.extra), test, predictions)


def _report(
    split: str, trained: int, extra: int, rows: Rows, predictions: Sequence[Prediction]
) -> TargetReport:
    """Compute figures and list where the classifier differs from the annotators."""
    return TargetReport(
        split=split,
        rows=len(rows),
        groups=len(np.unique(rows.groups)),
        training_rows=trained,
        written_rows=extra,
        methods=tuple(
            Method(prediction.name, _figures(rows, prediction)) for prediction in predictions
        ),
        disagreements=_disagreements(rows, predictions[0]),
    )


def _figures(rows: Rows, prediction: Prediction) -> dict[Label, Figures]:
    """Return the figures of one method."""
    found: dict[Label, Figures] = {}
    for number, label in enumerate(LABELS):
        truth, given = rows.truth[:, number], prediction.given[:, number]
        precision, recall, f1 = f1_parts(truth, given)
        error = None
        if prediction.probabilities is not None:
            error = round(calibration_error(prediction.probabilities[:, number], truth), 4)
        found[label] = Figures(
            precision=round(precision, 4),
            recall=round(recall, 4),
            f1=round(float(f1), 4),
            f1_error=round(_f1_error(rows.groups, truth, given), 4),
            calibration_error=error,
            positives=int(truth.sum()),
        )
    return found


def _f1_error(groups: np.ndarray, truth: np.ndarray, given: np.ndarray) -> float:
    """Return the standard error of F1 by drawing groups of cases with replacement."""
    _, number = np.unique(groups, return_inverse=True)
    size = int(number.max()) + 1
    hits = np.bincount(number, truth & given, size)
    sums = np.bincount(number, truth.astype(int) + given.astype(int), size)
    draws = np.random.default_rng(0).integers(0, size, (_RESAMPLES, size))
    return float(np.std(2 * hits[draws].sum(1) / np.maximum(sums[draws].sum(1), 1)))


def _disagreements(rows: Rows, prediction: Prediction) -> tuple[Disagreement, ...]:
    """Return every wrong label of the classifier, the most confident mistakes first."""
    if prediction.probabilities is None:
        return ()
    found = []
    for place, number in zip(*np.nonzero(prediction.given != rows.truth), strict=True):
        indicator = rows.encoded[place].row.indicator
        found.append(
            Disagreement(
                key=rows.keys[place],
                label=LABELS[number],
                name=indicator.name,
                target=indicator.target,
                truth=bool(rows.truth[place, number]),
                probability=round(float(prediction.probabilities[place, number]), 4),
            )
        )
    return tuple(sorted(found, key=lambda item: -abs(item.truth - item.probability)))

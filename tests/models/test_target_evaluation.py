"""Splits keep projects together, figures are what their formulas say, the model earns its keep."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest

from corpus.bundle import bundled_cases, bundled_labels
from corpus.records import Case, Indicator
from models import evaluate_targets
from models.case_groups import case_groups
from models.evaluate_targets import TargetReport, evaluate
from models.linear_model import Vectoriser
from models.target_calibration import calibration_error, decide, f1_parts, platt
from models.target_card import render
from models.target_classifier import LABELS
from models.train_targets import (
    Rows,
    TrainingConfig,
    fit_linear,
    group_folds,
    labelled_rows,
    score,
    to_sparse,
    training_words,
    written_rows,
)

Validation = tuple[Rows, evaluate_targets.Setting, int]


@contextmanager
def noted(validate: Callable[..., TargetReport]) -> Iterator[list[Validation]]:
    """Let cross-validations be done by a function, and note what they are of."""
    found: list[Validation] = []

    def validated(*given: Any) -> TargetReport:
        found.append(given)
        return validate(*given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(evaluate_targets, "_cross_validate", validated)
        yield found


@pytest.fixture(scope="module")
def bundled_run() -> tuple[TargetReport, Validation]:
    """The evaluation on the bundled cases, and what was cross-validated for it."""
    with noted(evaluate_targets._cross_validate) as found:
        made = evaluate()
    return made, found[0]


@pytest.fixture(scope="module")
def report(bundled_run: tuple[TargetReport, Validation]) -> TargetReport:
    return bundled_run[0]


def test_cases_of_one_page_or_project_are_one_group() -> None:
    rows = tuple(Indicator(name=f"指标{n}", target=str(n)) for n in "甲乙丙")
    cases = [
        Case(id="1", project_name="道路", source_url="http://a"),
        Case(id="2", project_name="水渠", source_url="http://a"),
        Case(id="3", project_name="2023年度学校", department="某县教育局"),
        Case(id="4", project_name="2022年学校", department="某县教育局"),
        Case(id="5", project_name="桥梁", indicators=rows),
        Case(id="6", project_name="危桥改造", indicators=rows),
        Case(id="7", project_name="医院", source_url="unknown"),
        Case(id="8", project_name="诊所", source_url="unknown"),
    ]
    groups = case_groups(cases).tolist()
    assert groups[0] == groups[1]
    assert groups[2] == groups[3]
    assert groups[4] == groups[5]
    assert len(set(groups)) == 5


def test_folds_never_split_a_group() -> None:
    groups = np.array([7, 7, 3, 3, 3, 9, 1, 4, 4])
    fold = group_folds(groups, 3, seed=0)
    assert all(len(set(fold[groups == group])) == 1 for group in set(groups))
    assert set(fold) == {0, 1, 2}


def test_f1_is_the_harmonic_mean() -> None:
    truth = np.array([True, True, True, False, False])
    given = np.array([True, True, False, True, False])
    assert f1_parts(truth, given) == pytest.approx((2 / 3, 2 / 3, 2 / 3))
    assert f1_parts(truth, np.zeros(5, dtype=bool)) == (0, 0, 0)


def test_calibration_error_weighs_bins_by_size() -> None:
    probabilities = np.array([0.05, 0.05, 0.95, 0.95])
    truth = np.array([False, True, True, True])
    assert calibration_error(probabilities, truth) == pytest.approx(0.5 * 0.45 + 0.5 * 0.05)


def test_platt_recovers_the_curve_scores_came_from() -> None:
    rng = np.random.default_rng(0)
    scores = rng.normal(0, 2, 20000)
    truth = rng.random(20000) < 1 / (1 + np.exp(-(1.5 * scores - 0.5)))
    slope, offset = platt(scores, truth)
    assert (slope, offset) == pytest.approx((1.5, -0.5), abs=0.1)


def test_threshold_keeps_to_the_required_precision() -> None:
    rng = np.random.default_rng(1)
    probabilities = rng.random(4000)
    truth = rng.random(4000) < probabilities
    decision = decide(probabilities, truth)
    precision, _, _ = f1_parts(truth, probabilities >= decision.threshold)
    assert precision >= 0.85
    assert decision.low < decision.threshold < decision.high


def test_vectoriser_agrees_with_a_plain_computation() -> None:
    values = [{"size": 2.0}, {"size": 4.0, "hint.x": 1.0}, {"hint.x": 1.0}]
    pieces = [["n:a", "n:b"], ["n:a", "t:c", "n:a"], ["t:c"]]
    fitted = Vectoriser.fit(values, pieces, {"hint.": 3.0, "": 0.5}, minimum=2)
    assert list(fitted.columns) == ["n:a", "t:c", "hint.x", "size"]
    places, found = fitted.encode(values[1], pieces[1])
    row = dict(zip((list(fitted.columns)[place] for place in places), found, strict=True))
    assert row == pytest.approx({"n:a": 1.0, "t:c": 1.0, "hint.x": 3.0, "size": 2.0})


def test_numpy_scores_are_those_of_scikit_learn() -> None:
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    cases = bundled_cases()[:40]
    known = {case.id for case in cases}
    labels = [label for label in bundled_labels("targets") if label.case_id in known]
    config = TrainingConfig()
    words = training_words(cases, config)
    rows, extra = labelled_rows(cases, labels, words), written_rows(words)
    model = fit_linear(rows + extra, config)
    probabilities = model.calibrate(score(model, rows))
    weight = np.r_[np.ones(len(rows)), np.full(len(extra), config.written_weight)]
    shape = len(rows) + len(extra), len(model.vectoriser.columns)
    matrix = csr_matrix(to_sparse(rows + extra, model.vectoriser), shape=shape)
    truth = np.concatenate([rows.truth, extra.truth])
    for number in range(len(LABELS)):
        regression = LogisticRegression(C=config.regularisation, max_iter=1000)
        regression.fit(matrix, truth[:, number], sample_weight=weight)
        expected = regression.predict_proba(matrix[: len(rows)])[:, 1]
        assert np.abs(expected - probabilities[:, number]).max() < 1e-4


def test_cross_validation_reaches_the_goals(report: TargetReport) -> None:
    figures = report.methods[0].figures
    assert report.rows == len(bundled_labels("targets"))
    assert figures["vague"].f1 > 0.87
    assert figures["vague"].precision >= 0.85
    assert figures["qualitative"].f1 > 0.96
    assert figures["easy"].f1 > 0.86
    assert all(value.calibration_error <= 0.05 for value in figures.values())


def test_classifier_beats_frequency_and_characters(report: TargetReport) -> None:
    model, majority, characters, _ = report.methods
    for label in LABELS:
        assert model.figures[label].f1 > characters.figures[label].f1
        assert characters.figures[label].f1 > majority.figures[label].f1


def test_disagreements_are_real(report: TargetReport) -> None:
    truths = {f"{label.case_id}#{label.row}": label for label in bundled_labels("targets")}
    assert report.disagreements
    for item in report.disagreements:
        assert getattr(truths[item.key], item.label) == item.truth


def test_given_cases_are_not_trained_on() -> None:
    cases = bundled_cases()[::6]
    known = {case.id for case in cases}
    labels = [label for label in bundled_labels("targets") if label.case_id in known]
    found = evaluate(cases, labels)
    assert found.rows == len(labels)
    assert found.training_rows <= len(bundled_labels("targets")) - len(labels)


def test_all_bundled_cases_as_given_are_cross_validated(
    bundled_run: tuple[TargetReport, Validation],
) -> None:
    """On the same rows, dealt to folds in the same way, so that the figures are the same, too."""
    report, (rows, setting, folds) = bundled_run
    with noted(lambda *_: report) as found:
        assert evaluate(bundled_cases(), bundled_labels("targets")) is report
    ((given, own_setting, own_folds),) = found
    assert given.keys == rows.keys
    assert np.array_equal(given.truth, rows.truth)
    assert np.array_equal(given.groups, rows.groups)
    assert all(
        (mine.features, mine.columns) == (theirs.features, theirs.columns)
        for mine, theirs in zip(given.encoded, rows.encoded, strict=True)
    )
    assert (own_folds, own_setting.config) == (folds, setting.config)
    assert own_setting.words == setting.words
    assert own_setting.extra.keys == setting.extra.keys


def test_card_carries_figures_and_disagreements(report: TargetReport) -> None:
    card = render(report, [], 0.5)
    assert f"{report.methods[0].figures['vague'].f1:.3f}" in card
    assert all(item.key in card for item in report.disagreements)

from __future__ import annotations

import numpy as np
import pytest

from corpus.bundle import bundled_labels
from corpus.knowledge import Knowledge
from corpus.labels import TypeLabel
from models import evaluate_retrieval as module
from models.case_groups import case_groups
from models.evaluate_retrieval import RetrievalReport, evaluate_retrieval
from models.fusion import Fusion
from models.train_retrieval import Ranking, fit


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.bundled()


@pytest.fixture(scope="module")
def report(knowledge: Knowledge) -> RetrievalReport:
    return evaluate_retrieval(knowledge, bundled_labels("types"), None)


def test_fusion_beats_every_baseline(report: RetrievalReport) -> None:
    fused, *_ = report.methods
    for other in report.methods:
        if other.name.startswith("基线"):
            assert fused.reciprocal_rank.value > other.reciprocal_rank.value


def test_figures_hold_together(report: RetrievalReport) -> None:
    assert report.cases == 149
    assert report.groups < report.cases
    for method in report.methods:
        assert method.first.value <= method.reciprocal_rank.value <= 1
        assert method.first.value <= method.among_three.value
        for figure in (method.first, method.among_three, method.reciprocal_rank):
            assert figure.low <= figure.value <= figure.high


def test_weights_never_see_the_group_they_are_tested_on(
    knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    groups = case_groups(knowledge.cases)
    wanted = {label.case_id: label.type_ids for label in bundled_labels("types")}
    seen: list[set[int]] = []
    asked_of: dict[int, int] = {}

    def remember(retriever, case, labels):
        row = knowledge.cases.index(case)
        ranking = Ranking({"lexical": np.zeros(1)}, np.ones(1), np.ones(1, dtype=bool))
        asked_of[id(ranking)] = int(groups[row])
        kept.append(ranking)
        return [ranking]

    def note(rankings, names):
        seen.append({asked_of[id(ranking)] for ranking in rankings})
        return Fusion({"lexical": 1.0}, {})

    kept: list[Ranking] = []
    monkeypatch.setattr(module, "type_rankings", remember)
    monkeypatch.setattr(module, "fit_weights", note)
    evaluate_retrieval(knowledge, bundled_labels("types"), None)
    every = {int(groups[row]) for row, case in enumerate(knowledge.cases) if str(case.id) in wanted}
    held_out = [every - training for training in seen]
    assert set().union(*held_out) == every
    assert sum(map(len, held_out)) == len(every)


def test_other_cases_are_measured_with_labels_of_their_own(knowledge: Knowledge) -> None:
    mine = knowledge.cases[5].model_copy(update={"id": "case-mine", "source_url": None})
    label = TypeLabel(case_id="case-mine", type_ids=(knowledge.types[3].id,))
    report = evaluate_retrieval(knowledge, bundled_labels("types"), None, [mine], [label])
    assert (report.cases, report.groups) == (1, 1)


def test_a_type_that_the_library_lacks_counts_as_not_found(knowledge: Knowledge) -> None:
    label = TypeLabel(case_id=str(knowledge.cases[0].id), type_ids=("lib-unknown",))
    report = evaluate_retrieval(
        knowledge, bundled_labels("types"), None, knowledge.cases[:1], [label]
    )
    assert report.methods[0].reciprocal_rank.value < 0.01


def test_fitted_weights_prefer_the_view_that_ranks_right() -> None:
    rng = np.random.default_rng(3)
    rankings = []
    for _ in range(30):
        worth = np.zeros(40)
        worth[rng.integers(40)] = 1
        views = {
            "dense": (worth * 3 + rng.normal(size=40)).astype(np.float32),
            "lexical": rng.normal(size=40).astype(np.float32),
        }
        rankings.append(Ranking(views, worth, np.ones(40, dtype=bool)))
    fusion = fit(rankings, ("lexical", "dense"))
    assert fusion.weights["dense"] > 5 * abs(fusion.weights["lexical"])
    assert fusion.curve["score"] > 0

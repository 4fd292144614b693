"""Figures are what their definitions say, and no ranking has seen what it is measured on."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from corpus.bundle import bundled_labels
from corpus.knowledge import Knowledge
from corpus.labels import SuggestionLabel
from models.case_groups import case_groups
from models.fusion import Fusion
from models.peers import PeerIndex
from models.retrieval import Retriever
from models.train_retrieval import TYPE_VIEWS, Ranking
from recommender import ablations
from recommender.evaluate import Bench, table
from recommender.metrics import Evaluation, Judged, measure, ndcg
from recommender.own_grades import OwnGrade, Shown, as_it_stands, bundled_own_grades, grouped
from recommender.ranking import hand_set


@pytest.fixture(scope="module")
def bench(knowledge: Knowledge, retriever: Retriever, peers: PeerIndex) -> Bench:
    return Bench(knowledge, retriever, peers)


def test_ndcg_by_hand() -> None:
    grades = {"a": 2, "b": 1, "c": 0}
    assert ndcg(["a", "b"], grades) == 1.0
    reached = 1 / math.log2(2) + 2 / math.log2(3)
    assert ndcg(["b", "a", "x"], grades) == pytest.approx(reached / (2 + 1 / math.log2(3)))
    assert ndcg(["x"], {}) == 0.0


GIVEN = {"case": {"lib-a:甲率": 2, "lib-a:乙率": 1}}


class TestMeasure:
    def figures(self, knowledge: Knowledge, shown: list[Shown], *own: OwnGrade) -> Evaluation:
        return measure("", {"case": shown}, Judged(GIVEN, knowledge, grouped(own)))

    def test_adapted_names_count_under_their_source(self, knowledge: Knowledge) -> None:
        found = self.figures(knowledge, [Shown("lib-a:甲率", "道路甲率")])
        assert found.fit_share == 0.1
        assert found.unjudged == pytest.approx(0.9)

    def test_a_source_counts_once(self, knowledge: Knowledge) -> None:
        twice = [Shown("lib-a:甲率", "甲率"), Shown("lib-a:甲率", "道路甲率")]
        found = self.figures(knowledge, twice)
        assert found.fit_share == 0.1
        assert found.ndcg == pytest.approx(2 / (2 + 1 / math.log2(3)))

    def test_our_own_grades_are_reported_apart(self, knowledge: Knowledge) -> None:
        mine = OwnGrade(case="case", key="", name="硬化里程", grade=2, by="x")
        shown = [Shown("", "硬化里程"), as_it_stands("lib-a:乙率")]
        found = self.figures(knowledge, shown, mine)
        assert (found.fit_share, found.unjudged) == (0.0, 0.9)
        assert found.with_own is not None
        assert (found.with_own.fit_share, found.with_own.unjudged) == (0.1, pytest.approx(0.8))
        assert found.with_own.ndcg > found.ndcg
        assert table([found]).shape == (1, 6)

    def test_our_grade_of_a_text_goes_before_that_of_its_source(self, knowledge: Knowledge) -> None:
        mine = OwnGrade(case="case", key="lib-a:甲率", name="道路甲率", grade=0, by="x")
        found = self.figures(knowledge, [Shown("lib-a:甲率", "道路甲率")], mine)
        assert found.fit_share == 0.1
        assert found.with_own is not None
        assert found.with_own.fit_share == 0.0


def test_own_grades_add_to_the_labels_and_repeat_none(knowledge: Knowledge) -> None:
    given = {(label.case_id, label.key) for label in bundled_labels("suggestions")}
    cases = {case_id for case_id, _ in given}
    for case_id, grades in bundled_own_grades().items():
        assert case_id in cases
        assert set(grades.values()) <= {0, 1, 2}
        for shown in grades:
            assert shown.name
            assert shown.is_adapted or (case_id, shown.key) not in given


class TestHeldOut:
    def test_folds_keep_pages_and_projects_together(self, bench: Bench) -> None:
        ids = list(bench.judged().grades)
        cases = [each.case for each in bench.learned.values()]
        group = dict(zip(bench.learned, case_groups(cases).tolist(), strict=True))
        tested = []
        for learn, test in bench.folds():
            assert not {group[case_id] for case_id in learn} & {group[case_id] for case_id in test}
            tested += test
        assert sorted(tested) == sorted(ids)

    def test_some_bundled_cases_are_ranked_by_weights_of_other_pages(self, bench: Bench) -> None:
        first, second = list(bench.learned)[:2]
        labels = [each for each in bundled_labels("suggestions") if each.case_id in (first, second)]
        some = replace(bench, labels=labels, ranker=hand_set())
        for learn, test in some.folds():
            assert not set(learn) & set(test)
            assert len(learn) >= len(bench.learned) - 10

    def test_unknown_cases_are_ranked_by_the_weights_in_use(
        self, knowledge: Knowledge, retriever: Retriever, peers: PeerIndex
    ) -> None:
        mine = knowledge.cases[0].model_copy(
            update={
                "id": "case-mine",
                "source_url": "https://example.org/mine",
                "project_name": "星际航线养护",
                "indicators": (),
            }
        )
        grown = Knowledge(knowledge.types, (*knowledge.cases, mine))
        label = SuggestionLabel(case_id="case-mine", record_id="lib-a", name="甲率", grade=2)
        used = hand_set()
        bench = Bench(grown, retriever, peers, labels=[label], ranker=used)
        assert bench.held_out_rankers() == {"case-mine": used}


class TestAblations:
    @pytest.fixture
    def rankings(self) -> list[Ranking]:
        rng = np.random.default_rng(0)
        made = []
        for _ in range(20):
            worth = np.eye(30)[rng.integers(30)]
            views = {
                name: (worth * 2 + rng.normal(size=30)).astype(np.float32) for name in TYPE_VIEWS
            }
            made.append(Ranking(views, worth, np.ones(30, dtype=bool)))
        return made

    def test_a_view_that_is_switched_off_has_no_weight(self, rankings: list[Ranking]) -> None:
        assert set(ablations._without_words(rankings).weights) == set(TYPE_VIEWS) - {"lexical"}

    def test_equal_weights_still_have_a_curve(self, rankings: list[Ranking]) -> None:
        fusion: Fusion = ablations._equal(rankings)
        assert set(fusion.weights.values()) == {1.0}
        assert fusion.curve["score"] > 0

    def test_every_variant_has_a_name_of_its_own(
        self, bench: Bench, retriever: Retriever, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(Bench, "held_out_rankers", lambda self: {})
        monkeypatch.setattr(ablations, "refitted", lambda *_: retriever)
        names = [name for name, _ in ablations.ways(bench, retriever, None)]  # type: ignore[arg-type]
        assert len(names) == len(set(names)) == 8

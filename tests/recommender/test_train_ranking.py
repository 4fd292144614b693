"""Training keeps weights only where they help, and gives the same weights each time."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.bundle import bundled_labels
from corpus.knowledge import Knowledge
from models.peers import PeerIndex
from models.retrieval import Retriever
from recommender.evaluate import Bench
from recommender.features import FEATURES
from recommender.ranking import LinearRanker, bundled_path, fit
from recommender.train_ranking import train


@pytest.fixture(scope="module")
def bench(knowledge: Knowledge, retriever: Retriever, peers: PeerIndex) -> Bench:
    return Bench(knowledge, retriever, peers)


def test_bundled_weights_are_what_training_makes(bench: Bench, tmp_path: Path) -> None:
    """For search by words, which depends on no encoder; a change of features needs a new fit."""
    found = train(bench, tmp_path / "made.json")
    assert found.saved is not None
    assert found.learned > found.by_hand
    made, bundled = (LinearRanker.load(p) for p in (tmp_path / "made.json", bundled_path(False)))
    assert made.weights == pytest.approx(bundled.weights, abs=1e-3)


def test_the_same_examples_make_the_same_weights(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    matrices = [rng.normal(size=(30, len(FEATURES))) for _ in range(5)]
    grades = [rng.integers(0, 3, 30) for _ in range(5)]
    for name in ("first", "second"):
        fit(matrices, grades).save(tmp_path / name)
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()


def test_weights_that_do_not_help_are_not_kept(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worst = LinearRanker(-1.0 * bundled_weights(), 0.5)
    monkeypatch.setattr(
        Bench, "held_out_rankers", lambda self: dict.fromkeys(self.judged().grades, worst)
    )
    found = train(bench, tmp_path / "none.json")
    assert found.saved is None
    assert not (tmp_path / "none.json").exists()


def bundled_weights():
    return LinearRanker.load(bundled_path(False)).weights


def test_every_feature_has_a_weight() -> None:
    for dense in (True, False):
        assert len(LinearRanker.load(bundled_path(dense)).weights) == len(FEATURES)


def test_labels_are_enough_to_split(bench: Bench) -> None:
    assert len({label.case_id for label in bundled_labels("suggestions")}) == 60
    assert sum(1 for _ in bench.folds()) == 10

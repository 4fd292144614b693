"""Learning from a region: small made-up regions, relabelled from held-out bundled cases."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import SetupError
from corpus.knowledge import Knowledge
from corpus.records import Case
from models import artefacts
from recommender import Recommender
from recommender.compare_search import search_quality
from recommender.evidence import NEAR, Evidence, Example, decided, examples, used
from recommender.features import FEATURES
from recommender.ranking import LinearRanker, fit, hand_set
from recommender.region_ranking import (
    OutdatedRankingError,
    features_fingerprint,
    load_ranking,
    save_ranking,
)
from recommender.train_region import LEAST_GROUPS, LEVEL, enough, quality, train_region

_BENEFIT = FEATURES.index("level:社会效益指标")


def made_up(number: int, likes: int, kind: str = "used", candidates: int = 40) -> Example:
    """A project of random candidates, of which those with one feature were used."""
    rng = np.random.default_rng(number)
    matrix = rng.random((candidates, len(FEATURES))).astype(np.float32)
    matrix[:, _BENEFIT] = np.arange(candidates) % 4 == 0
    matrix[:, likes] = np.roll(matrix[:, likes], number)
    best = np.argsort(-matrix[:, likes], kind="stable")[:6]
    grades = np.zeros(candidates, dtype=int)
    grades[best] = 2
    case = Case(id=f"{kind}-{number}", project_name=f"{chr(0x5000 + number)}项目")
    keys = tuple(f"lib-{number}:指标{place}" for place in range(candidates))
    return Example(case, kind, keys, matrix, grades)  # type: ignore[arg-type]


def many(count: int, likes: int, kind: str = "used", start: int = 0) -> list[Example]:
    return [made_up(start + number, likes, kind) for number in range(count)]


AFFINITY, CORE = FEATURES.index("affinity"), FEATURES.index("core")


def ranker_of(found: Sequence[Example]) -> LinearRanker:
    return fit([each.matrix for each in found], [each.grades for each in found])


def test_a_region_with_a_habit_of_its_own_gets_its_own_ranking() -> None:
    graded = many(30, AFFINITY, "graded", start=100)
    local = many(30, AFFINITY, "decided", start=300)
    weak = ranker_of([made_up(999, CORE, "graded")])
    found = train_region(local, graded, weak)
    assert found.kept
    assert found.local.gain > 0.1
    assert found.local.chance < 0.01
    assert found.local.groups == 30


def test_nothing_is_kept_that_does_not_help() -> None:
    """Enough graded projects that the ranking in use has learned all there is to learn."""
    graded = many(90, AFFINITY, "graded", start=400)
    found = train_region(many(30, AFFINITY, start=300), graded, ranker_of(graded))
    assert not found.kept
    assert found.local.chance > LEVEL


def test_nothing_is_kept_that_spoils_the_graded_cases() -> None:
    graded = many(12, AFFINITY, "graded", start=100)
    found = train_region(many(60, CORE, start=300), graded, ranker_of(graded))
    assert found.local.gain > 0.05
    assert found.failed == ("loss",)


def test_figures_come_from_projects_not_learned_from() -> None:
    """A project's own other year is in its group, so a memory of it cannot show."""
    twins = [made_up(number, CORE) for number in range(6)]
    cases = [twin.case.model_copy(update={"id": f"again-{i}"}) for i, twin in enumerate(twins)]
    again = [
        Example(case, "used", twin.keys, twin.matrix, twin.grades)
        for case, twin in zip(cases, twins, strict=True)
    ]
    graded = many(12, AFFINITY, "graded", start=100)
    found = train_region([*twins, *again], graded, ranker_of(graded))
    assert (found.local.cases, found.local.groups) == (12, 6)


def test_scores_stay_on_the_scale_of_grades() -> None:
    graded = many(20, AFFINITY, "graded", start=100)
    found = train_region(many(40, AFFINITY, start=300), graded, hand_set())
    rows = np.concatenate([each.matrix for each in graded])
    scores = rows @ found.ranker.weights + found.ranker.bias
    wanted = np.concatenate([each.grades for each in graded]) / 2
    assert scores.mean() == pytest.approx(wanted.mean(), abs=0.02)


def test_few_sources_are_not_compared() -> None:
    local = many(LEAST_GROUPS, AFFINITY)
    assert enough(local)
    assert not enough(local[1:])
    assert not enough([])


@pytest.fixture(scope="module")
def region(knowledge: Knowledge) -> list[Case]:
    """Bundled cases as a region's own."""
    kept = [case for case in knowledge.cases if len(case.indicators) > 6][:12]
    return [case.model_copy(update={"region": "某市", "origin": "user"}) for case in kept]


def test_a_form_teaches_what_its_rows_measure(recommender: Recommender, region: list[Case]) -> None:
    from models.measure import SAME, same_measure

    found = list(examples(recommender, map(used, region)))
    assert found
    for example in found:
        names = [row.name for row in example.case.indicators]
        for key, grade in zip(example.keys, example.grades.tolist(), strict=True):
            alike = max(same_measure(key.partition(":")[2], name) for name in names)
            if grade == 2:
                assert alike >= SAME - 0.01
            elif alike < NEAR - 0.1:
                assert grade == 0


def test_of_decisions_only_what_was_shown_counts(
    recommender: Recommender, region: list[Case]
) -> None:
    pool = recommender.pool(region[0], exclude_source=region[0].source)
    keys = [candidate.source_key for candidate in pool.candidates[:3]]
    grades = {keys[0]: 2, keys[2]: 0, "lib-gone:不再有": 2}
    (example,) = examples(recommender, [decided(region[0], grades)])
    assert dict(zip(example.keys, example.grades.tolist(), strict=True)) == {
        keys[0]: 2,
        keys[2]: 0,
    }
    assert example.matrix.shape == (2, len(FEATURES))


def test_the_same_project_elsewhere_is_not_searched(
    recommender: Recommender, region: list[Case]
) -> None:
    case = next(
        case
        for case in region
        if any(
            each.case is not None
            for each in recommender.pool(case, exclude_source=case.source).candidates
        )
    )
    pool = recommender.pool(case, exclude_source=case.source)
    other = next(str(each.case.id) for each in pool.candidates if each.case is not None)
    every = Evidence(case, "graded", {each.source_key: 1 for each in pool.candidates})
    (example,) = examples(recommender, [every], {str(case.id): {other}})
    assert not any(key.startswith(f"{other}:") for key in example.keys)
    assert len(example.keys) < len(pool.candidates)


def test_a_better_order_has_the_higher_quality() -> None:
    example = made_up(1, CORE)
    good, bad = np.zeros((2, len(FEATURES)))
    good[CORE], bad[CORE] = 1.0, -1.0
    assert quality(LinearRanker(good, 0.0), example) == 1.0
    assert quality(LinearRanker(bad, 1.0), example) < 0.5


def test_a_saved_ranking_serves_the_searches_it_was_trained_for(tmp_path: Path) -> None:
    folder = tmp_path / "ranking"
    assert load_ranking(folder, None) is None
    before = artefacts.version(folder)
    save_ranking(folder, {True: hand_set()}, "encoder-1", {"kept": True})
    assert artefacts.version(folder) != before
    loaded = load_ranking(folder, "encoder-1")
    assert loaded is not None
    assert np.allclose(loaded.weights, hand_set().weights)
    assert load_ranking(folder, None) is None
    with pytest.raises(OutdatedRankingError, match="jixiao train"):
        load_ranking(folder, "encoder-2")


def test_weights_of_other_features_are_refused_and_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "ranking"
    save_ranking(folder, {False: hand_set()}, "", {})
    monkeypatch.setattr(
        "recommender.region_ranking.features_fingerprint", lambda: "of another version"
    )
    with pytest.raises(OutdatedRankingError):
        load_ranking(folder, None)
    monkeypatch.undo()
    assert load_ranking(folder, None) is not None
    assert len(features_fingerprint()) == 16


def test_damaged_weights_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "ranking"
    save_ranking(folder, {False: hand_set()}, "", {})
    (folder / "lexical.json").write_text("{}", encoding="utf-8")
    with pytest.raises(SetupError):
        load_ranking(folder, None)


def test_a_search_is_measured_against_what_is_wanted_not_its_own_pool(
    recommender: Recommender, region: list[Case]
) -> None:
    pool = recommender.pool(region[0], exclude_source=region[0].source)
    key = pool.candidates[0].source_key
    found = Evidence(region[0], "graded", {key: 2})
    missed = Evidence(region[1], "graded", {"lib-none:没有": 2})
    nothing = Evidence(region[2], "graded", {})
    first = LinearRanker(np.zeros(len(FEATURES)), 0.5)
    figures = search_quality(recommender, first, [found, missed, nothing], {})
    assert figures == {str(region[0].id): 1.0, str(region[1].id): 0.0}

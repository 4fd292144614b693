"""The index finds what comparing every name with every other would find."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from corpus.bundle import bundled_cases, bundled_library
from models.measure import Measure, aspect_agreement, same_measure, split_name
from models.measure_index import MeasureIndex

FLOOR = 0.4
NAMES = tuple(row.name for entry in bundled_library() for row in entry.indicators)


@cache
def aspects() -> dict[tuple[str, str], list[int]]:
    """Group the library names by aspect, so that the slow way skips what cannot agree."""
    groups: dict[tuple[str, str], list[int]] = {}
    for place, name in enumerate(NAMES):
        measure = split_name(name)
        groups.setdefault((measure.aspect, measure.family), []).append(place)
    return groups


def slow(name: str, weights: np.ndarray) -> list[tuple[int, float]]:
    """Compare a name with every name of the library, one by one."""
    measure = split_name(name)
    if not (measure.core or measure.aspect):
        return []
    found = []
    for (aspect, family), places in aspects().items():
        if not aspect_agreement(measure, Measure("", "", aspect, family)):
            continue
        for place in places:
            exact = same_measure(name, NAMES[place])
            if exact >= FLOOR:
                found.append((place, exact * float(weights[place])))
    return sorted(found, key=lambda hit: (-hit[1], hit[0]))


@pytest.fixture(scope="module")
def index() -> MeasureIndex:
    return MeasureIndex(NAMES)


@pytest.fixture(scope="module")
def weights() -> np.ndarray:
    return np.random.default_rng(0).uniform(0.7, 1.0, len(NAMES)).astype(np.float32)


@pytest.fixture(scope="module")
def queries() -> list[str]:
    names = dict.fromkeys(row.name for case in bundled_cases() for row in case.indicators)
    return list(names)[::5]


def test_without_a_limit_every_match_is_found(
    index: MeasureIndex, weights: np.ndarray, queries: list[str]
) -> None:
    for name in queries:
        found = index.search(name, weights.take, len(NAMES), FLOOR)
        wanted = slow(name, weights)
        assert [place for place, _ in found] == [place for place, _ in wanted], name
        assert [value for _, value in found] == pytest.approx([value for _, value in wanted])


def test_limited_to_a_few_candidates_the_best_match_is_nearly_always_found(
    index: MeasureIndex, weights: np.ndarray, queries: list[str]
) -> None:
    right = asked = 0
    for name in queries:
        wanted = slow(name, weights)
        if wanted:
            asked += 1
            right += index.search(name, weights.take, 60, FLOOR)[0][0] == wanted[0][0]
    assert right / asked > 0.97


def test_equally_promising_names_are_taken_in_their_order() -> None:
    index = MeasureIndex(["道路里程"] * 5)
    hits = index.search("道路里程", np.ones(5, dtype=np.float32).take, 3, FLOOR)
    assert hits == [(0, 1.0), (1, 1.0), (2, 1.0)]


def test_a_weight_of_zero_leaves_a_name_out() -> None:
    index = MeasureIndex(["道路里程", "公路里程"])
    assert [place for place, _ in index.search("道路里程", np.array([0, 1.0]).take, 9, 0.1)] == [1]
    assert index.search("道路里程", np.zeros(2).take, 9, 0.1) == []


def test_how_well_a_row_goes_with_the_target_weighs_as_well() -> None:
    fits = {"公里": np.array([1.0, 0.0, 0.9], dtype=np.float32)}
    names = ["道路里程", "道路里程", "道路里程"]
    index = MeasureIndex(names, lambda kind, places: fits[str(kind)][places])
    weights = np.array([0.5, 1.0, 1.0], dtype=np.float32).take
    hits = index.search("道路里程", weights, 9, FLOOR, "公里")
    assert hits == [(2, pytest.approx(0.9)), (0, pytest.approx(0.5))]


def test_aspects_that_no_name_has_are_remembered_as_one() -> None:
    index = MeasureIndex(["道路里程", "新建公厕"])
    for name in ("道路甲乙率", "道路丙丁率", "道路戊己率"):
        index.search(name, np.ones(2).take, 9, FLOOR)
    assert len(index._compatible) == 1

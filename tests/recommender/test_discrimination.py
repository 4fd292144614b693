"""What all peers set at 100% discriminates little, what each sets otherwise much."""

from __future__ import annotations

import pytest

from corpus.records import LibraryIndicator
from corpus.target import parse_target
from models.peers import Peer
from recommender.discrimination import differing, discrimination


def peer(target: str, actual: str | None = None, similarity: float = 0.8) -> Peer:
    name = "验收合格率"
    return Peer("p", "某项目", name, target, parse_target(target, name), actual, similarity, "s")


def measured(peers: list[Peer]) -> float | None:
    return discrimination(peers, "%", "≥")


def test_worked_example_by_hand() -> None:
    # pairs of four equal weights: 100–100 alike, 100–90 twice and 90–80, 100–80 twice differ
    assert differing([100, 100, 90, 80], [1, 1, 1, 1]) == pytest.approx(5 / 6)
    assert differing([100, 99.5], [1, 1]) == 0
    assert differing([100, 90, 100], [1, 1, 0]) == 1


def test_more_spread_discriminates_more() -> None:
    alike = measured([peer("100%")] * 6)
    nearly = measured([peer("100%")] * 5 + [peer("≥95%")])
    spread = measured([peer(f"≥{value}%") for value in (80, 85, 90, 95, 98, 100)])
    assert alike is not None
    assert nearly is not None
    assert spread is not None
    assert alike == 0 < nearly < spread == 1


def test_results_count_as_well_as_targets() -> None:
    reached = [peer("100%", "100%")] * 3 + [peer("100%", f"{v}%") for v in (70, 80, 90)]
    # targets 0; reached shares: 3 of 15 pairs alike
    assert measured(reached) == pytest.approx((0 + 12 / 15) / 2)


def test_too_few_or_too_distant_peers_say_nothing() -> None:
    assert measured([peer("100%")] * 4) is None
    assert measured([peer("100%", similarity=0.2)] * 9) is None


@pytest.mark.parametrize(
    ("weak", "strong", "expected"), [(90, 100, 0.81), (98, 100, 0.25), (100, 100, 0)]
)
def test_the_library_stands_in_for_missing_peers(
    weak: float, strong: float, expected: float
) -> None:
    # (1 − t/s)² with t = 1 and s = 10, 2, 0
    library = LibraryIndicator(
        level1="产出指标", level2="质量指标", name="验收合格率", weak=weak, strong=strong
    )
    assert discrimination([], "%", "≥", library) == pytest.approx(expected)

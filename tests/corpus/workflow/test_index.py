"""The index of departments and divisions: parts, ranks and grades."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.workflow.statistics import index
from corpus.workflow.statistics.index import Standing


@pytest.mark.parametrize(
    ("number", "grades"),
    [
        (10, ["优秀"] * 3 + ["良好"] * 3 + ["一般"] * 3 + ["较差"]),
        (20, ["优秀"] * 6 + ["良好"] * 6 + ["一般"] * 6 + ["较差"] * 2),
        (1, ["良好"]),
        (2, ["优秀", "一般"]),
    ],
)
def test_grades_follow_the_ranks(number: int, grades: list[str]) -> None:
    assert [index.grade(rank, number) for rank in range(1, number + 1)] == grades


def test_the_index_leaves_out_parts_without_cases() -> None:
    parts = {"measurable": 0.8, "demanding": 1.0, "passed_first": None, "mended": None}
    standing = Standing("甲局", "2026-07", 2, 10, parts)
    assert standing.index == pytest.approx(100 * (35 * 0.8 + 25 * 1.0) / 60)
    assert replace(standing, targets=4).index is None


def test_equal_indexes_have_equal_ranks_and_the_unranked_come_last() -> None:
    parts = {"measurable": 1.0}
    standings = [
        Standing("乙", "2026-07", 1, 9, parts),
        Standing("甲", "2026-07", 1, 9, parts),
        Standing("少", "2026-07", 1, 2, parts),
        Standing("丙", "2026-07", 1, 9, {"measurable": 0.5}),
    ]
    ranked = index.ranked(standings)
    assert [each.department for each in ranked][-1] == "少"
    assert [each.rank for each in ranked] == [1, 1, 3, None]

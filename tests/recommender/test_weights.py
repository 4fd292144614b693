"""Weights are whole, add up and respect importance, whatever comes in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from recommender.weights import PLAIN, WITH_COST, assign, scheme_for, share_out

LEVELS = ["成本指标", "产出指标", "效益指标", "满意度指标"]
rows = st.lists(st.tuples(st.sampled_from(LEVELS), st.floats(0, 1)), min_size=1, max_size=25)


def test_schemes_give_hundred() -> None:
    for scheme in (PLAIN, WITH_COST):
        assert sum(scheme.parts.values()) + scheme.execution == 100


def test_plain_example_by_hand() -> None:
    assert share_out(10, [1, 1, 1]) == [4, 3, 3]
    assert share_out(50, [3, 1]) == [37, 13]  # 1 + 48·3/4, 1 + 48/4


@given(rows)
def test_weights_add_up(drawn: list[tuple[str, float]]) -> None:
    levels, importance = [level for level, _ in drawn], [value for _, value in drawn]
    weights = assign(levels, importance, scheme_for(levels))
    assert sum(weights) == 90
    assert all(isinstance(weight, int) and weight >= 0 for weight in weights)


@given(st.integers(0, 100), st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_more_important_never_weighs_less(total: int, quotas: list[float]) -> None:
    shares = share_out(total, quotas)
    assert sum(shares) == total
    for a, x in zip(quotas, shares, strict=True):
        for b, y in zip(quotas, shares, strict=True):
            assert x >= y or a <= b


def test_missing_satisfaction_goes_to_benefit() -> None:
    levels = ["产出指标", "效益指标"]
    assert assign(levels, [1, 1], scheme_for(levels)) == [50, 40]

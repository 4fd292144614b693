"""Weights are whole, add up, follow discrimination and leave the unit's own alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.schemes import PLAIN, WITH_COST, Scheme, scheme_named
from recommender.weights import Weighed, assign, level_points, share_out

LEVELS = {
    "成本指标": ["经济成本指标", "社会成本指标"],
    "产出指标": ["数量指标", "质量指标", "时效指标"],
    "效益指标": ["经济效益指标", "社会效益指标"],
    "满意度指标": ["服务对象满意度指标"],
}
PLACES = [(first, second) for first, seconds in LEVELS.items() for second in seconds]
unit = st.floats(0, 1)
free_rows = st.builds(
    lambda place, importance, apart: Weighed(*place, importance, apart),
    st.sampled_from(PLACES),
    unit,
    st.none() | unit,
)
own_rows = st.builds(
    lambda place, own: Weighed(*place, 0.5, None, own),
    st.sampled_from(PLACES),
    st.integers(1, 8) | st.sampled_from([2.5, 7.5]),
)
schemes = st.sampled_from(
    [PLAIN, WITH_COST, scheme_named("产出60+效益30+满意度10"), scheme_named("产出50+效益50")]
)


@given(st.lists(free_rows, min_size=1, max_size=9), schemes)
def test_weights_add_up_and_nobody_goes_without(rows: list[Weighed], scheme: Scheme) -> None:
    weights = assign(rows, scheme)
    assert sum(weights) == 100 - scheme.execution
    assert all(isinstance(weight, int) and weight >= 1 for weight in weights)


@given(st.lists(free_rows, min_size=1, max_size=40), schemes)
def test_even_of_too_many_rows_the_weights_add_up(rows: list[Weighed], scheme: Scheme) -> None:
    weights = assign(rows, scheme)
    assert sum(weights) == 100 - scheme.execution
    assert min(weights) >= 0


@given(st.lists(free_rows, min_size=2, max_size=9), schemes)
def test_what_discriminates_more_weighs_no_less_in_its_second_level(
    rows: list[Weighed], scheme: Scheme
) -> None:
    weights = assign(rows, scheme)
    for a, x in zip(rows, weights, strict=True):
        for b, y in zip(rows, weights, strict=True):
            if a.level2 == b.level2 and a.quota > b.quota:
                assert x >= y


@given(st.lists(own_rows, max_size=4), st.lists(free_rows, min_size=1, max_size=8), schemes)
def test_own_weights_stay_and_the_rest_share_what_is_left(
    own: list[Weighed], free: list[Weighed], scheme: Scheme
) -> None:
    rows = own + free
    weights = assign(rows, scheme)
    assert weights[: len(own)] == [row.own for row in own]
    assert min(weights) >= 0
    one_part = Scheme("产出100", {"产出指标": 100}, 0)
    assert sum(assign(rows, one_part)) == 100


def test_worked_example_by_hand() -> None:
    rows = [
        Weighed("产出指标", "数量指标", 0.6, 1.0),
        Weighed("产出指标", "数量指标", 0.9, 0.0),  # more important, but all peers have 100%
        Weighed("产出指标", "质量指标", 0.5, None),
        Weighed("效益指标", "社会效益指标", 0.5, None),
    ]
    # 50 for 产出: 2 + 47·1.5/2.0 = 37 for 数量, 1 + 47·0.5/2.0 = 13 for 质量 (largest remainder);
    # 37 for 数量: 1 + 35·1.5/2.0 = 27, 1 + 35·0.5/2.0 = 10; 效益 takes 满意度's 10 as well.
    assert assign(rows, PLAIN) == [27, 10, 13, 40]


def test_points_that_a_form_fixes_for_second_levels_hold() -> None:
    scheme = scheme_named("数量20+质量10+时效20+效益30+满意度10+执行率10")
    rows = [
        Weighed("产出指标", "数量指标", 0.1),
        Weighed("产出指标", "质量指标", 1.0),
        Weighed("产出指标", "时效指标", 1.0),
        Weighed("效益指标", "社会效益指标", 1.0),
        Weighed("满意度指标", "服务对象满意度指标", 1.0),
    ]
    assert assign(rows, scheme) == [20, 10, 20, 30, 10]
    written = [Weighed("产出指标", "数量指标", 0.1, None, 15), *rows]
    assert assign(written, scheme) == [15, 5, 10, 20, 30, 10]


def test_cost_shares_the_points_of_output_where_the_form_has_no_cost() -> None:
    rows = [Weighed("成本指标", "经济成本指标", 1), Weighed("产出指标", "数量指标", 1)]
    assert level_points(rows, PLAIN) == {"产出指标": 90}
    assert assign(rows, PLAIN) == [45, 45]


def test_own_weights_that_exceed_a_level_leave_nothing() -> None:
    rows = [
        Weighed("产出指标", "数量指标", 1, None, 60),
        Weighed("产出指标", "质量指标", 1),
        Weighed("效益指标", "社会效益指标", 1),
    ]
    assert assign(rows, PLAIN) == [60, 0, 40]


def test_plain_sharing_by_hand() -> None:
    assert share_out(10, [1, 1, 1]) == [4, 3, 3]
    assert share_out(50, [3, 1]) == [37, 13]  # 1 + 48·3/4, 1 + 48/4
    assert share_out(2, [0.1, 0.9, 0.5]) == [0, 1, 1]
    assert share_out(10, [1, 1], [4, 1]) == [7, 3]  # 4 + 5/2, 1 + 5/2, the first remainder first


@given(st.integers(0, 100), st.lists(unit, min_size=1, max_size=30))
def test_the_larger_quota_never_gets_less(total: int, quotas: list[float]) -> None:
    shares = share_out(total, quotas)
    assert sum(shares) == total
    for a, x in zip(quotas, shares, strict=True):
        for b, y in zip(quotas, shares, strict=True):
            assert x >= y or a <= b

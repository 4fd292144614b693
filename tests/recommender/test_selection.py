"""A set is complete in structure and repeats nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.choice import Choice
from recommender.config import RecommenderConfig
from recommender.dedupe import measures_same
from recommender.selection import REQUIRED, select

CONFIG = RecommenderConfig()
LEVELS = [
    ("成本指标", "经济成本指标"),
    ("产出指标", "数量指标"),
    ("产出指标", "质量指标"),
    ("产出指标", "时效指标"),
    ("效益指标", "社会效益指标"),
    ("满意度指标", "服务对象满意度指标"),
]
NAMES = [
    "道路硬化里程",
    "道路养护合格率",
    "补贴发放及时率",
    "公厕建设数量",
    "群众满意度",
    "设备完好率",
]
choices = st.lists(
    st.builds(
        lambda level, name, score: Choice(*level, name, "%", score),
        st.sampled_from(LEVELS),
        st.sampled_from(NAMES),
        st.floats(0.2, 1),
    ),
    max_size=40,
)


@given(choices)
def test_nothing_is_measured_twice(drawn: list[Choice]) -> None:
    chosen = select(drawn, CONFIG).chosen
    for place, choice in enumerate(chosen):
        assert not any(measures_same(choice, other, CONFIG.same) for other in chosen[place + 1 :])


@given(choices)
def test_best_come_first_and_not_too_many(drawn: list[Choice]) -> None:
    chosen = select(drawn, CONFIG).chosen
    assert len(chosen) <= CONFIG.most
    assert [c.score for c in chosen] == sorted((c.score for c in chosen), reverse=True)


def test_weak_slot_filler_beats_strong_surplus() -> None:
    strong = [
        Choice("产出指标", "数量指标", f"{thing}数量", "个", 0.9) for thing in "甲乙丙丁戊己庚辛"
    ]
    fillers = [
        Choice(*level, f"某项{level[1]}", "%", 0.2) for level in LEVELS if level[1] != "数量指标"
    ]
    chosen = select(strong + fillers, CONFIG, size=8).chosen
    for level1, level2 in REQUIRED:
        assert any(c.level1 == level1 and level2 in ("", c.level2) for c in chosen)


def test_hopeless_candidates_leave_a_gap() -> None:
    assert not select([Choice(*LEVELS[0], "某成本", "元", 0.01)], CONFIG).chosen


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("用车单位及人员满意度", "车辆使用人员满意度", True),
        ("新能源车购置占比", "新购新能源汽车占比", True),
        ("参训学员满意度", "用人单位满意度", False),
        ("受益村民满意度", "受益企业满意度", False),
        ("道路硬化合格率", "道路绿化合格率", False),
    ],
)
def test_other_wording_of_one_measure_is_a_repetition(one: str, other: str, same: bool) -> None:
    first, second = (Choice("产出指标", "质量指标", name, "%", 1.0) for name in (one, other))
    assert measures_same(first, second, CONFIG.same) is same

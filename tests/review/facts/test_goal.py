"""What a goal says again is told once."""

from __future__ import annotations

from corpus.records import Declaration, Indicator
from review.reviewer import Reviewer


def test_a_task_that_the_goal_repeats_is_missed_once() -> None:
    rows = (Indicator(level1="产出指标", level2="数量指标", name="公路养护里程", target="86公里"),)
    goal = "养护公路86公里，改造危桥4座。" * 20
    found = Reviewer().review(Declaration(project_name="公路养护", goal=goal, indicators=rows))
    assert [finding.code for finding in found.findings].count("CO02") == 1

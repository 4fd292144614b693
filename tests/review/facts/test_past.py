"""Earlier years of a project count towards its risk, and are shown as a part of it."""

from __future__ import annotations

import pytest

from corpus.records import Declaration, Indicator
from review.facts.past import past_trouble


def year(number, executed=None, actuals=()):
    rows = [Indicator(level1="产出指标", level2="数量指标", name=f"第{n}段里程", target="≥10公里",
                      actual=actual) for n, actual in enumerate(actuals)]  # fmt: skip
    return Declaration(
        project_name="养护", year=number, budget_wan=100, executed_wan=executed, indicators=rows
    )


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ([], 0.0),
        ([year(2023)], 0.0),
        ([year(2023, executed=100)], 0.0),
        ([year(2023, executed=60)], 0.4),
        ([year(2023, executed=140)], 0.0),
        ([year(2023, actuals=["12公里", "8公里", "完成"])], 0.5),
        ([year(2023, executed=80, actuals=["8公里", "10公里"])], 0.7),
        ([year(2023, executed=10, actuals=["8公里"])], 1.0),
        ([year(2021, executed=0), year(2023, executed=90), year(2022, executed=0)], 0.1),
        ([year(2023), year(2022, executed=50)], 0.5),
    ],
)
def test_the_latest_year_with_results_counts(history, expected):
    assert past_trouble(history) == pytest.approx(expected)


def test_the_part_is_shown(make_reviewer, make_declaration):
    declaration = make_declaration(rows=[], project={"history": [year(2023, executed=60)]})
    assert make_reviewer().review(declaration).to_dict()["risk_parts"]["history"] == 0.04

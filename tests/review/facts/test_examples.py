"""Advice quotes an indicator of the project's own field, or none."""

from __future__ import annotations

import pytest

from corpus.records import Declaration, Indicator
from review.reviewer import Reviewer


@pytest.fixture(scope="module")
def advice(peer_index):
    """Return a function that gives the advice on restating the budget, by project."""
    reviewer = Reviewer(peers=peer_index)

    def run(project, code, level2="经济成本指标"):
        row = Indicator(level1="成本指标", level2=level2, name="预算执行率", target="≥95%")
        declaration = Declaration(project_name=project, function_code=code, indicators=(row,))
        found = [item for item in reviewer.review(declaration).findings if item.code == "EZ03"]
        return found[0].suggestion.text

    return run


@pytest.mark.parametrize(
    ("project", "code", "word"),
    [
        ("高标准农田建设", "213", "亩均"),
        ("城区道路清扫保洁", "212", "元/平方米"),
        ("图书馆免费开放", "207", "册"),
    ],
)
def test_an_example_comes_from_the_field(advice, project, code, word):
    text = advice(project, code)
    assert text.startswith("请改为单位成本、产出或效果指标。")
    assert "硬化" not in text
    assert word in text


def test_a_project_of_no_known_field_gets_no_example(advice):
    assert advice("甲乙丙丁戊己庚辛", "229") == "请改为单位成本、产出或效果指标。"


def test_a_type_that_shares_little_of_the_name_is_no_example(advice):
    assert "协管员" not in advice("城管执法车辆维修燃油费", "212")

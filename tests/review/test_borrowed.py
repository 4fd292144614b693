"""Rows taken from other projects or from templates are noticed in the bundled knowledge."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.bundle import bundled_cases
from corpus.records import Declaration, Indicator
from review.reviewer import Reviewer

CLEAN = Path(__file__).parent / "clean"


@pytest.fixture(scope="module")
def reviewer(peer_index):
    return Reviewer(peers=peer_index)


def read(name):
    return Declaration.model_validate_json((CLEAN / f"{name}.json").read_text(encoding="utf-8"))


def codes(result):
    return {(finding.code, finding.row) for finding in result.findings}


@pytest.mark.parametrize(
    ("project", "name", "target"),
    [
        ("farmland", "农村供水保证率", "≥95%"),
        ("farmland", "公共图书馆年开放天数", "≥300天"),
        ("vehicle", "新建高标准农田面积", "≥2万亩"),
        ("library", "生活垃圾无害化处理率", "≥98%"),
    ],
)
def test_a_row_of_another_type_is_noticed(reviewer, project, name, target):
    declaration = read(project)
    row = Indicator(level1="产出指标", level2="质量指标", name=name, target=target)
    mixed = declaration.model_copy(update={"indicators": (*declaration.indicators, row)})
    assert ("CO09", len(declaration.indicators)) in codes(reviewer.review(mixed))


def test_a_row_is_the_project_s_own_once_the_goal_speaks_of_it(reviewer):
    declaration = read("farmland")
    row = Indicator(level1="产出指标", level2="质量指标", name="农村供水保证率", target="≥95%")
    rows = (*declaration.indicators, row)
    goal = f"{declaration.goal}同步改善项目区农村供水。"
    own = declaration.model_copy(update={"indicators": rows, "goal": goal})
    assert not any(code == "CO09" for code, _ in codes(reviewer.review(own)))


@pytest.fixture(scope="module")
def published():
    """Return a published case with many rows that state amounts of work."""
    return max(bundled_cases(), key=lambda case: sum("%" not in r.target for r in case.indicators))


def as_another(case, name):
    """Return a case's rows, ids and source left out, under another project's name."""
    return Declaration(project_name=name, year=case.year, goal="", indicators=case.indicators[:12])


def test_a_copied_set_of_rows_is_noticed(reviewer, published):
    result = reviewer.review(as_another(published, "城区停车场智能化升级"))
    found = [finding for finding in result.findings if finding.code == "CO08"]
    assert len(found) == 1
    assert {item.project_id for item in found[0].evidence} == {str(published.id)}


def test_the_same_project_of_another_year_is_no_copy(reviewer, published):
    result = reviewer.review(as_another(published, f"2031年{published.project_name}"))
    assert not any(finding.code == "CO08" for finding in result.findings)

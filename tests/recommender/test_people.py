"""Whose satisfaction counts: people that the text names, else those of its setting."""

from __future__ import annotations

import pytest

from corpus.records import Declaration
from recommender.people import asked, beneficiaries
from recommender.project import Project


def project(name: str, goal: str = "") -> Project:
    return Project.of(Declaration(project_name=name, goal=goal), 6000)


@pytest.mark.parametrize(
    ("name", "goal", "people"),
    [
        ("校园维修改造", "改造教室", "在校师生"),
        ("县道路面大修", "修复路面8公里", "沿线群众"),
        ("加工车间建设", "建设车间，带动农户增收", "受益农户"),
        ("审判法庭维修", "保障审判工作", "使用人员"),
        ("收容所新建", "新建收容所", "受益群众"),
        ("乡镇卫生院改扩建", "改善群众就医条件", "就医群众"),
    ],
)
def test_beneficiaries(name: str, goal: str, people: str) -> None:
    assert beneficiaries(project(name, goal)) == people


def test_setting_is_no_named_people() -> None:
    assert asked(project("县道路面大修", "修复路面8公里")) == ""


def test_road_of_an_office_is_used_by_those_along_it() -> None:
    declared = Declaration(project_name="通村公路硬化", department="县扶贫开发领导小组办公室")
    assert beneficiaries(Project.of(declared, 6000)) == "沿线群众"

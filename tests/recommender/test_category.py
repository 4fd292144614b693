"""What a project's name says about its kind of work, and what follows from it."""

from __future__ import annotations

import pytest

from corpus.records import Declaration
from recommender import Recommender
from recommender.category import category_of
from recommender.trivial import is_trivial


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("电子政务网络运维项目", "keep"),
        ("移民安置区基础设施维护", "keep"),
        ("公务员法律知识培训", "train"),
        ("森林防火宣传经费", "show"),
        ("社区矫正购买服务", "serve"),
        ("公务用车购置（某看守所）", "buy"),
        ("2023年厕所建设项目", "build"),
        ("2022年公共文化服务体系建设补助资金", ""),
        ("校园维修改造及设备购置", ""),
        ("基层组织活动经费", ""),
        ("专项转移支付2023年度农机购置补贴", "pay"),
    ],
)
def test_category_is_the_deed_that_a_name_ends_on(name: str, category: str) -> None:
    assert category_of(name) == category


def test_doubtful_upkeep_gets_its_own_common_aspects(recommender: Recommender) -> None:
    found = recommender.recommend(Declaration(project_name="办公局域网维护费"), 12)
    names = [row.name for row in found.suggestions]
    assert "办公局域网可用率" in names
    assert any("“运行维护”类项目的通用指标" in note for note in found.notes)
    assert all(row.source_key for row in found.suggestions)


def test_course_is_not_taken_for_all_that_its_sector_does(recommender: Recommender) -> None:
    found = recommender.recommend(Declaration(project_name="征兵宣传经费"), 8)
    assert {"宣传内容知晓率", "活动按计划举办率"} <= {row.name for row in found.suggestions}


@pytest.mark.parametrize("name", ["项目开工率", "资金到位率", "矫正方案制定率", "满意度指标"])
def test_trivial(name: str) -> None:
    assert is_trivial(name)


@pytest.mark.parametrize("name", ["投产开工企业就业率", "方案评审通过率", "工程按期完工率"])
def test_not_trivial(name: str) -> None:
    assert not is_trivial(name)

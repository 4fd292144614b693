"""Aspects, unit costs and stated values under the project's own names."""

from __future__ import annotations

import pytest

from corpus.records import Declaration
from recommender import Recommender, Suggestion
from recommender.deeds import deeds_of, is_of_other_deed
from recommender.named_deeds import named_deeds
from recommender.objects import deliverables
from recommender.own_costs import is_about
from recommender.own_standards import standards
from recommender.project import Project
from recommender.stated import share_targets

BEDS = Declaration(
    project_name="养老服务设施护理床购置项目",
    function_code="208",
    budget_wan=90,
    description="为县社会福利院购置护理床300张，2024年9月底前完成采购和安装",
)


def rows(recommender: Recommender, declaration: Declaration) -> dict[str, Suggestion]:
    return {row.name: row for row in recommender.recommend(declaration).suggestions}


def project(goal: str, name: str = "项目") -> Project:
    return Project.of(Declaration(project_name=name, goal=goal), 6000)


def test_bought_things_get_their_own_aspects(recommender: Recommender) -> None:
    found = rows(recommender, BEDS)
    assert found["购置护理床数量"].target.suggested == "≥300张"
    assert found["护理床采购单价"].target.suggested == "≤3000元/张"
    own = found["护理床验收合格率"]
    assert own.target.suggested is not None
    assert own.origin == "description"
    assert str(own.source_key).endswith("验收合格率")
    assert "参照指标库" in own.target.basis
    assert not [name for name in found if "工程竣工" in name]


def test_trained_people_are_asked_and_examined(recommender: Recommender) -> None:
    found = rows(
        recommender,
        Declaration(project_name="乡村医生能力提升培训", goal="培训乡村医生320人次"),
    )
    assert found["培训乡村医生人次"].target.suggested == "≥320人次"
    assert "参训乡村医生考核合格率" in found
    assert not [name for name in found if "补助按月发放" in name]


def test_roads_of_a_village(recommender: Recommender) -> None:
    found = rows(
        recommender,
        Declaration(
            project_name="农村基础设施建设项目",
            budget_wan=1200,
            year=2024,
            goal="硬化村内道路12公里, 新建供水设施20座, 6月底前完工",
        ),
    )
    assert found["村内道路硬化里程"].target.suggested == "≥12公里"
    assert found["新建供水设施数量"].target.suggested == "≥20座"
    assert found["工程完工时间"].target.suggested == "2024年6月30日前"
    assert "工程验收合格率" in found
    assert found["村内道路硬化每公里造价"].unit == "万元/公里"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("确保工程验收合格率达到98%以上", [("工程验收合格率", 98, "≥")]),
        ("群众满意度不低于95%", [("群众满意度", 95, "≥")]),
        ("管网漏损率控制在9%以内", [("管网漏损率", 9, "≤")]),
        ("本年度完成投资的60%", []),
    ],
)
def test_stated_shares(text: str, expected: list[tuple[str, float, str]]) -> None:
    found = share_targets(project(text))
    assert [(name, value.value, value.direction) for name, value in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("按每人每年640元标准补助", [(640, "元/人·年")]),
        ("每亩补助1500元", [(1500, "元/亩")]),
        ("补助标准500元/人·月", [(500, "元/人·月")]),
        ("每年每月都开展检查", []),
    ],
)
def test_stated_standards(text: str, expected: list[tuple[float, str]]) -> None:
    found = [standard.value for standard in standards(project(text))]
    assert [(value.value, value.unit) for value in found] == expected


def test_stated_values_become_targets(recommender: Recommender) -> None:
    found = recommender.recommend(
        Declaration(
            project_name="城乡居民基本医疗保险补助",
            function_code="210",
            goal="按每人每年640元标准足额补助，参保居民满意度达到92%以上",
        )
    )
    targets = {row.unit: row.target for row in found.suggestions}
    assert targets["元/人·年"].suggested == "640元/人·年"
    satisfied = next(row for row in found.suggestions if row.name == "参保居民满意度")
    assert satisfied.target.suggested == "≥92%"
    assert "取自项目自身描述" in satisfied.target.basis


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("县人民医院CT设备购置", [("购置", "CT设备")]),
        ("中小学课桌椅采购项目", [("采购", "课桌椅")]),
        ("小型水库除险加固工程", [("除险加固", "小型水库")]),
        ("招商引资工作经费", []),
        ("营商环境建设", []),
    ],
)
def test_deeds_named_without_a_quantity(name: str, expected: list[tuple[str, str]]) -> None:
    assert [(item.action, item.object) for item in named_deeds(project("", name))] == expected


def test_an_indicator_of_another_deed() -> None:
    own = deeds_of("培训乡村医生320人次")
    assert is_of_other_deed("村医补助按月发放率", own)
    assert not is_of_other_deed("参训村医考核合格率", own)
    assert not is_of_other_deed("村医满意度", own)
    assert not is_of_other_deed("工程验收合格率", frozenset())


def test_money_that_is_paid_out_keeps_its_own_name(recommender: Recommender) -> None:
    paid = Declaration(project_name="村组干部报酬", goal="按时发放村组干部报酬，维护基层稳定")
    found = rows(recommender, paid)
    assert "村组干部报酬发放及时率" in found


def test_second_deed_of_a_clause_is_read() -> None:
    deeds = named_deeds(project("办图片展并征集民间档案资料"))
    assert [(deed.action, deed.object) for deed in deeds] == [("征集", "民间档案资料")]


@pytest.mark.parametrize(
    ("goal", "whole"),
    [("改造机房200平方米", True), ("改造机房200平方米，配备精密空调", False)],
)
def test_budget_of_several_things_is_no_unit_cost(goal: str, whole: bool) -> None:
    declared = Declaration(project_name="机房改造项目", goal=goal, budget_wan=300)
    area = deliverables(Project.of(declared, 6000), 3)[0]
    assert is_about(declared, area) is whole

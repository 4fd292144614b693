"""What a goal says is carried out and reached, in the project's own words."""

from __future__ import annotations

import pytest

from corpus.knowledge import Knowledge
from corpus.records import Declaration
from recommender import Recommender, Suggestion
from recommender.activities import activities
from recommender.aspect_models import AspectModels
from recommender.effects import effects, promised
from recommender.generality import is_general
from recommender.project import Project, own_name


def project(goal: str, name: str = "某项目") -> Project:
    return Project.of(Declaration(project_name=name, goal=goal), 6000)


def rows(recommender: Recommender, **fields: object) -> dict[str, Suggestion]:
    found = recommender.recommend(Declaration.model_validate(fields))
    return {row.name: row for row in found.suggestions}


@pytest.mark.parametrize(
    ("goal", "names"),
    [
        ("开展文物修缮、巡查、宣传及文创开发", ["巡查次数", "宣传活动场次"]),
        (
            "排查食品风险隐患、查办违法案件并培训监管人员",
            ["查办违法案件数", "监管人员培训人次"],
        ),
        ("开展麻风病宣传并慰问休养员", ["麻风病宣传活动场次", "慰问休养员人数"]),
        ("开展防震减灾科普和培训", ["防震减灾科普活动场次", "防震减灾培训人次"]),
        ("维护辖区安置小区安全巡逻", ["安置小区安全巡逻次数"]),
        ("编印政府公报", ["编印政府公报数量"]),
    ],
)
def test_activities_are_counted(goal: str, names: list[str]) -> None:
    assert [activity.name for activity in activities(project(goal))] == names


@pytest.mark.parametrize(
    "goal", ["提高检查水平", "加强监督管理", "编制资金安排", "发放补助资金", "宣传提升形象的工作"]
)
def test_no_activity(goal: str) -> None:
    assert activities(project(goal)) == []


def test_the_fuller_of_two_mentions_is_counted_once() -> None:
    found = activities(project("开展巡查，定期巡查", name="林区巡查"))
    assert [activity.name for activity in found] == ["巡查次数"]


@pytest.mark.parametrize(
    ("goal", "names"),
    [
        ("维修玻璃幕墙，消除外沿脱落安全隐患", ["外沿脱落安全隐患消除率"]),
        ("实施管道燃气改造，消除瓶装气安全风险", ["瓶装气安全责任事故数"]),
        ("改善农村薄弱学校办学条件", ["受益师生人数"]),
        ("保障地震台站台网运行", ["地震台站台网正常运行率"]),
        ("建设晾晒房，带动群众务工增收", ["带动群众务工就业人数", "群众人均增收额"]),
        ("开展宣传，提升消费维权意识", ["消费维权知识知晓率"]),
    ],
)
def test_effects_become_measures(goal: str, names: list[str]) -> None:
    assert [effect.name for effect in effects(project(goal))] == names


@pytest.mark.parametrize(
    "goal", ["保障绿化稳定运行", "提升服务质效", "争取带动农户", "保障住房安全"]
)
def test_effects_that_nothing_shows(goal: str) -> None:
    assert effects(project(goal)) == []


def test_every_effect_has_a_library_indicator_of_its_aspect(
    recommender: Recommender, knowledge: Knowledge
) -> None:
    goals = "消除安全隐患，带动农户增收，改善灌溉条件，丰富群众文化生活，缓解生活困难，确保通行安全"
    for part in goals.split("，"):
        pool = recommender.pool(Declaration(project_name="某项目", goal=part))
        found = promised(AspectModels(knowledge), pool)
        assert found, part
        assert all(choice.source_key for choice in found)


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("农业水价综合改革奖励项目小型水库水标尺制作安装项目", "小型水库水标尺制作安装项目"),
        ("衔接推进乡村振兴补助资金小河村道路硬化项目", "小河村道路硬化项目"),
        ("老旧小区改造项目", "老旧小区改造项目"),
        ("市级专项资金支持信息平台升级项目", "市级专项资金支持信息平台升级项目"),
        ("省级专项补助资金项目管理工程", "省级专项补助资金项目管理工程"),
    ],
)
def test_own_name_within_a_programme(name: str, own: str) -> None:
    assert own_name(name) == own


def test_a_part_that_a_project_may_lack_is_not_general(knowledge: Knowledge) -> None:
    kind = next(each for each in knowledge.types if each.project_type == "普通高中学生资助")
    by_name = {row.name: row for row in kind.indicators}
    assert by_name["免学杂费学生数"].core
    assert not is_general(kind.id, by_name["免学杂费学生数"])
    assert is_general(kind.id, by_name["助学金学期发放及时率"])
    assert is_general("lib-unknown", by_name["免学杂费学生数"]), "of unknown types the core counts"


def test_corrections_name_indicators_that_exist(knowledge: Knowledge) -> None:
    from recommender.generality import _corrections

    known = {(kind.id, row.name): row.core for kind in knowledge.types for row in kind.indicators}
    corrections = _corrections()
    assert len(corrections) > 1000
    for key, general in corrections.items():
        assert known[key] != general, f"{key} repeats what the library says"


def test_a_small_purchase_is_not_its_programme(recommender: Recommender) -> None:
    found = rows(
        recommender,
        project_name="农业水价综合改革精准补贴和节水奖励项目小型水库水标尺制作安装项目",
        goal="为小型水库安装水标尺，改进农业用水计量设施",
    )
    assert "水标尺验收合格率" in found
    assert "安装水标尺数量" in found


def test_goal_tells_what_is_counted_and_reached(recommender: Recommender) -> None:
    found = rows(
        recommender,
        project_name="食品监管补助资金",
        goal="排查食品风险隐患、查办违法案件并培训监管人员",
    )
    assert {"查办违法案件数", "监管人员培训人次", "食品风险隐患整改率"} <= set(found)
    assert found["查办违法案件数"].target.suggested is None, "the goal states no number"
    assert found["查办违法案件数"].target.question


def test_purchase_by_name_alone(recommender: Recommender) -> None:
    found = rows(recommender, project_name="河道砂石监管无人机购置", budget_wan=28)
    assert "河道砂石监管无人机验收合格率" in found
    assert found["购置河道砂石监管无人机数量"].unit == "架"
    cost = found["河道砂石监管无人机采购单价"]
    assert cost.target.suggested is None, "what another thing costs is no measure for it"


def test_paid_households_are_counted(recommender: Recommender) -> None:
    found = rows(
        recommender,
        project_name="特色种养殖补贴到户项目",
        goal="对64户脱贫户发展特色种养给予产业补助，增加收入",
    )
    assert found["脱贫户产业补助户数"].target.suggested == "≥64户"

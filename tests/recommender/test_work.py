"""What kind of work a name tells, and on what."""

from __future__ import annotations

import pytest

from corpus.knowledge import Knowledge
from corpus.records import Declaration
from recommender import Recommender
from recommender.choice import Choice
from recommender.config import RecommenderConfig
from recommender.named_deeds import named_deeds
from recommender.narrowing import narrows
from recommender.project import Project
from recommender.selection import select
from recommender.thing_units import unit_of
from recommender.work import work_of


def _project(name: str, goal: str = "") -> Project:
    return Project.of(Declaration(project_name=name, goal=goal), 6000)


@pytest.mark.parametrize(
    ("name", "category", "thing", "deed"),
    [
        ("村级光伏电站运维补助", "keep", "村级光伏电站", "运维"),
        ("青少年机器人大赛", "contest", "", ""),
        ("特色农产品展销会经费", "event", "特色农产品展销会", ""),
        ("敬老院锅炉更换", "buy", "锅炉", "更换"),
        ("县道边坡滑塌修复工程", "build", "县道边坡滑塌", "修复"),
        ("安全隐患维修", "build", "安全隐患维修", "维修"),
        ("办公局域网维护费", "system", "办公局域网", "维护"),
        ("城镇保障性安居工程", "", "城镇保障性安居", ""),
    ],
)
def test_name_tells_kind_of_work_and_thing(name: str, category: str, thing: str, deed: str) -> None:
    found = work_of(_project(name), sure=True)
    assert (found.category, found.thing) == (category, thing)
    assert found.deed == (deed if category in {"keep", "buy", "build"} else "")


def test_grant_to_organisations_is_told_from_one_to_people() -> None:
    to_firms = work_of(_project("外贸企业参展补贴"), sure=True)
    to_people = work_of(_project("高龄津贴"), sure=True)
    assert (to_firms.category, to_people.category) == ("grant", "pay")


@pytest.mark.parametrize(
    ("thing", "unit"),
    [("管护站", ""), ("机井", "眼"), ("校舍", "平方米"), ("执法记录仪", "台(套)")],
)
def test_things_are_counted_in_their_usual_unit(thing: str, unit: str) -> None:
    assert unit_of(thing) == unit


@pytest.mark.parametrize(
    ("name", "thing"),
    [
        ("公安局执法记录仪更新", "执法记录仪"),
        ("地质灾害隐患点专业监测设备安装", "专业监测设备"),
        ("殡仪馆火化炉更新改造", "火化炉"),
        ("办公局域网改造", "办公局域网"),
    ],
)
def test_thing_is_named_without_the_place_it_is_kept_at(name: str, thing: str) -> None:
    assert [deed.object for deed in named_deeds(_project(name))] == [thing]


def test_unknown_upkeep_is_counted_costed_and_kept_running(recommender: Recommender) -> None:
    """A name unlike anything known still gets count, cost and effect of its own."""
    found = recommender.recommend(Declaration(project_name="村级光伏扶贫电站运维补助"))
    rows = {row.name: row.unit for row in found.suggestions}
    assert rows["运维村级光伏扶贫电站数量"] == "座"
    assert rows["单座村级光伏扶贫电站年均运维成本"] == "元/座·年"
    assert "村级光伏扶贫电站正常运行率" in rows
    assert not any("代办" in name for name in rows)


def test_contest_asks_those_who_take_part(recommender: Recommender) -> None:
    found = recommender.recommend(Declaration(project_name="职工插花艺术大赛"))
    names = [row.name for row in found.suggestions]
    assert "赛事按计划举办率" in names
    assert "宣传内容知晓率" not in names


def test_open_count_takes_the_place_of_the_known_one(recommender: Recommender) -> None:
    found = recommender.recommend(Declaration(project_name="全民健身路径器材更换"))
    counts = [row for row in found.suggestions if row.level2 == "数量指标" and row.unit == "套"]
    assert [row.name for row in counts] == ["更换全民健身路径器材数量"]
    assert counts[0].source_key


@pytest.mark.parametrize(
    ("name", "kind", "narrower"),
    [
        ("社区矫正对象电子定位装置购置", "社区矫正", True),
        ("执法记录仪更新", "公安警用装备购置", False),
        ("社区矫正", "社区矫正", False),
    ],
)
def test_purchase_is_a_small_part_of_other_work(
    knowledge: Knowledge, name: str, kind: str, narrower: bool
) -> None:
    known = next(each for each in knowledge.types if each.project_type == kind)
    assert narrows(_project(name), known) is narrower


def test_what_a_type_usually_measures_is_not_that_of_a_purchase(recommender: Recommender) -> None:
    found = recommender.recommend(Declaration(project_name="社区矫正对象电子定位装置购置"))
    names = [row.name for row in found.suggestions[:5]]
    assert "社区矫正对象电子定位装置验收合格率" in names
    assert "社区矫正对象再犯罪率" not in names


def test_what_hardly_fits_does_not_fill_a_set() -> None:
    """Two effects are wanted; below the least size a third needs a better score."""
    config = RecommenderConfig()
    weak = [
        Choice("效益指标", "社会效益指标", f"{thing}覆盖率", "%", config.filler - 0.01)
        for thing in ("甲", "乙", "丙")
    ]
    good = Choice("产出指标", "数量指标", "机井数量", "眼", 0.8)
    chosen = select([good, *weak], config).chosen
    assert [choice.name for choice in chosen] == ["机井数量", "甲覆盖率", "乙覆盖率"]


def test_screening_of_films_is_no_small_part_of_its_type(knowledge: Knowledge) -> None:
    known = next(each for each in knowledge.types if "放映" in each.project_type)
    assert not narrows(_project("农村电影公益放映"), known)

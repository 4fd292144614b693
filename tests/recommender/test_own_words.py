"""What is read from a project's own words, and what becomes of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.records import Declaration
from recommender import Recommender
from recommender.bare_counts import with_objects
from recommender.deadlines import deadlines
from recommender.deliverable import Deliverable
from recommender.objects import deliverables
from recommender.project import Project


def read(text: str) -> dict[str, str]:
    project = Project.of(Declaration(project_name="项目", goal=text), 6000)
    return {item.name: item.target for item in deliverables(project, 8)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "硬化村内道路12公里, 新建供水设施20座",
            {"村内道路硬化里程": "≥12公里", "新建供水设施数量": "≥20座"},
        ),
        ("新建20座供水设施", {"新建供水设施数量": "≥20座"}),
        ("完成中幼龄林抚育2.1万亩", {"中幼龄林抚育面积": "≥2.1万亩"}),
        ("对3座病险水库除险加固", {"病险水库除险加固数量": "≥3座"}),
        ("培训300名种植户，提高管理水平", {"培训种植户人数": "≥300人"}),
        (
            "新建污水处理站3座、管网15.6公里",
            {"新建污水处理站数量": "≥3座", "新建管网长度": "≥15.6公里"},
        ),
        (
            "改造老旧小区12个，改造面积35万平方米",
            {"老旧小区改造数量": "≥12个", "老旧小区改造面积": "≥35万平方米"},
        ),
        ("在七个林场实施营造林8万亩", {"营造林面积": "≥8万亩"}),
        (
            "完成12公里村内道路硬化和20座供水设施建设,改善条件",
            {"村内道路硬化里程": "≥12公里", "供水设施建设数量": "≥20座"},
        ),
        (
            "完成3座水库除险加固及15公里渠道衬砌",
            {"水库除险加固数量": "≥3座", "渠道衬砌长度": "≥15公里"},
        ),
        (
            "完成10个村的人居环境整治以及6个村的道路亮化",
            {"人居环境整治村数量": "≥10个", "道路亮化村数量": "≥6个"},
        ),
        ("新建和改造公厕10座", {"新建和改造公厕数量": "≥10座"}),
        ("采购安装路灯300盏", {"采购安装路灯数量": "≥300盏"}),
        ("维修养护农村饮水工程35处", {"农村饮水工程维修养护数量": "≥35处"}),
        ("对32万平方米绿地进行日常养护", {"绿地养护面积": "≥32万平方米"}),
        ("为213名河湖管护员发放补助", {"河湖管护员补助人数": "≥213人"}),
        (
            "培训中小学教师600人次、园长40人次",
            {"培训中小学教师人次": "≥600人次", "培训园长人次": "≥40人次"},
        ),
        ("维护供水设施20座", {"维护供水设施数量": "≥20座"}),
        (
            "举办20场招聘会及10期创业培训班",
            {"举办招聘会场次": "≥20场", "举办创业培训班期数": "≥10期"},
        ),
    ],
)
def test_quantities(text: str, expected: dict[str, str]) -> None:
    assert read(text) == expected


def test_one_promise_in_two_wordings_is_read_once() -> None:
    project = Project.of(
        Declaration(
            project_name="项目",
            description="硬化村内道路12公里,新建供水设施20座",
            goal="完成12公里村内道路硬化和20座供水设施建设",
        ),
        6000,
    )
    names = [item.name for item in deliverables(project, 8)]
    assert names == ["村内道路硬化里程", "新建供水设施数量"]


_ROADS = st.sampled_from([("村内道路", "公里"), ("排水渠道", "公里")])
_WORKS = st.sampled_from([("供水设施", "座"), ("泵站", "座"), ("公厕", "座")])


@given(
    road=_ROADS,
    works=_WORKS,
    deeds=st.tuples(*[st.sampled_from(["硬化", "改造", "维修", "修缮", "治理"])] * 2),
    counts=st.tuples(st.integers(2, 900), st.integers(2, 900)),
    joint=st.sampled_from(["和", "及", "以及", "、", ",", "，", "与", "；", ";"]),
    behind=st.booleans(),
)
def test_joined_promises_stay_apart(
    road: tuple[str, str],
    works: tuple[str, str],
    deeds: tuple[str, str],
    counts: tuple[int, int],
    joint: str,
    behind: bool,
) -> None:
    phrases = [
        f"{count}{unit}{thing}{deed}" if behind else f"{deed}{thing}{count}{unit}"
        for count, (thing, unit), deed in zip(counts, (road, works), deeds, strict=True)
    ]
    found = read(f"完成{joint.join(phrases)}。")
    expected = [f"≥{count}{unit}" for count, (_, unit) in zip(counts, (road, works), strict=True)]
    assert list(found.values()) == expected
    for name, (thing, _), deed in zip(found, (road, works), deeds, strict=True):
        assert name.startswith(f"{thing}{deed}")
        assert name.count(deed) == 1


@pytest.mark.parametrize(
    "text",
    [
        "安排资金100万元，2024年完成",
        "每人每月发放500元",
        "抽检合格率达到98%以上",
        "镇际联网路升级改造工程一期",
        "开展“社区一家亲”活动",
        "根据第3号文件执行十四五规划",
        "改善提升9200人饮水条件",
    ],
)
def test_no_quantity_where_none_is_promised(text: str) -> None:
    assert read(text) == {}


def test_deadline() -> None:
    project = Project.of(Declaration(project_name="项目", goal="道路2024年6月底前全部完工"), 6000)
    assert [(item.name, item.date) for item in deadlines(project)] == [
        ("工程完工时间", "2024年6月底")
    ]


def test_own_quantities_become_suggestions(recommender: Recommender) -> None:
    found = recommender.recommend(
        Declaration(
            project_name="农村基础设施建设",
            goal="硬化村内道路12公里，新建供水设施20座，6月底前完工",
        )
    )
    rows = {row.name: row for row in found.suggestions}
    assert rows["村内道路硬化里程"].target.suggested == "≥12公里"
    assert rows["新建供水设施数量"].target.suggested == "≥20座"
    assert rows["工程完工时间"].target.suggested == "6月30日前"
    assert "村内道路硬化12公里" in rows["村内道路硬化里程"].why


def test_counts_without_a_source_stay_open(recommender: Recommender) -> None:
    found = recommender.recommend(Declaration(project_name="农村公路日常养护"))
    counts = [r for r in found.suggestions if r.level2 == "数量指标" and r.unit != "%"]
    assert counts
    for row in counts:
        assert row.target.suggested is None
        assert "须按项目计划填写" in row.target.basis


def test_unit_cost_from_budget_and_only_quantity(recommender: Recommender) -> None:
    found = recommender.recommend(
        Declaration(
            project_name="农村公路新建改建工程",
            function_code="214",
            goal="新建农村公路10公里",
            budget_wan=800,
        ),
        alternatives=True,
    )
    rows = (*found.suggestions, *found.alternatives)
    cost = next(row for row in rows if row.unit == "万元/公里")
    assert cost.target.suggested == "≤80万元/公里"
    assert "800万元÷10公里" in cost.target.basis


def test_other_peoples_rows_are_not_suggested(recommender: Recommender) -> None:
    found = recommender.recommend(Declaration(project_name="就业技能培训", function_code="208"))
    assert not [row.name for row in found.suggestions if "退役军人" in row.name]


def test_what_is_done_is_an_output_whatever_its_source_measures(recommender: Recommender) -> None:
    found = recommender.recommend(
        Declaration(project_name="烈士陵园修缮", description="修缮墓区3200平方米,更换墓碑180块")
    )
    levels = {row.name: row.level2 for row in found.suggestions}
    assert levels["墓区修缮面积"] == "数量指标"


def test_nothing_is_suggested_twice(recommender: Recommender) -> None:
    found = recommender.recommend(
        Declaration(
            project_name="2025年村级基础设施建设项目",
            function_code="213",
            budget_wan=460,
            description="硬化村内道路12公里,新建供水设施20座,6月底前完工,解决3200名群众饮水问题",
            goal="完成12公里村内道路硬化和20座供水设施建设,改善群众生产生活条件",
        )
    )
    stated = [row.target.suggested for row in found.suggestions if row.level2 == "数量指标"]
    counts = [target for target in stated if target]
    assert len(counts) == len(set(counts))
    assert {"≥12公里", "≥20座"} <= set(counts)
    assert not [row.name for row in found.suggestions if "硬化硬化" in row.name]
    roads = [row for row in found.suggestions if "道路" in row.name and row.unit == "座"]
    assert not roads


def _stated(name: str, description: str = "", goal: str = "") -> list[Deliverable]:
    declared = Declaration(project_name=name, description=description, goal=goal)
    project = Project.of(declared, 6000)
    return with_objects(deliverables(project, 8), project)


def test_road_number_is_no_quantity() -> None:
    found = _stated("县道修复", "对县道X021线因汛期水毁的路段进行修复，修复路基3.2公里")
    assert [(item.name, item.value) for item in found] == [("路基修复长度", 3.2)]


def test_bare_count_takes_the_object_of_the_name() -> None:
    found = _stated("妇幼保健院新生儿疾病筛查项目", "预计筛查12000人")
    assert [item.name for item in found] == ["新生儿疾病筛查人数"]


def test_an_area_without_a_thing_is_left_as_it_is() -> None:
    found = _stated("文化馆维修", goal="面积3000平方米,年底前完工。")
    assert [item.name for item in found] == ["面积"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("铺设输水管道26公里", "铺设输水管道长度"),
        ("修复挡土墙1800立方米", "挡土墙修复工程量"),
        ("新建村道8公里", "新建村道里程"),
    ],
)
def test_extent_is_called_by_what_is_measured(text: str, name: str) -> None:
    assert [item.name for item in _stated("项目", text)] == [name]


def test_ended_trouble_and_better_watered_land_are_effects() -> None:
    found = _stated(
        "抗旱", goal="解决1.2万人临时饮水困难，改善灌溉面积5000亩，解决历史遗留问题30件"
    )
    assert [item.is_benefit for item in found] == [True, True, False]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("新建人大代表联络站12个", ["新建人大代表联络站数量"]),
        ("对8个司法所的调解室、社区矫正中心进行改造", ["司法所改造数量"]),
        (
            "为全市46所义务教育学校租赁直饮水设备620台",
            ["覆盖义务教育学校数量", "租赁直饮水设备数量"],
        ),
        ("支持120家企业开展数字化改造", ["支持企业家数"]),
        ("在80个村安装预警大喇叭", ["覆盖行政村数量"]),
        ("日均收运量85吨", []),
    ],
)
def test_quantity_is_read_with_its_own_deed(text: str, names: list[str]) -> None:
    assert [item.name for item in _stated("项目", text)] == names


def test_area_without_an_object_is_that_of_the_name() -> None:
    found = _stated("体育馆屋面维修", "维修面积3000平方米")
    assert [item.name for item in found] == ["屋面维修面积"]

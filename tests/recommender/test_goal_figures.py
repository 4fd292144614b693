"""Dates, limits, standards and effects that a goal states with figures of its own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.records import Declaration
from recommender import Recommender
from recommender.choice import Choice
from recommender.dated_rates import without_rates_of_dated
from recommender.deadlines import Deadline, deadlines
from recommender.objects import deliverables
from recommender.own_standards import with_standards
from recommender.people import named
from recommender.project import Project
from recommender.reached import reached, with_reached
from recommender.singles import is_single
from recommender.stated import share_targets, with_stated
from recommender.targets import direction_of
from recommender.time_limits import time_limits
from tests.recommender.goals import project, rows


@pytest.mark.parametrize(
    ("goal", "expected"),
    [
        (
            "集中训练320人，8月底前完成应急、防汛等专业课目考核；维修库房460平方米",
            {"专业课目考核完成时间": "8月31日"},
        ),
        ("6月底前完成施工招标，12月20日前完成主体工程", {"主体工程完成时间": "12月20日"}),
        ("更新展品15件，6月底前完成更新", {"展品更新完成时间": "6月30日"}),
        ("次年4月30日前全部兑付补贴到户", {"补贴兑付完成时间": "次年4月30日"}),
        ("9月底前车辆上线运营", {"车辆上线时间": "9月30日"}),
        ("主汛期（5月底）前完成下部结构施工", {"下部结构施工完成时间": "5月31日"}),
        ("10月底前上线试运行、12月底前通过验收", {"项目验收时间": "12月31日"}),
        ("11月底前砍除全部病树", {"病树砍除完成时间": "11月30日"}),
        ("12月15日前上线数字古籍库", {"数字古籍库上线时间": "12月15日"}),
        ("4月底前一次性拨付到村", {"资金发放完成时间": "4月30日"}),
        ("10月底前完成验收和资金拨付", {"验收完成时间": "10月31日"}),
        ("主汛期前完成度汛工程", {"度汛工程完成时间": "主汛期"}),
        ("腊月二十五前慰问金全部发放到位", {"慰问金发放完成时间": "腊月二十五"}),
        (
            "2026年10月底前完成12个社区便民服务大厅标准化改造",
            {"大厅标准化改造完成时间": "2026年10月31日"},
        ),
        ("采购图书1.8万册，2026年9月底前对外开放", {"项目开放时间": "2026年9月30日"}),
        ("配置货架120组，5月底前全部入库", {"物资入库时间": "5月31日"}),
        ("整备空置公租房260套并于8月底前重新配租", {"重新配租完成时间": "8月31日"}),
        ("活动于2026年10月底前结束", {"活动结束时间": "2026年10月31日"}),
        ("年底前实现建制村快递服务全覆盖", {"建制村快递服务全覆盖实现时间": "12月31日"}),
    ],
)
def test_a_date_goes_by_its_deed(goal: str, expected: dict[str, str]) -> None:
    found = deadlines(project(goal))
    assert {each.name: each.day(None) for each in found[: len(expected)]} == expected


def test_what_is_held_in_a_month_is_dated_with_it() -> None:
    (found,) = deadlines(project("2026年11月举办半程马拉松1场，参赛规模1.2万人"))
    assert (found.name, found.written(None)) == ("半程马拉松举办时间", "2026年11月")


def test_a_date_of_the_work_leaves_no_library_rate_of_being_on_time() -> None:
    dated = Choice(
        "产出指标",
        "时效指标",
        "项目完成时间",
        "",
        0.8,
        deadline=Deadline("项目完成时间", "6月底", ""),
    )
    names = ["工程按期完工率", "活动按计划举办率", "补贴按期发放率", "春灌前检修完成率"]
    rates = [Choice("产出指标", "时效指标", name, "%", 0.7) for name in names]
    assert [c.name for c in without_rates_of_dated([dated, *rates])] == [
        "项目完成时间",
        "补贴按期发放率",
        "春灌前检修完成率",
    ]
    started = replace(dated, deadline=Deadline("开工时间", "6月底", ""), name="开工时间")
    assert len(without_rates_of_dated([started, *rates])) == 5


@pytest.mark.parametrize(
    "goal", ["6月底前完成首批600万尾", "6月15日前完成4处", "8月底前完成上半年批次"]
)
def test_a_part_without_a_name_has_no_date(goal: str) -> None:
    assert deadlines(project(goal)) == []


@pytest.mark.parametrize(
    ("goal", "expected"),
    [
        ("申请审核通过后20个工作日内拨付补助资金", {"补助资金拨付时限": "≤20个工作日"}),
        ("自受理申请之日起30个工作日内兑付补贴到户", {"补贴兑付时限": "≤30个工作日"}),
        ("故障路灯24小时内修复", {"故障路灯修复时限": "≤24小时"}),
        ("漂浮物发现后8小时内打捞", {"漂浮物打捞时限": "≤8小时"}),
        (
            "故障接报后2小时内响应、24小时内修复",
            {"故障响应时限": "≤2小时", "故障修复时限": "≤24小时"},
        ),
        ("接到群众举报后2小时内到场处置", {"群众举报到场处置时限": "≤2小时"}),
        ("办事群众平均等候时间不超过15分钟", {"办事群众平均等候时间": "≤15分钟"}),
        ("定位数据24小时在线，驻村时间每月不少于20天", {}),
    ],
)
def test_limits_of_time(goal: str, expected: dict[str, str]) -> None:
    found = {each.name: each for each in time_limits(project(goal))}
    values = {name: each.stated for name, each in found.items()}
    assert {n: f"≤{v.value:g}{v.unit}" for n, v in values.items() if v} == expected


def test_how_long_people_wait_is_an_effect() -> None:
    (found,) = time_limits(project("检查候诊时间缩短至30分钟以内"))
    assert (found.level1, found.name) == ("效益指标", "检查候诊时间")


@pytest.mark.parametrize(
    ("goal", "name", "value"),
    [
        ("全年不发生群体性食物中毒事件", "群体性食物中毒事件数", 0),
        ("不发生较大以上事故", "较大以上事故起数", 0),
        ("赛事期间零安全责任事故", "赛事安全责任事故起数", 0),
        ("档案实体零丢失零损毁", "档案实体丢失损毁事件数", 0),
        ("脱管漏管人数为零", "脱管漏管人数", 0),
        ("可防性案件发案数同比下降10%以上", "可防性案件发案数下降率", 10),
        ("农村快件单件配送成本下降20%", "农村快件单件配送成本下降率", 20),
        ("乡村教师流失率下降5个百分点", "乡村教师流失率下降幅度", 5),
        ("年减排氮氧化物260吨", "氮氧化物减排量", 260),
        ("为受援人挽回经济损失1500万元", "挽回经济损失金额", 1500),
        ("灌溉水利用系数由0.52提高到0.6", "灌溉水利用系数", 0.6),
        ("布雷图指数控制在5以下", "布雷图指数", 5),
        ("老年人免费乘车全覆盖", "老年人免费乘车覆盖率", 100),
        ("安保人员全部持证上岗", "安保人员持证上岗率", 100),
        ("项目区农民人均年增收260元", "农民人均增收额", 260),
    ],
)
def test_stated_effects(goal: str, name: str, value: float) -> None:
    (found,) = reached(project(goal))
    assert found.stated is not None
    assert (found.name, found.stated.value) == (name, value)


@pytest.mark.parametrize(
    "goal", ["消除安全事故隐患", "无障碍设施改造", "提高水平20处", "降低事故风险"]
)
def test_no_effect_with_a_figure(goal: str) -> None:
    assert reached(project(goal)) == []


@pytest.mark.parametrize(
    ("goal", "name", "unit", "value", "direction"),
    [
        ("每户慰问金1000元", "户均慰问金标准", "元/户", 1000, "="),
        ("为4500户改厕，户均补助2000元", "户均补助标准", "元/户", 2000, "="),
        ("加装电梯，每部补助20万元", "每部补助标准", "万元/部", 20, "="),
        ("每辆购置价不超过80万元", "每辆购置价", "万元/辆", 80, "≤"),
        ("每件补贴标准800至1200元", "每件补贴标准", "元/件", 1200, "≤"),
        ("奖补单个最高60万元", "单个最高奖补额", "万元/个", 60, "≤"),
        ("人均培训经费3000元", "人均培训经费", "元/人", 3000, "="),
        ("人均补助不低于300元", "人均补助标准", "元/人", 300, "≥"),
        ("每户补助至少500元", "户均补助标准", "元/户", 500, "≥"),
        ("每人补助低于600元", "人均补助标准", "元/人", 600, "≤"),
    ],
)
def test_standards_are_costs(goal: str, name: str, unit: str, value: float, direction: str) -> None:
    (found,) = with_standards([], project(goal), [])
    assert found.stated is not None
    assert (found.name, found.unit, found.stated.value) == (name, unit, value)
    assert direction_of(found) == direction


def test_of_a_range_the_mean_that_the_budget_allows_is_the_standard() -> None:
    trucks = Declaration(
        project_name="柴油货车淘汰补贴",
        budget_wan=1650,
        goal="淘汰柴油货车900辆，按车型每辆补贴0.8—3.2万元",
    )
    read = Project.of(trucks, 6000)
    (found,) = with_standards([], read, deliverables(read, 10))
    assert found.stated is not None
    assert (found.stated.value, found.stated.unit) == (1.83, "万元/辆")


@pytest.mark.parametrize(
    ("goal", "name"),
    [
        ("评选智能制造示范车间20个，每个奖励50万元", "智能制造示范车间奖励标准"),
        ("年内新增辅导备案企业5家，每家奖励100万元", "辅导备案企业每家奖励标准"),
    ],
)
def test_a_reward_says_what_for(goal: str, name: str) -> None:
    read = project(goal)
    assert [each.name for each in with_standards([], read, deliverables(read, 10))] == [name]


def test_what_people_gain_is_no_standard() -> None:
    assert with_standards([], project("带动农户每亩增收300元"), []) == []


@pytest.mark.parametrize(
    ("goal", "name", "value", "direction"),
    [
        ("年化担保费率不超过1%", "年化担保费率", 1, "≤"),
        ("粮食产后损失率降至3%以下", "粮食产后损失率", 3, "≤"),
        ("补贴比例不超过机具售价的15%", "补贴占机具售价比例", 15, "≤"),
        ("数据差错率低于1‰", "数据差错率", 1, "≤"),
        ("卫生厕所普及率提高到88%", "卫生厕所普及率", 88, "≥"),
    ],
)
def test_shares(goal: str, name: str, value: float, direction: str) -> None:
    ((found, stated),) = share_targets(project(goal))
    assert (found, stated.value, stated.direction) == (name, value, direction)


@pytest.mark.parametrize(
    ("goal", "who"),
    [
        ("受益沿街商户和居民2600户", "沿街商户和居民"),
        ("消除过桥村民出行隐患", "过桥村民"),
        ("采购计算机60台，办事群众平均等候时间不超过15分钟", "办事群众"),
        ("保障林场职工和周边林农运输安全", "林场职工和周边林农"),
        ("走访慰问困难职工240户", "困难职工"),
        ("组织基干民兵320人集中训练", "基干民兵"),
        ("聘请专职调解员3名", ""),
        ("提高家长知晓程度", ""),
    ],
)
def test_who_has_the_good_of_it(goal: str, who: str) -> None:
    assert named(project(goal)) == who


def test_the_goal_comes_before_the_library(recommender: Recommender) -> None:
    found = rows(
        recommender,
        project_name="小额贷款担保费补贴",
        budget_wan=90,
        goal="对小微企业担保业务给予降费补贴，年化担保费率不超过1%，代偿率控制在3%以内",
    )
    rates = [row for name, row in found.items() if name.endswith("担保费率")]
    assert [row.target.suggested for row in rates] == ["≤1%"]


def test_those_who_are_served_are_asked(recommender: Recommender) -> None:
    found = rows(
        recommender,
        project_name="政务服务中心办公设备采购",
        budget_wan=38,
        goal="采购台式计算机60台、打印机20台，5月底前到货安装，办事群众平均等候时间不超过15分钟",
    )
    assert "办事群众满意度" in found
    assert found["设备到货安装时间"].target.suggested == "5月31日前"
    assert found["办事群众平均等候时间"].level1 == "效益指标"


def test_one_piece_has_no_rates(recommender: Recommender) -> None:
    found = rows(
        recommender,
        project_name="县医院64排CT购置",
        budget_wan=680,
        goal="采购64排螺旋CT 1台，10月31日前完成安装调试并投入使用",
    )
    assert not [name for name in found if name.endswith(("按期交付率", "投入使用率"))]
    assert found["安装调试完成时间"].target.suggested == "10月31日前"


def test_who_pays_for_a_purchase_examines_none(recommender: Recommender) -> None:
    found = rows(
        recommender,
        project_name="老旧小区加装电梯补助",
        budget_wan=600,
        goal="对30部既有住宅加装电梯每部补助20万元，审核通过后20个工作日内拨付补助资金",
    )
    assert not [name for name in found if name.endswith(("采购单价", "按期交付率", "投入使用率"))]
    assert found["补助资金拨付时限"].target.suggested == "≤20个工作日"


@pytest.mark.parametrize(
    ("thing", "goal", "single"),
    [
        ("审判楼电梯", "更换审判综合楼客运电梯2部", True),
        ("DR设备", "购置数字化X射线摄影系统（DR）1台", True),
        ("护理床", "采购护理床300张", False),
        ("电梯", "更换电梯12部", False),
    ],
)
def test_few_pieces(thing: str, goal: str, single: bool) -> None:
    assert is_single(thing, project(goal)) is single


def test_training_beside_other_work_is_not_examined(recommender: Recommender) -> None:
    found = rows(
        recommender,
        project_name="年鉴出版经费",
        budget_wan=68,
        goal="出版年鉴800册，完成52个单位资料征集，培训撰稿人员120人次",
    )
    assert not [name for name in found if "考核合格率" in name or "培训按计划" in name]
    assert "人均培训成本" not in found


def test_a_rate_is_told_by_what_is_reached() -> None:
    (found,) = share_targets(project("9月组织试鸣，警报音响覆盖城区人口95%以上"))
    assert (found[0], found[1].value, found[1].direction) == ("警报音响覆盖率", 95, "≥")


def test_sales_are_of_the_economy() -> None:
    (found,) = reached(project("带动农产品网络零售额增长15%以上"))
    assert found.level2 == "经济效益指标"


def test_a_stated_investment_leaves_no_number_of_times() -> None:
    line = Choice("效益指标", "经济效益指标", "财政资金撬动技改投资倍数", "倍", 0.7)
    (found,) = with_reached([line], project("带动技术改造投资3亿元以上"))
    assert found.name == "带动技术改造投资额"


@pytest.mark.parametrize(
    ("goal", "direction"),
    [
        ("布雷图指数控制在5以下", "≤"),
        ("布雷图指数控制在5以内", "≤"),
        ("空气质量指数达到90以上", "≥"),
        ("化肥利用系数由0.5提高到0.6", "≥"),
    ],
)
def test_a_level_that_is_kept_below_is_a_ceiling(goal: str, direction: str) -> None:
    (found,) = reached(project(goal))
    assert direction_of(found) == direction


@pytest.mark.parametrize("unit", ["%", "‰"])
def test_a_share_keeps_the_unit_of_the_goal(unit: str) -> None:
    line = Choice("效益指标", "生态效益指标", "森林火灾受害率", unit, 0.7)
    read = project("森林火灾受害率控制在0.5‰以下")
    (found,) = with_stated([line], read)
    assert found.stated is not None
    assert (found.unit, found.stated.value, direction_of(found)) == ("‰", 0.5, "≤")
    assert not [other for other in reached(read) if other.unit != "‰"]

"""Which lines a goal asks for, and which of the library give way to it."""

from __future__ import annotations

import pytest

from recommender import Recommender
from recommender.choice import Choice
from recommender.clauses import as_new
from recommender.deadlines import deadlines
from recommender.objects import deliverables
from recommender.one_report import of_one_report
from recommender.open_counts import with_open_counts
from recommender.own_words import instantiate
from recommender.work import work_of
from tests.recommender.goals import library_choice, project, rows

BUSES = "对16条城乡公交线路74台车辆给予运营补贴，全年运营里程不少于480万公里"


def test_open_counts_take_what_the_goal_says() -> None:
    line = library_choice("补贴公交线路条数", "公交线路", "条")
    (found,) = with_open_counts([line], project(BUSES))
    assert found.deliverable is not None
    assert found.deliverable.target == "≥16条"


@pytest.mark.parametrize(
    ("name", "thing", "unit"),
    [
        ("新增公交线路条数", "公交线路", "条"),
        ("补贴公交线路站点数", "公交站点", "个"),
        ("补贴公交线路里程", "公交线路", "公里"),
    ],
)
def test_open_counts_of_other_things_stay_open(name: str, thing: str, unit: str) -> None:
    (found,) = with_open_counts([library_choice(name, thing, unit)], project(BUSES))
    assert found.deliverable is None


def test_a_library_count_takes_a_quantity_that_says_it_in_fewer_words() -> None:
    read = project("承接486项政务服务事项，全年受理办件不少于15万件")
    line = library_choice("受理政务服务办件数", "政务服务事项", "件")
    found = instantiate([line], read, deliverables(read, 10), [], lambda _: None)
    assert [c.deliverable.target for c in found if c.deliverable and c.unit == "件"] == ["≥15万件"]
    assert not [c for c in found if not c.deliverable]


def test_a_date_of_payment_leaves_no_cycle() -> None:
    read = project("9月底前兑付到位")
    line = Choice("产出指标", "时效指标", "后补助资金兑现周期", "天", 0.7)
    (found,) = instantiate([line], read, [], deadlines(read), lambda _: None)
    assert found.deadline is not None


def test_one_report_passes_or_not() -> None:
    lines = [
        Choice("产出指标", "质量指标", "规划成果一次评审通过率", "%", 0.7),
        Choice("效益指标", "社会效益指标", "服务成果采纳率", "%", 0.7),
    ]
    (found,) = of_one_report(lines, project("完成年度体检评估报告1份、数据集1套和图件12幅"))
    assert found.stated is not None
    assert found.stated.value == 100
    assert of_one_report(lines, project("编制村庄规划36个")) == lines


_PLAN = "委托技术单位完成国土空间规划年度评估报告1份、图件9幅，6月底前上报省厅，为规划维护提供依据"
_SHELTER = "全年救助流浪乞讨人员900人次，护送返乡210人次，寻亲成功率达到60%以上"
_KIT = "采购生化检验试剂耗材满足6000份样品检验需要，维保分析仪、离心机等设备8台（套）"
_PESTS = "在60个监测点开展鼠蚊密度监测，对重点区域开展统一消杀4轮"
_FIRMS = "对在区域性股权市场挂牌的企业每家奖励10万元，年内新增挂牌企业30家"
_WORKSHOPS = "评选智能制造示范车间12个，每个奖励40万元；组织专家为50家中小企业开展产线改造诊断"
_POSTS = "开发公益性岗位500个，安置就业困难人员，按月将岗位补贴打卡发放，带动人均增收"


@pytest.mark.parametrize(
    ("name", "goal", "wanted", "unwanted"),
    [
        ("国土空间规划年度评估", _PLAN, "成果使用单位满意度", "公众满意度"),
        ("企业上市挂牌奖励", _FIRMS, "获奖励企业满意度", "上市企业满意度"),
        ("示范车间奖补及产线改造诊断", _WORKSHOPS, "中小企业满意度", "参与企业满意度"),
        ("检验科耗材采购及设备维保", _KIT, "耗材采购单价", "设备采购单价"),
        ("鼠害防制及登革热防控", _PESTS, "", "登革热防控质量达标率"),
        ("流浪乞讨人员救助站运转及街面救助", _SHELTER, "护送返乡人次", "资金发放及时率"),
        ("公益性岗位补贴", _POSTS, "安置人员年人均增收额", "公益岗人均年增收额"),
    ],
)
def test_lines_are_of_the_work_and_its_people(
    recommender: Recommender, name: str, goal: str, wanted: str, unwanted: str
) -> None:
    found = rows(recommender, project_name=name, budget_wan=150, goal=goal)
    assert [each for each in found if each.endswith(wanted)]
    assert not [each for each in found if each.endswith(unwanted)]


def test_a_grant_goes_by_a_short_name() -> None:
    read = project("全年补贴运营里程300万公里", "城乡公交一体化运营补贴")
    assert work_of(read, sure=True).thing == "运营补贴"


def test_hired_staff_get_wages() -> None:
    read = project("为9所公办幼儿园配备保育员60人，按月足额发放工资", "公办幼儿园临聘保育员经费")
    assert work_of(read, sure=True).thing == "临聘保育员工资"


def test_a_worn_machine_with_a_latin_name_gives_way_to_a_new_one() -> None:
    assert as_new("更新", "老旧CT") == "CT"


def test_acceptance_itself_is_not_accepted(recommender: Recommender) -> None:
    goal = "购置128层CT 1台，6月底前完成招标采购、8月底前安装验收并投入使用"
    found = rows(recommender, project_name="县中医院老旧CT更新", budget_wan=600, goal=goal)
    assert "验收验收合格率" not in found

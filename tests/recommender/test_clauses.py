"""Dates before a deed, facilities kept running, and troubles that are no deliverables."""

from __future__ import annotations

import pytest

from corpus.records import Declaration
from recommender import Recommender
from recommender.deadlines import deadlines
from recommender.objects import deliverables
from recommender.project import Project


def read(goal: str, name: str = "项目") -> dict[str, str]:
    project = Project.of(Declaration(project_name=name, goal=goal), 6000)
    return {item.name: item.target for item in deliverables(project, 8)}


@pytest.mark.parametrize(
    "date",
    [
        "2026年10月底前",
        "10月底前",
        "6月30日前",
        "年底前",
        "2026年",
        "于2026年6月",
        "上半年",
        "计划在三季度末前",
    ],
)
def test_the_date_before_a_deed_is_no_part_of_it(date: str) -> None:
    assert read(f"{date}完成21个小区改造") == {"小区改造数量": "≥21个"}


@pytest.mark.parametrize(
    "trouble",
    [
        "21个小区室内消火栓无水",
        "12所学校围墙破损、8所学校屋面漏水",
        "其中36公里管网老化",
        "有9座水库存在安全隐患",
    ],
)
def test_what_is_wrong_is_not_promised(trouble: str) -> None:
    assert read(f"全县{trouble}。更换消火栓1150套") == {"更换消火栓数量": "≥1150套"}


def test_old_things_are_still_replaced() -> None:
    assert read("更换老化管网36公里") == {"更换老化管网长度": "≥36公里"}


def test_facilities_kept_running_are_counted_by_themselves() -> None:
    assert read("保障全县12座乡镇污水处理厂和86公里配套管网正常运行") == {
        "乡镇污水处理厂数量": "≥12座",
        "配套管网长度": "≥86公里",
    }


def test_places_before_the_object_are_those_served() -> None:
    assert read("收运处置全县16个乡镇238个行政村生活垃圾，年收运垃圾6.8万吨") == {
        "覆盖乡镇数量": "≥16个",
        "覆盖行政村数量": "≥238个",
        "收运垃圾总量": "≥6.8万吨",
    }
    assert "覆盖行政村数量" in read("按月足额发放26个行政村128名村干部报酬")
    assert read("完成30个行政村生活污水治理") == {"生活污水治理行政村数量": "≥30个"}


def test_a_name_that_sums_up_what_is_bought_is_not_counted_beside_it(
    recommender: Recommender,
) -> None:
    goal = "购置台式计算机60台、多功能一体机12台、高拍仪20台"
    form = Declaration(project_name="行政审批局办公设备购置", goal=goal, budget_wan=48.6)
    counts = [r.name for r in recommender.recommend(form).suggestions if r.level2 == "数量指标"]
    assert "购置高拍仪数量" in counts
    assert not any("办公设备" in name for name in counts)


def test_the_work_of_a_year_counts_where_something_is_run() -> None:
    assert read("保障污水处理厂稳定运行，年处理污水420万吨") == {"处理污水总量": "≥420万吨"}
    assert read("新建污水处理厂1座，年处理污水420万吨") == {"新建污水处理厂数量": "≥1座"}
    assert read("保障焚烧设施稳定运行，全年处理21万吨") == {}


def test_works_on_several_things_still_have_a_unit_cost(recommender: Recommender) -> None:
    goal = "完成21个小区改造，安装独立式感烟报警器6300只，更换消火栓1150套"
    form = Declaration(project_name="老旧小区消防设施改造", goal=goal, budget_wan=1980)
    rows = recommender.recommend(form).suggestions
    assert "单个小区改造成本" in [row.name for row in rows if row.level1 == "成本指标"]


def test_a_new_thing_is_bought_in_place_of_a_worn_one(recommender: Recommender) -> None:
    form = Declaration(project_name="检查井盖整治", goal="更换病害井盖2100座", budget_wan=320)
    rows = recommender.recommend(form).suggestions
    assert "更换病害井盖数量" in [row.name for row in rows]
    assert not any("病害" in row.name for row in rows if row.level2 != "数量指标")


def test_the_last_of_several_dates_comes_first() -> None:
    goal = "6月底前完成第一剂、12月底前完成第二剂"
    found = deadlines(Project.of(Declaration(project_name="疫苗接种", goal=goal), 6000))
    assert [(each.name, each.day(2026)) for each in found] == [
        ("第二剂完成时间", "2026年12月31日"),
        ("第一剂完成时间", "2026年6月30日"),
    ]


@pytest.mark.parametrize("goal", ["改造县乡道四、五类危桥11座", "接种二价疫苗两剂次，服务11座村庄"])
def test_numerals_of_kinds_and_doses_count_nothing(goal: str) -> None:
    assert list(read(goal).values()) == ["≥11座"]

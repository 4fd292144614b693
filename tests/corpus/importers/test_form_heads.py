"""What stands above the indicators: project, money, goals, as regions write it."""

from __future__ import annotations

import pytest

from corpus.importers.forms import read_forms
from corpus.records import Declaration
from tests.corpus.importers.layouts import HEADING, codes_of, rows_of


def test_labels_with_spaces_breaks_and_colons(record_of):
    record = record_of(
        [
            ["项目支出绩效目标申报表（2024 年度）", "<", "<", "<", "<"],
            ["项 目 名 称：", "农村公路养护", "<", "<", "<"],
            ["主管部门\n及代码", "[137]交通运输局", "<", "实施单位", "公路中心"],
            ["项目\n属性", "□新增项目 ☑延续项目", "<", "项目期", "1年"],
            ["项目资金\n（万元）", " 年度资金总额：", "<", "854.00", "<"],
            ["^", "  其中：财政拨款", "<", "854.00", "<"],
            ["^", "        其他资金", "<", "", ""],
            ["总体目标", "目标1：养护公路100公里", "<", "<", "<"],
            ["绩\n效\n指\n标", "一级\n指标", "二级\n指标", "三级指标", "指标值"],
            ["^", "产出\n指标", "数量\n指标", "指标1：养护里程", "≥100公里"],
            ["^", "^", "^", "指标2：", ""],
            ["^", "^", "质量\n指标", "指标1：", ""],
            ["^", "^", "^", "……", ""],
        ]
    )
    assert type(record) is Declaration
    assert record.project_name == "农村公路养护"
    assert record.department == "交通运输局"
    assert record.implementing_unit == "公路中心"
    assert record.project_type == "延续项目"
    assert record.year == 2024
    assert record.budget_wan == 854
    assert record.goal == "目标1：养护公路100公里"
    assert rows_of(record) == [("产出指标", "数量指标", "养护里程", "≥100公里")]


def test_two_goal_periods_take_the_annual_one(record_of):
    record = record_of(
        [
            ["项目名称", "水库加固", "<", "<", "<", "<", "<", "<"],
            ["项目资金（万元）", "实施期资金总额：", "<", "", "300", "年度资金总额：", "<", "120"],
            ["总体目标", "实施期目标（2023年—2025年）", "<", "<", "<", "年度目标", "<", "<"],
            ["^", "加固水库6座", "<", "<", "<", "加固水库2座", "<", "<"],
            ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标",
             "指标值"],
            ["^", "产出指标", "数量指标", "加固座数", "6座", "数量指标", "加固座数", "2座"],
            ["^", "^", "时效指标", "完成时间", "2025年底", "时效指标", "完成时间", "2023年底"],
        ]
    )  # fmt: skip
    assert record.goal == "加固水库2座"
    assert record.description == "实施期总目标：加固水库6座"
    assert record.budget_wan == 120
    assert rows_of(record) == [
        ("产出指标", "数量指标", "加固座数", "2座"),
        ("产出指标", "时效指标", "完成时间", "2023年底"),
    ]


def test_blank_total_is_summed_from_the_sources(grid_of):
    grid = grid_of(
        [
            ["项目名称", "扶贫", "<", "<"],
            ["项目资金（万元）", "年度资金总额", "", "<"],
            ["^", "其中：财政拨款", "80", "<"],
            ["^", "其他资金", "20.5", "<"],
        ]
    )
    (record,) = read_forms(grid)
    assert record.budget_wan == 100.5
    assert codes_of(grid) == ["total_missing"]


@pytest.mark.parametrize(
    ("unit", "value", "wan"),
    [
        ("（万元）", "854.00", 854),
        ("（单位：元）", "8,540,000", 854),
        ("（亿元）", "0.5", 5000),
        ("（元）", "854万元", 854),
        ("", "8540000元", 854),
    ],
)
def test_units_of_amounts(record_of, unit, value, wan):
    record = record_of([["项目名称", "甲", "<"], [f"项目资金{unit}", "年度资金总额", value]])
    assert record.budget_wan == wan


def test_unit_stated_above_the_form(record_of):
    record = record_of(
        [
            ["项目支出绩效目标申报表", "<", "<"],
            ["", "", "金额单位：元"],
            ["项目名称", "甲", "<"],
            ["项目资金", "年度资金总额", "50000"],
        ]
    )
    assert record.budget_wan == 5


def test_form_without_project_name_is_still_read(grid_of):
    grid = grid_of([HEADING, ["^", "产出指标", "数量指标", "场次", "3场"]])
    (record,) = read_forms(grid)
    assert record.project_name == ""
    assert len(record.indicators) == 1
    assert codes_of(grid) == ["no_project_name"]


def test_goals_in_headings_down_the_side(record_of):
    record = record_of(
        [
            ["项目支出绩效自评表", "<", "<"],
            ["项目名称", "甲", "<"],
            ["年度总体目标", "预期目标", "办班3期"],
            ["^", "实际完成情况", "办班2期"],
        ]
    )
    assert (record.goal, record.actual_summary) == ("办班3期", "办班2期")


def test_goal_below_a_label_across_the_form(record_of):
    record = record_of([["项目名称", "甲", "<"], ["年度绩效目标", "<", "<"], ["办班3期", "<", "<"]])
    assert record.goal == "办班3期"


def test_neighbouring_headings_are_no_second_goal_period(record_of):
    heading = [
        "一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "指标属性",
        "绩效指标值设定依据及数据来源", "指标内容", "上年指标值",
    ]  # fmt: skip
    row = [
        "产出指标", "数量指标", "巡查次数", "≥", "12", "次", "定量指标", "年度计划", "全年巡查",
        "10",
    ]  # fmt: skip
    record = record_of([["项目名称", "巡查"], heading, row])
    (indicator,) = record.indicators
    assert (indicator.name, indicator.target) == ("巡查次数", "≥12次")
    assert indicator.definition == "全年巡查"


def test_annual_goal_on_the_left(record_of):
    record = record_of(
        [
            ["项目名称", "水库", "<", "<", "<", "<"],
            ["总体目标", "年度目标", "<", "实施期目标", "<", "<"],
            ["^", "加固2座", "<", "加固6座", "<", "<"],
            ["一级指标", "三级指标", "年度指标值", "三级指标", "指标值", ""],
            ["产出指标", "加固座数", "2座", "加固座数", "6座", ""],
        ]
    )
    assert (record.goal, record.description) == ("加固2座", "实施期总目标：加固6座")
    assert record.indicators[0].target == "2座"


def test_year_and_description_from_labels(record_of):
    record = record_of(
        [
            ["项目名称", "甲", "预算年度", "2025年"],
            ["项目概况", "维修校舍", "<", "<"],
            ["立项依据", "教育规划", "<", "<"],
            ["支出功能分类", "2050201 学前教育", "项目编码", "P-7"],
        ]
    )
    assert (record.year, record.function_code, record.id) == (2025, "205", "P-7")
    assert record.description == "项目概况：维修校舍\n立项依据：教育规划"


def test_labels_in_traditional_characters_and_with_pinyin_residue(record_of):
    record = record_of(
        [
            ["項目名稱", "農村公路", "", "", ""],
            ["項目資金（萬元）", "年度資金總額", "854", "", ""],
            ["績(jī)效指標(biāo)", "一級指標", "二級指標", "三級指標", "指標值"],
            ["", "產出指標", "數量指標", "硬化里程", "100公里"],
        ]
    )
    assert (record.project_name, record.budget_wan) == ("農村公路", 854)
    assert rows_of(record) == [("產出指標", "數量指標", "硬化里程", "100公里")]

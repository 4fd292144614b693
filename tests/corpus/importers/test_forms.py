"""Layouts in use across regions, written down as grids."""

from __future__ import annotations

import pytest

from corpus.importers.forms import read_forms
from corpus.records import Declaration, SelfEvaluation


def rows_of(record):
    return [(i.level1, i.level2, i.name, i.target) for i in record.indicators]


def codes_of(grid):
    return [problem.code for problem in grid.problems]


HEADING = ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"]


def test_levels_merged_repeated_or_blank_below(grid_of):
    expected = [
        ("产出指标", "数量指标", "硬化里程", "≥100公里"),
        ("产出指标", "数量指标", "路灯", "50盏"),
        ("产出指标", "质量指标", "合格率", "≥95%"),
        ("效益指标", "社会效益指标", "受益人口", "3万人"),
    ]
    merged = [
        HEADING,
        ["^", "产出指标", "数量指标", "硬化里程", "≥100公里"],
        ["^", "^", "^", "路灯", "50盏"],
        ["^", "^", "质量指标", "合格率", "≥95%"],
        ["^", "效益指标", "社会效益指标", "受益人口", "3万人"],
    ]
    repeated = [["", *row] for row in expected]
    below = [
        ["", "产出指标", "数量指标", "硬化里程", "≥100公里"],
        ["", "", "", "路灯", "50盏"],
        ["", "", "质量指标", "合格率", "≥95%"],
        ["", "效益指标", "社会效益指标", "受益人口", "3万人"],
    ]
    for table in (merged, [HEADING, *repeated], [HEADING, *below]):
        (record,) = read_forms(grid_of([["项目名称", "村道", "<", "<", "<"], *table]))
        assert rows_of(record) == expected


def test_labels_with_spaces_breaks_and_colons(grid_of):
    grid = grid_of(
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
    (record,) = read_forms(grid)
    assert type(record) is Declaration
    assert record.project_name == "农村公路养护"
    assert record.department == "交通运输局"
    assert record.implementing_unit == "公路中心"
    assert record.project_type == "延续项目"
    assert record.year == 2024
    assert record.budget_wan == 854
    assert record.goal == "目标1：养护公路100公里"
    assert rows_of(record) == [("产出指标", "数量指标", "养护里程", "≥100公里")]
    assert not grid.problems


def test_two_goal_periods_take_the_annual_one(grid_of):
    (record,) = read_forms(
        grid_of(
            [
                ["项目名称", "水库加固", "<", "<", "<", "<", "<", "<"],
                [
                    "项目资金（万元）",
                    "实施期资金总额：",
                    "<",
                    "",
                    "300",
                    "年度资金总额：",
                    "<",
                    "120",
                ],
                ["总体目标", "实施期目标（2023年—2025年）", "<", "<", "<", "年度目标", "<", "<"],
                ["^", "加固水库6座", "<", "<", "<", "加固水库2座", "<", "<"],
                [
                    "绩效指标",
                    "一级指标",
                    "二级指标",
                    "三级指标",
                    "指标值",
                    "二级指标",
                    "三级指标",
                    "指标值",
                ],
                ["^", "产出指标", "数量指标", "加固座数", "6座", "数量指标", "加固座数", "2座"],
                ["^", "^", "时效指标", "完成时间", "2025年底", "时效指标", "完成时间", "2023年底"],
            ]
        )
    )
    assert record.goal == "加固水库2座"
    assert record.description == "实施期总目标：加固水库6座"
    assert record.budget_wan == 120
    assert rows_of(record) == [
        ("产出指标", "数量指标", "加固座数", "2座"),
        ("产出指标", "时效指标", "完成时间", "2023年底"),
    ]


EVALUATION = [
    ["项目支出绩效自评表", "<", "<", "<", "<", "<", "<", "<", "<"],
    ["（2023年度）", "<", "<", "<", "<", "<", "<", "<", "<"],
    ["项目名称", "基层文化活动", "<", "<", "<", "<", "<", "<", "<"],
    ["主管部门", "文旅局", "<", "<", "实施单位", "<", "文化馆", "<", "<"],
    ["项目资金（元）", "", "", "年初预算数", "全年预算数(A)", "全年执行数（B）", "分值",
     "执行率（B/A)", "得分"],
    ["^", "年度资金总额", "<", "1,000,000.00", "1200000", "1140000", "10", "95.00%", "9.5"],
    ["^", "其中：当年财政拨款", "<", "1000000", "1200000", "1140000", "—", "95%", "—"],
    ["^", "上年结转资金", "<", "", "", "", "—", "", "—"],
    ["年度总体目标", "预期目标", "<", "<", "<", "实际完成情况", "<", "<", "<"],
    ["^", "办活动40场", "<", "<", "<", "办活动38场", "<", "<", "<"],
    ["绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分",
     "偏差原因分析及改进措施"],
    ["^", "产出指标(50分)", "数量指标", "活动场次", "40场", "38场", "20", "19", "天气原因"],
    ["^", "满意度指标", "服务对象满意度指标", "群众满意度", "≥90%", "92%", "10分", "10", ""],
    ["总分", "<", "<", "<", "<", "<", "100", "98.5", ""],
    ["注：得分一档最高不能超过该指标分值上限。", "<", "<", "<", "<", "<", "<", "<", "<"],
    ["填报人：", "", "", "", "联系电话：", "", "", "", ""],
]  # fmt: skip


def test_self_evaluation(grid_of):
    grid = grid_of(EVALUATION)
    (record,) = read_forms(grid)
    assert type(record) is SelfEvaluation
    assert record.initial_budget_wan == 100
    assert record.budget_wan == 120
    assert record.executed_wan == 114
    assert record.execution_rate == 95
    assert record.execution_weight == 10
    assert record.execution_score == 9.5
    assert record.goal == "办活动40场"
    assert record.actual_summary == "办活动38场"
    assert record.total_score == 98.5
    first, second = record.indicators
    assert (first.actual, first.weight, first.score, first.reason) == ("38场", 20, 19, "天气原因")
    assert (second.name, second.weight, second.location) == ("群众满意度", 10, "表!D13")
    assert not grid.problems


def test_monitoring_form(grid_of):
    (record,) = read_forms(
        grid_of(
            [
                ["项目支出绩效目标执行监控表", "<", "<", "<", "<", "<", "<", "<"],
                ["项目名称", "监测站运行", "<", "<", "<", "<", "<", "<"],
                [
                    "项目资金（万元）",
                    "",
                    "年初预算数",
                    "1-7月执行数",
                    "1-7月执行率",
                    "全年预计执行数",
                    "<",
                    "<",
                ],
                ["^", "年度资金总额：", "50", "20", "40%", "50", "<", "<"],
                ["年度总体目标", "监测水质12次", "<", "<", "<", "<", "<", "<"],
                [
                    "绩效指标",
                    "一级指标",
                    "二级指标",
                    "三级指标",
                    "年度指标值",
                    "1-7月执行情况",
                    "全年预计完成情况",
                    "偏差原因分析",
                ],
                ["^", "产出指标", "数量指标", "监测次数", "12次", "7次", "12次", ""],
            ]
        )
    )
    assert record.executed_wan == 20
    assert record.initial_budget_wan == 50
    assert (record.indicators[0].target, record.indicators[0].actual) == ("12次", "7次")


def test_columns_in_another_order_with_extras(grid_of):
    (record,) = read_forms(
        grid_of(
            [
                ["项目名称", "校舍维修", "<", "<", "<", "<", "<", "<"],
                [
                    "一级指标",
                    "二级指标",
                    "三级指标",
                    "权重",
                    "指标解释",
                    "评分标准",
                    "年度指标值",
                    "备注",
                ],
                [
                    "产出指标",
                    "数量指标",
                    "维修面积",
                    "20",
                    "实际维修的面积",
                    "每少1%扣1分",
                    "3000平方米",
                    "含操场",
                ],
            ]
        )
    )
    (row,) = record.indicators
    assert (row.target, row.weight, row.definition) == ("3000平方米", 20, "实际维修的面积")


def test_sign_value_and_unit_in_columns_of_their_own(grid_of):
    (record,) = read_forms(
        grid_of(
            [
                ["项目名称", "体检", "<", "<", "<", "<"],
                ["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位"],
                ["产出指标", "数量指标", "体检人数", "≥", "5000", "人次"],
                ["效益指标", "社会效益指标", "健康意识", "定性", "提高", ""],
                ["一级指标", "二级指标", "三级指标", "指标值", "<", "<"],
                ["满意度指标", "满意度指标", "群众满意度", "≥", "90", "%"],
            ]
        )
    )
    assert [i.target for i in record.indicators] == ["≥5000人次", "提高", "≥90%"]


def test_name_and_target_in_one_cell(grid_of):
    (record,) = read_forms(
        grid_of(
            [
                ["项目名称", "绿化", "<"],
                ["一级指标", "二级指标", "三级指标"],
                ["产出指标", "数量指标", "指标1：绿化面积≥200亩\n指标2：补植树木不少于3000株"],
                ["", "质量指标", "成活率：95%以上"],
                ["", "时效指标", "完成时间 2023年12月底前"],
            ]
        )
    )
    assert [(i.name, i.target) for i in record.indicators] == [
        ("绿化面积", "≥200亩"),
        ("补植树木", "不少于3000株"),
        ("成活率", "95%以上"),
        ("完成时间", "2023年12月底前"),
    ]


def test_several_indicators_in_one_cell(grid_of):
    grid = grid_of(
        [
            ["项目名称", "培训", "<", "<"],
            ["一级指标", "二级指标", "三级指标", "指标值"],
            ["产出指标", "数量指标", "指标1：培训班\n指标2：培训人数", "指标1：3期\n指标2：200人"],
            ["产出指标", "质量指标", "指标1：合格率\n指标2：出勤率", "100%"],
        ]
    )
    (record,) = read_forms(grid)
    assert [(i.name, i.target) for i in record.indicators] == [
        ("培训班", "3期"),
        ("培训人数", "200人"),
        ("合格率；出勤率", "100%"),
    ]
    assert codes_of(grid) == ["unmatched_lines"]
    assert grid.problems[0].location.cell == "C4"


def test_forms_stacked_in_one_sheet(grid_of):
    def form(name, budget):
        return [
            ["项目支出绩效目标申报表", "<", "<", "<", "<"],
            [f"（{2020 + budget}年度）", "<", "<", "<", "<"],
            ["项目名称", name, "<", "<", "<"],
            ["项目资金（万元）", "年度资金总额", "<", str(budget), "<"],
            ["年度总体目标", f"{name}的目标", "<", "<", "<"],
            HEADING,
            ["^", "产出指标", "数量指标", f"{name}数量", f"{budget}个"],
            ["其他说明：无", "<", "<", "<", "<"],
            ["", "", "", "", ""],
        ]

    records = read_forms(grid_of([*form("甲", 1), *form("乙", 2), *form("丙", 3)]))
    assert [(r.project_name, r.year, r.budget_wan, r.goal) for r in records] == [
        ("甲", 2021, 1, "甲的目标"),
        ("乙", 2022, 2, "乙的目标"),
        ("丙", 2023, 3, "丙的目标"),
    ]
    assert [len(r.indicators) for r in records] == [1, 1, 1]


def test_faults_are_reported_with_their_cell_and_the_rest_is_read(grid_of):
    grid = grid_of(
        [
            ["项目名称", "扶贫", "<", "<", "<", "<"],
            ["项目资金（万元）", "年度资金总额", "<", "见附件", "<", "<"],
            ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "分值"],
            ["^", "产出指标", "数量指标", "", "≥5户", "10"],
            ["^", "^", "^", "帮扶户数", "≥50户", "十分"],
            ["^", "^", "^", "走访次数", "≥4次", "10"],
        ]
    )
    (record,) = read_forms(grid)
    assert [(i.name, i.weight) for i in record.indicators] == [("帮扶户数", None), ("走访次数", 10)]
    found = [(p.code, p.location.sheet, p.location.row, p.location.cell) for p in grid.problems]
    assert found == [
        ("bad_number", "表", 2, "D2"),
        ("no_name", "表", 4, "E4"),
        ("bad_number", "表", 5, "F5"),
    ]
    assert all(problem.hint for problem in grid.problems)


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
def test_units_of_amounts(grid_of, unit, value, wan):
    (record,) = read_forms(
        grid_of([["项目名称", "甲", "<"], [f"项目资金{unit}", "年度资金总额", value]])
    )
    assert record.budget_wan == wan


def test_unit_stated_above_the_form(grid_of):
    (record,) = read_forms(
        grid_of(
            [
                ["项目支出绩效目标申报表", "<", "<"],
                ["", "", "金额单位：元"],
                ["项目名称", "甲", "<"],
                ["项目资金", "年度资金总额", "50000"],
            ]
        )
    )
    assert record.budget_wan == 5


def test_blank_template_yields_no_rows_and_no_noise(grid_of):
    grid = grid_of(
        [
            ["项目名称", "", "", ""],
            ["主管部门及代码", "", "实施单位", ""],
            ["年度总体目标", "目标1：\n目标2：\n……", "<", "<"],
            ["一级指标", "二级指标", "三级指标", "指标值"],
            ["产出指标", "数量指标", "指标1：", ""],
            ["", "", "指标2：", ""],
            ["", "", "……", ""],
        ]
    )
    assert read_forms(grid) == []
    assert not grid.problems


def test_form_without_project_name_is_still_read(grid_of):
    grid = grid_of([HEADING, ["^", "产出指标", "数量指标", "场次", "3场"]])
    (record,) = read_forms(grid)
    assert record.project_name == ""
    assert len(record.indicators) == 1
    assert codes_of(grid) == ["no_project_name"]


def test_form_of_a_whole_department(grid_of):
    (record,) = read_forms(
        grid_of(
            [
                ["部门整体支出绩效目标表", "<", "<", "<", "<"],
                ["部门名称", "某市水利局", "<", "<", "<"],
                HEADING,
                ["^", "产出指标", "数量指标", "河道巡查", "12次"],
            ]
        )
    )
    assert record.project_name == "某市水利局整体支出"


def test_goals_in_headings_down_the_side(grid_of):
    (record,) = read_forms(
        grid_of(
            [
                ["项目支出绩效自评表", "<", "<"],
                ["项目名称", "甲", "<"],
                ["年度总体目标", "预期目标", "办班3期"],
                ["^", "实际完成情况", "办班2期"],
            ]
        )
    )
    assert (record.goal, record.actual_summary) == ("办班3期", "办班2期")


def test_goal_below_a_label_across_the_form(grid_of):
    (record,) = read_forms(
        grid_of([["项目名称", "甲", "<"], ["年度绩效目标", "<", "<"], ["办班3期", "<", "<"]])
    )
    assert record.goal == "办班3期"


def test_weight_merged_over_rows_counts_once(grid_of):
    (record,) = read_forms(
        grid_of(
            [
                ["项目名称", "甲", "<", "<", "<"],
                ["一级指标", "二级指标", "三级指标", "指标值", "分值"],
                ["产出指标", "数量指标", "甲一", "1个", "20"],
                ["^", "^", "甲二", "2个", "^"],
            ]
        )
    )
    assert [i.weight for i in record.indicators] == [20, None]


def test_neighbouring_headings_are_no_second_goal_period(grid_of):
    heading = [
        "一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "指标属性",
        "绩效指标值设定依据及数据来源", "指标内容", "上年指标值",
    ]  # fmt: skip
    row = [
        "产出指标", "数量指标", "巡查次数", "≥", "12", "次", "定量指标", "年度计划", "全年巡查",
        "10",
    ]  # fmt: skip
    (record,) = read_forms(grid_of([["项目名称", "巡查"], heading, row]))
    (indicator,) = record.indicators
    assert (indicator.name, indicator.target) == ("巡查次数", "≥12次")
    assert indicator.definition == "全年巡查"


def test_names_that_begin_like_a_footer_or_a_total(grid_of):
    names = ["合计发放补贴", "总分拣量", "审核项目数", "注册企业数", "说明会场次", "备注登记数"]
    rows = [["", "", name, ""] for name in names]
    (record,) = read_forms(
        grid_of([["项目名称", "甲"], ["一级指标", "二级指标", "三级指标", "指标值"], *rows])
    )
    assert [i.name for i in record.indicators] == names


def test_nothing_after_the_footer_is_an_indicator(grid_of):
    (record,) = read_forms(
        grid_of(
            [
                ["项目名称", "甲"],
                ["一级指标", "二级指标", "三级指标", "指标值"],
                ["产出指标", "数量指标", "场次", "3场"],
                ["填报人：", "", "审核人：", "2024年1月5日"],
                ["", "", "单位盖章", "某局"],
            ]
        )
    )
    assert [i.name for i in record.indicators] == ["场次"]


def test_transfer_payment_self_evaluation(grid_of):
    (record,) = read_forms(
        grid_of(
            [
                ["转移支付区域（项目）绩效自评表", "<", "<", "<", "<", "<"],
                ["转移支付（项目）名称", "残疾人事业补助", "<", "<", "<", "<"],
                ["中央主管部门", "残联", "<", "<", "<", "<"],
                [
                    "资金情况（万元）",
                    "",
                    "全年预算数（A）",
                    "全年执行数（B）",
                    "预算执行率（B/A×100%）",
                    "<",
                ],
                ["^", "年度资金总额：", "60", "54", "90%", "<"],
                ["^", "其中：中央财政资金", "60", "54", "90%", "<"],
                ["总体目标完成情况", "总体目标", "<", "全年实际完成情况", "<", "<"],
                ["^", "康复服务300人", "<", "服务310人", "<", "<"],
                ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "全年实际完成值"],
                ["^", "产出指标", "数量指标", "服务人数", "≥300人", "310人"],
            ]
        )
    )
    assert record.project_name == "残疾人事业补助"
    assert (record.budget_wan, record.executed_wan, record.execution_rate) == (60, 54, 90)
    assert (record.goal, record.actual_summary) == ("康复服务300人", "服务310人")
    assert record.description == ""
    assert record.indicators[0].actual == "310人"


@pytest.mark.parametrize("swapped", [False, True])
def test_targets_of_both_periods_beside_one_name(grid_of, swapped):
    periods = [("实施期指标值", "6座"), ("年度指标值", "2座")]
    (first, a), (second, b) = reversed(periods) if swapped else periods
    (record,) = read_forms(
        grid_of(
            [
                ["项目名称", "水库", "<", "<", "<"],
                ["一级指标", "二级指标", "三级指标", first, second],
                ["产出指标", "数量指标", "加固座数", a, b],
            ]
        )
    )
    assert rows_of(record) == [("产出指标", "数量指标", "加固座数", "2座")]


def test_annual_goal_on_the_left(grid_of):
    (record,) = read_forms(
        grid_of(
            [
                ["项目名称", "水库", "<", "<", "<", "<"],
                ["总体目标", "年度目标", "<", "实施期目标", "<", "<"],
                ["^", "加固2座", "<", "加固6座", "<", "<"],
                ["一级指标", "三级指标", "年度指标值", "三级指标", "指标值", ""],
                ["产出指标", "加固座数", "2座", "加固座数", "6座", ""],
            ]
        )
    )
    assert (record.goal, record.description) == ("加固2座", "实施期总目标：加固6座")
    assert record.indicators[0].target == "2座"


def test_heading_in_two_lines_with_and_without_merges(grid_of):
    rows = [["产出指标", "数量指标", "场次", "3场", "2场"]]
    merged = [
        ["一级指标", "二级指标", "三级指标", "指标值", "<"],
        ["^", "^", "^", "年度指标值", "实际完成值"],
    ]
    plain = [
        ["", "", "三级指标", "指标值", ""],
        ["一级指标", "二级指标", "", "年度指标值", "实际完成值"],
    ]
    for heading in (merged, plain):
        (record,) = read_forms(grid_of([["项目名称", "甲"], *heading, *rows]))
        (row,) = record.indicators
        assert (row.name, row.target, row.actual) == ("场次", "3场", "2场")


def test_rate_written_as_a_share(grid_of):
    rows = [[cell.replace("95.00%", "0.95") for cell in row] for row in EVALUATION]
    (record,) = read_forms(grid_of(rows))
    assert record.execution_rate == 95


def test_year_and_description_from_labels(grid_of):
    (record,) = read_forms(
        grid_of(
            [
                ["项目名称", "甲", "预算年度", "2025年"],
                ["项目概况", "维修校舍", "<", "<"],
                ["立项依据", "教育规划", "<", "<"],
                ["支出功能分类", "2050201 学前教育", "项目编码", "P-7"],
            ]
        )
    )
    assert (record.year, record.function_code, record.id) == (2025, "205", "P-7")
    assert record.description == "项目概况：维修校舍\n立项依据：教育规划"


def test_labels_in_traditional_characters_and_with_pinyin_residue(grid_of):
    (record,) = read_forms(
        grid_of(
            [
                ["項目名稱", "農村公路", "", "", ""],
                ["項目資金（萬元）", "年度資金總額", "854", "", ""],
                ["績(jī)效指標(biāo)", "一級指標", "二級指標", "三級指標", "指標值"],
                ["", "產出指標", "數量指標", "硬化里程", "100公里"],
            ]
        )
    )
    assert (record.project_name, record.budget_wan) == ("農村公路", 854)
    assert rows_of(record) == [("產出指標", "數量指標", "硬化里程", "100公里")]

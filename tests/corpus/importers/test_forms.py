"""Tables of indicators in the layouts in use across regions, written down as grids."""

from __future__ import annotations

import pytest

from corpus.importers.forms import read_forms
from tests.corpus.importers.layouts import HEADING, codes_of, rows_of

LEVELS = [
    ("产出指标", "数量指标", "硬化里程", "≥100公里"),
    ("产出指标", "数量指标", "路灯", "50盏"),
    ("产出指标", "质量指标", "合格率", "≥95%"),
    ("效益指标", "社会效益指标", "受益人口", "3万人"),
]
MERGED = [
    ["^", "产出指标", "数量指标", "硬化里程", "≥100公里"],
    ["^", "^", "^", "路灯", "50盏"],
    ["^", "^", "质量指标", "合格率", "≥95%"],
    ["^", "效益指标", "社会效益指标", "受益人口", "3万人"],
]
REPEATED = [["", *row] for row in LEVELS]
BLANK_BELOW = [[text.replace("^", "") for text in row] for row in MERGED]


@pytest.mark.parametrize("rows", [MERGED, REPEATED, BLANK_BELOW], ids=["merged", "said", "blank"])
def test_levels_merged_repeated_or_blank_below(record_of, rows):
    record = record_of([["项目名称", "村道", "<", "<", "<"], HEADING, *rows])
    assert rows_of(record) == LEVELS


def test_columns_in_another_order_with_extras(record_of):
    record = record_of(
        [
            ["项目名称", "校舍维修", "<", "<", "<", "<", "<", "<"],
            ["一级指标", "二级指标", "三级指标", "权重", "指标解释", "评分标准", "年度指标值",
             "备注"],
            ["产出指标", "数量指标", "维修面积", "20", "实际维修的面积", "每少1%扣1分",
             "3000平方米", "含操场"],
        ]
    )  # fmt: skip
    (row,) = record.indicators
    assert (row.target, row.weight, row.definition) == ("3000平方米", 20, "实际维修的面积")


def test_sign_value_and_unit_in_columns_of_their_own(record_of):
    record = record_of(
        [
            ["项目名称", "体检", "<", "<", "<", "<"],
            ["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位"],
            ["产出指标", "数量指标", "体检人数", "≥", "5000", "人次"],
            ["效益指标", "社会效益指标", "健康意识", "定性", "提高", ""],
            ["一级指标", "二级指标", "三级指标", "指标值", "<", "<"],
            ["满意度指标", "满意度指标", "群众满意度", "≥", "90", "%"],
        ]
    )
    assert [i.target for i in record.indicators] == ["≥5000人次", "提高", "≥90%"]


def test_name_and_target_in_one_cell(record_of):
    record = record_of(
        [
            ["项目名称", "绿化", "<"],
            ["一级指标", "二级指标", "三级指标"],
            ["产出指标", "数量指标", "指标1：绿化面积≥200亩\n指标2：补植树木不少于3000株"],
            ["", "质量指标", "成活率：95%以上"],
            ["", "时效指标", "完成时间 2023年12月底前"],
        ]
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


def test_weight_merged_over_rows_counts_once(record_of):
    record = record_of(
        [
            ["项目名称", "甲", "<", "<", "<"],
            ["一级指标", "二级指标", "三级指标", "指标值", "分值"],
            ["产出指标", "数量指标", "甲一", "1个", "20"],
            ["^", "^", "甲二", "2个", "^"],
        ]
    )
    assert [i.weight for i in record.indicators] == [20, None]


def test_names_that_begin_like_a_footer_or_a_total(record_of):
    names = ["合计发放补贴", "总分拣量", "审核项目数", "注册企业数", "说明会场次", "备注登记数"]
    rows = [["", "", name, ""] for name in names]
    record = record_of([["项目名称", "甲"], ["一级指标", "二级指标", "三级指标", "指标值"], *rows])
    assert [i.name for i in record.indicators] == names


def test_nothing_after_the_footer_is_an_indicator(record_of):
    record = record_of(
        [
            ["项目名称", "甲"],
            ["一级指标", "二级指标", "三级指标", "指标值"],
            ["产出指标", "数量指标", "场次", "3场"],
            ["填报人：", "", "审核人：", "2024年1月5日"],
            ["", "", "单位盖章", "某局"],
        ]
    )
    assert [i.name for i in record.indicators] == ["场次"]


@pytest.mark.parametrize(
    "heading",
    [
        [
            ["一级指标", "二级指标", "三级指标", "指标值", "<"],
            ["^", "^", "^", "年度指标值", "实际完成值"],
        ],
        [
            ["", "", "三级指标", "指标值", ""],
            ["一级指标", "二级指标", "", "年度指标值", "实际完成值"],
        ],
    ],
    ids=["merged", "plain"],
)
def test_heading_in_two_lines_with_and_without_merges(record_of, heading):
    rows = [["产出指标", "数量指标", "场次", "3场", "2场"]]
    (row,) = record_of([["项目名称", "甲"], *heading, *rows]).indicators
    assert (row.name, row.target, row.actual) == ("场次", "3场", "2场")

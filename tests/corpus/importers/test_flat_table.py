"""Lists with one indicator per row: CSV in its encodings, and published lists in sheets."""

from __future__ import annotations

import pytest

from corpus.errors import InputError, UnsafeFileError
from corpus.importers import Limits, read_declarations
from corpus.importers.grids import read_grids
from corpus.records import Case, SelfEvaluation

CHINESE = """\
项目名称,主管部门,年度,预算金额（万元）,年度总体目标,一级,二级,三级指标,指标值,分值
农村公路养护,交通局,2024,854.00,养护100公里,产出指标,数量指标,养护里程,≥100公里,20
,,,,,产出指标,质量指标,"合格率,含桥梁",≥95%,10
路灯维护,城管局,2024,30,维护路灯,产出指标,数量指标,路灯,50盏,20
"""
ENGLISH = """id,project_name,department,year,budget_wan,level1,level2,name,target,weight,actual
a,农村公路养护,交通局,2024,854,产出指标,数量指标,养护里程,≥100公里,20,98公里
b,路灯维护,城管局,2024,30,产出指标,数量指标,路灯,50盏,20,50盏
a,农村公路养护,交通局,2024,854,产出指标,质量指标,合格率,≥95%,10,96%
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_chinese_headings_in_every_encoding(encoding):
    result = read_declarations(("表.csv", CHINESE.encode(encoding)))
    first, second = result.records
    assert (first.project_name, first.department, first.year) == ("农村公路养护", "交通局", 2024)
    assert (first.budget_wan, first.goal) == (854, "养护100公里")
    assert [(i.level1, i.level2, i.name, i.target, i.weight) for i in first.indicators] == [
        ("产出指标", "数量指标", "养护里程", "≥100公里", 20),
        ("产出指标", "质量指标", "合格率,含桥梁", "≥95%", 10),
    ]
    assert first.indicators[1].location == "H3"
    assert (second.project_name, len(second.indicators)) == ("路灯维护", 1)
    assert not result.problems


def test_english_headings_with_one_project_in_two_places():
    first, second = read_declarations(("t.csv", ENGLISH.encode())).records
    assert (first.id, [i.name for i in first.indicators]) == ("a", ["养护里程", "合格率"])
    assert (second.id, second.project_name) == ("b", "路灯维护")
    assert type(first) is SelfEvaluation
    assert first.indicators[0].actual == "98公里"


@pytest.mark.parametrize("delimiter", ["\t", ";"])
def test_other_delimiters(delimiter):
    data = ENGLISH.replace(",", delimiter).encode()
    assert len(read_declarations(("t.csv", data)).records) == 2


def test_projects_without_indicators():
    result = read_declarations(
        ("t.csv", "项目名称,主管部门,项目概况\n甲,教育局,维修校舍\n乙,教育局,\n".encode())
    )
    assert [(r.project_name, r.description) for r in result.records] == [
        ("甲", "维修校舍"), ("乙", ""),
    ]  # fmt: skip


def test_same_name_in_another_year_is_another_project():
    result = read_declarations(
        (
            "t.csv",
            "项目名称,年度,三级指标,指标值\n甲,2023,里程,5公里\n甲,2024,里程,6公里\n".encode(),
        )
    )
    assert [(r.year, r.indicators[0].target) for r in result.records] == [
        (2023, "5公里"), (2024, "6公里"),
    ]  # fmt: skip


def test_sign_and_unit_columns():
    data = "项目名称,三级指标,计算符号,指标值,计量单位\n甲,里程,≥,5,公里\n".encode()
    (record,) = read_declarations(("t.csv", data)).records
    assert record.indicators[0].target == "≥5公里"


def test_amounts_in_yuan_and_faults():
    data = (
        "编号,项目名称,预算（元）,年度,三级指标,指标值,分值\n"
        "1,甲,50000,去年,里程,5公里,重\n"
        "1,乙,,,x,1个,\n"
    )
    result = read_declarations(("t.csv", data.encode()))
    (record,) = result.records
    assert record.budget_wan == 5
    assert [(p.code, p.location.cell) for p in result.problems] == [
        ("bad_year", "D2"),
        ("bad_number", "G2"),
        ("contradiction", "B3"),
    ]


def test_cases_keep_their_source(cases):
    header = "项目名称,年度,来源类型,来源网址,三级指标,指标值\n"
    data = header + "甲,2023,自评表,https://example.org/1,里程,5公里\n"
    (record,) = read_declarations(("t.csv", data.encode())).records
    assert type(record) is Case
    assert (record.source_kind, record.origin) == ("自评表", "user")


def test_published_list_with_merged_cells_and_two_line_heading(grid_of):
    grid = grid_of(
        [
            ["2024年部门预算项目绩效目标表", "<", "<", "<", "<", "<", "<", "<", "<"],
            ["单位：万元", "", "", "", "", "", "", "", ""],
            ["单位名称", "项目名称", "预算数", "绩效目标", "绩效指标", "<", "<", "<", "<"],
            ["^", "^", "^", "^", "一级指标", "二级指标", "三级指标", "绩效指标性质", "绩效指标值"],
            [
                "教育局",
                "校舍维修",
                "120",
                "维修3所学校",
                "产出指标",
                "数量指标",
                "维修学校",
                "≥",
                "3所",
            ],
            ["^", "^", "^", "^", "^", "质量指标", "合格率", "＝", "100%"],
            ["^", "营养餐", "80", "供餐", "产出指标", "数量指标", "供餐人数", "≥", "5000人"],
            ["合计", "<", "200", "", "", "", "", "", ""],
        ]
    )
    first, second = read_grids("a.xlsx", [grid]).records
    assert (first.implementing_unit, first.project_name, first.budget_wan, first.goal) == (
        "教育局", "校舍维修", 120, "维修3所学校",
    )  # fmt: skip
    assert [(i.level2, i.name, i.target) for i in first.indicators] == [
        ("数量指标", "维修学校", "≥3所"),
        ("质量指标", "合格率", "=100%"),
    ]
    assert (second.project_name, second.budget_wan, len(second.indicators)) == ("营养餐", 80, 1)


def test_a_form_saved_as_csv_is_read_as_a_form():
    data = "项目名称,村道,,\n一级指标,二级指标,三级指标,指标值\n产出指标,数量指标,里程,5公里\n"
    (record,) = read_declarations(("t.csv", data.encode())).records
    assert (record.project_name, record.indicators[0].location) == ("村道", "C3")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"a,b\n1,2\n", "no_form"),
        ("项目名称,年度\n".encode(), "no_form"),
        (b"\xff" * 300, "bad_encoding"),
        ("项目名称,目标\n甲,".encode() + b'"' + b"x" * 200_000 + b'"', "bad_csv"),
        (("项目名称" + ",x" * 300 + "\n").encode(), "unsafe_file"),
    ],
)
def test_refusals(data, code):
    with pytest.raises(InputError) as caught:
        read_declarations(("t.csv", data))
    assert caught.value.code == code
    assert "t.csv" in str(caught.value)


def test_a_list_with_too_many_rows_is_refused():
    data = "项目名称\n" + "甲\n" * 50
    with pytest.raises(UnsafeFileError):
        read_declarations(("t.csv", data.encode()), Limits(max_csv_rows=20))

"""Records of the national platform, in the shapes in which platforms send them."""

from __future__ import annotations

import json

import pytest

from corpus.errors import InputError
from corpus.importers import declaration_from_dict, read_declarations
from corpus.importers.platform_records import target_text

PROJECT = {
    "pro_code": "P001",
    "pro_name": "农村公路养护",
    "pro_desc": "养护县乡道",
    "pro_bases": "交通强国建设纲要",
    "agency_name": "公路中心",
    "dept_name": "交通运输局",
    "mof_div_name": "某县",
    "fiscal_year": "2024",
}
GOALS = [
    {"kpi_target": "三年养护300公里", "yearflag": 1},
    {"kpi_target": "养护100公里", "yearflag": "0", "is_deleted": 2},
    {"kpi_target": "作废目标", "yearflag": "0", "is_deleted": 1},
]
INDICATORS = [
    {
        "kpi_id": "k1",
        "lv1_perf_ind_name": "产出指标",
        "lv2_perf_ind_name": "数量指标",
        "lv3_perf_ind_name": "养护里程",
        "computesign": "≥",
        "kpi_val": 100,
        "meterunit": "公里",
        "kpi_content": "实际养护的里程",
        "kpi_evalstd": "每少1公里扣1分",
        "weight": 20,
        "is_deleted": "2",
    },
    {"lv3_perf_ind_name": "删去的", "indexval": "1", "is_deleted": 1},
]


def whole(**changes):
    return {
        "project": PROJECT,
        "PM_PERF_GOAL_INFO": GOALS,
        "PM_PERF_INDICATOR": INDICATORS,
        **changes,
    }


def check(record):
    assert record.id == "P001"
    assert record.project_name == "农村公路养护"
    assert (record.department, record.implementing_unit) == ("交通运输局", "公路中心")
    assert (record.region, record.year) == ("某县", 2024)
    assert record.goal == "养护100公里"
    assert record.description.splitlines() == [
        "养护县乡道", "立项依据：交通强国建设纲要", "实施期总目标：三年养护300公里",
    ]  # fmt: skip
    (row,) = record.indicators
    assert (row.level1, row.level2, row.name) == ("产出指标", "数量指标", "养护里程")
    assert (row.target, row.weight) == ("≥100公里", 20)
    assert row.definition == "实际养护的里程\n评分标准：每少1公里扣1分"


def test_nested_in_one_object():
    check(declaration_from_dict(whole()))


def test_flat_with_lists():
    tables = {"pm_perf_goal_info": GOALS, "pm_perf_indicator": INDICATORS}
    check(declaration_from_dict({**PROJECT, **tables}))


def test_keys_in_capitals():
    def upper(value):
        if isinstance(value, dict):
            return {key.upper(): upper(item) for key, item in value.items()}
        return [upper(item) for item in value] if isinstance(value, list) else value

    check(declaration_from_dict(upper(whole())))


def test_lists_inside_the_project_and_short_names():
    check(declaration_from_dict({"project": {**PROJECT, "goals": GOALS, "indicators": INDICATORS}}))


@pytest.mark.parametrize(
    ("sign", "value", "unit", "target"),
    [
        ("≥", "95", "%", "≥95%"),
        ("2", "95", "%", "≥95%"),
        ("1", "5", "次", ">5次"),
        ("3", "12", "个月", "=12个月"),
        ("4", "3", "天", "<3天"),
        ("5", "10", "元/人", "≤10元/人"),
        ("6", "效果明显", "", "效果明显"),
        ("定性", "明显改善", "/", "明显改善"),
        (">=", "95", "％", "≥95％"),
        ("大于等于", "95", "%", "≥95%"),
        ("≥", "≥95%", "%", "≥95%"),
        ("", "2024年12月底前", "", "2024年12月底前"),
        ("≥", "", "%", ""),
    ],
)
def test_targets_are_composed(sign, value, unit, target):
    assert target_text(sign, value, unit) == target


def test_rows_of_last_year_become_history():
    last = [{**INDICATORS[0], "kpi_val": 80, "fiscal_year": 2023}]
    goals = [*GOALS, {"kpi_target": "养护80公里", "yearflag": 0, "fiscal_year": 2023}]
    record = declaration_from_dict(
        whole(PM_PERF_GOAL_INFO=goals, PM_PERF_INDICATOR=[*INDICATORS, *last])
    )
    check(record)
    (earlier,) = record.history
    assert (earlier.year, earlier.goal, earlier.id) == (2023, "养护80公里", "P001")
    assert [row.target for row in earlier.indicators] == ["≥80公里"]


def test_history_sent_as_such():
    earlier = {"project": {**PROJECT, "fiscal_year": 2023}, "PM_PERF_INDICATOR": INDICATORS}
    record = declaration_from_dict(whole(history=[earlier]))
    assert [(h.year, len(h.indicators)) for h in record.history] == [(2023, 1)]


def test_indicators_of_the_whole_period_give_way_to_annual_ones():
    both = [{**INDICATORS[0], "yearflag": 1, "kpi_val": 300}, {**INDICATORS[0], "yearflag": 0}]
    record = declaration_from_dict(whole(PM_PERF_INDICATOR=both))
    assert [row.target for row in record.indicators] == ["≥100公里"]
    record = declaration_from_dict(whole(PM_PERF_INDICATOR=both[:1]))
    assert [row.target for row in record.indicators] == ["≥300公里"]


def test_export_of_several_projects():
    other = {**PROJECT, "pro_code": "P002", "pro_name": "路灯"}
    tables = {
        "projects": [PROJECT, other],
        "PM_PERF_GOAL_INFO": [{**row, "pro_code": "P001"} for row in GOALS],
        "PM_PERF_INDICATOR": [{**row, "pro_code": "P001"} for row in INDICATORS],
    }
    result = read_declarations(("export.json", json.dumps(tables).encode()))
    check(result.records[0])
    assert (result.records[1].project_name, result.records[1].indicators) == ("路灯", ())


def test_export_of_several_projects_needs_their_codes_on_every_row():
    tables = {"projects": [PROJECT, {**PROJECT, "pro_code": "P2"}], "PM_PERF_INDICATOR": INDICATORS}
    with pytest.raises(InputError, match="pro_code"):
        read_declarations(("export.json", json.dumps(tables).encode()))


@pytest.mark.parametrize("rows", [5, [5], ["x"]])
def test_tables_of_another_shape_are_refused(rows):
    with pytest.raises(InputError) as caught:
        declaration_from_dict(whole(PM_PERF_INDICATOR=rows))
    assert caught.value.where.field.startswith("pmperfindicator")


@pytest.mark.parametrize("rows", ["", None, {}, {"lv3_perf_ind_name": {"b": 1}}])
def test_tables_without_rows_yield_no_indicators(rows):
    assert declaration_from_dict(whole(PM_PERF_INDICATOR=rows)).indicators == ()

"""Indicator libraries: sheets in the words of different regions, and JSON."""

from __future__ import annotations

import json

import pytest

from corpus.bundle import bundled_library
from corpus.errors import InputError
from corpus.importers import read_library
from corpus.importers.library_sheet import read_library_grids

SHEET = """\
项目类型,功能分类,适用部门,一级指标,二级指标,三级指标,指标解释,计算公式,计量单位,指标方向,参考值,佐证材料,是否核心
农村公路养护,213农林水支出,交通局、公路中心,产出指标,数量指标,养护里程,实际养护里程,,公里,正向,≥100公里,台账,是
,,,,质量指标,优良路率,,优良里程÷总里程,,,90%-95%,检测报告,否
,,,满意度指标,,群众满意度,,,,定性,较满意,问卷,
路灯维护,城乡社区,城管局,成本指标,经济成本指标,单灯成本,,,元/盏,反向,120,合同,
"""


def library_of(text: str):
    return read_library(("指标库.csv", text.encode()))


def test_sheet_with_blank_cells_that_continue():
    result = library_of(SHEET)
    roads, lamps = result.records
    assert (roads.project_type, roads.function_code) == ("农村公路养护", "213")
    assert roads.departments == ("交通局", "公路中心")
    assert roads.origin == "user"
    mileage, quality, content = roads.indicators
    assert (mileage.level1, mileage.level2, mileage.name) == ("产出指标", "数量指标", "养护里程")
    assert (mileage.direction, mileage.typical, mileage.unit) == ("≥", 100, "公里")
    assert (mileage.definition, mileage.evidence, mileage.core) == ("实际养护里程", "台账", True)
    assert (quality.level1, quality.level2) == ("产出指标", "质量指标")
    assert (quality.weak, quality.strong, quality.unit) == (90, 95, "%")
    assert quality.formula == "优良里程÷总里程"
    assert not quality.core
    assert (content.level1, content.level2, content.direction) == ("满意度指标", "", "定性")
    assert content.basis == "参考值：较满意"
    assert lamps.function_code == "212"
    assert (lamps.indicators[0].direction, lamps.indicators[0].typical) == ("≤", 120)
    assert not result.problems


def test_id_is_that_of_the_bundled_type_of_the_same_name():
    bundled = bundled_library()[0]
    text = f"项目类型,一级指标,二级指标,三级指标\n{bundled.project_type},产出指标,数量指标,甲\n"
    (record,) = library_of(text).records
    assert record.id == bundled.id


def test_three_levels_of_reference():
    text = (
        "项目类型,一级指标,三级指标,基本值,参考值,先进值,参考依据\n"
        "绿化,产出指标,成活率,85%,90%,95%,行业标准\n"
    )
    (record,) = library_of(text).records
    (row,) = record.indicators
    assert (row.weak, row.typical, row.strong, row.basis) == (85, 90, 95, "行业标准")


def test_merged_cells_and_a_title_above(grid_of):
    grid = grid_of(
        [
            ["某市项目支出绩效指标库", "<", "<", "<", "<"],
            ["项目类型", "一级指标", "二级指标", "三级指标", "参考值"],
            ["绿化", "产出指标", "数量指标", "栽植株数", "≥500株"],
            ["^", "^", "质量指标", "成活率", "≥95%"],
            ["防汛", "产出指标", "时效指标", "响应时间", "≤30分钟"],
        ]
    )
    green, flood = read_library_grids("库.xlsx", [grid]).records
    assert [(i.level1, i.level2, i.name, i.typical) for i in green.indicators] == [
        ("产出指标", "数量指标", "栽植株数", 500),
        ("产出指标", "质量指标", "成活率", 95),
    ]
    assert (flood.project_type, flood.indicators[0].direction) == ("防汛", "≤")


def test_sheet_name_stands_in_for_a_missing_type_column(grid_of):
    grid = grid_of(
        [
            ["一级指标", "二级指标", "三级指标", "参考值"],
            ["产出指标", "数量指标", "栽植株数", "5株"],
        ]
    )
    grid.sheet = "园林绿化"
    (record,) = read_library_grids("库.xlsx", [grid]).records
    assert record.project_type == "园林绿化"


def test_unknown_direction_is_reported_with_its_cell():
    result = library_of(
        "项目类型,一级指标,二级指标,三级指标,指标方向\n甲,产出指标,数量指标,乙,向上\n"
    )
    assert len(result.records[0].indicators) == 1
    (problem,) = result.problems
    assert (problem.code, problem.location.cell) == ("bad_direction", "E2")


def test_json_lines_in_the_bundled_format():
    lines = [t.model_dump_json() for t in bundled_library()[:3]]
    lines[1] = '{"project_type": "坏", "indicators": [{"level1": 1, "direction": "?"}]}'
    result = read_library(("库.jsonl", "\n".join([*lines, "{", "5"]).encode()))
    assert [t.id for t in result.records] == [bundled_library()[0].id, bundled_library()[2].id]
    assert {t.origin for t in result.records} == {"user"}
    assert [p.location.row for p in result.problems] == [2, 4, 5]


def test_json_list_without_ids():
    types = [{"project_type": "绿化", "function_code": "212", "indicators": []}, {"a": 1}]
    result = read_library(("库.json", json.dumps(types).encode()))
    assert result.records[0].id.startswith("lib-")
    assert result.problems[0].location.field.startswith("[1]")


def test_a_declaration_is_no_library():
    with pytest.raises(InputError) as caught:
        library_of("项目名称,主管部门\n甲,教育局\n")
    assert caught.value.code == "no_library"

"""A project described in labelled lines, and labels that share a cell with their value."""

from __future__ import annotations

import io

import pytest
from docx import Document
from openpyxl import Workbook

from corpus.errors import InputError
from corpus.importers import read_declarations
from corpus.records import Declaration

DESCRIPTION = """2026年度预算项目简介

一、项目名称：某区老旧小区消防设施改造
二、申报单位：某区住房和城乡建设局
三、项目概况：
辖区内2000年前建成的老旧小区共38个，其中21个室内消火栓无水。
拟安装独立式感烟报警器6300只，更换消火栓1150套。
四、资金总额：1,980万元，其中申请财政资金1500万元。
（五）年度绩效目标: 2026年10月底前完成21个小区改造，群众满意。
"""


def only(name: str, data: bytes) -> Declaration:
    result = read_declarations((name, data))
    assert result.problems == ()
    (record,) = result.records
    assert type(record) is Declaration
    return record


def described(record: Declaration) -> None:
    assert record.project_name == "某区老旧小区消防设施改造"
    assert record.implementing_unit == "某区住房和城乡建设局"
    assert record.year == 2026
    assert record.budget_wan == 1980
    assert record.goal == "2026年10月底前完成21个小区改造，群众满意。"
    assert record.description.startswith("辖区内2000年前")
    assert record.description.endswith("更换消火栓1150套。")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_text_file_describes_a_project(encoding: str) -> None:
    described(only("项目.txt", DESCRIPTION.encode(encoding)))


def test_paragraphs_of_a_word_file_describe_a_project() -> None:
    document, buffer = Document(), io.BytesIO()
    for line in DESCRIPTION.splitlines():
        document.add_paragraph(line)
    document.save(buffer)
    described(only("项目.docx", buffer.getvalue()))


def test_a_long_description_is_no_report() -> None:
    long = DESCRIPTION.replace(
        "拟安装", "这一项关系群众生命财产安全，须按绩效要求尽快实施。" * 40 + "拟安装"
    )
    described(only("项目.txt", long.encode()))


def test_a_report_with_a_labelled_line_stays_a_report() -> None:
    text = "项目支出绩效自评报告\n项目名称：老旧小区消防改造\n总体目标：改造21个小区\n" + (
        "2025年预算安排1500万元，实际支出1480万元，完成了21个小区的改造。" * 12
    )
    (record,) = read_declarations(("报告.txt", text.encode())).records
    assert record.report_text == text  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("line", "budget"),
    [
        ("预算金额：860万元", 860),
        ("项目资金总额（万元）：  1,234.5", 1234.5),
        ("申请资金总额：0.3亿元（其中市级0.1亿元）", 3000),
        ("预算金额：58600元。", 5.86),
    ],
)
def test_amounts_beside_their_label(line: str, budget: float) -> None:
    text = f"项目名称：乡镇污水处理设施运行维护\n{line}\n总体目标：处理污水420万吨\n"
    assert only("项目.txt", text.encode()).budget_wan == pytest.approx(budget)


def test_a_goal_that_shares_its_cell_with_the_label() -> None:
    workbook, buffer = Workbook(), io.BytesIO()
    sheet = workbook.active
    assert sheet is not None
    for row in (
        ["项目名称", "农村道路养护"],
        ["年度总体目标：养护县乡公路86公里，路况良好率达到90%以上。"],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "养护里程", "86公里"],
    ):
        sheet.append(row)
    sheet.merge_cells("A2:D2")
    workbook.save(buffer)
    record = only("申报表.xlsx", buffer.getvalue())
    assert record.goal == "养护县乡公路86公里，路况良好率达到90%以上。"
    assert [row.name for row in record.indicators] == ["养护里程"]


def test_lines_without_a_project_name_are_refused() -> None:
    with pytest.raises(InputError, match="没有识别到"):
        read_declarations(("项目.txt", "总体目标：改造21个小区\n资金总额：20万元\n".encode()))

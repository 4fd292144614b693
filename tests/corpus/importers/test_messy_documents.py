"""Word forms as units really fill them in: lists in cells, pages that go on, notes, merges."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from docx import Document
from docx.document import Document as DocumentObject
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table

from corpus.importers import ImportResult, read_declarations
from corpus.importers.indicator_cells import clean_level, split_numbered, split_pairs
from tests.corpus.importers.layouts import rows_of

HEADING = ("一级指标", "二级指标", "三级指标", "指标值", "权重")
PROJECT = ("项目名称", "城区供水管网改造", "", "", "")
PIPES = ("产出指标", "数量指标", "改造管网长度", "≥12公里")
METERS = ("产出指标", "数量指标", "更换水表数量", "≥3600只")
QUALITY = ("产出指标", "质量指标", "水质合格率", "98%")
PEOPLE = ("效益指标", "社会效益指标", "受益居民户数", "≥9000户")


def new_table(document: DocumentObject, *rows: Sequence[str]) -> Table:
    table = document.add_table(0, 5)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    return table


def merge(table: Table, first: tuple[int, int], last: tuple[int, int]) -> None:
    """Merge as Word does: the texts of all cells stay, one below the other."""
    table.cell(*first).merge(table.cell(*last))


def read(document: DocumentObject) -> ImportResult:
    stream = io.BytesIO()
    document.save(stream)
    return read_declarations(("申报表.docx", stream.getvalue()))


def the_rows(result: ImportResult) -> list[tuple[str, str, str, str]]:
    (record,) = result.records
    return rows_of(record)


@pytest.fixture
def several_in_a_cell() -> DocumentObject:
    document = Document()
    new_table(
        document,
        PROJECT,
        HEADING,
        ("产出指标", "数量指标", "1.改造管网长度\n2.更换水表数量", "≥12公里\n≥3600只", "20"),
        ("产出指标", "质量指标", "（1）水质合格率；（2）工程合格率", "98%；100%", "10"),
        ("产出指标", "时效指标", "①开工时间②完工时间", "①3月底前②11月底前", "10"),
        ("效益指标", "社会效益指标", "受益居民户数\n停水次数下降率", "≥9000户\n≥10%", "20"),
        ("效益指标", "生态效益指标", "管网改造后\n全年漏损率", "≤9%", "10"),
        ("满意度指标", "服务对象满意度指标", "1、居民满意度\n2、商户满意度", "≥90%", "10"),
    )
    return document


@pytest.fixture
def goes_on_overleaf() -> DocumentObject:
    """One table; the heading again on page two, notes at the foot of both pages."""
    document = Document()
    table = new_table(
        document,
        PROJECT,
        HEADING,
        ("产出指标", "数量指标", "改造管网长度①", "≥12公里", "10"),
        (*METERS, "10"),
        ("注：①含支管，不含入户管。", "", "", "", ""),
        HEADING,
        ("产出指标（续）", *QUALITY[1:], "10"),
        ("效益指标", "社会效益指标", "受益面积", "≥3km", "30"),
        ("注：②水表为智能水表。", "", "", "", ""),
        ("填表人：", "", "", "", ""),
    )
    for row in (4, 8):
        merge(table, (row, 0), (row, 4))
    merge(table, (2, 0), (3, 0))
    for place, mark in (((3, 3), "2"), ((7, 3), "2")):
        table.cell(*place).paragraphs[0].add_run(mark).font.superscript = True
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), "2")
    table.cell(3, 2).paragraphs[0].add_run()._r.append(reference)
    return document


@pytest.fixture
def two_tables() -> DocumentObject:
    """A second table on the next page; merged levels, a name merged with its value."""
    document = Document()
    first = new_table(
        document,
        PROJECT,
        HEADING,
        (*PIPES, "10"),
        ("产出指标", "数量指标", "更换水表数量≥3600只", "", "10"),
    )
    merge(first, (0, 1), (0, 4))
    merge(first, (3, 2), (3, 3))
    document.add_page_break()
    document.add_paragraph("项目支出绩效目标申报表（续）")
    second = new_table(
        document,
        HEADING,
        (*QUALITY, "10"),
        (*PEOPLE, "30"),
        ("效益指标", "社会效益指标", "停水投诉", "≤5件", "10"),
    )
    merge(second, (2, 0), (3, 0))
    merge(second, (2, 1), (3, 1))
    return document


def test_lists_in_cells_become_rows_or_are_reported(several_in_a_cell):
    result = read(several_in_a_cell)
    assert the_rows(result) == [
        PIPES,
        METERS,
        QUALITY,
        ("产出指标", "质量指标", "工程合格率", "100%"),
        ("产出指标", "时效指标", "开工时间", "3月底前"),
        ("产出指标", "时效指标", "完工时间", "11月底前"),
        PEOPLE,
        ("效益指标", "社会效益指标", "停水次数下降率", "≥10%"),
        ("效益指标", "生态效益指标", "管网改造后\n全年漏损率", "≤9%"),
        ("满意度指标", "服务对象满意度指标", "居民满意度；商户满意度", "≥90%"),
    ]
    (problem,) = result.problems
    assert problem.code == "unmatched_lines"
    assert (problem.location.sheet, problem.location.cell) == ("表1", "C8")
    assert "每行只填一个三级指标" in problem.hint


def test_weight_of_a_cell_with_several_counts_once(several_in_a_cell):
    (record,) = read(several_in_a_cell).records
    assert sum(row.weight or 0 for row in record.indicators) == 80


def test_notes_at_the_foot_of_a_page_do_not_end_the_table(goes_on_overleaf):
    result = read(goes_on_overleaf)
    area = ("效益指标", "社会效益指标", "受益面积", "≥3km2")
    assert the_rows(result) == [PIPES, METERS, QUALITY, area]
    assert result.problems == ()


def test_a_table_goes_on_in_the_next(two_tables):
    result = read(two_tables)
    complaints = ("效益指标", "社会效益指标", "停水投诉", "≤5件")
    assert the_rows(result) == [PIPES, METERS, QUALITY, PEOPLE, complaints]
    (record,) = result.records
    assert [row.location for row in record.indicators][2:] == ["表2!C2", "表2!C3", "表2!C4"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("1.甲 2.乙", ["甲", "乙"]),
        ("1.5公里", ["1.5公里"]),
        ("2.甲 3.乙", ["2.甲 3.乙"]),
        ("建设(1)期和(2)期", ["建设(1)期和(2)期"]),
        ("①甲", ["①甲"]),
    ],
)
def test_only_whole_lists_are_split(text: str, parts: list[str]):
    assert split_numbered(text) == parts


@pytest.mark.parametrize(
    ("name", "target"),
    [("改造\n长度", "≥12\n公里"), ("改造\n长度", "12公里"), ("改造\n管网\n长度", "1公里\n2公里")],
)
def test_broken_lines_stay_one_name(name: str, target: str):
    assert split_pairs(name, target) == [name]


def test_levels_said_twice_are_one():
    assert clean_level("产出指标\n产出指标") == "产出指标"
    assert clean_level("产出\n指标(续表)") == "产出指标"

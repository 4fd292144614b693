"""Excel workbooks: formats, formulas, merges and sheets."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import openpyxl
import pytest

from corpus.importers import read_declarations
from corpus.importers.number_format import shown_text
from corpus.importers.workbook import read_workbook


def saved(book) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def form_book(*rows, name="甲"):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["项目名称", name])
    sheet.append(["一级指标", "二级指标", "三级指标", "指标值", "分值"])
    for row in rows:
        sheet.append(row)
    return book, sheet


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (0.95, "0%", "95%"),
        (0.955, "0.00%", "95.5%"),
        (100, "General", "100"),
        (854.0, "#,##0.00", "854"),
        (0.1 + 0.2, "General", "0.3"),
        (12345678.9, "General", "12345678.9"),
        (100, '0"公里"', "100公里"),
        (5, '"≥"0"次"', "≥5次"),
        (5, "≥0", "≥5"),
        (3, r"0\天", "3天"),
        (7, '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "7"),
        (dt.datetime(2023, 12, 31), "yyyy-mm-dd", "2023年12月31日"),
        (dt.datetime(2023, 12, 1), 'yyyy"年"m"月"', "2023年12月"),
        (True, "General", "是"),
        (None, "General", ""),
        ("a_x000D_\r\nb", "@", "a\nb"),
        (10**40, "General", "1.000000e+40"),
    ],
)
def test_values_read_as_they_are_shown(value, number_format, text):
    assert shown_text(value, number_format) == text


def test_number_formats_reach_the_target():
    book, sheet = form_book(["产出指标", "质量指标", "合格率", 0.95, 10])
    sheet["D3"].number_format = "0%"
    (record,) = read_declarations(("a.xlsx", saved(book))).records
    assert (record.indicators[0].target, record.indicators[0].weight) == ("95%", 10)


def with_cached(data: bytes, old: str, new: str) -> bytes:
    """Return the workbook with a replacement in its first sheet's XML."""
    source = zipfile.ZipFile(io.BytesIO(data))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.namelist():
            part = source.read(entry)
            if entry == "xl/worksheets/sheet1.xml":
                assert old.encode() in part
                part = part.replace(old.encode(), new.encode())
            target.writestr(entry, part)
    return stream.getvalue()


def test_formula_counts_with_its_stored_result():
    book, _ = form_book(["产出指标", "数量指标", "里程", "=50*2", 10])
    data = with_cached(saved(book), "<f>50*2</f><v></v>", "<f>50*2</f><v>100</v>")
    result = read_declarations(("a.xlsx", data))
    assert result.records[0].indicators[0].target == "100"
    assert not result.problems


def test_formula_without_stored_result_is_reported_and_the_row_kept():
    book, _ = form_book(["产出指标", "数量指标", "里程", '=HYPERLINK("http://x","y")', 10])
    result = read_declarations(("a.xlsx", saved(book)))
    assert [(i.name, i.target) for i in result.records[0].indicators] == [("里程", "")]
    (problem,) = result.problems
    assert problem.code == "uncalculated_formula"
    assert (problem.location.sheet, problem.location.cell) == ("Sheet", "D3")


def test_text_that_looks_like_a_formula_stays_text():
    book, sheet = form_book(["产出指标", "数量指标", "开放天数", "", 10])
    sheet["D3"].value = "=300天"
    sheet["D3"].data_type = "s"
    result = read_declarations(("a.xlsx", saved(book)))
    assert result.records[0].indicators[0].target == "=300天"


def test_several_sheets_with_a_foreign_one_between():
    book, _ = form_book(["产出指标", "数量指标", "里程", "5公里", 10])
    notes = book.create_sheet("填表说明")
    notes.append(["绩效目标应当细化量化"])
    book.create_sheet("空表")
    other = book.create_sheet("乙")
    other.append(["项目名称", "乙"])
    result = read_declarations(("a.xlsx", saved(book)))
    assert [r.project_name for r in result.records] == ["甲", "乙"]
    assert [(p.code, p.location.sheet) for p in result.problems] == [("sheet_skipped", "填表说明")]


def test_declared_dimensions_are_not_believed():
    book, _ = form_book(["产出指标", "数量指标", "里程", "5公里", 10])
    data = with_cached(saved(book), '<dimension ref="A1:E3"', '<dimension ref="A1:XFD1048576"')
    (record,) = read_declarations(("a.xlsx", data)).records
    assert len(record.indicators) == 1


def test_content_out_of_reach_is_reported():
    book, sheet = form_book(["产出指标", "数量指标", "里程", "5公里", 10])
    sheet["XFD1048576"] = "远处"
    result = read_declarations(("a.xlsx", saved(book)))
    assert len(result.records) == 1
    assert [(p.code, p.location.cell) for p in result.problems] == [
        ("sheet_too_large", "XFD1048576")
    ]


def test_a_merged_range_over_the_whole_sheet_is_only_layout():
    book, _ = form_book(["产出指标", "数量指标", "里程", "5公里", 10])
    merge = '<mergeCells count="1"><mergeCell ref="A10:XFD1048576" /></mergeCells>'
    data = with_cached(saved(book), "</sheetData>", "</sheetData>" + merge)
    (record,) = read_declarations(("a.xlsx", data)).records
    assert len(record.indicators) == 1


def test_values_hidden_under_a_merged_cell_are_not_seen():
    book, sheet = form_book()
    sheet["F1"], sheet["G1"] = "合并", "遮住"
    data = saved(book)
    merge = '<mergeCells count="1"><mergeCell ref="F1:G1" /></mergeCells>'
    data = with_cached(data, "</sheetData>", "</sheetData>" + merge)
    (grid,) = read_workbook("a.xlsx", data)
    assert grid.at(0, 6) is grid.at(0, 5)
    assert grid.at(0, 6).text == "合并"

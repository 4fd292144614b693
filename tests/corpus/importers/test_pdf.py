"""PDF: tables over page breaks, wrapped lines, scans and passwords."""

from __future__ import annotations

import io

import pytest

from corpus.errors import InputError, UnsafeFileError
from corpus.importers import Limits, read_declarations
from corpus.importers.pdf import unwrapped

WIDTHS = [80, 80, 80, 150, 110]


def pdf_of(*pages, **options) -> bytes:
    """Return a PDF with one ruled table a page, “^” and “<” as in the grids."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen import canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = io.BytesIO()
    page = canvas.Canvas(stream, **options)
    edges = [50 + sum(WIDTHS[:index]) for index in range(len(WIDTHS) + 1)]
    for rows in pages:
        page.setFont("STSong-Light", 9)
        top = 780
        for row in rows:
            column = 0
            while column < len(row):
                end = column + 1
                while end < len(row) and row[end] == "<":
                    end += 1
                page.rect(edges[column], top - 24, edges[end] - edges[column], 24)
                page.drawString(edges[column] + 3, top - 15, row[column])
                column = end
            top -= 24
        page.drawString(280, 30, f"第 {page.getPageNumber()} 页")
        page.showPage()
    page.save()
    return stream.getvalue()


HEAD = ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"]
TOP = [
    ["项目名称", "村道", "<", "<", "<"],
    ["年度总体目标", "硬化100公里", "<", "<", "<"],
    HEAD,
    ["", "产出指标", "数量指标", "硬化里程", "100公里"],
    ["", "", "质量指标", "验收合格", "95%"],
]


def rows_of(*pages):
    (record,) = read_declarations(("a.pdf", pdf_of(*pages))).records
    return [(i.level1, i.level2, i.name, i.target) for i in record.indicators]


def test_table_continued_on_the_next_page():
    assert rows_of(
        TOP, [["", "效益指标", "社会效益", "受益人口", "3万人"], ["", "", "", "受益村", "9个"]]
    ) == [
        ("产出指标", "数量指标", "硬化里程", "100公里"),
        ("产出指标", "质量指标", "验收合格", "95%"),
        ("效益指标", "社会效益", "受益人口", "3万人"),
        ("效益指标", "社会效益", "受益村", "9个"),
    ]


def test_continuation_whose_page_shows_fewer_column_edges():
    # Page two has a single wide row besides: its own columns would be counted differently.
    assert rows_of(TOP, [["", "满意度指标", "<", "群众满意度", "90%"]])[-1][2:] == (
        "群众满意度",
        "90%",
    )


def test_heading_repeated_on_the_next_page():
    assert len(rows_of(TOP, [HEAD, ["", "效益指标", "社会效益", "受益人口", "3万人"]])) == 3


def test_row_cut_by_the_page_break_is_joined_and_reported():
    result = read_declarations(
        (
            "a.pdf",
            pdf_of(TOP, [["", "", "", "率", ""], ["", "效益指标", "社会效益", "人口", "3人"]]),
        )
    )
    (record,) = result.records
    assert [i.name for i in record.indicators] == ["硬化里程", "验收合格率", "人口"]
    assert [(p.code, p.location.sheet) for p in result.problems] == [("broken_row", "第2页")]


def test_location_names_page_and_cell():
    (record,) = read_declarations(("a.pdf", pdf_of(TOP))).records
    assert record.indicators[0].location == "第1页!D4"


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("村内道路\n硬化里程", "村内道路硬化里程"),
        ("执行率\n95.8%", "执行率95.8%"),
        ("指标1：甲\n指标2：乙", "指标1：甲\n指标2：乙"),
        ("目标一\n1.建成\n（二）投用", "目标一\n1.建成\n（二）投用"),
        ("GB\nISO标准", "GB ISO标准"),
        ("", ""),
    ],
)
def test_lines_broken_by_narrow_cells(text, joined):
    assert unwrapped(text) == joined


def test_scan_without_text():
    from reportlab.pdfgen import canvas

    stream = io.BytesIO()
    page = canvas.Canvas(stream)
    page.rect(50, 50, 300, 300, fill=1)
    page.showPage()
    page.save()
    with pytest.raises(InputError, match="扫描件") as caught:
        read_declarations(("扫描.pdf", stream.getvalue()))
    assert caught.value.code == "scanned_pdf"
    assert "OCR" in caught.value.hint


def test_text_without_table():
    from reportlab.pdfgen import canvas

    stream = io.BytesIO()
    page = canvas.Canvas(stream)
    page.drawString(50, 700, "a letter, not a form")
    page.save()
    with pytest.raises(InputError) as caught:
        read_declarations(("a.pdf", stream.getvalue()))
    assert caught.value.code == "no_table"


def test_password():
    from reportlab.lib.pdfencrypt import StandardEncryption

    locked = pdf_of(TOP, encrypt=StandardEncryption("open", ownerPassword="own"))
    with pytest.raises(UnsafeFileError) as caught:
        read_declarations(("a.pdf", locked))
    assert caught.value.code == "encrypted_file"


def test_too_many_pages():
    with pytest.raises(UnsafeFileError, match="超过 2 页"):
        read_declarations(("a.pdf", pdf_of(TOP, TOP, TOP)), Limits(max_pages=2))


def test_child_that_takes_too_long_is_ended():
    with pytest.raises(UnsafeFileError, match="已停止"):
        read_declarations(("a.pdf", pdf_of(TOP)), Limits(child_seconds=0.05))


def test_child_that_runs_out_of_memory():
    with pytest.raises(UnsafeFileError):
        read_declarations(("a.pdf", pdf_of(TOP)), Limits(child_bytes=40 * 1024 * 1024))


@pytest.mark.parametrize("data", [b"%PDF-1.7\nnothing", b"%PDF-1.4\n" + bytes(range(256)) * 20])
def test_damaged(data):
    with pytest.raises(InputError):
        read_declarations(("a.pdf", data))

"""Reports as Word, PDF and text files: the text whole, tables as rows, refusals as advice."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
import pytest

from corpus.errors import JixiaoError
from corpus.importers import read_declarations
from corpus.importers.grid import Cell, Grid
from corpus.importers.narrative import _text, read_narrative
from corpus.importers.pdf import joined_lines
from corpus.importers.text_document import table_cells
from corpus.records import SelfEvaluation
from corpus.report import read_report

BODY = (
    "项目由镇村镇建设办公室组织实施，全年预算45万元，实际支出44.1万元，预算执行率98%。",
    "安装太阳能路灯150盏，目标150盏，验收合格率100%，受益群众1260户，投诉由9件降到2件。",
    "自评得分98分，等级为优。西坪村6盏路灯受树木遮挡，冬季照明时长不足4小时，扣2分。",
    "由西坪村委会在2024年3月底前完成修枝，镇村镇建设办公室每月巡查一次并登记台账。",
    "经费来源为县级衔接资金，按合同约定的进度支付，质保金在一年质保期满后支付给施工单位。",
)
FORM = (
    ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"),
    ("产出指标", "数量指标", "安装路灯数量", "150盏", "150盏", "50", "50"),
    ("效益指标", "社会效益指标", "受益户数", "≥1200户", "1260户", "30", "30"),
)
FUNDS = (
    ("资金来源（万元）", "全年预算数", "全年执行数", "执行率"),
    ("年度资金总额", "45", "44.1", "98%"),
    ("其中：县级资金", "45", "44.1", "98%"),
)
TITLE = "青石镇2023年农村路灯亮化工程绩效自评报告"


def report_docx(*tables: tuple[tuple[str, ...], ...]) -> bytes:
    document = docx.Document()
    document.add_heading(TITLE, 0)
    for number, text in enumerate(BODY):
        document.add_heading(("项目概况", "完成情况", "自评结论", "改进措施", "其他")[number], 1)
        document.add_paragraph(text)
        if number < len(tables):
            table = document.add_table(rows=0, cols=len(tables[number][0]))
            for row in tables[number]:
                for cell, value in zip(table.add_row().cells, row, strict=True):
                    cell.text = value
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def one(name: str, data: bytes) -> SelfEvaluation:
    (record,) = read_declarations((name, data)).records
    assert isinstance(record, SelfEvaluation)
    return record


def test_a_word_report_with_a_funds_table_and_a_form() -> None:
    record = one("自评报告.docx", report_docx(FUNDS, FORM))
    assert (record.project_name, record.department, record.year) == (
        "农村路灯亮化工程",
        "青石镇",
        2023,
    )
    assert (record.budget_wan, record.executed_wan, record.execution_rate) == (45, 44.1, 98)
    assert [row.actual for row in record.indicators] == ["150盏", "1260户"]
    assert "| 年度资金总额 | 45 | 44.1 | 98% |" in (record.report_text or "")
    sections = read_report(record.report_text or "").sections
    assert [section.title for section in sections] == [
        "项目概况", "完成情况", "自评结论", "改进措施", "其他",
    ]  # fmt: skip


def test_a_word_report_without_tables() -> None:
    record = one("自评报告.docx", report_docx())
    assert record.indicators == ()
    assert (record.budget_wan, record.executed_wan, record.total_score) == (45, 44.1, 98)


@pytest.mark.parametrize("name", ["报告.txt", "报告.md", "报告"])
def test_a_text_is_kept_exactly_as_given(name: str) -> None:
    text = f"{TITLE}\r\n一、项目概况\r\n" + "\r\n".join(BODY) + "\r\n"
    assert one(name, text.encode()).report_text == text


def test_a_text_in_the_national_encoding() -> None:
    text = f"{TITLE}\n一、项目概况\n" + "\n".join(BODY)
    assert one("报告.txt", text.encode("gb18030")).report_text == text


@pytest.mark.parametrize("join", ["| {} |".format, "{}".format])
def test_a_form_drawn_in_text_becomes_indicators(join: Any) -> None:
    mark = " | " if "|" in join("") else "\t"
    rows = [join(mark.join(row)) for row in FORM]
    text = "\n".join((TITLE, "一、完成情况", *BODY, *rows))
    assert [row.name for row in one("报告.txt", text.encode()).indicators] == [
        "安装路灯数量",
        "受益户数",
    ]


def test_a_table_of_values_in_text_is_still_csv() -> None:
    with pytest.raises(JixiaoError, match="没有识别到"):
        read_declarations(("名单.txt", "甲,乙,丙\n一,二,三。\n四,五,六。\n".encode()))


def test_rows_between_bars_and_tabs() -> None:
    assert table_cells("| 甲 | 乙 |") == ["甲", "乙"]
    assert table_cells("|---|:--|") == []
    assert table_cells("甲\t乙\t丙") == ["甲", "乙", "丙"]
    assert table_cells("没有表格") is None


def test_notes_around_a_form_are_no_narrative() -> None:
    grid = Grid("表.docx")
    for row, text in enumerate(("项目支出绩效自评表", "注：得分不超过分值。", "填表说明见附件。")):
        grid.put(Cell(row, 0, text))
        grid.prose[row] = 0
    assert read_narrative(grid) is None


def test_several_forms_leave_the_report_a_record_of_its_own() -> None:
    records = read_declarations(("报告.docx", report_docx(FORM, FORM))).records
    assert [len(record.indicators) for record in records] == [0, 2, 2]
    assert records[0].report_text


def line(text: str, right: float, page: int = 1) -> dict[str, Any]:
    return {"kind": "line", "page": page, "text": text, "edges": [72.0, right]}


def test_lines_of_a_pdf_paragraph_are_joined() -> None:
    blocks = [
        line("一、项目概况", 150),
        line("本项目由镇政府组织实施，全年预算45", 520),
        line("— 1 —", 300),
        line("万元，实际支出44.1万元。", 240, 2),
        line("二、存在问题", 150, 2),
    ]
    assert [block["text"] for block in joined_lines(blocks)] == [
        "一、项目概况",
        "本项目由镇政府组织实施，全年预算45万元，实际支出44.1万元。",
        "二、存在问题",
    ]


def report_pdf(*, scanned_page: bool = False) -> bytes:
    """Return a report of wrapped lines with a page number, and perhaps a page that is a picture."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen import canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = io.BytesIO()
    page = canvas.Canvas(stream)
    page.setFont("STSong-Light", 12)
    lines = [TITLE, "一、项目概况"]
    for text in BODY:
        lines += [text[place : place + 34] for place in range(0, len(text), 34)]
    for number, text in enumerate(lines):
        page.drawString(72, 780 - 20 * number, text)
    page.drawString(290, 40, "— 1 —")
    page.showPage()
    if scanned_page:
        page.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 72, 200, 400, 500)
        page.showPage()
    page.save()
    return stream.getvalue()


def test_a_pdf_of_running_text() -> None:
    record = one("报告.pdf", report_pdf())
    assert (record.project_name, record.budget_wan, record.executed_wan) == (
        "农村路灯亮化工程", 45, 44.1,
    )  # fmt: skip
    for text in BODY:
        assert text in (record.report_text or "")


def test_a_pdf_with_scanned_pages_warns_and_names_them() -> None:
    result = read_declarations(("报告.pdf", report_pdf(scanned_page=True)))
    assert len(result.records) == 1
    (problem,) = result.problems
    assert problem.code == "scanned_pages"
    assert "第2页" in problem.message
    assert "OCR" in problem.hint


def test_a_long_text_that_is_no_report_is_read_so_that_review_can_say_so(tmp_path: Path) -> None:
    text = (
        "2023年，全市深入推进预算绩效管理，现将有关情况汇报如下。"
        + "各部门全面开展绩效自评工作。" * 60
    )
    path = tmp_path / "汇报.txt"
    path.write_text(text, encoding="utf-8")
    record = one(path.name, path.read_bytes())
    assert record.report_text == text
    assert (record.project_name, record.budget_wan) == ("", None)


def test_a_number_broken_in_a_cell_of_a_report_is_one() -> None:
    grid = Grid("报告.docx")
    for row, cells in enumerate(
        [("指标", "目标"), ("硬化里程", "≥1\n59公里"), ("名称\n备注", "无")]
    ):
        for column, text in enumerate(cells):
            grid.put(Cell(row, column, text))
    assert _text(grid).splitlines()[1:] == ["| 硬化里程 | ≥159公里 |", "| 名称 备注 | 无 |"]

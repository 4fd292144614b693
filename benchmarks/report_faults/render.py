"""Documents as the files a unit would send: forms as .xlsx or .docx, reports as .docx, .pdf, .txt.

Deliberately apart from `corpus.importers.form_writer`'s own 自评表 layout: the suite lays out its
forms itself, so that the program is not tested only on forms it wrote.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from benchmarks.report_faults.model import Document
from corpus.importers.form_layout import FormCell
from corpus.importers.form_writer import form_document, form_workbook

_WIDTH = 8
_HEAD = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分")
_REASON = "偏差原因分析及改进措施"


def to_file(document: Document, name: str) -> tuple[str, bytes]:
    """Return file name and content."""
    if document.record is not None:
        return f"{name}.{document.form}", _record_file(document)
    text = document.text or ""
    if document.form == "docx":
        data = _report_docx(text)
    elif document.form == "pdf":
        data = _report_pdf(text)
    else:
        data = re.sub(r"(?m)^#+ ", "", text).encode()
    return f"{name}.{document.form}", data


def _record_file(document: Document) -> bytes:
    record = document.record or {}
    if document.form == "json":
        return json.dumps(record, ensure_ascii=False).encode()
    cells = _form(record)
    if document.form == "xlsx":
        return form_workbook({"自评表": cells})
    return form_document([cells])


def _form(record: Mapping[str, Any]) -> list[FormCell]:
    """Return a record as 项目支出绩效自评表 of the usual eight columns."""
    lines: list[list[tuple[str, int]]] = [
        [("项目支出绩效自评表", _WIDTH)],
        [(f"（{record['year']}年度）", _WIDTH)],
        [("项目名称", 1), (record["project_name"], 7)],
        [("主管部门", 1), (record["department"], 3), ("实施单位", 1), (record["department"], 3)],
        [("项目资金（万元）", 2), ("年初预算数", 1), ("全年预算数", 1), ("全年执行数", 1),
         ("分值", 1), ("执行率", 1), ("得分", 1)],
        [("年度资金总额", 2), (_n(record["initial_budget_wan"]), 1), (_n(record["budget_wan"]), 1),
         (_n(record["executed_wan"]), 1), (_n(record["execution_weight"]), 1),
         (f"{_n(record['execution_rate'])}%", 1), (_n(record["execution_score"]), 1)],
    ]  # fmt: skip
    for fund in record["funds"]:
        amounts = [(_n(fund[key]), 1) for key in ("initial_wan", "budget_wan", "executed_wan")]
        lines.append([(fund["source"], 2), *amounts, ("—", 1), ("—", 1), ("—", 1)])
    lines += [
        [("年度总体目标", 1), ("预期目标", 3), ("实际完成情况", 4)],
        [("", 1), (record["goal"], 3), (record["actual_summary"], 4)],
        [*((text, 1) for text in _HEAD), (_REASON, 1)],
    ]
    for row in record["indicators"]:
        values = [row["level1"], row["level2"], row["name"], row["target"], row["actual"]]
        numbers = [_n(row["weight"]), _n(row["score"]), row["reason"] or ""]
        lines.append([(str(text), 1) for text in (*values, *numbers)])
    lines += [
        [("总分", 5), ("100", 1), (_n(record["total_score"]), 1), ("", 1)],
        [("自评等级", 1), (record["grade"], 7)],
        [("存在问题", 1), (record["problems"], 7)],
    ]
    labels = {*_HEAD, _REASON, "项目名称", "主管部门", "实施单位", "年度资金总额", "总分"}
    return [
        FormCell(row, column, text, 1, width, is_label=text in labels or row < 2)
        for row, line in enumerate(lines)
        for column, text, width in _placed(line)
    ]


def _placed(line: list[tuple[str, int]]) -> Iterator[tuple[int, str, int]]:
    column = 0
    for text, width in line:
        yield column, text, width
        column += width


def _n(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}".rstrip("0").rstrip(".")


def _blocks(text: str) -> Iterator[tuple[str, list[str]]]:
    """Iterate over ("table", lines) and ("text", lines) of a report."""
    for is_table, lines in groupby(text.splitlines(), lambda line: line.startswith("|")):
        yield ("table" if is_table else "text"), [line for line in lines if line.strip()]


def _cells(lines: list[str]) -> list[list[str]]:
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
    return [row for row in rows if not all(re.fullmatch(r"-+", cell) for cell in row)]


def _report_docx(text: str) -> bytes:
    from docx import Document as WordDocument

    word = WordDocument()
    for kind, lines in _blocks(text):
        if kind == "text":
            for line in lines:
                mark = re.match(r"(#+) ", line)
                if mark:
                    word.add_heading(line[mark.end() :], len(mark[1]) - 1)
                else:
                    word.add_paragraph(line)
            continue
        rows = _cells(lines)
        table = word.add_table(rows=len(rows), cols=max(map(len, rows)))
        table.style = "Table Grid"
        for row, place in zip(rows, table.rows, strict=True):
            for value, cell in zip(row, place.cells, strict=False):
                cell.text = value
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def _report_pdf(text: str) -> bytes:
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    font = {"fontName": "STSong-Light", "wordWrap": "CJK"}
    body = ParagraphStyle("body", fontSize=11, leading=18, firstLineIndent=22, **font)
    head = ParagraphStyle("head", fontSize=13, leading=22, **font)
    small = ParagraphStyle("small", fontSize=8, leading=11, **font)
    story: list[Any] = []
    for kind, lines in _blocks(text):
        if kind == "text":
            for line in lines:
                mark = re.match(r"#+ ", line)
                story.append(Paragraph(line[mark.end() :], head) if mark else Paragraph(line, body))
            continue
        rows = [[Paragraph(cell, small) for cell in row] for row in _cells(lines)]
        ruled = Table(rows, repeatRows=1)
        ruled.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)]))
        story += [Spacer(1, 6), ruled, Spacer(1, 6)]
    stream = io.BytesIO()
    SimpleDocTemplate(stream, pagesize=A4).build(story)
    return stream.getvalue()

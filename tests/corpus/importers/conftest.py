"""Writers of fixture files: grids from rows, and forms as .xls and .pdf (dev dependencies)."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape

import pytest

from corpus.bundle import bundled_cases
from corpus.importers.form_layout import FormCell
from corpus.importers.form_writer import form_document, form_workbook
from corpus.importers.forms import read_forms
from corpus.importers.grid import Cell, Grid
from corpus.records import Case, Declaration

Rows = Sequence[Sequence[str]]


def form_cells(rows: Rows) -> list[FormCell]:
    """Return cells from rows of text; “<” continues the cell to the left, “^” the one above."""
    cells = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text in ("<", "^", ""):
                continue
            width = 1
            while c + width < len(row) and row[c + width] == "<":
                width += 1
            height = 1
            while (
                r + height < len(rows) and c < len(rows[r + height]) and rows[r + height][c] == "^"
            ):
                height += 1
            cells.append(FormCell(r, c, text, height, width))
    return cells


def form_xls(forms: Sequence[Sequence[FormCell]]) -> bytes:
    import xlwt

    book = xlwt.Workbook()
    for index, form in enumerate(forms):
        sheet = book.add_sheet(f"表{index}")
        for c in form:
            last = (c.row + c.rows - 1, c.column + c.columns - 1)
            sheet.write_merge(c.row, last[0], c.column, last[1], c.text)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def form_pdf(forms: Sequence[Sequence[FormCell]]) -> bytes:
    """Return a PDF with one form a page, title as text above the ruled table."""
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A1, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table, TableStyle

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle("form", fontName="STSong-Light", fontSize=8, leading=10, wordWrap="CJK")
    story = []
    for index, form in enumerate(forms):
        width = max(c.column + c.columns for c in form)
        height = max(c.row + c.rows for c in form)
        titles = [c for c in form if c.columns == width and c.is_label]
        top = len(titles)
        story += [PageBreak()] if index else []
        story += [Paragraph(escape(c.text), style) for c in titles]
        data: list[list[object]] = [[""] * width for _ in range(height - top)]
        commands: list[tuple[object, ...]] = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
        for c in form[top:]:
            text = escape(c.text).replace("\n", "<br/>")
            data[c.row - top][c.column] = Paragraph(text, style)
            last = (c.column + c.columns - 1, c.row - top + c.rows - 1)
            commands.append(("SPAN", (c.column, c.row - top), last))
        widths = [1100 / width] * width
        story.append(Table(data, colWidths=widths, style=TableStyle(commands)))
    stream = io.BytesIO()
    SimpleDocTemplate(stream, pagesize=landscape(A1)).build(story)
    return stream.getvalue()


WRITERS: dict[str, Callable[[Sequence[Sequence[FormCell]]], bytes]] = {
    "xlsx": lambda forms: form_workbook({f"表{i}": form for i, form in enumerate(forms)}),
    "xls": form_xls,
    "docx": form_document,
    "pdf": form_pdf,
}


@pytest.fixture(scope="session")
def cases() -> tuple[Case, ...]:
    return bundled_cases()


@pytest.fixture(scope="session")
def write_forms() -> Callable[[str, Sequence[Sequence[FormCell]]], tuple[str, bytes]]:
    """Return a writer: file kind and forms → (name, bytes) as `read_declarations` takes them."""
    return lambda kind, forms: (f"表.{kind}", WRITERS[kind](forms))


@pytest.fixture(scope="session")
def cells_of() -> Callable[[Rows], list[FormCell]]:
    return form_cells


@pytest.fixture(scope="session")
def grid_of() -> Callable[[Rows], Grid]:
    def make(rows: Rows) -> Grid:
        grid = Grid("测试.xlsx", "表")
        for c in form_cells(rows):
            grid.put(Cell(c.row, c.column, c.text, c.rows, c.columns, "表", c.row + 1))
        return grid

    return make


@pytest.fixture(scope="session")
def record_of(grid_of: Callable[[Rows], Grid]) -> Callable[[Rows], Declaration]:
    """Reads the one form that rows hold, in which nothing is amiss."""

    def read(rows: Rows) -> Declaration:
        grid = grid_of(rows)
        (record,) = read_forms(grid)
        assert not grid.problems
        return record

    return read

"""Writes forms as Excel or Word files, ready to print and to be read back."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from corpus.importers.cell_texts import FORMULA_STARTS, MARK, writable
from corpus.importers.form_layout import FormCell
from corpus.importers.grid import column_letters

_WIDTHS = {0: 14, 1: 12, 2: 14, 3: 28}
_VALUE_WIDTH = 20
_LINE_HEIGHT = 15.0
"""Points of one line of text."""
_FONT = "宋体"
_TEXT_SIZE, _TITLE_SIZE = 10.5, 16
"""Points in documents: 五号 and 三号."""
_MARGIN_CM = 2.0
_MOST_UPRIGHT = 7
"""Columns that an upright page of a document has room for."""


def form_workbook(sheets: Mapping[str, Sequence[FormCell]]) -> bytes:
    """Return an .xlsx workbook with one form per sheet.

    Texts are written as texts, so a target such as “=300天” never becomes a formula.
    """
    from openpyxl import Workbook
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Border, Font, Side
    from openpyxl.worksheet.properties import PageSetupProperties

    book = Workbook()
    book.remove(book.worksheets[0])
    line = Side(style="thin")
    border = Border(left=line, right=line, top=line, bottom=line)
    for title, cells in sheets.items():
        sheet: Any = book.create_sheet(title)
        for cell in cells:
            target = sheet.cell(cell.row + 1, cell.column + 1)
            target.value = writable(cell.text)
            target.data_type = "s"
            if cell.text.startswith(FORMULA_STARTS):
                target.quotePrefix = True
            target.alignment = Alignment(
                horizontal="center" if cell.is_label else "left", vertical="center", wrap_text=True
            )
            target.font = Font(bold=cell.is_label, color="FF0000FF" if cell.is_new else None)
            if cell.note:
                target.comment = Comment(writable(cell.note), MARK, height=160, width=320)
            if cell.rows > 1 or cell.columns > 1:
                sheet.merge_cells(
                    start_row=cell.row + 1, start_column=cell.column + 1,
                    end_row=cell.row + cell.rows, end_column=cell.column + cell.columns,
                )  # fmt: skip
        for row in sheet.iter_rows(min_row=3):
            for place in row:
                place.border = border
        for row, height in _row_heights(cells).items():
            sheet.row_dimensions[row + 1].height = height
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        for column in range(max((c.column + c.columns for c in cells), default=0)):
            sheet.column_dimensions[column_letters(column)].width = _WIDTHS.get(
                column, _VALUE_WIDTH
            )
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _row_heights(cells: Sequence[FormCell]) -> dict[int, float]:
    """Return row heights in points that show wrapped texts in full; merged cells never autofit."""
    heights: dict[int, float] = {}
    for cell in cells:
        columns = range(cell.column, cell.column + cell.columns)
        width = sum(_WIDTHS.get(column, _VALUE_WIDTH) for column in columns)
        lines = sum(-(-2 * len(line) // width) or 1 for line in cell.text.split("\n"))
        needed = _LINE_HEIGHT * (lines + 0.3) / cell.rows
        heights[cell.row] = max(heights.get(cell.row, 0.0), needed)
    return heights


def form_document(forms: Sequence[Sequence[FormCell]]) -> bytes:
    """Return a .docx document with one table per form, its title as paragraphs above it."""
    from docx import Document

    document = Document()
    _lay_page_out(document, max(map(_width, forms), default=0))
    for index, form in enumerate(forms):
        if index:
            document.add_page_break()
        title_rows = _title_rows(form)
        for cell in form:
            if cell.row < title_rows:
                _add_title(document, cell)
        _add_table(document, [cell for cell in form if cell.row >= title_rows], title_rows)
        document.add_paragraph()  # Word wants one after a table
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _width(form: Sequence[FormCell]) -> int:
    return max((cell.column + cell.columns for cell in form), default=0)


def _lay_page_out(document: Any, columns: int) -> None:
    """Set A4 paper, lying for wide forms, and the font of printed forms."""
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    section = document.sections[0]
    sides = Cm(21.0), Cm(29.7)
    if columns > _MOST_UPRIGHT:
        section.orientation = WD_ORIENT.LANDSCAPE
        sides = sides[::-1]
    section.page_width, section.page_height = sides
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", Cm(_MARGIN_CM))
    normal = document.styles["Normal"]
    normal.font.size = Pt(_TEXT_SIZE)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)


def _add_title(document: Any, cell: FormCell) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(writable(cell.text))
    if not cell.row:
        run.bold, run.font.size = True, Pt(_TITLE_SIZE)


def _title_rows(form: Sequence[FormCell]) -> int:
    """Return how many rows at the top hold nothing but one title across the form."""
    width = _width(form)
    rows = 0
    while any(c.row == rows and c.columns == width and c.is_label for c in form):
        rows += 1
    return rows


def _add_table(document: Any, cells: Sequence[FormCell], offset: int) -> None:
    height = max(cell.row + cell.rows for cell in cells) - offset
    table = document.add_table(rows=height, cols=_width(cells))
    table.style = "Table Grid"
    grid = [row.cells for row in table.rows]
    _share_width_out(document, table, grid)
    for cell in cells:
        top = cell.row - offset
        target = grid[top][cell.column]
        if cell.rows > 1 or cell.columns > 1:
            last = grid[top + cell.rows - 1][cell.column + cell.columns - 1]
            target = target.merge(last)
        target.text = writable(cell.text)
        _align(target, is_label=cell.is_label)
        if cell.is_new:
            _mark(document, target, writable(cell.note))


def _share_width_out(document: Any, table: Any, grid: Sequence[Sequence[Any]]) -> None:
    """Give the columns the widths that they have in a workbook, in proportion."""
    section = document.sections[0]
    whole = section.page_width - section.left_margin - section.right_margin
    wanted = [_WIDTHS.get(column, _VALUE_WIDTH) for column in range(len(table.columns))]
    table.autofit = False
    for place, share in enumerate(wanted):
        width = whole * share // sum(wanted)
        table.columns[place].width = width
        for row in grid:
            row[place].width = width


def _align(target: Any, *, is_label: bool) -> None:
    """Centre a cell's text between its borders; labels stand in bold in the middle."""
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    target.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for paragraph in target.paragraphs:
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
        if is_label:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            for run in paragraph.runs:
                run.bold = True


def _mark(document: Any, target: Any, note: str) -> None:
    """Colour a cell's text and comment on it."""
    from docx.shared import RGBColor

    runs = [run for paragraph in target.paragraphs for run in paragraph.runs]
    for run in runs:
        run.font.color.rgb = RGBColor(0, 0, 0xFF)
    if note and runs:
        document.add_comment(runs, note, author=MARK, initials=MARK)

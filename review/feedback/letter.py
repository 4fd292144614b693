"""The feedback on one project as a Word document, laid out like an official letter.

Page, type sizes and numbering follow GB/T 9704—2012 (党政机关公文格式): A4, 22 lines of 16-point
仿宋, 黑体 and 楷体 headings, page numbers between dashes. The document holds no links and no
fields but the page number; what the unit wrote goes in as plain text only.
"""

from __future__ import annotations

import datetime
import io
import re
import unicodedata
from collections.abc import Sequence

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from review.feedback.content import SUBJECTS, Feedback
from review.feedback.items import Change
from review.feedback.letter_fonts import (
    BODY,
    HEADING,
    KAITI,
    PAGE_NUMBER,
    TITLE,
    Face,
    declare_faces,
)
from review.feedback.letter_xml import (
    add_page_number,
    drop_thumbnail,
    indent_characters,
    keep_row_whole,
    repeat_as_header,
    set_face,
    set_language,
)
from review.feedback.recheck import ScoreLine
from review.feedback.text import SCORES, Paragraph, Part, annex_titles, lay_out

_LINE, _GAP = Pt(29), Pt(6)
_TITLE_CHARACTERS = 20
_CLOSING = 4
"""Last paragraph of the text, line of annexes, issuer and date."""
"""Characters of the title's size that fit on a line."""
_BODY_SIZE, _TITLE_SIZE, _TABLE_SIZE, _SMALL = Pt(16), Pt(22), Pt(14), Pt(10.5)
_MARGINS = {"top": Mm(37), "bottom": Mm(35), "left": Mm(28), "right": Mm(26)}
_FACT_WIDTHS = (Mm(30), Mm(126))
_CHANGE_COLUMNS = (
    ("序号", Mm(12)),
    ("指标名称", Mm(34)),
    ("填报的指标值", Mm(28)),
    ("存在的问题", Mm(36)),
    ("修改建议", Mm(46)),
)
_SCORE_COLUMNS = (
    ("序号", Mm(12)),
    ("指标名称", Mm(46)),
    ("分值", Mm(15)),
    ("自评得分", Mm(15)),
    ("复算得分", Mm(18)),
    ("复算依据", Mm(50)),
)
_NAMES = {"declaration": "审核意见", "report": "自评复核意见", "monitoring": "监控审核意见"}
_MOST_NAME_BYTES = 150
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\s\x00-\x1f]+')


def write_letter(feedback: Feedback) -> bytes:
    """Return the letter as the bytes of a .docx file."""
    document = Document()
    _set_up(document, feedback)
    for paragraph in lay_out(feedback):
        if paragraph.part is Part.FACTS:
            _add_facts(document, feedback.facts)
        else:
            _add_paragraph(document, paragraph)
    _keep_signature(document)
    titles = annex_titles(feedback)
    for place, title in enumerate(titles, 1):
        _add_heading(document, "附件" if len(titles) == 1 else f"附件{place}", title)
        if feedback.recheck and title == SCORES:
            _add_scores(document, feedback.recheck.lines)
        else:
            _add_changes(document, feedback.changes)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def letter_name(feedback: Feedback) -> str:
    """Return a file name that every system accepts, without its suffix."""
    name = unicodedata.normalize("NFC", feedback.project_name)
    name = _FORBIDDEN.sub("_", name).strip("._- ") or "未命名项目"
    while len(name.encode()) > _MOST_NAME_BYTES:
        name = name[:-1]
    return f"{name}{_NAMES[feedback.kind]}"


def _set_up(document: WordDocument, feedback: Feedback) -> None:
    """Set page, type and properties; nothing of the library's template shows."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for side, width in _MARGINS.items():
        setattr(section, f"{side}_margin", width)
    section.footer_distance = Mm(28)
    normal = document.styles["Normal"]
    normal.font.size = _BODY_SIZE
    set_face(normal.element.get_or_add_rPr(), BODY)
    set_language(document.styles.element)
    declare_faces(document)
    document.settings.odd_and_even_pages_header_footer = True
    _number_pages(section.footer.paragraphs[0], ALIGN.RIGHT)
    _number_pages(section.even_page_footer.paragraphs[0], ALIGN.LEFT)
    drop_thumbnail(document)
    properties = document.core_properties
    properties.title = feedback.title
    properties.author = properties.last_modified_by = feedback.issuer
    properties.comments = ""
    properties.created = properties.modified = datetime.datetime.combine(
        feedback.date, datetime.time()
    )


def _number_pages(paragraph: WordParagraph, side: ALIGN) -> None:
    """Write — 1 — at the outer edge, one character in."""
    paragraph.alignment = side
    indent_characters(paragraph, left=int(side == ALIGN.LEFT), right=int(side == ALIGN.RIGHT))
    for piece in ("— ", None, " —"):
        run = paragraph.add_run(piece)
        run.font.size = Pt(14)
        set_face(run.element.get_or_add_rPr(), PAGE_NUMBER)
        if piece is None:
            add_page_number(run)


def _add_paragraph(document: WordDocument, paragraph: Paragraph) -> None:
    """Add one paragraph of the letter."""
    added = document.add_paragraph()
    _space(added)
    face = {Part.SECTION: HEADING, Part.ITEM: KAITI}.get(paragraph.part, BODY)
    if paragraph.lead:
        _write(added, paragraph.lead, HEADING)
    if paragraph.part is Part.TITLE:
        _write(added, _balanced(paragraph.text), TITLE, _TITLE_SIZE)
    else:
        _write(added, paragraph.text, face)
    match paragraph.part:
        case Part.TITLE:
            added.alignment = ALIGN.CENTER
            added.paragraph_format.line_spacing = Pt(33)
            added.paragraph_format.space_after = _LINE
        case Part.ADDRESSEE:
            added.alignment = ALIGN.LEFT
        case Part.ANNEX:
            added.paragraph_format.space_before = _LINE
            indent_characters(added, first=2)
        case Part.ISSUER:
            added.alignment = ALIGN.RIGHT
            added.paragraph_format.space_before = _LINE * 2
            added.paragraph_format.keep_with_next = True
            indent_characters(added, right=3)
        case Part.DATE:
            added.alignment = ALIGN.RIGHT
            indent_characters(added, right=4)
        case _:
            heading = paragraph.part in (Part.SECTION, Part.ITEM)
            added.alignment = ALIGN.LEFT if heading else ALIGN.JUSTIFY
            added.paragraph_format.keep_with_next = heading
            added.paragraph_format.space_before = _GAP if paragraph.part is Part.SECTION else 0
            indent_characters(added, first=2)


def _keep_signature(document: WordDocument) -> None:
    """Keep the last words of the text on the page of issuer and date, as the standard asks."""
    for paragraph in document.paragraphs[-_CLOSING:-1]:
        paragraph.paragraph_format.keep_with_next = True


def _balanced(title: str) -> str:
    """Break a long title where its sense allows, not wherever the line is full."""
    cut = max(title.rfind(subject) for subject in SUBJECTS.values())
    return f"{title[:cut]}\n{title[cut:]}" if len(title) > _TITLE_CHARACTERS and cut > 0 else title


def _space(paragraph: WordParagraph) -> None:
    """Set the line grid of 22 lines a page."""
    layout = paragraph.paragraph_format
    layout.line_spacing = _LINE
    layout.space_before = layout.space_after = Pt(0)
    layout.widow_control = True


def _write(paragraph: WordParagraph, text: str, face: Face, size: Pt | None = None) -> None:
    """Add text in a face."""
    run = paragraph.add_run(text)
    set_face(run.element.get_or_add_rPr(), face)
    if size is not None:
        run.font.size = size


def _add_facts(document: WordDocument, facts: Sequence[tuple[str, str]]) -> None:
    """Add the table of project facts."""
    document.paragraphs[-1].paragraph_format.space_after = _GAP
    table = _table(document, len(facts), _FACT_WIDTHS)
    for row, (label, value) in zip(table.rows, facts, strict=True):
        row.height, row.height_rule = Mm(9), WD_ROW_HEIGHT_RULE.AT_LEAST
        _fill(row.cells[0], [label], HEADING, _TABLE_SIZE, ALIGN.CENTER)
        _fill(row.cells[1], [value], BODY, _TABLE_SIZE)
        keep_row_whole(row)


def _add_heading(document: WordDocument, label: str, heading: str) -> None:
    """Begin an annex on a page of its own."""
    document.add_section(WD_SECTION.NEW_PAGE)
    place = document.add_paragraph()
    _space(place)
    _write(place, label, HEADING)
    title = document.add_paragraph()
    _space(title)
    title.alignment = ALIGN.CENTER
    title.paragraph_format.space_after = Pt(12)
    _write(title, heading, TITLE, _TITLE_SIZE)


def _headed_table(document: WordDocument, columns: Sequence[tuple[str, Mm]], rows: int) -> Table:
    """Add a table whose first row holds the headings and is repeated on every page."""
    table = _table(document, rows + 1, [width for _, width in columns])
    for cell, (heading, _) in zip(table.rows[0].cells, columns, strict=True):
        _fill(cell, [heading], HEADING, _SMALL, ALIGN.CENTER)
    repeat_as_header(table.rows[0])
    return table


def _add_scores(document: WordDocument, lines: Sequence[ScoreLine]) -> None:
    """Add the table of the unit's points beside those counted again."""
    table = _headed_table(document, _SCORE_COLUMNS, len(lines))
    for row, line in zip(table.rows[1:], lines, strict=True):
        texts = (line.number, line.name, line.weight, line.own, line.recomputed, line.basis)
        for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            side = ALIGN.LEFT if place in (1, len(texts) - 1) else ALIGN.CENTER
            _fill(cell, [text], BODY, _SMALL, side)
        keep_row_whole(row)


def _add_changes(document: WordDocument, changes: Sequence[Change]) -> None:
    """Add the table of indicators to be changed."""
    table = _headed_table(document, _CHANGE_COLUMNS, len(changes))
    for row, change in zip(table.rows[1:], changes, strict=True):
        cells = row.cells
        _fill(cells[0], [str(change.number)], BODY, _SMALL, ALIGN.CENTER)
        _fill(cells[1], [change.name], BODY, _SMALL)
        _fill(cells[2], [change.target], BODY, _SMALL)
        _fill(cells[3], change.problems, BODY, _SMALL)
        _fill(cells[4], change.wordings, BODY, _SMALL)
        keep_row_whole(row)


def _table(document: WordDocument, rows: int, widths: Sequence[Mm]) -> Table:
    """Add an empty table with fixed columns and thin lines."""
    table = document.add_table(rows, len(widths), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    return table


def _fill(
    cell: _Cell, texts: Sequence[str], face: Face, size: Pt, side: ALIGN = ALIGN.LEFT
) -> None:
    """Write paragraphs into a cell, numbered where there are several."""
    for place, text in enumerate(texts, 1):
        paragraph = cell.paragraphs[0] if place == 1 else cell.add_paragraph()
        paragraph.alignment = side
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
        _write(paragraph, f"{place}.{text}" if len(texts) > 1 else text, face, size)

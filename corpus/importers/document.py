"""Word .docx documents to one grid: paragraphs and table rows in the order of the text.

Walks the XML beneath python-docx, because forms hold what its cells leave out: content controls,
tracked insertions and rows of unequal width.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from corpus.errors import UnsafeFileError
from corpus.importers.grid import Cell, CellBudget, Grid
from corpus.importers.safety import (
    DEFAULT_LIMITS,
    Limits,
    check_elements,
    foreign_parser,
    open_archive,
    read_part,
)

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = frozenset(
    {f"{_W}del", f"{_W}moveFrom", f"{_W}txbxContent", f"{_W}instrText",
     "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)  # fmt: skip
_HEADING_STYLE = re.compile(r"(?:heading|标题) ?([1-6])$", re.IGNORECASE)
_NOTE_MARK = re.compile(r"\s*[\[［(（]?(?:\d{1,2}|[①-⑳]|[*＊]{1,3})[\]］)）]?\s*")
_WRAPPERS = frozenset(
    f"{_W}{tag}" for tag in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")
)


def read_document(name: str, data: bytes, limits: Limits = DEFAULT_LIMITS) -> list[Grid]:
    """Read the paragraphs and tables of a .docx document into one grid."""
    archive = open_archive(data, limits)
    for part in archive.namelist():
        if part.endswith(".xml"):
            check_elements(read_part(archive, part, limits), limits)
    with foreign_parser():
        from docx.opc.package import OpcPackage
        from docx.oxml.parser import parse_xml

        # Not docx.Document: it refuses templates and documents with macros (.dotx, .docm).
        main = OpcPackage.open(io.BytesIO(data)).main_document_part
        element = getattr(main, "element", None)
        body = (parse_xml(main.blob) if element is None else element).body
        return [_Reader(name, limits, _heading_styles(archive, limits)).read(body)]


class _Reader:
    """Places the blocks of a document below one another."""

    def __init__(self, name: str, limits: Limits, headings: dict[str, int]) -> None:
        self.grid = Grid(name)
        self.headings = headings
        self.limits = limits
        self.budget = CellBudget(limits)
        self.tables = 0

    def read(self, body: Any) -> Grid:
        for block in _blocks(body):
            if block.tag == f"{_W}tbl":
                self._table(block)
            else:
                self._paragraph(block)
        return self.grid

    def _paragraph(self, element: Any) -> None:
        text = _text(element)
        if text.strip():
            row = self._next_row()
            self.budget.take()
            self.grid.put(self._cell(row, 0, text, 1, 1, "正文", row + 1))
            self.grid.prose[row] = self._heading_level(element)

    def _heading_level(self, paragraph: Any) -> int:
        """Return the level of a paragraph set as a heading, 0 for any other."""
        level = paragraph.find(f"{_W}pPr/{_W}outlineLvl")
        if level is not None:
            return min(_number(level, 9) + 1, 10) % 10
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        return 0 if style is None else self.headings.get(style.get(f"{_W}val", ""), 0)

    def _next_row(self) -> int:
        row = self.grid.height
        if row >= self.limits.max_rows:
            raise UnsafeFileError(f"文档超过 {self.limits.max_rows} 行，拒绝读取")
        self.grid.add_rows(1)
        return row

    def _cell(
        self, row: int, column: int, text: str, rows: int, columns: int, sheet: str, line: int
    ) -> Cell:
        return Cell(row, column, text[: self.limits.max_cell_chars], rows, columns, sheet, line)

    def _table(self, table: Any) -> None:
        """Place a table's rows, vertically merged cells as one; nested tables follow after it."""
        self.tables += 1
        sheet = f"表{self.tables}"
        nested: list[Any] = []
        rows = [_cells(row) for row in _children(table, f"{_W}tr")]
        first = self.grid.height
        for _ in rows:
            self._next_row()
        for index, row in enumerate(rows):
            for column, (width, merged, cell) in row.items():
                inner = list(_children(cell, f"{_W}tbl"))
                nested.extend(inner)
                if merged == "continue" and _continues(rows, index, column, width):
                    continue
                text = "\n".join(filter(str.strip, map(_text, _children(cell, f"{_W}p"))))
                if not text.strip() or column >= self.limits.max_columns:
                    continue
                height = _height(rows, index, column, width) if merged else 1
                self.budget.take(height * width)
                self.grid.put(
                    self._cell(first + index, column, text, height, width, sheet, index + 1)
                )
        for inner_table in nested:
            self._table(inner_table)


def _heading_styles(archive: zipfile.ZipFile, limits: Limits) -> dict[str, int]:
    """Return the ids of Word's heading styles (“1” or “Heading1” for 标题 1) with their level."""
    from docx.oxml.parser import parse_xml

    if "word/styles.xml" not in archive.namelist():
        return {}
    found: dict[str, int] = {}
    for style in parse_xml(read_part(archive, "word/styles.xml", limits)).iter(f"{_W}style"):
        name = style.find(f"{_W}name")
        match = _HEADING_STYLE.match("" if name is None else name.get(f"{_W}val", ""))
        if match:
            found[style.get(f"{_W}styleId", "")] = int(match.group(1))
    return found


Row = dict[int, tuple[int, str | None, Any]]
"""Column → width, vertical merge (restart, continue or None), element."""


def _cells(row: Any) -> Row:
    """Return the cells of a table row by the grid column where they begin."""
    column = _number(row.find(f"{_W}trPr/{_W}gridBefore"), 0)
    found: Row = {}
    for cell in _children(row, f"{_W}tc"):
        width = max(_number(cell.find(f"{_W}tcPr/{_W}gridSpan"), 1), 1)
        merge = cell.find(f"{_W}tcPr/{_W}vMerge")
        kind = None if merge is None else merge.get(f"{_W}val", "continue")
        found[column] = (width, kind, cell)
        column += width
    return found


def _number(element: Any, default: int) -> int:
    """Return a count attribute within what a table may have (63 columns in Word)."""
    value = element.get(f"{_W}val", "") if element is not None else ""
    return min(int(value), 255) if value.isdecimal() and len(value) < 6 else default


def _continues(rows: list[Row], index: int, column: int, width: int) -> bool:
    """Return whether a continuation really has a cell above that it continues."""
    above = rows[index - 1].get(column) if index else None
    return above is not None and above[0] == width and above[1] is not None


def _height(rows: list[Row], index: int, column: int, width: int) -> int:
    height = 1
    while index + height < len(rows):
        below = rows[index + height].get(column)
        if below is None or below[0] != width or below[1] != "continue":
            break
        height += 1
    return height


def _blocks(body: Any) -> Iterator[Any]:
    """Yield paragraphs and tables in order, also those inside content controls."""
    for child in body:
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif child.tag in _WRAPPERS:
            yield from _blocks(child)


def _children(element: Any, tag: str) -> Iterator[Any]:
    """Yield direct children of a tag, also those inside content controls and insertions."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, tag)


def _text(paragraph: Any) -> str:
    """Return a paragraph's text with insertions, without deletions and text boxes."""
    pieces: list[str] = []
    stack = [iter(paragraph)]
    while stack:
        node = next(stack[-1], None)
        if node is None:
            stack.pop()
        elif node.tag == f"{_W}t":
            pieces.append(node.text or "")
        elif node.tag == f"{_W}tab":
            pieces.append("\t")
        elif node.tag in (f"{_W}br", f"{_W}cr"):
            pieces.append("\n")
        elif node.tag == f"{_W}sym":
            pieces.append(_symbol(node))
        elif node.tag == f"{_W}r" and _is_note_mark(node, pieces):
            continue
        elif node.tag not in _SKIPPED and isinstance(node.tag, str):
            stack.append(iter(node))
    return "".join(pieces)


def _is_note_mark(run: Any, before: list[str]) -> bool:
    """Return whether a raised number refers to a note (3600只², 长度[1]), unlike km² and 10³."""
    raised = run.find(f"{_W}rPr/{_W}vertAlign")
    if raised is None or raised.get(f"{_W}val") != "superscript":
        return False
    text = "".join(node.text or "" for node in run.iter(f"{_W}t"))
    follows = "".join(before)[-1:]
    unit = follows.isascii() and follows.isalnum()
    return bool(_NOTE_MARK.fullmatch(text)) and not (unit and text.isdecimal())


def _symbol(node: Any) -> str:
    """Return a Wingdings symbol that forms use as a tick box, else nothing."""
    ticked, empty = {"F052", "F0FE", "F0FC"}, {"F0A3", "F0A8", "F06F", "F071"}
    code = node.get(f"{_W}char", "").upper()
    return "☑" if code in ticked else "□" if code in empty else ""

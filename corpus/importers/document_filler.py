"""Adds suggested rows to a unit's own Word form: its layout and styles stay."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from corpus.importers.cell_texts import MARK, cell_texts, legend, writable
from corpus.importers.document import read_document
from corpus.importers.form_places import FormPlaces, find_places
from corpus.importers.form_plan import FillPlan, Insertion, NewRow, plan_rows
from corpus.importers.safety import foreign_parser

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_TABLE = re.compile(r"^表(\d+)$")
_BLUE = "0000FF"


def fill_document(
    name: str, data: bytes, rows: list[NewRow], weights: list[float | None]
) -> bytes | None:
    """Return a copy of a .docx form with rows added, None where its layout is not understood.

    `weights` are those for the form's own indicators that lack one. Raises what reading raises.
    """
    from docx import Document

    places = find_places(read_document(name, data)[0])
    if places is None:
        return None
    with foreign_parser():
        document = Document(io.BytesIO(data))
        table = _table(document, places)
        if table is None:
            return None
        filler = _Filler(document, table, places)
        filler.fill(plan_rows(places, rows, weights))
        stream = io.BytesIO()
        document.save(stream)
    return stream.getvalue()


def _table(document: Any, places: FormPlaces) -> Any:
    """Return the XML table that a form's rows stand in, None where its rows are not plain."""
    heading = places.columns["name"].heading
    match = _TABLE.match(heading.sheet or "")
    tables = [
        table
        for table in document.element.body.iter(f"{_W}tbl")
        if not any(parent.tag == f"{_W}txbxContent" for parent in table.iterancestors())
    ]
    if match is None or int(match[1]) > len(tables):
        return None
    table = tables[int(match[1]) - 1]
    wrapped = table.find(f"{_W}sdt") is not None
    return None if wrapped else table


class _Filler:
    """Writes into one table."""

    def __init__(self, document: Any, table: Any, places: FormPlaces) -> None:
        self.document = document
        self.table = table
        self.places = places
        heading = places.columns["name"].heading
        self.offset = heading.row - (heading.line - 1)
        self.rows = list(table.iterchildren(f"{_W}tr"))
        self.merges_levels = any(
            column in places.levels and cell.find(f"{_W}tcPr/{_W}vMerge") is not None
            for row in self.rows
            for column, cell in _cells(row)
        )

    def fill(self, plan: FillPlan) -> None:
        """Write free rows and weights, insert rows, and put the legend below the table."""
        for row, weight in plan.weights.items():
            self._put_weight(self._row(row), weight)
        for row, new in plan.filled.items():
            self._put(self._row(row), new, cell_texts(new, self.places, row))
        for insertion in reversed(plan.insertions):
            self._insert(insertion)
        count = len(plan.filled) + sum(len(insertion.rows) for insertion in plan.insertions)
        paragraph = self.document.add_paragraph()
        _write(paragraph._p, legend(count))
        self.table.addnext(paragraph._p)

    def _row(self, grid_row: int) -> Any:
        return self.rows[grid_row - self.offset]

    def _insert(self, insertion: Insertion) -> None:
        """Put rows below one, like it in everything but their texts."""
        model = self._row(insertion.after)
        clean = deepcopy(model)
        previous = model
        for place, new in enumerate(insertion.rows):
            row = deepcopy(clean)
            _clear(row)
            self._level_cells(model, row, insertion, is_first=place == 0)
            previous.addnext(row)
            self._put(row, new, cell_texts(new, self.places, -1))
            previous = row

    def _level_cells(self, model: Any, row: Any, insertion: Insertion, *, is_first: bool) -> None:
        """Let the labels of a new row continue those above, or begin anew."""
        above = dict(_cells(model))
        for column, cell in _cells(row):
            level = self.places.levels.get(column)
            begins = level is not None and insertion.starts in (level, "level1")
            if begins:
                new = insertion.rows[0]
                text = new.level1 if level == "level1" else new.level2
                several = self.merges_levels and len(insertion.rows) > 1
                _set_merge(cell, ("restart" if is_first else "continue") if several else None)
                if is_first or not self.merges_levels:
                    _write(_paragraph(cell), text)
            elif above[column].find(f"{_W}tcPr/{_W}vMerge") is not None:
                side = column < self.places.left or level is not None
                continues = insertion.starts is None or side
                _set_merge(cell, "continue" if continues else None)
            elif level is not None and self.merges_levels:
                _set_merge(above[column], "restart")
                _set_merge(cell, "continue")
            elif level is not None:
                _write(_paragraph(cell), _plain_text(above[column]), blue=False)

    def _put(self, row: Any, new: NewRow, texts: dict[str, str]) -> None:
        """Write a suggestion into a row, marked, with what it rests on."""
        from docx.text.paragraph import Paragraph
        from docx.text.run import Run

        for field, text in texts.items():
            cell = self._cell(row, field)
            if cell is None:
                continue
            paragraph = _paragraph(cell)
            run = _write(paragraph, text)
            if field == "name":
                owner = Paragraph(paragraph, self.document._body)
                self.document.add_comment(
                    [Run(run, owner)], writable(new.note), author=MARK, initials=MARK
                )
        if new.weight is not None:
            self._put_weight(row, new.weight)

    def _put_weight(self, row: Any, weight: float) -> None:
        cell = self._cell(row, "weight")
        if cell is not None and not _plain_text(cell).strip():
            _write(_paragraph(cell), f"{weight:g}")

    def _cell(self, row: Any, field: str) -> Any:
        """Return the cell of a field, None where a merged one above covers it."""
        column = self.places.columns.get(field)
        cell = dict(_cells(row)).get(column.start) if column else None
        if cell is None:
            return None
        merge = cell.find(f"{_W}tcPr/{_W}vMerge")
        covered = merge is not None and merge.get(f"{_W}val", "continue") == "continue"
        return None if covered else cell


def _cells(row: Any) -> Iterator[tuple[int, Any]]:
    """Yield the cells of a row with the grid column where they begin."""
    before = row.find(f"{_W}trPr/{_W}gridBefore")
    column = int(before.get(f"{_W}val")) if before is not None else 0
    for cell in row.iterchildren(f"{_W}tc"):
        yield column, cell
        span = cell.find(f"{_W}tcPr/{_W}gridSpan")
        column += int(span.get(f"{_W}val")) if span is not None else 1


def _plain_text(cell: Any) -> str:
    return "".join(text.text or "" for text in cell.iter(f"{_W}t"))


def _paragraph(cell: Any) -> Any:
    """Return a cell's first paragraph, the others removed."""
    paragraphs = list(cell.iterchildren(f"{_W}p"))
    for other in paragraphs[1:]:
        cell.remove(other)
    return paragraphs[0] if paragraphs else cell.add_p()


def _clear(row: Any) -> None:
    """Empty the cells of a copied row; what must be unique in a document goes as well."""
    for element in row.iter(f"{_W}tr", f"{_W}p"):
        for name in ("paraId", "textId"):
            element.attrib.pop(f"{_W14}{name}", None)
    for cell in row.iterchildren(f"{_W}tc"):
        for inner in list(cell.iterchildren(f"{_W}tbl", f"{_W}sdt")):
            cell.remove(inner)
        paragraph = _paragraph(cell)
        formatting = _empty(paragraph)
        if formatting is not None:
            paragraph.add_r().append(formatting)


def _empty(paragraph: Any) -> Any:
    """Remove a paragraph's content and return the first run's formatting."""
    formatting = paragraph.find(f"{_W}r/{_W}rPr")
    if formatting is None:
        formatting = paragraph.find(f"{_W}pPr/{_W}rPr")
    formatting = deepcopy(formatting) if formatting is not None else None
    for child in list(paragraph):
        if child.tag != f"{_W}pPr":
            paragraph.remove(child)
    if formatting is not None and formatting.tag == f"{_W}rPr":
        for extra in list(formatting.iterchildren(f"{_W}ins", f"{_W}del", f"{_W}rPrChange")):
            formatting.remove(extra)
    return formatting


def _write(paragraph: Any, text: str, *, blue: bool = True) -> Any:
    """Replace a paragraph's text, in its own style and blue; returns the run."""
    formatting = _empty(paragraph)
    run = paragraph.add_r()
    if formatting is not None:
        run.append(formatting)
    run.text = text
    if blue:
        properties = run.get_or_add_rPr()
        for colour in list(properties.iterchildren(f"{_W}color")):
            properties.remove(colour)
        properties.get_or_add_color().set(f"{_W}val", _BLUE)
    return run


def _set_merge(cell: Any, kind: str | None) -> None:
    """Make a cell begin or continue a vertical merge, or stand alone."""
    properties = cell.get_or_add_tcPr()
    for merge in list(properties.iterchildren(f"{_W}vMerge")):
        properties.remove(merge)
    if kind is not None:
        properties.get_or_add_vMerge().set(f"{_W}val", kind)

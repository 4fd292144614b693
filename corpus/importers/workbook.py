"""Excel .xlsx workbooks to grids, one per sheet.

Values come from openpyxl in read-only mode, which streams; it shows neither merged ranges nor
formulas that were never calculated, so those are taken from the sheet's XML in one pass beforehand.
"""

from __future__ import annotations

import io
import posixpath
import re
import warnings
import zipfile
from dataclasses import dataclass, field
from typing import Any

from corpus.errors import Location, UnsafeFileError
from corpus.importers.grid import Cell, CellBudget, Grid, column_letters
from corpus.importers.number_format import shown_text
from corpus.importers.result import ImportProblem
from corpus.importers.safety import (
    DEFAULT_LIMITS,
    Limits,
    check_elements,
    foreign_parser,
    open_archive,
    read_part,
)

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_ADDRESS = re.compile(r"^\$?([A-Z]{1,3})\$?(\d{1,7})$")
_WHOLE_PARTS = re.compile(
    r"^xl/(?:sharedStrings|styles|workbook)\.xml$|_rels/|^\[Content", re.IGNORECASE
)
_NOTED = ("{*}c", "{*}row", "{*}mergeCell")
_MAX_MERGED_AREA = 10_000
"""Larger merged ranges are only layout."""


@dataclass
class SheetFacts:
    """What the sheet's XML tells beside its values."""

    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    """0-based first row, first column, last row, last column."""
    uncalculated: list[tuple[int, int]] = field(default_factory=list)
    """Cells with a formula but no stored result."""
    beyond: str | None = None
    """First cell with content outside the rows and columns that are read."""


def read_workbook(name: str, data: bytes, limits: Limits = DEFAULT_LIMITS) -> list[Grid]:
    """Read all sheets of an .xlsx workbook; formulas count with their stored result."""
    archive = open_archive(data, limits)
    for entry in archive.namelist():
        if _WHOLE_PARTS.search(entry):
            check_elements(read_part(archive, entry, limits), limits)
    paths = _sheet_paths(archive, limits)
    if len(paths) > limits.max_sheets:
        raise UnsafeFileError(f"工作簿超过 {limits.max_sheets} 个工作表，拒绝读取")
    with foreign_parser():
        return _read_sheets(name, data, archive, paths, limits)


def _read_sheets(
    name: str, data: bytes, archive: zipfile.ZipFile, paths: dict[str, str], limits: Limits
) -> list[Grid]:
    import openpyxl

    budget = CellBudget(limits)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(
            io.BytesIO(data), read_only=True, data_only=True, keep_links=False
        )
    grids = []
    try:
        for sheet in book.worksheets:
            path = paths.get(sheet.title)
            facts = _sheet_facts(archive, path, budget, limits) if path else SheetFacts()
            grids.append(_grid(name, sheet, facts, budget, limits))
    finally:
        book.close()
    return grids


def _grid(name: str, sheet: Any, facts: SheetFacts, budget: CellBudget, limits: Limits) -> Grid:
    """Build a sheet's grid; the sheet's declared dimensions are not believed."""
    grid = Grid(name, sheet.title)
    spans = {(top, left): (bottom, right) for top, left, bottom, right in facts.merges}
    covered = _covered(facts.merges)
    sheet.reset_dimensions()
    for row in sheet.iter_rows(max_row=limits.max_rows, max_col=limits.max_columns):
        for cell in row:
            if cell.value is None:
                continue
            place = (cell.row - 1, cell.column - 1)
            if place in covered and place not in spans:
                continue  # hidden under a merged cell
            text = shown_text(cell.value, cell.number_format or "General")
            if not text.strip():
                continue
            budget.take()
            _put(grid, place, text, spans.get(place), limits)
    _report_facts(grid, facts)
    return grid


def _put(
    grid: Grid, place: tuple[int, int], text: str, last: tuple[int, int] | None, limits: Limits
) -> None:
    row, column = place
    bottom, right = last or place
    bottom, right = min(bottom, limits.max_rows - 1), min(right, limits.max_columns - 1)
    cell = Cell(
        row, column, text[: limits.max_cell_chars], bottom - row + 1, right - column + 1,
        sheet=grid.sheet, line=row + 1,
    )  # fmt: skip
    grid.put(cell)


def _covered(merges: list[tuple[int, int, int, int]]) -> set[tuple[int, int]]:
    """Return all positions under merged cells."""
    return {
        (row, column)
        for top, left, bottom, right in merges
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    }


def _report_facts(grid: Grid, facts: SheetFacts) -> None:
    for row, column in facts.uncalculated:
        address = f"{column_letters(column)}{row + 1}"
        grid.problems.append(
            ImportProblem(
                Location(grid.file, grid.sheet, row + 1, address),
                "uncalculated_formula",
                "单元格是公式，文件中没有保存计算结果，按空白处理",
                "请用 Excel 或 WPS 打开并保存一次，或改填数值",
            )
        )
    if facts.beyond:
        grid.problems.append(
            ImportProblem(
                Location(grid.file, grid.sheet, cell=facts.beyond),
                "sheet_too_large",
                "工作表过大，超出部分未读取",
                "请把申报表单独保存成一个文件",
            )
        )


def _sheet_paths(archive: zipfile.ZipFile, limits: Limits) -> dict[str, str]:
    """Return sheet title → path of its XML part."""
    from defusedxml.ElementTree import fromstring

    parts = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
    with foreign_parser():
        book, links = (fromstring(read_part(archive, part, limits)) for part in parts)
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    paths = {}
    for sheet in book.iter():
        if sheet.tag in (f"{_MAIN}sheet", f"{_STRICT}sheet"):
            key = sheet.get(_RELATION) or sheet.get(_STRICT_RELATION)
            target = targets.get(key, "")
            path = posixpath.normpath(posixpath.join("xl", target)).lstrip("/")
            paths[sheet.get("name", "")] = target.lstrip("/") if target.startswith("/") else path
    return paths


def _sheet_facts(
    archive: zipfile.ZipFile, path: str, budget: CellBudget, limits: Limits
) -> SheetFacts:
    """Collect merged ranges and uncalculated formulas in one streaming pass."""
    from lxml.etree import iterparse

    facts = SheetFacts()
    if path not in archive.namelist():
        return facts
    content = 0
    with archive.open(path) as stream:
        # Entities stay unresolved; openpyxl, which reads the values, refuses files that define any.
        for _, element in iterparse(
            stream, tag=_NOTED, resolve_entities=False, no_network=True, load_dtd=False
        ):
            tag = element.tag.rpartition("}")[2]
            if tag == "c":
                content += _note_cell(element, facts, limits)
                if content > limits.max_cells:
                    raise UnsafeFileError(
                        f"工作表中的单元格超过 {limits.max_cells} 个，拒绝读取",
                        hint="请把申报表单独保存成一个文件",
                    )
            elif tag == "mergeCell":
                merge = _range(element.get("ref", ""))
                if merge and _area(merge) <= _MAX_MERGED_AREA:
                    budget.take(_area(merge))
                    facts.merges.append(merge)
            element.clear()
    return facts


def _note_cell(element: Any, facts: SheetFacts, limits: Limits) -> bool:
    """Note a formula without result or a cell out of reach; returns whether it has content."""
    kinds = {child.tag.rpartition("}")[2]: child for child in element}
    if not kinds:
        return False
    place = _address(element.get("r", ""))
    if place is None:
        return True
    row, column = place
    if row >= limits.max_rows or column >= limits.max_columns:
        facts.beyond = facts.beyond or element.get("r")
        return True
    result = kinds.get("v")
    blank = result is None or not (result.text or "").strip()
    # A formula that yields an empty text is stored with t="str" and an empty result.
    if "f" in kinds and "is" not in kinds and blank and element.get("t") != "str":
        facts.uncalculated.append(place)
    return True


def _area(merge: tuple[int, int, int, int]) -> int:
    top, left, bottom, right = merge
    return (bottom - top + 1) * (right - left + 1)


def _address(text: str) -> tuple[int, int] | None:
    match = _ADDRESS.match(text)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def _range(text: str) -> tuple[int, int, int, int] | None:
    first, _, last = text.partition(":")
    start, end = _address(first), _address(last or first)
    if start is None or end is None or end < start:
        return None
    return (*start, *end)

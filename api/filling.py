"""A form completed: the unit's own file with rows added where its layout allows, else the standard.

What the command line and the pages both do once it is settled which rows the form gets.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import JixiaoError

if TYPE_CHECKING:
    from corpus.importers.form_layout import FormCell
    from corpus.importers.form_plan import NewRow
    from corpus.records import Declaration

    Fill = Callable[[str, bytes, list[NewRow], list[float | None]], bytes | None]

SUFFIXES = (".xlsx", ".docx")
NOT_IN_PLACE = "这份申报表的版式不能直接补填，改按标准表样另写一份"
SHAPES_LOST = "原文件中的文本框或勾选控件没有保留下来，请对照原表补上"


@dataclass(frozen=True)
class Completed:
    """A file, and what its reader must be told."""

    data: bytes
    notes: tuple[str, ...] = ()


def complete_own_file(
    name: str,
    data: bytes,
    kind: str,
    declaration: Declaration,
    rows: list[NewRow],
    weights: list[float | None],
) -> Completed | None:
    """Return the unit's own file with rows added, None where its layout does not allow it.

    `declaration` is what the file holds; what comes out must read back as that and the new rows.
    `weights` are those for its rows that have none.
    """
    filled = _filler(kind)(name, data, rows, weights)
    if filled is None or not _reads_back((name, filled), declaration, rows):
        return None
    if kind == ".xlsx":
        from corpus.importers.workbook_filler import loses_shapes

        if loses_shapes(data):
            return Completed(filled, (SHAPES_LOST,))
    return Completed(filled)


def form_file(cells: Sequence[FormCell], kind: str, title: str = "申报表") -> bytes:
    """Return a form as .xlsx or .docx."""
    from corpus.importers.form_writer import form_document, form_workbook

    if kind == ".xlsx":
        return form_workbook({title: cells})
    return form_document([cells])


def kind_of(name: str) -> str:
    """Return the ending of a file's name in small letters."""
    return Path(name).suffix.lower()


def _filler(kind: str) -> Fill:
    if kind == ".xlsx":
        from corpus.importers.workbook_filler import fill_workbook

        return fill_workbook
    from corpus.importers.document_filler import fill_document

    return fill_document


def _reads_back(
    source: tuple[str, bytes], declaration: Declaration, rows: Sequence[NewRow]
) -> bool:
    """Tell whether a completed file holds the unit's rows unchanged and the new ones."""
    from corpus.importers import read_declarations

    try:
        records = read_declarations(source).records
    except JixiaoError:
        return False
    if len(records) != 1:
        return False
    found = [(row.name, row.target) for row in records[0].indicators]
    new = [(row.name, row.target) for row in rows]
    own = [(row.name, row.target) for row in declaration.indicators]
    return sorted(found) == sorted(own + new) and _in_order(own, found)


def _in_order(some: Sequence[tuple[str, str]], found: Sequence[tuple[str, str]]) -> bool:
    """Tell whether pairs occur in others in the same order."""
    rest = iter(found)
    return all(pair in rest for pair in some)

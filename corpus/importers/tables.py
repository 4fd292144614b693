"""The grids of a file, whatever kind it is."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from corpus.importers.file_kind import FileKind
from corpus.importers.grid import Grid
from corpus.importers.safety import DEFAULT_LIMITS, Limits

_READERS: dict[FileKind, tuple[str, str]] = {
    "csv": ("csv_table", "read_csv"),
    "xlsx": ("workbook", "read_workbook"),
    "xls": ("legacy", "read_xls"),
    "doc": ("legacy", "read_doc"),
    "docx": ("document", "read_document"),
    "pdf": ("pdf", "read_pdf"),
    "text": ("text_document", "read_text"),
}


def grids_of(name: str, data: bytes, kind: FileKind, limits: Limits = DEFAULT_LIMITS) -> list[Grid]:
    """Return the sheets, or the document, of a file as grids."""
    module, function = _READERS[kind]
    read: Callable[[str, bytes, Limits], list[Grid]] = getattr(
        import_module(f"corpus.importers.{module}"), function
    )
    return read(name, data, limits)

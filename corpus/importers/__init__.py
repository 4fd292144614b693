"""Importers: files of every accepted kind to records.

Heavy readers (openpyxl, python-docx, pdfplumber, pandas) are imported only when a file needs them.
"""

from __future__ import annotations

from corpus.importers.json_records import declaration_from_dict, iter_jsonl
from corpus.importers.reading import read_declarations, read_library
from corpus.importers.result import ImportProblem, ImportResult, LibraryImportResult, LineError
from corpus.importers.safety import Limits

__all__ = [
    "ImportProblem",
    "ImportResult",
    "LibraryImportResult",
    "Limits",
    "LineError",
    "declaration_from_dict",
    "iter_jsonl",
    "read_declarations",
    "read_library",
]

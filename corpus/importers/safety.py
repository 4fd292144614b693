"""Limits that keep reading an untrusted file bounded, and the checks that hold them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bounds on what one input may hold; the defaults fit any real form many times over."""

    max_file_bytes: int = 100 * 1024 * 1024
    max_line_bytes: int = 8 * 1024 * 1024
    """One line of JSONL."""
    max_json_depth: int = 64
    max_json_number: float = 1e20
    max_records: int = 200_000
    """Records read from one file."""
    max_zip_entries: int = 5_000
    max_zip_bytes: int = 300 * 1024 * 1024
    """All entries of an archive, unpacked."""
    max_zip_ratio: int = 200
    """Unpacked over packed size of one entry, looked at from 1 MiB on."""
    max_sheets: int = 200
    max_rows: int = 20_000
    """Rows of one sheet or table."""
    max_columns: int = 256
    max_cells: int = 500_000
    """Cells with content of one file."""
    max_cell_chars: int = 32_767
    max_pages: int = 300
    """Pages of a PDF."""
    child_seconds: float = 60.0
    """Time a child process (PDF reader, LibreOffice) may take."""
    child_bytes: int = 2 * 1024 * 1024 * 1024
    """Address space of the PDF reader."""


DEFAULT_LIMITS = Limits()

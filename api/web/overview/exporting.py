"""Figures to take away: a workbook with a sheet each, or one figure as CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from api.http.exporting import csv_lines, workbook_of
from api.web.overview.figures import Figure, Section


def sheets(sections: Sequence[Section]) -> bytes:
    """Return a workbook of all figures."""
    return workbook_of(
        {
            f"{section.title}-{figure.title}"[:31].replace("/", "／"): (
                figure.table.columns,
                _rows(figure),
            )
            for section in sections
            for figure in section.figures
        }
    )


def lines(figure: Figure) -> Iterator[str]:
    """Yield the lines of a figure as CSV."""
    return csv_lines(_rows(figure), figure.table.columns)


def _rows(figure: Figure) -> Iterator[list[Any]]:
    for row in figure.table.rows:
        yield [cell.value for cell in row]

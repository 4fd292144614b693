"""Dates inside targets."""

from __future__ import annotations

from corpus.records import ParsedTarget


def target_year(parsed: ParsedTarget) -> int | None:
    """Return the year in which a dated target ends, None where it names no year."""
    if parsed.kind != "date" or not parsed.date or not parsed.date[:4].isdigit():
        return None
    return int(parsed.date[:4])

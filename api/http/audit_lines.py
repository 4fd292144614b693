"""The audit log as lines of JSON, read page by page."""

from __future__ import annotations

import json
from collections.abc import Iterator

from api.http.access import Desk
from corpus.workflow.trail import TrailFilter, export

JSONL = "application/x-ndjson"
PAGE = 500
"""Entries that are read at once."""


def audit_lines(found: Desk, wanted: TrailFilter, after: int = 0) -> Iterator[str]:
    """Yield the entries; a caller who reads slowly keeps no connection to the database waiting."""
    while True:
        with found.reading() as connection:
            page = list(export(connection, found.actor, wanted, after, PAGE))
        for entry in page:
            yield json.dumps(entry, ensure_ascii=False) + "\n"
        if len(page) < PAGE:
            return
        after = page[-1]["seq"]

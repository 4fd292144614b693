"""Figures over submissions, and lists of them to take away."""

from __future__ import annotations

import json
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query
from fastapi.responses import Response, StreamingResponse
from pydantic import Field

from api.http.access import Desk, allowed
from api.http.exporting import COLUMNS, csv_lines, row_of, workbook
from api.http.routes.dependencies import ERRORS
from api.http.routes.submissions import ListQuery
from corpus.workflow import listing
from corpus.workflow.actors import Action
from corpus.workflow.organisations import organisations
from corpus.workflow.statistics import Statistics, statistics

router = APIRouter(tags=["统计"], responses=ERRORS)
Caller = Annotated[Desk, allowed(Action.STATISTICS)]
_PAGE = 500
_MOST_IN_WORKBOOK = 100_000


class Format(StrEnum):
    """What is taken away."""

    CSV = "csv"
    JSONL = "jsonl"
    XLSX = "xlsx"


_TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.JSONL: "application/x-ndjson",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class ExportQuery(ListQuery):
    """A list to take away."""

    format: Format = Field(default=Format.XLSX)


@router.get("/statistics", summary="统计")
def figures(found: Caller, query: Annotated[ListQuery, Query()]) -> Statistics:
    """Return the figures over the submissions asked for."""
    with found.reading() as connection:
        return statistics(connection, found.actor, query.filter())


@router.get(
    "/exports/submissions",
    summary="导出项目清单",
    response_class=StreamingResponse,
    responses={200: {"content": {kind: {} for kind in _TYPES.values()}, "description": "项目清单"}},
)
def export(found: Caller, query: Annotated[ExportQuery, Query()]) -> Response:
    """Return the submissions asked for as a file."""
    rows = _rows(found, query)
    name = quote(f"项目清单.{query.format}")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    kind = _TYPES[query.format]
    if query.format is Format.XLSX:
        return Response(workbook(rows, _MOST_IN_WORKBOOK), media_type=kind, headers=headers)
    lines = csv_lines(rows) if query.format is Format.CSV else _json_lines(rows)
    return StreamingResponse(lines, media_type=kind, headers=headers)


def _rows(found: Desk, query: ExportQuery) -> Iterator[list[Any]]:
    """Yield the rows; a caller who reads slowly keeps no connection to the database waiting."""
    with found.reading() as connection:
        names = {item.id: item.name for item in organisations(connection, found.actor)}
    cursor = None
    while True:
        with found.reading() as connection:
            page = listing.list_submissions(
                connection, found.actor, query.filter(), "newest", _PAGE, cursor
            )
        for item in page.items:
            yield row_of(item, names.get(item.organisation_id, ""))
        if page.next is None:
            return
        cursor = page.next


def _json_lines(rows: Iterator[list[Any]]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(dict(zip(COLUMNS, row, strict=True)), ensure_ascii=False) + "\n"

"""Indicator libraries as JSON or JSONL, in the format of the bundled library."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from corpus.errors import JixiaoError, Location
from corpus.importers.json_text import decode_utf8, parse_json
from corpus.importers.result import ImportProblem, LibraryImportResult
from corpus.importers.safety import DEFAULT_LIMITS, Limits
from corpus.records import LibraryType, library_id


def read_library_json(
    name: str, data: bytes, *, lines: bool, limits: Limits = DEFAULT_LIMITS
) -> LibraryImportResult:
    """Read library types from JSON (one or a list) or JSONL; bad records become problems."""
    types: list[LibraryType] = []
    problems: list[ImportProblem] = []
    items = _lines(name, data, limits) if lines else _list(name, data, limits)
    for where, value in items:
        if isinstance(value, JixiaoError):
            problems.append(ImportProblem.from_error(value, where))
            continue
        try:
            types.append(_library_type(value))
        except (ValidationError, TypeError) as error:
            problems.append(_problem(where, error))
    return LibraryImportResult(tuple(types), tuple(problems))


def _library_type(value: Any) -> LibraryType:
    if not isinstance(value, dict):
        raise TypeError
    fallback = library_id(str(value.get("project_type", "")))
    return LibraryType.model_validate({"id": fallback, **value, "origin": "user"})


def _problem(where: Location, error: Exception) -> ImportProblem:
    path = where.field or ""
    if isinstance(error, ValidationError):
        path += "." + ".".join(map(str, error.errors(include_url=False)[0]["loc"]))
    return ImportProblem(
        Location(where.file, row=where.row, field=path.strip(".") or None),
        "bad_field",
        "不是有效的指标库记录",
        "字段的写法见 docs/input-formats.md",
    )


def _list(name: str, data: bytes, limits: Limits) -> Iterator[tuple[Location, Any]]:
    value = parse_json(decode_utf8(data), limits)
    for index, item in enumerate(value if isinstance(value, list) else [value]):
        yield Location(name, field=f"[{index}]"), item


def _lines(name: str, data: bytes, limits: Limits) -> Iterator[tuple[Location, Any]]:
    """Yield the value of each line, or the error that it is."""
    for number, line in enumerate(data.split(b"\n"), 1):
        if not line.strip():
            continue
        where = Location(name, row=number)
        try:
            yield where, parse_json(decode_utf8(line), limits)
        except JixiaoError as error:
            yield where, error

"""Which reader a file goes to, by what it is rather than by what it is called."""

from __future__ import annotations

import io
import os
from pathlib import Path

from corpus.errors import InputError, JixiaoError, Location, UnsafeFileError
from corpus.importers.result import ImportResult, LibraryImportResult
from corpus.importers.safety import DEFAULT_LIMITS, Limits

Source = str | os.PathLike[str] | tuple[str, bytes]


def read_declarations(source: Source, limits: Limits = DEFAULT_LIMITS) -> ImportResult:
    """Read all declarations of a file, given by path or as (name, bytes).

    What cannot be understood inside the file is among the result's problems. Raises
    `UnsupportedFileError`, `UnsafeFileError` or `InputError` when the file as a whole cannot be
    read.
    """
    name, data = load(source, limits)
    try:
        return _read(name, data, limits)
    except JixiaoError as error:
        raise _placed(error, name) from error.__cause__


def read_library(source: Source, limits: Limits = DEFAULT_LIMITS) -> LibraryImportResult:
    """Read the project types of an indicator library: a sheet, JSON or JSONL.

    Problems and refusals are as for `read_declarations`.
    """
    name, data = load(source, limits)
    try:
        return _read_library(name, data, limits)
    except JixiaoError as error:
        raise _placed(error, name) from error.__cause__


def load(source: Source, limits: Limits = DEFAULT_LIMITS) -> tuple[str, bytes]:
    """Return display name and bytes of a source; never reads more than the limit."""
    if isinstance(source, tuple):
        name, data = source
        name = Path(name.replace("\\", "/")).name or name
    else:
        path = Path(source)
        name = path.name
        try:
            with path.open("rb") as stream:
                data = stream.read(limits.max_file_bytes + 1)
        except OSError as error:
            raise InputError(
                f"无法打开文件：{error.strerror or error}",
                hint="请检查路径是否正确、是否有读取权限",
                where=Location(file=str(path)),
                code="cannot_open",
            ) from None
    if len(data) > limits.max_file_bytes:
        raise UnsafeFileError(
            f"文件超过 {limits.max_file_bytes // 1024 // 1024} MB，拒绝读取",
            hint="请拆分文件后分批导入",
            where=Location(file=name),
        )
    if not data.strip():
        raise InputError("文件是空的", where=Location(file=name), code="empty_file")
    return name, data


def _read(name: str, data: bytes, limits: Limits) -> ImportResult:
    from corpus.importers.file_kind import require_kind

    kind = require_kind(name, data)
    if kind == "jsonl":
        from corpus.importers.json_records import read_jsonl

        return read_jsonl(name, io.BytesIO(data), limits)
    if kind == "json":
        from corpus.importers.json_records import read_json

        return read_json(name, data, limits)
    from corpus.importers.grids import read_grids
    from corpus.importers.tables import grids_of

    return read_grids(name, grids_of(name, data, kind, limits), is_csv=kind == "csv")


def _read_library(name: str, data: bytes, limits: Limits) -> LibraryImportResult:
    from corpus.importers.file_kind import require_kind

    kind = require_kind(name, data)
    if kind in ("json", "jsonl"):
        from corpus.importers.library_json import read_library_json

        return read_library_json(name, data, lines=kind == "jsonl", limits=limits)
    from corpus.importers.library_sheet import read_library_grids
    from corpus.importers.tables import grids_of

    return read_library_grids(name, grids_of(name, data, kind, limits))


def _placed(error: JixiaoError, name: str) -> JixiaoError:
    """Return the error with the file's name in its place."""
    where = error.where or Location()
    place = Location(where.file or name, where.sheet, where.row, where.cell, where.field)
    return type(error)(error.message, hint=error.hint, where=place, code=error.code)

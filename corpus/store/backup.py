"""Back-up and restore: every table as JSON lines in one archive, for either database.

A back-up shows one state of the database, taken while others go on writing. It is restored into
an empty database, of the same or of the other kind; one made by an earlier version is brought up
to date on the way.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from sqlalchemy import Connection, DateTime, MetaData, Table, insert, inspect, select

from corpus.errors import InputError
from corpus.store import schema
from corpus.store.errors import StoreError

if TYPE_CHECKING:
    from corpus.store.store import Store

FORMAT = 1
_MANIFEST = "manifest.json"
_APART = frozenset({"alembic_version"})
_CHUNK = 500
_LONGEST_LINE = 64 * 1024 * 1024


@dataclass(frozen=True)
class Contents:
    """What a back-up holds."""

    revision: str
    made_at: str
    rows: dict[str, int]
    hashes: dict[str, str]
    """SHA-256 of each table's lines."""


def back_up(store: Store, path: Path) -> Contents:
    """Write a back-up; the file appears only when it is complete, and replaces none."""
    if path.exists():
        raise InputError(f"文件“{path}”已存在", hint="请换一个文件名")
    partial = path.with_name(f"{path.name}.partial")
    try:
        with store.reading() as connection, partial.open("wb") as sink:
            contents = _write(connection, sink)
            sink.flush()
            os.fsync(sink.fileno())
        partial.rename(path)
    finally:
        partial.unlink(missing_ok=True)
    return contents


def restore(store: Store, path: Path) -> Contents:
    """Fill an empty database from a back-up; all of it or nothing."""
    try:
        with ZipFile(path) as archive:
            contents = _manifest(archive)
            with store.writing() as connection:
                _refuse_used(connection)
                schema.upgrade(connection, contents.revision)
                for table in _tables(connection):
                    _fill(connection, table, archive, contents)
                schema.upgrade(connection)
    except (BadZipFile, KeyError, OSError) as error:
        raise InputError(f"“{path}”不是完整的备份文件", hint="请检查文件") from error
    return contents


def _write(connection: Connection, sink: IO[bytes]) -> Contents:
    revision = schema.current_revision(connection)
    if revision is None:
        raise StoreError("数据库是空的", hint="没有可以备份的内容")
    rows: dict[str, int] = {}
    hashes: dict[str, str] = {}
    with ZipFile(sink, "w", ZIP_DEFLATED) as archive:
        for table in _tables(connection):
            digest, number = hashlib.sha256(), 0
            with archive.open(f"{table.name}.jsonl", "w", force_zip64=True) as lines:
                for line in _lines(connection, table):
                    digest.update(line)
                    lines.write(line)
                    number += 1
            rows[table.name], hashes[table.name] = number, digest.hexdigest()
        made_at = datetime.now(UTC).isoformat(timespec="seconds")
        manifest = {
            "format": FORMAT,
            "revision": revision,
            "made_at": made_at,
            "rows": rows,
            "hashes": hashes,
        }
        archive.writestr(_MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    return Contents(revision, made_at, rows, hashes)


def _tables(connection: Connection) -> list[Table]:
    """Return the tables as they are, those that others refer to first."""
    metadata = MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name not in _APART]


def _lines(connection: Connection, table: Table) -> Iterator[bytes]:
    query = select(table).order_by(*table.primary_key.columns)
    if "parent_id" in table.columns:  # rows that refer to rows of their own table
        query = select(table).order_by(table.columns["path"])
    for row in connection.execute(query.execution_options(yield_per=_CHUNK)):
        content = {name: _plain(value) for name, value in row._mapping.items()}
        yield json.dumps(content, ensure_ascii=False).encode() + b"\n"


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).isoformat()
    return value


def _manifest(archive: ZipFile) -> Contents:
    found = json.loads(archive.read(_MANIFEST))
    if found.get("format") != FORMAT:
        raise InputError("备份文件的格式不是本程序所用的", hint="请使用生成该备份的程序版本")
    return Contents(found["revision"], found["made_at"], found["rows"], found["hashes"])


def _refuse_used(connection: Connection) -> None:
    if set(inspect(connection).get_table_names()) - _APART:
        raise StoreError("数据库不是空的，不能恢复", hint="请指定一个新的空数据库")


def _fill(connection: Connection, table: Table, archive: ZipFile, contents: Contents) -> None:
    digest, number, chunk = hashlib.sha256(), 0, []
    if table.name not in contents.rows:
        return
    with archive.open(f"{table.name}.jsonl") as lines:
        for line in _bounded(lines):
            digest.update(line)
            number += 1
            chunk.append(_typed(table, json.loads(line)))
            if len(chunk) == _CHUNK:
                connection.execute(insert(table), chunk)
                chunk = []
    if chunk:
        connection.execute(insert(table), chunk)
    if (number, digest.hexdigest()) != (contents.rows[table.name], contents.hashes[table.name]):
        raise InputError(f"备份中的 {table.name} 与清单不符", hint="备份文件已损坏或被改动")


def _bounded(lines: IO[bytes]) -> Iterable[bytes]:
    while line := lines.readline(_LONGEST_LINE):
        yield line


def _typed(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    for column in table.columns:
        value = row.get(column.name)
        if isinstance(column.type, DateTime) and value is not None:
            row[column.name] = datetime.fromisoformat(value)
    return row

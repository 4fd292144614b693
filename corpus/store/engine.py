"""Engines: SQLite in WAL mode or PostgreSQL, from one URL."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError

from corpus.store.errors import StoreError, translated

_to_json = partial(json.dumps, ensure_ascii=False)
_WRITER_LOCK = 0x6A78_7061
"""Key of the PostgreSQL advisory lock that lets one process write at a time."""


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreError(
            "数据库地址写法不对",
            hint="示例：sqlite:///var/jixiao.db 或 postgresql+psycopg://用户@主机/库名",
        ) from error
    if parsed.drivername in {"postgres", "postgresql"}:
        return parsed.set(drivername="postgresql+psycopg")
    return parsed


def _switch_to_wal(cursor: Any, busy_timeout: float) -> None:
    """Put the database in WAL mode, waiting for others that are opening it.

    SQLite answers "locked" at once, without waiting `busy_timeout`, when two connections switch a
    new database at the same time.
    """
    deadline = time.monotonic() + busy_timeout
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() >= deadline:
                raise
            time.sleep(0.01)


def _prepare_sqlite(engine: Engine, busy_timeout: float) -> None:
    """Set the pragmas of each connection and take over transactions from the driver.

    The driver would open a transaction only before the first write, too late for a reader that
    turns writer; SQLAlchemy's documented recipe begins it explicitly.
    """

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {int(busy_timeout * 1000)}")
        _switch_to_wal(cursor, busy_timeout)
        cursor.execute("PRAGMA synchronous = NORMAL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {mode}")


def open_engine(url: str, busy_timeout: float) -> Engine:
    """Create the engine of a database URL; the folder of a SQLite file is made when missing.

    `busy_timeout` is how many seconds to wait for another writer.
    """
    parsed = _parse(url)
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        if parsed.database and parsed.database != ":memory:":
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(parsed, json_serializer=_to_json)
        _prepare_sqlite(engine, busy_timeout)
        return engine
    if backend != "postgresql":
        raise StoreError(f"不支持的数据库：{backend}", hint="请使用 SQLite 或 PostgreSQL")
    try:
        return create_engine(
            parsed,
            json_serializer=_to_json,
            pool_pre_ping=True,
            connect_args={"connect_timeout": 10},
        )
    except ModuleNotFoundError as error:
        raise StoreError(
            "未安装 PostgreSQL 驱动", hint='请运行 pip install "jixiao[postgres]"'
        ) from error


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Open a transaction that sees one state of the database."""
    with translated(), engine.connect() as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
        yield connection


@contextmanager
def writing(engine: Engine, busy_timeout: float) -> Iterator[Connection]:
    """Open a transaction in which no other process of this program writes.

    Imports compare before they write, so writers take turns: on SQLite by beginning IMMEDIATE, on
    PostgreSQL by an advisory lock, which works before any table exists.
    """
    with (
        translated(),
        engine.connect().execution_options(sqlite_begin="IMMEDIATE") as connection,
        connection.begin(),
    ):
        if connection.dialect.name == "postgresql":
            connection.execute(
                text("SELECT set_config('lock_timeout', :timeout, true)"),
                {"timeout": f"{int(busy_timeout * 1000)}ms"},
            )
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _WRITER_LOCK})
        yield connection

"""Tells at next to no cost that nothing in a database has changed since it was asked before."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from threading import Lock

from sqlalchemy import Engine

Mark = tuple[int, int]
"""Which opening of the watching connection, and how many commits of others it has seen."""


class Watch:
    """Asks SQLite for its own count of commits, over a connection that never writes.

    Safe to share between threads. Other databases keep no such count: then there is no mark.
    """

    def __init__(self, engine: Engine) -> None:
        name = engine.url.database or ""
        is_file = engine.dialect.name == "sqlite" and name not in ("", ":memory:")
        self._path = Path(name).absolute() if is_file and not name.startswith("file:") else None
        self._connection: sqlite3.Connection | None = None
        self._openings = 0
        self._lock = Lock()

    def mark(self) -> Mark | None:
        """Return what stays the same while nobody commits; None where that is not known."""
        if self._path is None:
            return None
        with self._lock:
            try:
                commits = self._commits(self._path)
            except sqlite3.Error:
                return None
            return self._openings, commits

    def _commits(self, path: Path) -> int:
        if self._connection is None:
            address = f"{path.as_uri()}?mode=rw"  # never makes a database that is not there
            self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
            self._openings += 1
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        """Close the connection; the next question opens another, whose marks are new ones."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

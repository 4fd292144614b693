"""The store: one object for everything that is done with the database."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, delete, func, insert, select

from corpus.bundle import bundle_fingerprint, bundled_cases, bundled_library, bundled_total
from corpus.decisions import ProjectDecisions
from corpus.knowledge import Knowledge
from corpus.records import Declaration, LibraryType
from corpus.store import deciding, loading, schema
from corpus.store.deciding import DecisionCounts
from corpus.store.engine import open_engine, reading, writing
from corpus.store.errors import translated
from corpus.store.importing import CASES, TYPES, ImportCounts, R, Shape, remove, write
from corpus.store.preparing import prepared_case, prepared_type
from corpus.store.tables import LibraryTypeRow, ProjectRow, StateRow
from corpus.store.watching import Mark, Watch

_BUNDLE_KEY = "bundle"
_VERSION = select(
    *(
        select(value).scalar_subquery()
        for row in (LibraryTypeRow, ProjectRow)
        for value in (func.count(row.id), func.max(row.imported_at))
    )
)
"""Numbers and latest changes of types and cases, in one statement: each request asks for them."""


@dataclass(frozen=True)
class StoreCounts:
    """How many records the store holds."""

    types: int
    user_types: int
    cases: int
    user_cases: int


class Store:
    """Library and cases in SQLite or PostgreSQL.

    Safe to share between threads; several processes may use one database at once. Call `migrate`
    before anything else. `busy_timeout` is how many seconds to wait for another writer.
    """

    def __init__(self, url: str, *, busy_timeout: float = 30.0) -> None:
        self._busy_timeout = busy_timeout
        with translated():
            self._engine = open_engine(url, busy_timeout)
        self._watch = Watch(self._engine)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._watch.close()
        self._engine.dispose()

    def mark(self) -> Mark | None:
        """Return what stays the same while nothing in the database changes, at next to no cost.

        None where the database cannot tell.
        """
        return self._watch.mark()

    def reading(self) -> AbstractContextManager[Connection]:
        """Open a transaction that sees one state of the database."""
        return reading(self._engine)

    def writing(self) -> AbstractContextManager[Connection]:
        """Open a transaction in which nobody else writes; committed when left without error."""
        return writing(self._engine, self._busy_timeout)

    def migrate(self) -> None:
        """Create the tables or bring them up to date; nothing happens when they are."""
        with reading(self._engine) as connection:
            if schema.current_revision(connection) == schema.HEAD:
                return
        with writing(self._engine, self._busy_timeout) as connection:
            schema.upgrade(connection)

    def downgrade(self, revision: str) -> None:
        """Take the tables back to an earlier revision; `base` removes everything."""
        with writing(self._engine, self._busy_timeout) as connection:
            schema.downgrade(connection, revision)

    def seed_bundled(self) -> ImportCounts:
        """Bring the bundled knowledge in; quick when it is there already.

        What a user put in place of a bundled record stays; what is no longer bundled goes.
        """
        fingerprint = bundle_fingerprint()
        with reading(self._engine) as connection:
            if _state(connection) == fingerprint:
                return ImportCounts(unchanged=bundled_total())
        with writing(self._engine, self._busy_timeout) as connection:
            types = write(connection, TYPES, bundled_library(), keep_user=True)
            cases = write(connection, CASES, bundled_cases(), keep_user=True)
            _remove_unbundled(connection, TYPES, {entry.id for entry in bundled_library()})
            _remove_unbundled(connection, CASES, {str(case.id) for case in bundled_cases()})
            connection.execute(delete(StateRow).where(StateRow.key == _BUNDLE_KEY))
            connection.execute(insert(StateRow), {"key": _BUNDLE_KEY, "value": fingerprint})
        return types + cases

    def add_cases(self, cases: Iterable[Declaration]) -> ImportCounts:
        """Add or update a user's declarations and self-evaluations, without personal data."""
        prepared = [prepared_case(case) for case in cases]
        with writing(self._engine, self._busy_timeout) as connection:
            return write(connection, CASES, prepared)

    def add_library(self, types: Iterable[LibraryType]) -> ImportCounts:
        """Add or update a user's library entries; one named as a bundled type replaces it."""
        prepared = [prepared_type(entry) for entry in types]
        with writing(self._engine, self._busy_timeout) as connection:
            return write(connection, TYPES, prepared)

    def add_decisions(self, records: Iterable[ProjectDecisions]) -> DecisionCounts:
        """Add what units did with suggestions; what is there already stays as it is."""
        with writing(self._engine, self._busy_timeout) as connection:
            return deciding.append(connection, records)

    def decisions(self) -> tuple[ProjectDecisions, ...]:
        """Return all decisions about suggestions by project, the earliest first."""
        with reading(self._engine) as connection:
            return deciding.load(connection)

    def knowledge(self) -> Knowledge:
        """Load everything that is in use."""
        with reading(self._engine) as connection:
            types = (entry.in_use for entry in loading.load_types(connection))
            kept = tuple(entry for entry in types if entry is not None)
            return Knowledge(kept, loading.load_cases(connection))

    def version(self) -> str:
        """Return what changes with every change of the records; cheap enough to ask each time."""
        with reading(self._engine) as connection:
            return records_version(connection)

    def counts(self) -> StoreCounts:
        """Count the records."""
        with reading(self._engine) as connection:
            types, cases = (_count(connection, row) for row in (LibraryTypeRow, ProjectRow))
        return StoreCounts(
            types=sum(types.values()),
            user_types=types.get("user", 0),
            cases=sum(cases.values()),
            user_cases=cases.get("user", 0),
        )


def records_version(connection: Connection) -> str:
    """Return what `Store.version` does, where a transaction is open already."""
    types, latest_type, cases, latest_case = connection.execute(_VERSION).one()
    return f"{types}@{latest_type}/{cases}@{latest_case}"


def _state(connection: Connection) -> str | None:
    return connection.execute(
        select(StateRow.value).where(StateRow.key == _BUNDLE_KEY)
    ).scalar_one_or_none()


def _count(connection: Connection, row: type[LibraryTypeRow | ProjectRow]) -> dict[str, int]:
    rows = connection.execute(select(row.origin, func.count()).group_by(row.origin))
    return {row[0]: row[1] for row in rows}


def _remove_unbundled(connection: Connection, shape: Shape[R], bundled: set[str]) -> None:
    column = shape.parent.c
    held = connection.execute(select(column.id).where(column.origin == "bundled")).scalars()
    remove(connection, shape, [key for key in held if key not in bundled])

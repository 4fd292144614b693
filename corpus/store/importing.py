"""Writing records: added, updated or left alone by what they hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Table, delete, insert, null, select

from corpus.history import EDITION
from corpus.knowledge import record_hash
from corpus.records import Case, LibraryType
from corpus.store.preparing import project_identity
from corpus.store.tables import LibraryIndicatorRow, LibraryTypeRow, ProjectIndicatorRow, ProjectRow

R = TypeVar("R", LibraryType, Case)
T = TypeVar("T")
_CHUNK = 500
"""How many ids one statement names; old builds of SQLite allow 999 parameters."""


@dataclass(frozen=True)
class ImportCounts:
    """What an import did, in records."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0

    @property
    def total(self) -> int:
        """How many records were given."""
        return self.added + self.updated + self.unchanged

    def __add__(self, other: ImportCounts) -> ImportCounts:
        return ImportCounts(
            self.added + other.added,
            self.updated + other.updated,
            self.unchanged + other.unchanged,
        )


@dataclass(frozen=True)
class Shape(Generic[R]):
    """How a record spreads over its two tables."""

    parent: Table
    child: Table
    owner: str
    """Column of the child table that names its parent."""
    identity_column: str
    identity: Callable[[R], str | None]
    """What tells that a record under another id is the same thing."""
    edition: str | None = None
    """Field that tells records of one id apart: a project's years."""


def _table(row: type[Any]) -> Table:
    table: Table = row.__table__
    return table


TYPES: Shape[LibraryType] = Shape(
    _table(LibraryTypeRow),
    _table(LibraryIndicatorRow),
    "type_id",
    "project_type",
    lambda entry: entry.project_type,
)
CASES: Shape[Case] = Shape(
    _table(ProjectRow),
    _table(ProjectIndicatorRow),
    "project_id",
    "identity",
    project_identity,
    edition="year",
)


@dataclass(frozen=True)
class _Known:
    """What the database holds of a record."""

    hash: str
    origin: str
    edition: int | None = None


def chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield pieces that one statement can take."""
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]


def _load_known(
    connection: Connection, shape: Shape[R]
) -> tuple[dict[str, _Known], dict[str, str]]:
    """Return what is held by id, and ids by identity."""
    columns = shape.parent.c
    rows = connection.execute(
        select(
            columns.id,
            columns.content_hash,
            columns.origin,
            columns[shape.identity_column],
            columns[shape.edition] if shape.edition else null(),
        ).order_by(columns.id)
    ).all()
    known = {row[0]: _Known(row[1], row[2], row[4]) for row in rows}
    return known, {row[3]: row[0] for row in rows if row[3] is not None}


def write(
    connection: Connection, shape: Shape[R], records: Iterable[R], *, keep_user: bool = False
) -> ImportCounts:
    """Add what is new, replace what changed; within one call a later record wins.

    A record is known by its id, else by its identity, and then keeps the id it is stored under.
    Another year of a project that is held under the same id is added beside it.
    `keep_user` leaves alone what the user has put in place of a bundled record.
    """
    known, ids = _load_known(connection, shape)
    pending: dict[str, R] = {}
    counts = {"added": 0, "updated": 0, "unchanged": 0}
    for record in records:
        identity = shape.identity(record)
        key = str(record.id)
        if key not in known and identity is not None:
            key = ids.get(identity, key)
        edition = getattr(record, shape.edition) if shape.edition else None
        held = known.get(key)
        if held and edition and held.edition and edition != held.edition:
            key = f"{key}{EDITION}{edition}"
            held = known.get(key)
        content = record_hash(record)
        if held is None:
            counts["added"] += 1
        elif held.hash == content or (keep_user and held.origin == "user"):
            counts["unchanged"] += 1
            continue
        else:
            counts["updated"] += 1
        known[key] = _Known(content, record.origin, edition)
        if identity is not None:
            ids[identity] = key
        pending[key] = record.model_copy(update={"id": key})
    _replace(connection, shape, pending)
    return ImportCounts(**counts)


def _replace(connection: Connection, shape: Shape[R], records: dict[str, R]) -> None:
    """Write records whole in place of what was stored under their ids."""
    now = datetime.now(UTC)
    remove(connection, shape, list(records))
    for chunk in chunks(list(records.values())):
        connection.execute(insert(shape.parent), [_parent(shape, item, now) for item in chunk])
        children = [row for item in chunk for row in _children(shape, item)]
        if children:
            connection.execute(insert(shape.child), children)


def remove(connection: Connection, shape: Shape[R], ids: Sequence[str]) -> None:
    """Delete records with their indicators."""
    for chunk in chunks(ids):
        connection.execute(delete(shape.parent).where(shape.parent.c.id.in_(chunk)))


def _parent(shape: Shape[R], record: R, now: datetime) -> dict[str, Any]:
    extra = {
        "content_hash": record_hash(record),
        "imported_at": now,
        "identity": shape.identity(record),
    }
    fields = {**record.model_dump(exclude={"indicators"}), **extra}
    return {column: fields[column] for column in shape.parent.c.keys()}  # noqa: SIM118


def _children(shape: Shape[R], record: R) -> Iterator[dict[str, Any]]:
    for position, indicator in enumerate(record.indicators):
        fields = {shape.owner: record.id, "position": position, **indicator.model_dump()}
        yield {column: fields[column] for column in shape.child.c.keys()}  # noqa: SIM118

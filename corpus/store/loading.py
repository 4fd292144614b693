"""Reading records back from the tables."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from corpus.records import Case, LibraryType
from corpus.store.importing import CASES, TYPES, R, Shape

_UNSTORED = {"content_hash", "imported_at", "identity"}


def _load(
    connection: Connection, shape: Shape[R], kind: type[R], id_: str | None = None
) -> list[R]:
    """Load all records of a kind, or the one with an id."""
    children: dict[str, list[dict[str, Any]]] = {}
    owner = shape.child.c[shape.owner]
    wanted = select(shape.child).order_by(owner, shape.child.c.position)
    result = connection.execute(wanted if id_ is None else wanted.where(owner == id_))
    names = list(result.keys())
    for row in result:
        fields = dict(zip(names, row, strict=True))
        children.setdefault(fields.pop(shape.owner), []).append(fields)
    held = select(*(column for column in shape.parent.c if column.name not in _UNSTORED))
    parents = connection.execute(held if id_ is None else held.where(shape.parent.c.id == id_))
    return [
        kind.model_validate({**parent, "indicators": children.get(parent["id"], [])})
        for parent in parents.mappings()
    ]


def load_types(connection: Connection) -> tuple[LibraryType, ...]:
    """Return all project types in the order of the library: by function, then by name.

    Sorted here because collations differ between databases.
    """
    types = _load(connection, TYPES, LibraryType)
    return tuple(sorted(types, key=lambda t: (t.function_code, t.project_type, t.id)))


def load_type(connection: Connection, id_: str) -> LibraryType | None:
    """Return one project type with all its indicators, those out of use too."""
    found = _load(connection, TYPES, LibraryType, id_)
    return found[0] if found else None


def load_cases(connection: Connection) -> tuple[Case, ...]:
    """Return all cases by id."""
    return tuple(sorted(_load(connection, CASES, Case), key=lambda case: str(case.id)))

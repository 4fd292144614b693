"""Reading records back from the tables."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from corpus.records import Case, LibraryType
from corpus.store.importing import CASES, TYPES, R, Shape

_UNSTORED = {"content_hash", "imported_at", "identity"}


def _load(connection: Connection, shape: Shape[R], kind: type[R]) -> list[R]:
    children: dict[str, list[dict[str, Any]]] = {}
    result = connection.execute(
        select(shape.child).order_by(shape.child.c[shape.owner], shape.child.c.position)
    )
    names = list(result.keys())
    for row in result:
        fields = dict(zip(names, row, strict=True))
        children.setdefault(fields.pop(shape.owner), []).append(fields)
    parents = connection.execute(
        select(*(column for column in shape.parent.c if column.name not in _UNSTORED))
    )
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


def load_cases(connection: Connection) -> tuple[Case, ...]:
    """Return all cases by id."""
    return tuple(sorted(_load(connection, CASES, Case), key=lambda case: str(case.id)))

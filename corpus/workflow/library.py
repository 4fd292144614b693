"""Changes of the indicator library by people: who changed which entry, from what to what.

The library itself is in the store; each change is an entry of the audit log about
`library:<type id>`, which is the entry's history. Nothing is deleted: an indicator is taken out of
use and can be brought back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from corpus.errors import InputError
from corpus.records import LibraryIndicator, LibraryType, library_id
from corpus.store.importing import TYPES, write
from corpus.store.loading import load_type
from corpus.store.preparing import prepared_type
from corpus.workflow.actors import Action
from corpus.workflow.audit import Scribe
from corpus.workflow.errors import ConflictError, NotFoundError
from corpus.workflow.moments import now

_NAMED = ("project_type", "function_code", "category", "scope", "aliases", "departments")


@dataclass(frozen=True)
class TypeFacts:
    """What a project type says of itself, beside its indicators."""

    project_type: str
    function_code: str
    category: str = ""
    scope: str = ""
    aliases: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()


def object_of(type_id: str) -> str:
    """Return what the audit log calls an entry of the library."""
    return f"library:{type_id}"


def entry(connection: Connection, type_id: str) -> LibraryType:
    """Return a project type with all its indicators, those out of use too."""
    found = load_type(connection, type_id)
    if found is None:
        raise NotFoundError("没有这个项目类型", hint="请检查编号")
    return found


def add_type(scribe: Scribe, facts: TypeFacts) -> LibraryType:
    """Add a project type without indicators."""
    scribe.actor.require(Action.LIBRARY)
    name = facts.project_type.strip()
    if not name or not facts.function_code.strip():
        raise InputError("项目类型的名称和支出功能分类都要填写", hint="例如：农村公路养护，214")
    id_ = library_id(name)
    if load_type(scribe.connection, id_) is not None:
        raise ConflictError(f"指标库中已有“{name}”", hint="请在已有的类型中增加指标")
    added = LibraryType(id=id_, origin="user", **{**facts.__dict__, "project_type": name})
    return _replace(scribe, "library.add", None, added)


def change_type(scribe: Scribe, type_id: str, facts: TypeFacts) -> LibraryType:
    """Change what a project type says of itself; its name stays, as other records refer to it."""
    scribe.actor.require(Action.LIBRARY)
    before = entry(scribe.connection, type_id)
    changes = {**facts.__dict__, "project_type": before.project_type}
    return _replace(scribe, "library.change", before, before.model_copy(update=changes))


def put_indicator(
    scribe: Scribe, type_id: str, indicator: LibraryIndicator, position: int | None = None
) -> LibraryType:
    """Add an indicator at the end of a type, or put it in place of the one at a position."""
    scribe.actor.require(Action.LIBRARY)
    _check(indicator)
    before = entry(scribe.connection, type_id)
    rows = list(before.indicators)
    names = {row.name for place, row in enumerate(rows) if place != position}
    if indicator.name in names:
        raise ConflictError(
            f"“{indicator.name}”已在该类型中", hint="请修改已有的那一条，或改用其他名称"
        )
    if position is None:
        rows.append(indicator)
    else:
        rows[_within(rows, position)] = indicator
    after = before.model_copy(update={"indicators": tuple(rows)})
    return _replace(scribe, "library.change", before, after)


def retire(scribe: Scribe, type_id: str, position: int, out: bool) -> LibraryType:
    """Take an indicator out of use, or bring it back."""
    scribe.actor.require(Action.LIBRARY)
    before = entry(scribe.connection, type_id)
    rows = list(before.indicators)
    row = rows[_within(rows, position)]
    today = now().date().isoformat() if out else None
    rows[position] = row.model_copy(update={"retired_at": today})
    after = before.model_copy(update={"indicators": tuple(rows)})
    return _replace(scribe, "library.retire" if out else "library.restore", before, after)


def merge(scribe: Scribe, kept_id: str, other_id: str) -> LibraryType:
    """Merge a project type into another: it takes over names, and indicators it does not have.

    The other one's indicators go out of use, so that it is no longer found.
    """
    scribe.actor.require(Action.LIBRARY)
    if kept_id == other_id:
        raise InputError("不能与自身合并", hint="请选择两个不同的项目类型")
    kept = entry(scribe.connection, kept_id)
    other = entry(scribe.connection, other_id)
    names = {row.name for row in kept.indicators}
    taken = [row for row in other.indicators if row.name not in names and row.retired_at is None]
    merged = kept.model_copy(
        update={
            "aliases": _union(kept.aliases, (other.project_type,), other.aliases),
            "departments": _union(kept.departments, other.departments),
            "activities": _union(kept.activities, other.activities),
            "indicators": (*kept.indicators, *taken),
        }
    )
    today = now().date().isoformat()
    gone = tuple(
        row if row.retired_at else row.model_copy(update={"retired_at": today})
        for row in other.indicators
    )
    _replace(scribe, "library.merge", other, other.model_copy(update={"indicators": gone}))
    return _replace(scribe, "library.merge", kept, merged)


def _union(*lists: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for items in lists for item in items))


def _replace(
    scribe: Scribe, action: str, before: LibraryType | None, after: LibraryType
) -> LibraryType:
    """Write an entry and say what differs."""
    written = prepared_type(after)
    write(scribe.connection, TYPES, [written])
    old, new = ({} if before is None else _facts(before)), _facts(written)
    names = [name for name in (*new, *old) if old.get(name) != new.get(name)]
    scribe.note(
        action,
        object_of(written.id),
        before={name: old[name] for name in names if name in old} if before else None,
        after={name: new[name] for name in names if name in new},
    )
    return written


def _facts(found: LibraryType) -> dict[str, Any]:
    """Return what can change, each indicator under its name."""
    own = found.model_dump(mode="json", include=set(_NAMED))
    rows = {row.name: row.model_dump(mode="json", exclude_none=True) for row in found.indicators}
    return {**own, **rows}


def _within(rows: list[LibraryIndicator], position: int) -> int:
    if not 0 <= position < len(rows):
        raise NotFoundError("没有这条指标", hint=f"该类型有 {len(rows)} 条指标")
    return position


def _check(indicator: LibraryIndicator) -> None:
    missing = [
        label
        for label, value in (
            ("一级指标", indicator.level1),
            ("二级指标", indicator.level2),
            ("指标名称", indicator.name),
        )
        if not value.strip()
    ]
    if missing:
        raise InputError("、".join(missing) + "没有填写", hint="请填写后再保存")
    values = [indicator.weak, indicator.typical, indicator.strong]
    given = [value for value in values if value is not None]
    rising = indicator.direction != "≤"
    if indicator.direction in {"≥", "≤"} and given != sorted(given, reverse=not rising):
        order = "由低到高" if rising else "由高到低"
        raise InputError(f"偏低、一般、较高三档数值应{order}", hint="请检查指标方向和三档数值")

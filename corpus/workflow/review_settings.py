"""Thresholds and switches of the review that were changed on the pages.

What a value means and what it may be is known to `review.settings`; here it is kept, with who
changed it when. Settings that were never changed, or were reset, are not here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from corpus.workflow.actors import Action, Actor
from corpus.workflow.audit import Scribe
from corpus.workflow.errors import ForbiddenError
from corpus.workflow.moments import Moment, in_utc
from corpus.workflow.tables import AuditRow, ReviewSettingRow

_ACTION = "review_setting.change"


@dataclass(frozen=True)
class Changed:
    """A value that was changed, by whom and when."""

    value: Any
    changed_by: str
    changed_at: Moment


@dataclass(frozen=True)
class Change:
    """One entry of the history: from what to what; None is the value before any change."""

    name: str
    before: Any
    after: Any
    actor: str
    at: str


def changed(connection: Connection) -> Mapping[str, Changed]:
    """Return all values that were changed, by name."""
    rows = connection.execute(select(ReviewSettingRow.__table__))
    return {row.name: Changed(row.value, row.changed_by, in_utc(row.changed_at)) for row in rows}


def version(connection: Connection) -> str:
    """Return what changes with every change of the settings."""
    row = ReviewSettingRow
    return "@".join(
        map(str, connection.execute(select(func.count(), func.max(row.changed_at))).one())
    )


def may_change(actor: Actor) -> bool:
    """Tell whether somebody may change what holds for the whole region: the bureau's own posts."""
    at_the_top = actor.path is not None and "/" not in actor.path.strip("/")
    return actor.may(Action.RULES) and at_the_top


def require_change(actor: Actor) -> None:
    """Refuse who may not."""
    actor.require(Action.RULES)
    if not may_change(actor):
        raise ForbiddenError("规则和门槛由财政局统一设定", hint="请联系财政局的审核负责人或管理员")


def change(scribe: Scribe, name: str, value: Any) -> None:
    """Set a value; the caller has checked it."""
    require_change(scribe.actor)
    before = _take(scribe.connection, name)
    if before is not None and before.value == value:
        _put(scribe.connection, name, before)
        return
    _put(scribe.connection, name, Changed(value, scribe.actor.id, scribe.now()))
    scribe.note(
        _ACTION,
        f"review_setting:{name}",
        before=None if before is None else {"value": before.value},
        after={"value": value},
    )


def reset(scribe: Scribe, name: str) -> None:
    """Go back to the value of the file, or the default."""
    require_change(scribe.actor)
    before = _take(scribe.connection, name)
    if before is not None:
        scribe.note(_ACTION, f"review_setting:{name}", before={"value": before.value})


def history(connection: Connection, actor: Actor, limit: int = 30) -> Sequence[Change]:
    """Return the newest changes, the newest first."""
    require_change(actor)
    rows = connection.execute(
        select(AuditRow.object, AuditRow.before, AuditRow.after, AuditRow.actor, AuditRow.at)
        .where(AuditRow.action == _ACTION)
        .order_by(AuditRow.seq.desc())
        .limit(limit)
    )
    return [
        Change(
            row.object.partition(":")[2],
            (row.before or {}).get("value"),
            (row.after or {}).get("value"),
            row.actor,
            row.at,
        )
        for row in rows
    ]


def _take(connection: Connection, name: str) -> Changed | None:
    before = changed(connection).get(name)
    connection.execute(delete(ReviewSettingRow).where(ReviewSettingRow.name == name))
    return before


def _put(connection: Connection, name: str, value: Changed) -> None:
    connection.execute(
        insert(ReviewSettingRow),
        {
            "name": name,
            "value": value.value,
            "changed_by": value.changed_by,
            "changed_at": value.changed_at,
        },
    )

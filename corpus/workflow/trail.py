"""The audit log as people read it: newest first, filtered, what each may see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, Select, select

from corpus.store.tables import LibraryTypeRow
from corpus.workflow.actors import Action, Actor
from corpus.workflow.listing import Page
from corpus.workflow.organisations import organisations
from corpus.workflow.tables import AccountRow, AuditRow, KeyRow, OrganisationRow, SubmissionRow

ACTIONS = {
    "account.add": "增加账号",
    "account.change": "修改账号",
    "account.link": "发放设置口令的链接",
    "account.lock": "暂停登录",
    "account.password": "设置口令",
    "account.password_change": "修改口令",
    "finding.verdict": "判断意见",
    "job.training": "开始训练",
    "key.add": "发放接口密钥",
    "key.revoke": "停用接口密钥",
    "library.add": "增加项目类型",
    "library.change": "修改指标库",
    "library.merge": "合并项目类型",
    "library.restore": "恢复指标",
    "library.retire": "停用指标",
    "organisation.add": "增加单位",
    "organisation.change": "修改单位",
    "session.end": "退出",
    "session.start": "登录",
    "submission.assign": "分派审核",
    "submission.create": "新建项目",
    "submission.review": "系统审核",
    "submission.save": "保存新版本",
    "submission.status": "改变状态",
    "submission.submit": "提交审核",
    "submission.verdict": "审核结论",
    "submission.withdraw": "撤回",
    "webhook.add": "登记回调",
    "webhook.stop": "停用回调",
}
"""What the actions of the log are called."""


@dataclass(frozen=True)
class TrailFilter:
    """Which entries are wanted; empty does not ask."""

    object: str = ""
    """For example `submission:<id>`."""
    actor: str = ""
    action: str = ""
    since: str = ""
    """First day, as an ISO date in UTC."""
    until: str = ""
    """Last day, as an ISO date in UTC."""


class Entry(BaseModel):
    """One change: who changed what from what to what."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    seq: int
    at: datetime
    actor: str
    who: str = ""
    """Post and organisation of an account, name of a key's system, or the program."""
    organisation_id: str | None
    action: str
    object: str
    what: str = ""
    """Name of the object, where it has one."""
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    request_id: str | None

    @property
    def label(self) -> str:
        """Return what was done, in Chinese."""
        return ACTIONS.get(self.action, self.action)

    @property
    def changes(self) -> list[tuple[str, Any, Any]]:
        """Return the fields that differ, with their values before and after."""
        old, new = self.before or {}, self.after or {}
        names = dict.fromkeys((*old, *new))
        return [(n, old.get(n), new.get(n)) for n in names if old.get(n) != new.get(n)]


def trail(
    connection: Connection,
    actor: Actor,
    wanted: TrailFilter = TrailFilter(),
    limit: int = 100,
    before: int | None = None,
) -> Page[Entry]:
    """Return the newest entries about the actor's part of the tree, or those before a number."""
    actor.require(Action.AUDIT)
    query = _filtered(visible(connection, actor), wanted)
    return _page(connection, query, limit, before)


def export(
    connection: Connection,
    actor: Actor,
    wanted: TrailFilter = TrailFilter(),
    after: int = 0,
    limit: int | None = None,
) -> Iterator[dict[str, Any]]:
    """Yield the entries behind a number in the order they were made, hashes and all."""
    actor.require(Action.AUDIT)
    query = _filtered(visible(connection, actor), wanted).where(AuditRow.seq > after)
    query = query.order_by(AuditRow.seq).limit(limit)
    rows = connection.execute(query.execution_options(yield_per=500))
    for row in rows:
        yield dict(row._mapping)


def history(connection: Connection, object_: str, limit: int = 200) -> Sequence[Entry]:
    """Return what happened to one thing, newest first; whether it may be seen is checked before."""
    query = select(AuditRow.__table__).where(AuditRow.object == object_)
    return _page(connection, query, limit, None).items


def visible(connection: Connection, actor: Actor) -> Select[Any]:
    """Select the entries that an actor may read: all for a bureau, else those of its own part."""
    query = select(AuditRow.__table__)
    if actor.path is not None and actor.path.count("/") == 2:
        return query  # the bureau itself: also what concerns no organisation
    seen = [item.id for item in organisations(connection, actor)]
    return query.where(AuditRow.organisation_id.in_(seen))


def _filtered(query: Select[Any], wanted: TrailFilter) -> Select[Any]:
    for column, value in (
        (AuditRow.object, wanted.object),
        (AuditRow.actor, wanted.actor),
        (AuditRow.action, wanted.action),
    ):
        if value:
            query = query.where(column == value)
    if wanted.since:
        query = query.where(AuditRow.at >= wanted.since)
    if wanted.until:
        query = query.where(AuditRow.at < wanted.until + "T99")
    return query


def _page(
    connection: Connection, query: Select[Any], limit: int, before: int | None
) -> Page[Entry]:
    if before is not None:
        query = query.where(AuditRow.seq < before)
    rows = connection.execute(query.order_by(AuditRow.seq.desc()).limit(limit + 1)).all()
    found = [Entry.model_validate(row) for row in rows[:limit]]
    names = names_of(connection, {name for entry in found for name in (entry.actor, entry.object)})
    items = [
        entry.model_copy(
            update={"who": names.get(entry.actor, ""), "what": names.get(entry.object, "")}
        )
        for entry in found
    ]
    return Page(items, str(items[-1].seq) if len(rows) > limit else None)


def names_of(connection: Connection, things: set[str]) -> dict[str, str]:
    """Return what actors and objects, each `kind:id`, are called on screen."""
    names = {"system": "系统", "anonymous": "未登录的访问者"}
    ids: dict[str, set[str]] = {}
    for thing in things:
        kind, _, number = thing.partition(":")
        ids.setdefault(kind, set()).add(number)
    for kind, (query, column) in _NAMED.items():
        if kind in ids:
            rows = connection.execute(query.where(column.in_(ids[kind])))
            names.update({f"{kind}:{row.id}": row.name for row in rows})
    return names


_NAMED: dict[str, tuple[Any, Any]] = {
    "account": (
        select(AccountRow.id, (OrganisationRow.name + " · " + AccountRow.title).label("name")).join(
            OrganisationRow, OrganisationRow.id == AccountRow.organisation_id
        ),
        AccountRow.id,
    ),
    "key": (select(KeyRow.id, ("接口：" + KeyRow.name).label("name")), KeyRow.id),
    "library": (
        select(LibraryTypeRow.id, LibraryTypeRow.project_type.label("name")),
        LibraryTypeRow.id,
    ),
    "organisation": (select(OrganisationRow.id, OrganisationRow.name), OrganisationRow.id),
    "submission": (
        select(SubmissionRow.id, SubmissionRow.project_name.label("name")),
        SubmissionRow.id,
    ),
}
"""How the name of each kind of thing is found."""

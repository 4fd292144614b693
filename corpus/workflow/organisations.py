"""Organisations: the tree that says who sees what."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, insert, select, update

from corpus.errors import InputError
from corpus.workflow.actors import Action, Actor
from corpus.workflow.audit import Scribe
from corpus.workflow.errors import ConflictError, NotFoundError
from corpus.workflow.moments import Moment
from corpus.workflow.tables import OrganisationRow


class Kind(StrEnum):
    """What an organisation is."""

    BUREAU = "bureau"
    """财政局."""
    DIVISION = "division"
    """业务处室."""
    DEPARTMENT = "department"
    """主管部门."""
    UNIT = "unit"
    """预算单位."""

    @property
    def label(self) -> str:
        """Return the Chinese word."""
        return _LABELS[self]


_LABELS = {
    Kind.BUREAU: "财政局",
    Kind.DIVISION: "业务处室",
    Kind.DEPARTMENT: "主管部门",
    Kind.UNIT: "预算单位",
}
_PARENTS: dict[Kind, frozenset[Kind]] = {
    Kind.BUREAU: frozenset(),
    Kind.DIVISION: frozenset({Kind.BUREAU}),
    Kind.DEPARTMENT: frozenset({Kind.BUREAU, Kind.DIVISION}),
    Kind.UNIT: frozenset({Kind.BUREAU, Kind.DIVISION, Kind.DEPARTMENT}),
}


class Organisation(BaseModel):
    """One node of the tree."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    id: str
    name: str
    kind: Kind
    parent_id: str | None
    path: str
    active: bool
    created_at: Moment


def organisation(connection: Connection, actor: Actor, id_: str) -> Organisation:
    """Return an organisation that the actor sees."""
    row = connection.execute(
        select(OrganisationRow.__table__).where(OrganisationRow.id == id_)
    ).first()
    if row is None:
        raise NotFoundError("没有这个单位", hint="请检查单位编号")
    found = Organisation.model_validate(row)
    actor.require_sight(found.path, "单位")
    return found


def line_of(connection: Connection, actor: Actor) -> Sequence[Organisation]:
    """Return the actor's own organisation and those above it, the bureau first.

    What lies above is not the actor's to look into, but whose unit it is, it knows.
    """
    ids = [id_ for id_ in (actor.path or "").split("/") if id_]
    rows = connection.execute(
        select(OrganisationRow.__table__)
        .where(OrganisationRow.id.in_(ids))
        .order_by(OrganisationRow.path)
    )
    return [Organisation.model_validate(row) for row in rows]


def organisations(connection: Connection, actor: Actor) -> Sequence[Organisation]:
    """Return all organisations that the actor sees, parents before children."""
    if actor.path is None:
        return ()
    rows = connection.execute(
        select(OrganisationRow.__table__)
        .where(OrganisationRow.path.startswith(actor.path, autoescape=True))
        .order_by(OrganisationRow.path)
    )
    return [Organisation.model_validate(row) for row in rows]


def add_organisation(
    scribe: Scribe, name: str, kind: Kind, parent_id: str | None = None
) -> Organisation:
    """Add an organisation below another; the bureau alone has none above it."""
    scribe.actor.require(Action.PEOPLE)
    connection, name = scribe.connection, " ".join(name.split())
    if not name:
        raise InputError("单位名称是空的", hint="请填写单位名称")
    parent = None
    if parent_id is not None:
        parent = organisation(connection, scribe.actor, parent_id)
    _check_place(connection, kind, parent)
    if connection.execute(select(OrganisationRow.id).where(OrganisationRow.name == name)).first():
        raise ConflictError(f"已有名为“{name}”的单位", hint="请直接使用，或换一个名称")
    id_ = scribe.new_id()
    added = Organisation(
        id=id_,
        name=name,
        kind=kind,
        parent_id=parent_id,
        path=f"{parent.path if parent else '/'}{id_}/",
        active=True,
        created_at=scribe.now(),
    )
    connection.execute(insert(OrganisationRow), added.model_dump())
    scribe.note("organisation.add", f"organisation:{id_}", after=_facts(added))
    return added


def set_active(scribe: Scribe, id_: str, active: bool) -> Organisation:
    """Close or reopen an organisation; its accounts and keys stop or start working with it."""
    scribe.actor.require(Action.PEOPLE)
    before = organisation(scribe.connection, scribe.actor, id_)
    if id_ == scribe.actor.organisation_id and not active:
        raise ConflictError("不能停用自己所在的单位", hint="请由上级单位办理")
    after = before.model_copy(update={"active": active})
    scribe.connection.execute(
        update(OrganisationRow).where(OrganisationRow.id == id_).values(active=active)
    )
    scribe.note(
        "organisation.change", f"organisation:{id_}", before=_facts(before), after=_facts(after)
    )
    return after


def bureau(connection: Connection) -> Organisation | None:
    """Return the bureau, None before the first set-up."""
    row = connection.execute(
        select(OrganisationRow.__table__).where(OrganisationRow.kind == Kind.BUREAU)
    ).first()
    return None if row is None else Organisation.model_validate(row)


def _check_place(connection: Connection, kind: Kind, parent: Organisation | None) -> None:
    if parent is None and kind is not Kind.BUREAU:
        raise InputError(f"{kind.label}须有上级单位", hint="请填写上级单位的编号")
    if parent is not None and parent.kind not in _PARENTS[kind]:
        raise InputError(
            f"{kind.label}不能设在{parent.kind.label}之下", hint="请改选上级单位或单位类型"
        )
    if kind is Kind.BUREAU and bureau(connection) is not None:
        raise ConflictError("已有财政局", hint="一套系统只设一个财政局")


def _facts(found: Organisation) -> dict[str, object]:
    return found.model_dump(mode="json", include={"name", "kind", "parent_id", "active"})

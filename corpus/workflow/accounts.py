"""Accounts of persons, and the one-time links by which passwords are set."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, insert, select, update

from corpus.errors import InputError
from corpus.workflow.actors import SYSTEM, Action, Actor, Role
from corpus.workflow.audit import Scribe
from corpus.workflow.errors import ConflictError, ForbiddenError, NotFoundError
from corpus.workflow.moments import Moment, now
from corpus.workflow.organisations import Kind, add_organisation, bureau, organisation
from corpus.workflow.passwords import hash_password, new_token, token_hash
from corpus.workflow.tables import AccountRow, LinkRow, OrganisationRow, SessionRow

LINK_LIFE = timedelta(hours=24)
_LOGIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,63}")
_PLACES: dict[Role, frozenset[Kind]] = {
    Role.AUTHOR: frozenset({Kind.DEPARTMENT, Kind.UNIT}),
    Role.REVIEWER: frozenset({Kind.BUREAU, Kind.DIVISION, Kind.DEPARTMENT}),
    Role.LEAD: frozenset({Kind.BUREAU, Kind.DIVISION, Kind.DEPARTMENT}),
    Role.ADMIN: frozenset({Kind.BUREAU}),
    Role.AUDITOR: frozenset({Kind.BUREAU, Kind.DIVISION, Kind.DEPARTMENT}),
}
"""Where an account with a role may belong."""


class Account(BaseModel):
    """An account without its secrets."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    id: str
    organisation_id: str
    login: str
    title: str
    role: Role
    active: bool
    created_at: Moment


def accounts(connection: Connection, actor: Actor) -> Sequence[Account]:
    """Return the accounts of every organisation that the actor sees."""
    actor.require(Action.PEOPLE)
    rows = connection.execute(
        select(AccountRow.__table__)
        .join(OrganisationRow, OrganisationRow.id == AccountRow.organisation_id)
        .where(OrganisationRow.path.startswith(actor.path or "", autoescape=True))
        .order_by(AccountRow.login)
    )
    return [Account.model_validate(row) for row in rows]


def account(connection: Connection, actor: Actor, id_: str) -> Account:
    """Return an account of an organisation that the actor sees."""
    row = connection.execute(select(AccountRow.__table__).where(AccountRow.id == id_)).first()
    if row is None:
        raise NotFoundError("没有这个账号", hint="请检查账号编号")
    found = Account.model_validate(row)
    if actor.account_id != id_:
        organisation(connection, actor, found.organisation_id)
    return found


def add_account(
    scribe: Scribe, organisation_id: str, login: str, title: str, role: Role
) -> tuple[Account, str]:
    """Add an account; returns it with the token of the link by which its password is set."""
    scribe.actor.require(Action.PEOPLE)
    place = organisation(scribe.connection, scribe.actor, organisation_id)
    if place.kind not in _PLACES[role]:
        raise InputError(f"{place.kind.label}不设这种角色", hint="请改选角色或单位")
    added = _insert(scribe, organisation_id, login, title, role, None)
    return added, _new_link(scribe.connection, added.id)


def change_account(
    scribe: Scribe,
    id_: str,
    *,
    title: str | None = None,
    role: Role | None = None,
    active: bool | None = None,
) -> Account:
    """Change an account; one that is closed is signed out everywhere."""
    scribe.actor.require(Action.PEOPLE)
    before = account(scribe.connection, scribe.actor, id_)
    if scribe.actor.account_id == id_ and (active is False or role is not None):
        raise ConflictError("不能停用自己的账号或改变自己的角色", hint="请由其他管理员办理")
    place = organisation(scribe.connection, scribe.actor, before.organisation_id)
    if role is not None and place.kind not in _PLACES[role]:
        raise InputError(f"{place.kind.label}不设这种角色", hint="请改选角色")
    changes: dict[str, Any] = {
        name: value
        for name, value in (("title", title), ("role", role), ("active", active))
        if value is not None
    }
    if not changes:
        return before
    after = before.model_copy(update=changes)
    scribe.connection.execute(update(AccountRow).where(AccountRow.id == id_).values(**changes))
    if not after.active:
        _end_sessions(scribe.connection, id_)
    scribe.note(
        "account.change",
        f"account:{id_}",
        before=_facts(before),
        after=_facts(after),
        organisation_id=before.organisation_id,
    )
    return after


def renew_link(scribe: Scribe, id_: str) -> str:
    """Return the token of a new password link for an account; earlier links no longer count."""
    scribe.actor.require(Action.PEOPLE)
    found = account(scribe.connection, scribe.actor, id_)
    token = _new_link(scribe.connection, id_)
    scribe.note("account.link", f"account:{id_}", organisation_id=found.organisation_id)
    return token


def set_password(scribe: Scribe, token: str, password: str) -> Account:
    """Set the password of the account that a link was made for; signs it out everywhere."""
    link = _use_link(scribe.connection, token)
    if link.account_id is None:
        raise NotFoundError("这是首次设置的链接，不能用来设置口令", hint="请从首次设置页面进入")
    row = scribe.connection.execute(
        select(AccountRow.__table__).where(AccountRow.id == link.account_id)
    ).one()
    found = Account.model_validate(row)
    if not found.active:
        raise ForbiddenError("账号已停用", hint="请联系系统管理员")
    scribe.connection.execute(
        update(AccountRow)
        .where(AccountRow.id == found.id)
        .values(
            password_hash=hash_password(password, found.login), failed_logins=0, locked_until=None
        )
    )
    _end_sessions(scribe.connection, found.id)
    holder = Actor(f"account:{found.id}", found.organisation_id)
    replace(scribe, actor=holder).note("account.password", holder.id)
    return found


def setup_token(connection: Connection) -> str | None:
    """Return the token of a new set-up link, or None when the installation is set up."""
    if bureau(connection) is not None:
        return None
    return _new_link(connection, None)


def set_up(scribe: Scribe, token: str, bureau_name: str, login: str, password: str) -> Account:
    """Make the bureau and its first administrator, with the token of the set-up link."""
    if bureau(scribe.connection) is not None:
        raise ConflictError("系统已完成首次设置", hint="请直接登录")
    if _use_link(scribe.connection, token).account_id is not None:
        raise NotFoundError("链接无效", hint="请使用首次启动时显示的链接")
    trusted = replace(scribe, actor=SYSTEM)  # whoever holds the link
    made = add_organisation(trusted, bureau_name, Kind.BUREAU)
    return _insert(trusted, made.id, login, "系统管理员", Role.ADMIN, password)


def _insert(
    scribe: Scribe, organisation_id: str, login: str, title: str, role: Role, password: str | None
) -> Account:
    login, title = login.strip(), " ".join(title.split())
    if not _LOGIN.fullmatch(login):
        raise InputError(
            "登录名须为 2 至 64 个字母、数字或 . _ -，以字母或数字开头", hint="请改写登录名"
        )
    taken = select(AccountRow.id).where(AccountRow.login == login)
    if scribe.connection.execute(taken).first():
        raise ConflictError("登录名已被使用", hint="请换一个登录名")
    added = Account(
        id=scribe.new_id(),
        organisation_id=organisation_id,
        login=login,
        title=title,
        role=role,
        active=True,
        created_at=scribe.now(),
    )
    scribe.connection.execute(
        insert(AccountRow),
        {
            **added.model_dump(),
            "password_hash": None if password is None else hash_password(password, login),
            "failed_logins": 0,
            "locked_until": None,
        },
    )
    scribe.note(
        "account.add",
        f"account:{added.id}",
        after=_facts(added),
        organisation_id=organisation_id,
    )
    return added


def _new_link(connection: Connection, account_id: str | None) -> str:
    token, moment = new_token(), now()
    connection.execute(
        update(LinkRow)
        .where(LinkRow.account_id == account_id, LinkRow.used_at.is_(None))
        .values(used_at=moment)
    )
    link = {"token_hash": token_hash(token), "account_id": account_id, "used_at": None}
    connection.execute(
        insert(LinkRow), {**link, "created_at": moment, "expires_at": moment + LINK_LIFE}
    )
    return token


def _use_link(connection: Connection, token: str) -> Any:
    """Return a link that still counts, and strike it off."""
    digest = token_hash(token)
    moment = now()
    link = connection.execute(
        select(LinkRow.__table__).where(
            LinkRow.token_hash == digest, LinkRow.used_at.is_(None), LinkRow.expires_at > moment
        )
    ).first()
    if link is None:
        raise NotFoundError("链接无效、已使用或已过期", hint="请向系统管理员索取新的链接")
    connection.execute(update(LinkRow).where(LinkRow.token_hash == digest).values(used_at=moment))
    return link


def _end_sessions(connection: Connection, account_id: str) -> None:
    connection.execute(
        update(SessionRow)
        .where(SessionRow.account_id == account_id, SessionRow.ended_at.is_(None))
        .values(ended_at=now())
    )


def _facts(found: Account) -> dict[str, Any]:
    fields = {"organisation_id", "login", "title", "role", "active"}
    return found.model_dump(mode="json", include=fields)

"""Accounts of persons, and how their passwords are set and changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, insert, select, update

from corpus.errors import InputError
from corpus.workflow.actors import SYSTEM, Action, Actor, Role
from corpus.workflow.attempts import REST_MINUTES, count_failure, is_resting, reset_failures
from corpus.workflow.audit import Scribe
from corpus.workflow.errors import ConflictError, ForbiddenError, NotFoundError
from corpus.workflow.links import ASK_FOR_ANOTHER, new_link, strike_off, use_link
from corpus.workflow.moments import Moment, now
from corpus.workflow.organisations import Kind, add_organisation, bureau, organisation
from corpus.workflow.passwords import fits, hash_password, token_hash
from corpus.workflow.tables import AccountRow, OrganisationRow, SessionRow

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
    return added, new_link(scribe.connection, added.id)


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
    token = new_link(scribe.connection, id_)
    scribe.note("account.link", f"account:{id_}", organisation_id=found.organisation_id)
    return token


def set_password(scribe: Scribe, token: str, password: str) -> Account:
    """Set the password of the account that a link was made for; signs it out everywhere."""
    account_id = use_link(scribe.connection, token)
    if account_id is None:
        raise NotFoundError("这是首次设置的链接，不能用来设置口令", hint="请从首次设置页面进入")
    row = scribe.connection.execute(
        select(AccountRow.__table__).where(AccountRow.id == account_id)
    ).one()
    found = Account.model_validate(row)
    if not found.active:
        raise ForbiddenError("账号已停用", hint="请联系系统管理员")
    _keep_password(scribe.connection, found.id, hash_password(password, found.login))
    _end_sessions(scribe.connection, found.id)
    holder = Actor(f"account:{found.id}", found.organisation_id)
    replace(scribe, actor=holder).note("account.password", holder.id)
    return found


def change_password(scribe: Scribe, session: str, current: str, new: str) -> bool:
    """Change the actor's own password; returns False for a wrong current one, which is counted.

    The caller commits either way, so that the count holds, and answers False by refusing. The
    session with the token `session` goes on; the account's others end, and a link that was handed
    out for it no longer counts. Raises ConflictError while the account rests or has no password,
    InputError for a new password that is easily guessed or the same.
    """
    connection = scribe.connection
    row = connection.execute(
        select(AccountRow.__table__)
        .where(AccountRow.id == scribe.actor.account_id)
        .with_for_update()
    ).first()
    if row is None or row.password_hash is None:
        raise ConflictError("这个账号没有口令，不能修改", hint=ASK_FOR_ANOTHER)
    if is_resting(row):
        raise ConflictError(
            f"口令连续输错，暂停验证 {REST_MINUTES} 分钟",
            hint="请稍后再试；忘记口令时，请向系统管理员索取设置口令的链接",
        )
    if not fits(current, row.password_hash):
        count_failure(connection, row, scribe.seal, scribe.request_id)
        return False
    if new == current:
        raise InputError("新口令与当前口令相同", hint="请换一个口令")
    _keep_password(connection, row.id, hash_password(new, row.login))
    _end_sessions(connection, row.id, but=session)
    strike_off(connection, row.id)
    scribe.note("account.password_change", scribe.actor.id)
    return True


def setup_token(connection: Connection) -> str | None:
    """Return the token of a new set-up link, or None when the installation is set up."""
    if bureau(connection) is not None:
        return None
    return new_link(connection, None)


def set_up(scribe: Scribe, token: str, bureau_name: str, login: str, password: str) -> Account:
    """Make the bureau and its first administrator, with the token of the set-up link."""
    if bureau(scribe.connection) is not None:
        raise ConflictError("系统已完成首次设置", hint="请直接登录")
    if use_link(scribe.connection, token) is not None:
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


def _keep_password(connection: Connection, account_id: str, hashed: str) -> None:
    connection.execute(
        update(AccountRow).where(AccountRow.id == account_id).values(password_hash=hashed)
    )
    reset_failures(connection, account_id)


def _end_sessions(connection: Connection, account_id: str, but: str = "") -> None:
    """End the sessions of an account, all but the one with a token."""
    connection.execute(
        update(SessionRow)
        .where(
            SessionRow.account_id == account_id,
            SessionRow.ended_at.is_(None),
            SessionRow.token_hash != token_hash(but),
        )
        .values(ended_at=now())
    )


def _facts(found: Account) -> dict[str, Any]:
    fields = {"organisation_id", "login", "title", "role", "active"}
    return found.model_dump(mode="json", include=fields)

"""One-time links: the first set-up of an installation, and the password of an account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, insert, select, update

from corpus.workflow.errors import NotFoundError
from corpus.workflow.moments import in_utc, now
from corpus.workflow.passwords import new_token, token_hash
from corpus.workflow.tables import AccountRow, LinkRow, OrganisationRow

LINK_LIFE = timedelta(hours=24)
ASK_FOR_ANOTHER = "请向系统管理员索取新的链接"


class LinkState(StrEnum):
    """Whether a link still counts; the value is how a person is told."""

    OPEN = "链接有效"
    USED = "链接已使用，或已被新的链接取代"
    EXPIRED = "链接已过期"
    CLOSED = "账号已停用"
    UNKNOWN = "链接不完整或无效"


@dataclass(frozen=True)
class PasswordLink:
    """A link as its holder is shown it; for whom it is only while it counts."""

    state: LinkState
    organisation: str = ""
    title: str = ""
    login: str = ""


def password_link(connection: Connection, token: str) -> PasswordLink:
    """Return whose password a link sets, or why it no longer does; uses nothing up."""
    row = connection.execute(
        select(
            LinkRow.used_at,
            LinkRow.expires_at,
            AccountRow.login,
            AccountRow.title,
            AccountRow.active,
            OrganisationRow.name,
        )
        .join(AccountRow, AccountRow.id == LinkRow.account_id)
        .join(OrganisationRow, OrganisationRow.id == AccountRow.organisation_id)
        .where(LinkRow.token_hash == token_hash(token))
    ).first()
    state = _state(row)
    if row is None or state is not LinkState.OPEN:
        return PasswordLink(state)
    if not row.active:
        return PasswordLink(LinkState.CLOSED)
    return PasswordLink(state, row.name, row.title, row.login)


def setup_link(connection: Connection, token: str) -> LinkState:
    """Return whether a link still sets the installation up; uses nothing up."""
    row = connection.execute(
        select(LinkRow.used_at, LinkRow.expires_at).where(
            LinkRow.token_hash == token_hash(token), LinkRow.account_id.is_(None)
        )
    ).first()
    return _state(row)


def new_link(connection: Connection, account_id: str | None) -> str:
    """Return the token of a new link, for the set-up where there is no account.

    Earlier links for the same no longer count.
    """
    strike_off(connection, account_id)
    token, moment = new_token(), now()
    link = {"token_hash": token_hash(token), "account_id": account_id, "used_at": None}
    connection.execute(
        insert(LinkRow), {**link, "created_at": moment, "expires_at": moment + LINK_LIFE}
    )
    return token


def strike_off(connection: Connection, account_id: str | None) -> None:
    """Make the open links of an account, or of the set-up, count no longer."""
    connection.execute(
        update(LinkRow)
        .where(LinkRow.account_id == account_id, LinkRow.used_at.is_(None))
        .values(used_at=now())
    )


def use_link(connection: Connection, token: str) -> str | None:
    """Use up a link that still counts; returns its account, None for the set-up.

    Raises NotFoundError that says why for one that does not.
    """
    digest = token_hash(token)
    link = connection.execute(select(LinkRow.__table__).where(LinkRow.token_hash == digest)).first()
    state = _state(link)
    if link is None or state is not LinkState.OPEN:
        raise NotFoundError(state, hint=ASK_FOR_ANOTHER)
    connection.execute(update(LinkRow).where(LinkRow.token_hash == digest).values(used_at=now()))
    account_id: str | None = link.account_id
    return account_id


def _state(link: Any) -> LinkState:
    if link is None:
        return LinkState.UNKNOWN
    if link.used_at is not None:
        return LinkState.USED
    return LinkState.OPEN if in_utc(link.expires_at) > now() else LinkState.EXPIRED

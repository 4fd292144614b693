"""Marking a database as a demonstration, where anybody at this machine may play any part."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select

from corpus.store.tables import StateRow
from corpus.workflow.audit import Seal
from corpus.workflow.errors import ForbiddenError
from corpus.workflow.sign_in import SignedIn, start_session

_KEY = "demonstration"


def is_demonstration(connection: Connection) -> bool:
    """Tell whether a database was made to be looked at and played with."""
    return connection.execute(select(StateRow.key).where(StateRow.key == _KEY)).first() is not None


def mark(connection: Connection) -> None:
    """Mark a database; nothing takes the mark away, for the whole file is thrown away instead."""
    connection.execute(insert(StateRow), {"key": _KEY, "value": "1"})


def enter(
    connection: Connection, login: str, seal: Seal, request_id: str | None = None
) -> SignedIn | None:
    """Start a session without a password; None where there is no such account.

    Refused by any database that does not bear the mark, whatever the service around it believes.
    """
    if not is_demonstration(connection):
        raise ForbiddenError("只有演示系统可以直接进入", hint="请用登录名和口令登录")
    return start_session(connection, login, seal, request_id)

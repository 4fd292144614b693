"""Wrong passwords: counted per account, which rests after several in a row."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, update

from corpus.workflow.actors import Actor
from corpus.workflow.audit import Scribe, Seal
from corpus.workflow.moments import in_utc, now
from corpus.workflow.tables import AccountRow

TRIES = 5
"""Wrong passwords in a row before an account rests."""
REST = timedelta(minutes=15)
REST_MINUTES = int(REST.total_seconds() // 60)


def is_resting(account: Any) -> bool:
    """Tell whether passwords for an account, given as its row, are not looked at for a while."""
    return account.locked_until is not None and bool(in_utc(account.locked_until) > now())


def count_failure(
    connection: Connection, account: Any, seal: Seal, request_id: str | None = None
) -> None:
    """Count a wrong password for an account, given as its row; the caller commits."""
    failures = account.failed_logins + 1
    locked = now() + REST if failures >= TRIES else None
    connection.execute(
        update(AccountRow)
        .where(AccountRow.id == account.id)
        .values(failed_logins=0 if locked else failures, locked_until=locked)
    )
    if locked:
        system = Actor("system", account.organisation_id)
        Scribe(connection, system, seal, request_id).note("account.lock", f"account:{account.id}")


def reset_failures(connection: Connection, account_id: str) -> None:
    """Begin counting anew after a right password."""
    connection.execute(
        update(AccountRow)
        .where(AccountRow.id == account_id)
        .values(failed_logins=0, locked_until=None)
    )

"""The audit log: every change, one after the other, each sealed with the one before.

The hash of an entry covers its content and the hash of the entry before, so that no entry can be
changed, taken out or put in between without every later hash failing to fit. With a secret the
hash is an HMAC, which whoever holds the database but not the secret cannot make anew; without one
it is SHA-256, and only an exported copy of the newest hash shows a log rewritten as a whole. The
same copy shows entries cut off at the end. Database triggers refuse changes besides.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select
from ulid import ULID

from corpus.workflow.actors import Actor
from corpus.workflow.moments import now
from corpus.workflow.tables import AuditRow

START = "0" * 64
"""What the first entry follows."""
_SEALED = (
    "seq",
    "at",
    "actor",
    "organisation_id",
    "action",
    "object",
    "before",
    "after",
    "request_id",
    "key_id",
    "previous",
)


@dataclass(frozen=True)
class Seal:
    """What hashes are made with."""

    secret: str | None = None

    @property
    def key_id(self) -> str | None:
        """Return what tells secrets apart without giving one away."""
        if self.secret is None:
            return None
        return hashlib.sha256(b"audit" + self.secret.encode()).hexdigest()[:8]

    def of(self, entry: Mapping[str, Any]) -> str:
        """Return the hash of an entry."""
        content = json.dumps(
            {name: entry[name] for name in _SEALED},
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
        ).encode()
        if self.secret is None:
            return hashlib.sha256(content).hexdigest()
        return hmac.new(self.secret.encode(), content, hashlib.sha256).hexdigest()


@dataclass(frozen=True)
class Scribe:
    """Writes entries of one actor in one request. The caller holds the writers' lock."""

    connection: Connection
    actor: Actor
    seal: Seal = Seal()
    request_id: str | None = None
    clock: Callable[[], datetime] = now
    """Tells when things happen, in UTC; a demonstration tells them as of earlier days."""

    def now(self) -> datetime:
        """Return the moment of what is being done."""
        return self.clock()

    def new_id(self) -> str:
        """Return an id that sorts by the moment it was made."""
        return str(ULID.from_datetime(self.clock()))

    def note(
        self,
        action: str,
        object_: str,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
        organisation_id: str | None = None,
    ) -> None:
        """Add an entry; values must be plain JSON."""
        last = self.connection.execute(
            select(AuditRow.seq, AuditRow.hash).order_by(AuditRow.seq.desc()).limit(1)
        ).first()
        entry = {
            "seq": 1 if last is None else last.seq + 1,
            "at": self.now().isoformat(timespec="milliseconds"),
            "actor": self.actor.id,
            "organisation_id": organisation_id or self.actor.organisation_id,
            "action": action,
            "object": object_,
            "before": None if before is None else dict(before),
            "after": None if after is None else dict(after),
            "request_id": self.request_id,
            "key_id": self.seal.key_id,
            "previous": START if last is None else last.hash,
        }
        self.connection.execute(insert(AuditRow), {**entry, "hash": self.seal.of(entry)})


@dataclass(frozen=True)
class Verification:
    """What checking the log found."""

    entries: int
    head: str
    """Hash of the newest entry; keep a copy elsewhere."""
    broken_at: int | None = None
    """Number of the first entry that does not fit."""
    reason: str = ""
    unchecked: int = 0
    """Entries sealed with a secret that is not at hand, or with none where there is one.

    Whoever holds the database could have made these anew.
    """

    @property
    def intact(self) -> bool:
        """Tell whether everything fits."""
        return self.broken_at is None


def entries(connection: Connection, after: int = 0) -> Iterator[dict[str, Any]]:
    """Yield the entries in order, as plain JSON."""
    query = select(AuditRow.__table__).where(AuditRow.seq > after).order_by(AuditRow.seq)
    rows = connection.execute(query.execution_options(yield_per=500))
    for row in rows:
        yield dict(row._mapping)


def verify(
    connection: Connection, seal: Seal = Seal(), expected_head: str | None = None
) -> Verification:
    """Check every entry, and that a hash noted earlier is still part of the log."""
    previous, number, unchecked = START, 0, 0
    seen = expected_head is None
    for entry in entries(connection):
        number += 1
        reason = _fault(entry, number, previous, seal)
        if reason:
            return Verification(number - 1, previous, number, reason, unchecked)
        unchecked += entry["key_id"] != seal.key_id
        previous = entry["hash"]
        seen = seen or previous == expected_head
    if not seen:
        return Verification(number, previous, number + 1, "末尾的记录被截去或整本被改写", unchecked)
    return Verification(number, previous, unchecked=unchecked)


def _fault(entry: Mapping[str, Any], number: int, previous: str, seal: Seal) -> str:
    """Return what does not fit in an entry, empty where all does."""
    if entry["seq"] != number:
        return "记录缺号"
    if entry["previous"] != previous:
        return "与上一条记录不衔接"
    plain = entry["key_id"] is None
    if plain or entry["key_id"] == seal.key_id:
        maker = Seal() if plain else seal
        if not hmac.compare_digest(maker.of(entry), entry["hash"]):
            return "内容与校验值不符"
    return ""

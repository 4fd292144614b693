"""Requests that may be sent again: the first answer is kept and given once more."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select
from ulid import ULID

from corpus.errors import InputError
from corpus.workflow.actors import Actor
from corpus.workflow.errors import ConflictError
from corpus.workflow.moments import now
from corpus.workflow.tables import IdempotencyRow

LIFE = timedelta(hours=24)
LONGEST = 128


@dataclass(frozen=True)
class Answer:
    """What was answered."""

    status: int
    body: Mapping[str, Any]


def request_hash(method: str, place: str, body: bytes) -> str:
    """Return what tells requests apart; `place` is path and query."""
    return hashlib.sha256(b"\x1f".join((method.encode(), place.encode(), body))).hexdigest()


def earlier_answer(connection: Connection, actor: Actor, key: str, request: str) -> Answer | None:
    """Return what was answered to this key before; refuses it for another request."""
    if not 1 <= len(key) <= LONGEST or not key.isprintable():
        raise InputError(
            f"Idempotency-Key 须为 1 至 {LONGEST} 个可见字符", hint="请改用 UUID 等唯一编号"
        )
    connection.execute(delete(IdempotencyRow).where(IdempotencyRow.created_at < now() - LIFE))
    row = connection.execute(
        select(IdempotencyRow.__table__).where(
            IdempotencyRow.caller == actor.id, IdempotencyRow.key == key
        )
    ).first()
    if row is None:
        return None
    if row.request_hash != request:
        raise ConflictError(
            "同一 Idempotency-Key 用于了不同的请求", hint="每个新请求请使用新的编号"
        )
    return Answer(row.status, row.body)


def keep_answer(
    connection: Connection, actor: Actor, key: str, request: str, answer: Answer
) -> None:
    """Keep an answer in the transaction of what it tells of."""
    connection.execute(
        insert(IdempotencyRow),
        {
            "id": str(ULID()),
            "caller": actor.id,
            "key": key,
            "request_hash": request,
            "status": answer.status,
            "body": dict(answer.body),
            "created_at": now(),
        },
    )

"""Webhooks: which systems are told what, and what is still to be delivered."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import httpx2 as httpx
from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, insert, select, update
from ulid import ULID

from corpus.errors import InputError
from corpus.workflow.actors import Action, Actor
from corpus.workflow.audit import Scribe
from corpus.workflow.errors import NotFoundError
from corpus.workflow.moments import Moment, in_utc, now
from corpus.workflow.organisations import organisation
from corpus.workflow.tables import DeliveryRow, OrganisationRow, WebhookRow

PAUSES = tuple(timedelta(seconds=seconds) for seconds in (10, 60, 300, 1800, 7200, 21600))
"""How long to wait after each failed attempt; then the delivery is given up."""


class Event(StrEnum):
    """What a system may be told of."""

    JOB_ENDED = "job.ended"
    SUBMISSION_STATUS = "submission.status"


class Webhook(BaseModel):
    """An address that is told of events."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    id: str
    organisation_id: str
    url: str
    events: tuple[Event, ...]
    active: bool
    created_at: Moment


class Delivery(BaseModel):
    """One message and what became of it."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    id: str
    webhook_id: str
    event: Event
    body: dict[str, Any]
    attempts: int
    next_at: Moment | None
    delivered_at: Moment | None
    status: int | None
    created_at: Moment


def secret_of(master: str, webhook_id: str) -> str:
    """Return the secret that signs a webhook's messages, made from the installation's own."""
    return hmac.new(master.encode(), f"webhook:{webhook_id}".encode(), hashlib.sha256).hexdigest()


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """Return the value of the signature header: `t=<seconds>,v1=<HMAC-SHA256 of "t.body">`."""
    signed = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256)
    return f"t={timestamp},v1={signed.hexdigest()}"


def add_webhook(scribe: Scribe, organisation_id: str, url: str, events: Sequence[Event]) -> Webhook:
    """Register an address."""
    scribe.actor.require(Action.WEBHOOKS)
    organisation(scribe.connection, scribe.actor, organisation_id)
    made = Webhook(
        id=str(ULID()),
        organisation_id=organisation_id,
        url=_checked(url),
        events=tuple(sorted(set(events))),
        active=True,
        created_at=now(),
    )
    if not made.events:
        raise InputError("没有选择事件", hint="可选：" + "、".join(Event))
    values = {**made.model_dump(), "events": [str(event) for event in made.events]}
    scribe.connection.execute(insert(WebhookRow), values)
    scribe.note(
        "webhook.add",
        f"webhook:{made.id}",
        after={"url": made.url, "events": values["events"]},
        organisation_id=organisation_id,
    )
    return made


def webhooks(connection: Connection, actor: Actor) -> Sequence[Webhook]:
    """Return the webhooks of every organisation that the actor sees."""
    actor.require(Action.WEBHOOKS)
    rows = connection.execute(
        select(WebhookRow.__table__)
        .join(OrganisationRow, OrganisationRow.id == WebhookRow.organisation_id)
        .where(OrganisationRow.path.startswith(actor.path or "", autoescape=True))
        .order_by(WebhookRow.id)
    )
    return [Webhook.model_validate(row) for row in rows]


def webhook(connection: Connection, actor: Actor, id_: str) -> Webhook:
    """Return a webhook that the actor sees."""
    found = next((item for item in webhooks(connection, actor) if item.id == id_), None)
    if found is None:
        raise NotFoundError("没有这个回调地址", hint="请检查编号")
    return found


def stop_webhook(scribe: Scribe, id_: str) -> Webhook:
    """Tell an address nothing more."""
    before = webhook(scribe.connection, scribe.actor, id_)
    scribe.connection.execute(update(WebhookRow).where(WebhookRow.id == id_).values(active=False))
    scribe.connection.execute(
        update(DeliveryRow).where(DeliveryRow.webhook_id == id_).values(next_at=None)
    )
    scribe.note("webhook.stop", f"webhook:{id_}", before={"active": True}, after={"active": False})
    return before.model_copy(update={"active": False})


def announce(
    connection: Connection, organisation_id: str | None, event: Event, body: Mapping[str, Any]
) -> Sequence[str]:
    """Note a message for every webhook whose organisation sees the one concerned."""
    if organisation_id is None:
        return ()
    path = connection.execute(
        select(OrganisationRow.path).where(OrganisationRow.id == organisation_id)
    ).scalar_one()
    rows = connection.execute(
        select(WebhookRow.id, WebhookRow.events).where(
            WebhookRow.active, WebhookRow.organisation_id.in_(path.strip("/").split("/"))
        )
    )
    ids = []
    for row in rows.all():
        if event not in row.events:
            continue
        made = Delivery(
            id=str(ULID()),
            webhook_id=row.id,
            event=event,
            body=dict(body),
            attempts=0,
            next_at=now(),
            delivered_at=None,
            status=None,
            created_at=now(),
        )
        connection.execute(insert(DeliveryRow), made.model_dump())
        ids.append(made.id)
    return ids


def due(
    connection: Connection, limit: int = 50, without: Collection[str] = ()
) -> Sequence[tuple[Delivery, str]]:
    """Return the deliveries to be tried now but those of some webhooks, with their addresses."""
    rows = connection.execute(
        select(DeliveryRow.__table__, WebhookRow.url)
        .join(WebhookRow, WebhookRow.id == DeliveryRow.webhook_id)
        .where(DeliveryRow.next_at <= now(), WebhookRow.active)
        .where(WebhookRow.id.not_in(without))
        .order_by(DeliveryRow.next_at)
        .limit(limit)
    )
    return [(Delivery.model_validate(row), row.url) for row in rows]


def take(connection: Connection, delivery: Delivery) -> bool:
    """Make an attempt one's own, so that two workers do not send the same; False if taken."""
    retry = _retry_at(delivery.attempts)
    return bool(
        connection.execute(
            update(DeliveryRow)
            .where(
                DeliveryRow.id == delivery.id,
                DeliveryRow.attempts == delivery.attempts,
                DeliveryRow.next_at.is_not(None),
            )
            .values(attempts=delivery.attempts + 1, next_at=retry)
        ).rowcount
    )


def delivered(connection: Connection, id_: str, status: int | None, ok: bool) -> datetime | None:
    """Note how an attempt ended; returns when the next is due, None where there is none."""
    values: dict[str, Any] = {"status": status}
    if ok:
        values |= {"delivered_at": now(), "next_at": None}
    connection.execute(update(DeliveryRow).where(DeliveryRow.id == id_).values(**values))
    again = connection.execute(select(DeliveryRow.next_at).where(DeliveryRow.id == id_))
    found: datetime | None = in_utc(again.scalar())
    return found


def deliveries(connection: Connection, actor: Actor, webhook_id: str) -> Sequence[Delivery]:
    """Return the newest deliveries of a webhook."""
    webhook(connection, actor, webhook_id)
    rows = connection.execute(
        select(DeliveryRow.__table__)
        .where(DeliveryRow.webhook_id == webhook_id)
        .order_by(DeliveryRow.id.desc())
        .limit(50)
    )
    return [Delivery.model_validate(row) for row in rows]


def _retry_at(attempts: int) -> datetime | None:
    return now() + PAUSES[attempts] if attempts < len(PAUSES) else None


def _checked(url: str) -> str:
    """Refuse what the deliverer could not send to; read by the library that will send."""
    try:
        parts = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise InputError("回调地址的写法不对", hint="示例：https://平台地址/路径") from error
    labels = parts.raw_host.removesuffix(b".").split(b".")
    if parts.scheme not in {"http", "https"} or not parts.host or parts.userinfo:
        raise InputError("回调地址须是 http 或 https 地址，且不含用户名", hint="请检查地址")
    if not all(0 < len(label) < 64 for label in labels):
        raise InputError("回调地址的主机名不对", hint="主机名各段须为 1 至 63 个字符")
    if parts.port is not None and not 0 < parts.port < 65536:
        raise InputError("回调地址的端口不对", hint="端口须在 1 至 65535 之间")
    return url

"""Keys and webhooks: how other systems come in, and what they are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, ClassVar

from fastapi import APIRouter, Form, Request, Response

from api.http.access import Desk, allowed
from api.http.forms import Id
from api.web.rendering import Page, render, renew
from api.web.wording import EVENTS, SCOPES
from corpus.errors import InputError
from corpus.workflow import organisations, sign_in, webhooks
from corpus.workflow.actors import Action
from corpus.workflow.moments import now
from corpus.workflow.organisations import Organisation
from corpus.workflow.sign_in import ApiKey
from corpus.workflow.webhooks import Delivery, Event, Webhook

router = APIRouter()
Manager = Annotated[Desk, allowed(Action.PEOPLE)]
Listener = Annotated[Desk, allowed(Action.WEBHOOKS)]
Text = Annotated[str, Form(max_length=500)]


@dataclass(frozen=True)
class KeysPage(Page):
    """The keys of other systems."""

    template: ClassVar[str] = "people/keys.html"
    title: ClassVar[str] = "接口密钥"
    section: ClassVar[str] = "people"
    keys: Sequence[tuple[ApiKey, str]]
    """Each key with how it stands."""
    places: Sequence[Organisation]
    scopes: dict[Action, str]
    names: dict[str, str]
    """Names of organisations by id."""


@dataclass(frozen=True)
class NewKey(Page):
    """A key with its secret; shown this once."""

    template: ClassVar[str] = "people/_key.html"
    key: ApiKey
    token: str


@dataclass(frozen=True)
class WebhooksPage(Page):
    """The addresses that are told of events."""

    template: ClassVar[str] = "people/webhooks.html"
    title: ClassVar[str] = "结果回调"
    section: ClassVar[str] = "people"
    webhooks: Sequence[tuple[Webhook, Sequence[Delivery]]]
    """Each address with the newest messages to it."""
    places: Sequence[Organisation]
    events: dict[Event, str]
    names: dict[str, str]
    possible: bool
    """Whether the installation has a secret to sign messages with."""


@dataclass(frozen=True)
class NewWebhook(Page):
    """An address with the secret that its messages are signed with; shown this once."""

    template: ClassVar[str] = "people/_webhook.html"
    webhook: Webhook
    secret: str


@router.get("/people/keys")
def keys(request: Request, found: Manager) -> Response:
    """Show the keys."""
    with found.reading() as connection:
        kept = sign_in.keys(connection, found.actor)
        places = organisations.organisations(connection, found.actor)
    return render(
        request,
        KeysPage(
            [(key, _standing(key)) for key in kept],
            [place for place in places if place.active],
            SCOPES,
            {place.id: place.name for place in places},
        ),
    )


@router.post("/people/keys")
def add_key(
    request: Request,
    found: Manager,
    organisation_id: Text,
    name: Text,
    days: Annotated[int, Form(ge=1, le=731)],
    scopes: Annotated[list[Action] | None, Form()] = None,
) -> Response:
    """Add a key and show its secret."""
    if not scopes:
        raise InputError("没有选择密钥可以办理的事项", hint="请在“可以办理”中至少选择一项")
    with found.writing() as scribe:
        key, token = sign_in.add_key(scribe, organisation_id, name, scopes, timedelta(days=days))
    return render(request, NewKey(key, token))


@router.post("/people/keys/{id}/revoke")
def revoke_key(found: Manager, id_: Id) -> Response:
    """Revoke a key."""
    with found.writing() as scribe:
        key = sign_in.revoke_key(scribe, id_)
    return renew(f"已停用“{key.name}”的密钥")


@router.get("/people/webhooks")
def list_webhooks(request: Request, found: Listener) -> Response:
    """Show the addresses."""
    with found.reading() as connection:
        kept = webhooks.webhooks(connection, found.actor)
        sent = [webhooks.deliveries(connection, found.actor, item.id)[:5] for item in kept]
        places = organisations.organisations(connection, found.actor)
    return render(
        request,
        WebhooksPage(
            list(zip(kept, sent, strict=True)),
            [place for place in places if place.active],
            EVENTS,
            {place.id: place.name for place in places},
            found.workspace.settings.secret_key is not None,
        ),
    )


@router.post("/people/webhooks")
def add_webhook(
    request: Request,
    found: Listener,
    organisation_id: Text,
    url: Text,
    events: Annotated[list[Event] | None, Form()] = None,
) -> Response:
    """Register an address and show its secret."""
    if not events:
        raise InputError("没有选择告知事项", hint="请在“告知事项”中至少选择一项")
    master = found.signing_secret
    with found.writing() as scribe:
        made = webhooks.add_webhook(scribe, organisation_id, url, events)
    return render(request, NewWebhook(made, webhooks.secret_of(master, made.id)))


@router.post("/people/webhooks/{id}/stop")
def stop_webhook(found: Listener, id_: Id) -> Response:
    """Tell an address nothing more."""
    with found.writing() as scribe:
        hook = webhooks.stop_webhook(scribe, id_)
    return renew(f"不再向 {hook.url} 发送")


def _standing(key: ApiKey) -> str:
    if key.revoked_at is not None:
        return "已停用"
    return "已到期" if key.expires_at <= now() else "使用中"

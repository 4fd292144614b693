"""Webhooks: addresses that are told of ended batches and decided submissions."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from api.http.access import Desk, allowed, once
from api.http.forms import Form, Id, shown
from api.http.routes.dependencies import ERRORS
from corpus.workflow import webhooks
from corpus.workflow.actors import Action
from corpus.workflow.audit import Scribe
from corpus.workflow.webhooks import Delivery, Event, Webhook

router = APIRouter(prefix="/webhooks", tags=["回调"], responses=ERRORS)
Manager = Annotated[Desk, allowed(Action.WEBHOOKS)]


class NewWebhook(Form):
    """An address to be told."""

    model_config = shown(
        {
            "url": "https://platform.example.gov.cn/jixiao",
            "events": ["job.ended", "submission.status"],
        }
    )

    organisation_id: str | None = Field(default=None, description="默认为调用者所在单位")
    url: str = Field(max_length=2000)
    events: list[Event] = Field(min_length=1)


class AddedWebhook(BaseModel):
    """A webhook with the secret that signs its messages, shown this once."""

    webhook: Webhook
    secret: str = Field(
        description="签名密钥，只显示一次。请求头 X-Jixiao-Signature 为 t=秒数,v1=签名，"
        "签名是以此密钥对“秒数.请求体”计算的 HMAC-SHA256"
    )


@router.get("", summary="回调地址")
def list_webhooks(found: Manager) -> list[Webhook]:
    """Return the webhooks."""
    with found.reading() as connection:
        return list(webhooks.webhooks(connection, found.actor))


@router.post("", status_code=201, summary="登记回调地址", response_model=AddedWebhook)
def add(form: NewWebhook, found: Manager, request: Request) -> JSONResponse:
    """Register an address."""
    master = found.signing_secret
    owner = form.organisation_id or str(found.actor.organisation_id)

    def work(scribe: Scribe) -> Any:
        made = webhooks.add_webhook(scribe, owner, form.url, form.events)
        secret = webhooks.secret_of(master, made.id)
        return AddedWebhook(webhook=made, secret=secret).model_dump(mode="json")

    return once(found, request, form.model_dump_json().encode(), 201, work, "secret")


@router.delete("/{id}", summary="停用回调地址")
def stop(id_: Id, found: Manager) -> Webhook:
    """Tell an address nothing more."""
    with found.writing() as scribe:
        return webhooks.stop_webhook(scribe, id_)


@router.get("/{id}/deliveries", summary="回调记录")
def deliveries(id_: Id, found: Manager) -> list[Delivery]:
    """Return the newest deliveries."""
    with found.reading() as connection:
        return list(webhooks.deliveries(connection, found.actor, id_))

"""Keys of other systems: what they may do, for how long; shown once, revoked any time."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from api.http.access import Desk, allowed, once
from api.http.forms import SOME_ID, Form, Id, shown
from api.http.routes.dependencies import ERRORS
from corpus.workflow import sign_in
from corpus.workflow.actors import Action
from corpus.workflow.audit import Scribe
from corpus.workflow.sign_in import ApiKey

router = APIRouter(tags=["单位与账号"], responses=ERRORS)
Manager = Annotated[Desk, allowed(Action.PEOPLE)]


class NewKey(Form):
    """A key to be added."""

    model_config = shown(
        {
            "organisation_id": SOME_ID,
            "name": "预算管理一体化平台",
            "scopes": ["advise", "batch", "submissions:read", "submissions:write"],
            "days": 365,
        }
    )

    organisation_id: str
    name: str = Field(min_length=1, max_length=100, description="使用密钥的系统")
    scopes: list[Action]
    days: int = Field(default=365, ge=1, le=731, description="有效天数")


class AddedKey(BaseModel):
    """A key with its secret, shown this once."""

    key: ApiKey
    token: str = Field(description="密钥，只显示一次，请妥善保存")


@router.get("/keys", summary="接口密钥")
def list_keys(found: Manager) -> list[ApiKey]:
    """Return the keys, without their secrets."""
    with found.reading() as connection:
        return list(sign_in.keys(connection, found.actor))


@router.post("/keys", status_code=201, summary="发放接口密钥", response_model=AddedKey)
def add_key(form: NewKey, found: Manager, request: Request) -> JSONResponse:
    """Add a key."""

    def work(scribe: Scribe) -> Any:
        key, token = sign_in.add_key(
            scribe, form.organisation_id, form.name, form.scopes, timedelta(days=form.days)
        )
        return AddedKey(key=key, token=token).model_dump(mode="json")

    return once(found, request, form.model_dump_json().encode(), 201, work, "token")


@router.delete("/keys/{id}", summary="停用接口密钥")
def revoke_key(id_: Id, found: Manager) -> ApiKey:
    """Revoke a key."""
    with found.writing() as scribe:
        return sign_in.revoke_key(scribe, id_)

"""What requests share: the parts of the installation, and bodies that are read within a limit."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.requests import ClientDisconnect

from api.http import problems, schemas
from api.http.problems import CallerGoneError
from api.workspace import Workspace
from corpus.errors import InputError
from corpus.importers import declaration_from_dict
from corpus.importers.json_text import decode_utf8, parse_json
from corpus.records import Declaration

ERRORS: dict[int | str, dict[str, Any]] = {
    status: {
        "model": schemas.Problem,
        "description": problems.TITLES[status],
        "content": {problems.MEDIA_TYPE: {}},
    }
    for status in (400, 401, 403, 404, 409, 412, 413, 422, 429, 500, 503)
}
"""Problem documents that any address may answer with, for the interface description."""


async def body(request: Request) -> bytes:
    """Read the body; `api.http.middleware` holds it to the limit."""
    try:
        return await request.body()
    except ClientDisconnect as error:
        raise CallerGoneError("调用方在发送中途断开") from error


def workspace(request: Request) -> Workspace:
    """Return the parts shared by all requests."""
    shared: Workspace = request.app.state.workspace
    return shared


Body = Annotated[bytes, Depends(body)]
Shared = Annotated[Workspace, Depends(workspace)]


def record(data: bytes) -> Any:
    """Read a body as JSON."""
    if not data.strip():
        raise InputError("请求体是空的", hint="请在请求体中提交一条申报记录", code="empty_body")
    return parse_json(decode_utf8(data))


def declaration(data: bytes) -> Declaration:
    """Read a body as a declaration."""
    return declaration_from_dict(record(data))

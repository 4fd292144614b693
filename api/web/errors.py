"""Errors as people see them: a page, a notice above what they typed, or the way to sign in."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from api.web.rendering import Page, is_partial, redirect, render
from corpus.errors import JixiaoError

_KINDS: tuple[Any, ...] = (JixiaoError, HTTPException, RequestValidationError, Exception)


@dataclass(frozen=True)
class ErrorPage(Page):
    """What went wrong, as a page of its own."""

    template: ClassVar[str] = "errors/page.html"
    title: ClassVar[str] = "办理未成功"
    message: str
    hint: str
    request_id: str


@dataclass(frozen=True)
class ErrorNotice(Page):
    """What went wrong, above the form that is kept as it was typed."""

    template: ClassVar[str] = "errors/_notice.html"
    message: str
    hint: str


def show_errors_as_pages(app: FastAPI) -> None:
    """Answer in HTML where a page was asked for; the interface keeps its problem documents."""
    for kind in _KINDS:
        app.add_exception_handler(kind, _for_people(app.exception_handlers[kind]))


def _for_people(handle: Callable[[Request, Any], Any]) -> Callable[[Request, Any], Response]:
    def handler(request: Request, error: Any) -> Response:
        answer: Response = handle(request, error)
        return answer if request.url.path.startswith("/api/") else _shown(request, answer)

    return handler


def _shown(request: Request, answer: Response) -> Response:
    problem = json.loads(bytes(answer.body))
    partial = is_partial(request)
    if answer.status_code == 401 and not request.url.path.startswith("/sign-in"):
        return _to_sign_in(request, partial)
    message, hint = problem["message"] or problem["title"], problem["hint"]
    page: Page
    if partial:
        page = ErrorNotice(message, hint)
        shown = render(request, page, answer.status_code)
        shown.headers.update({"HX-Retarget": "#notices", "HX-Reswap": "innerHTML show:top"})
    else:
        hint = "请检查地址，或从上方的栏目进入" if answer.status_code == 404 else hint
        page = ErrorPage(message, hint, getattr(request.state, "request_id", ""))
        shown = render(request, page, answer.status_code)
    if "Retry-After" in answer.headers:
        shown.headers["Retry-After"] = answer.headers["Retry-After"]
    return shown


def _to_sign_in(request: Request, partial: bool) -> Response:
    """Lead to the sign-in page, and back to where the visitor wanted to go."""
    if partial:
        return redirect(request, "/sign-in")
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return redirect(request, f"/sign-in?next={quote(wanted)}")

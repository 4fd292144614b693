"""Who calls: a key, a session or nobody, and whether they may."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request, Security
from fastapi.responses import JSONResponse
from fastapi.security import APIKeyCookie, HTTPBearer
from sqlalchemy import Connection

from api.http.etags import revision_tag
from api.http.limiting import Limiter
from api.workspace import Workspace
from corpus.errors import SetupError
from corpus.workflow import idempotency, sign_in
from corpus.workflow.actors import ANONYMOUS, Action, Actor
from corpus.workflow.audit import Scribe, Seal
from corpus.workflow.errors import ConflictError, ForbiddenError, UnauthenticatedError

COOKIE = "jixiao_session"
CSRF_HEADER = "X-CSRF-Token"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_BEARER = HTTPBearer(auto_error=False, description="接口密钥，以 jx_ 开头")
_COOKIE = APIKeyCookie(name=COOKIE, auto_error=False, description="登录后由服务设置")


def csrf_token(session: str) -> str:
    """Return what a page must send back with every change, made from its session."""
    return hashlib.sha256(b"csrf:" + session.encode("utf-8", "replace")).hexdigest()


@dataclass(frozen=True)
class Desk:
    """What a request has at hand: the installation, and who asks."""

    workspace: Workspace
    actor: Actor
    request_id: str | None
    session: str | None = None
    """Token of the session, where there is one."""

    @property
    def seal(self) -> Seal:
        """What the audit log is sealed with."""
        return seal_of(self.workspace)

    @property
    def signing_secret(self) -> str:
        """What webhooks' secrets are made from."""
        secret = self.workspace.settings.secret_key
        if secret is None:
            raise SetupError(
                "没有设置 JIXIAO_SECRET_KEY，不能登记回调", hint="请设置后重新启动服务"
            )
        return secret.get_secret_value()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open the database for reading."""
        with self.workspace.store.reading() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Scribe]:
        """Open the database for writing; all is kept or nothing."""
        with self.workspace.store.writing() as connection:
            yield Scribe(connection, self.actor, self.seal, self.request_id)


def seal_of(workspace: Workspace) -> Seal:
    """Return what the audit log of an installation is sealed with."""
    secret = workspace.settings.secret_key
    return Seal(None if secret is None else secret.get_secret_value())


def desk(
    request: Request,
    bearer: Annotated[Any, Security(_BEARER)] = None,
    session: Annotated[str | None, Security(_COOKIE)] = None,
) -> Desk:
    """Find out who asks; refuse a wrong key or session, a forged change and too many requests."""
    workspace: Workspace = request.app.state.workspace
    limiter: Limiter = request.app.state.limiter
    try:
        actor = _actor(request, workspace, bearer, session)
    except UnauthenticatedError:
        limiter.count(_address(request))  # each guess is looked up, so it is not free
        raise
    limiter.count(actor.id if actor is not ANONYMOUS else _address(request))
    used = session if bearer is None else None
    if used and request.method not in _SAFE:
        sent = request.headers.get(CSRF_HEADER, "")
        if not hmac.compare_digest(sent.encode(), csrf_token(used).encode()):
            raise ForbiddenError(
                "请求缺少页面的校验标记", hint=f"请在 {CSRF_HEADER} 中带上登录时返回的 csrf_token"
            )
    request.state.desk = Desk(workspace, actor, request.state.request_id, used)  # pages show it
    return request.state.desk


def newcomer(request: Request) -> Desk:
    """Let in whoever comes to get a session, and overlook the one they may have.

    A cookie whose session has ended is out of reach of the page that sends it, so it must not keep
    anybody from signing in again.
    """
    request.app.state.limiter.count(_address(request))
    return Desk(request.app.state.workspace, ANONYMOUS, request.state.request_id)


def _actor(request: Request, workspace: Workspace, bearer: Any, session: str | None) -> Actor:
    if bearer is not None:
        with workspace.store.reading() as connection:
            actor = sign_in.actor_of_key(connection, bearer.credentials)
    elif session:
        with workspace.store.reading() as connection:
            actor = sign_in.actor_of_session(connection, session)
    else:
        actor = ANONYMOUS
    request.state.actor = actor.id
    return actor


def allowed(action: Action) -> Any:
    """Return the dependency that lets in who may do a thing."""

    def check(request: Request, found: Annotated[Desk, Depends(desk)]) -> Desk:
        if found.actor is ANONYMOUS and not (
            request.app.state.anonymous and found.actor.may(action)
        ):
            raise UnauthenticatedError("请先登录，或使用接口密钥", hint="密钥由系统管理员发放")
        found.actor.require(action)
        return found

    return Depends(check)


def once(
    desk: Desk,
    request: Request,
    body: bytes,
    status: int,
    work: Callable[[Scribe], Any],
    secret: str | None = None,
) -> JSONResponse:
    """Do a thing and answer with what it returns; a request sent again gets the first answer.

    The change and its kept answer stand or fall together. Only requests with an
    `Idempotency-Key` header are remembered, for `idempotency.LIFE`. An answer with a field that is
    shown once, `secret`, is kept without it, and the request sent again is refused.
    """
    key = request.headers.get("Idempotency-Key")
    with desk.writing() as scribe:
        if key is None:
            return _answer(work(scribe), status)
        place = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        asked = idempotency.request_hash(request.method, place, body)
        earlier = idempotency.earlier_answer(scribe.connection, desk.actor, key, asked)
        if earlier is not None and secret is not None:
            raise ConflictError(
                "这个请求已经办理，其中的密钥只显示一次", hint="没有收到时，请停用后重新发放"
            )
        if earlier is not None:
            return _answer(dict(earlier.body), earlier.status, {"Idempotency-Replayed": "true"})
        content = work(scribe)
        plain = {name: value for name, value in content.items() if name != secret}
        answer = idempotency.Answer(status, plain)
        idempotency.keep_answer(scribe.connection, desk.actor, key, asked, answer)
        return _answer(content, status)


def _answer(content: Any, status: int, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """Return an answer; one that has revisions tells its entity tag."""
    answer = JSONResponse(content, status, headers)
    if "revision" in content:
        answer.headers["ETag"] = revision_tag(content["revision"])
    return answer


def _address(request: Request) -> str:
    return f"address:{request.client.host if request.client else 'unknown'}"

"""Set-up, signing in, organisations and accounts."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from api.http.access import COOKIE, Desk, allowed, csrf_token, desk, newcomer, once
from api.http.entering import enter
from api.http.forms import SOME_ID, Form, Id, shown
from api.http.routes.dependencies import ERRORS
from corpus.workflow import accounts, organisations, sign_in
from corpus.workflow.accounts import Account
from corpus.workflow.actors import Action, Role
from corpus.workflow.audit import Scribe
from corpus.workflow.errors import NotFoundError, UnauthenticatedError
from corpus.workflow.moments import Moment
from corpus.workflow.organisations import Kind, Organisation

router = APIRouter(tags=["单位与账号"], responses=ERRORS)
AnyDesk = Annotated[Desk, Depends(desk)]
Newcomer = Annotated[Desk, Depends(newcomer)]
Manager = Annotated[Desk, allowed(Action.PEOPLE)]
Reader = Annotated[Desk, allowed(Action.READ)]


class SetUp(Form):
    """The first set-up."""

    model_config = shown(
        {
            "token": "链接中的标记",
            "bureau_name": "某县财政局",
            "login": "admin",
            "password": "至少十个字符的口令",
        }
    )

    token: str = Field(max_length=200, description="首次启动时显示的链接中的标记")
    bureau_name: str = Field(max_length=200, description="财政局名称")
    login: str = Field(max_length=64, description="系统管理员的登录名")
    password: str = Field(max_length=128, description="口令，10 至 128 个字符")


class Password(Form):
    """A new password."""

    model_config = shown({"token": "链接中的标记", "password": "至少十个字符的口令"})

    token: str = Field(max_length=200, description="设置口令的链接中的标记")
    password: str = Field(max_length=128, description="口令，10 至 128 个字符")


class Credentials(Form):
    """Login and password."""

    model_config = shown({"login": "author1", "password": "至少十个字符的口令"})

    login: str = Field(max_length=64)
    password: str = Field(max_length=1000)


class Session(BaseModel):
    """A session that has begun; its token is in a cookie that scripts cannot read."""

    csrf_token: str = Field(description="之后每次修改须在 X-CSRF-Token 请求头中带上")
    expires_at: Moment
    organisation_id: str
    role: Role


class Me(BaseModel):
    """Who is asking."""

    id: str = Field(description="account:编号、key:编号或 anonymous")
    organisation_id: str | None
    role: Role | None
    actions: list[Action] = Field(description="可以办理的事项")
    csrf_token: str | None = Field(description="使用浏览器会话时的校验标记")


class NewOrganisation(Form):
    """An organisation to be added."""

    model_config = shown({"name": "县农业技术推广站", "kind": "unit", "parent_id": SOME_ID})

    name: str = Field(min_length=1, max_length=200)
    kind: Kind
    parent_id: str | None = Field(default=None, description="上级单位的编号")


class Activity(Form):
    """Whether something is in use."""

    model_config = shown({"active": False})

    active: bool


class NewAccount(Form):
    """An account to be added."""

    model_config = shown(
        {"organisation_id": SOME_ID, "login": "nongji.tianbao", "title": "填报岗", "role": "author"}
    )

    organisation_id: str
    login: str = Field(max_length=64)
    title: str = Field(max_length=100, description="岗位名称，不写姓名")
    role: Role


class AddedAccount(BaseModel):
    """An account with the token of its password link, shown this once."""

    account: Account
    link_token: str = Field(description="设置口令的链接标记，24 小时内有效，只显示一次")


class AccountChange(Form):
    """What is to change; what is left out stays."""

    model_config = shown({"title": "项目填报岗", "active": True})

    title: str | None = Field(default=None, max_length=100)
    role: Role | None = None
    active: bool | None = None


class Link(BaseModel):
    """The token of a password link."""

    link_token: str


@router.post(
    "/setup",
    status_code=201,
    summary="首次设置",
    description="建立财政局和系统管理员，只能办理一次。",
)
def set_up(form: SetUp, found: Newcomer, request: Request) -> Account:
    """Set the installation up."""
    count_attempt(request)
    with found.writing() as scribe:
        return accounts.set_up(scribe, form.token, form.bureau_name, form.login, form.password)


@router.post("/password", status_code=204, summary="用链接设置口令")
def set_password(form: Password, found: Newcomer, request: Request) -> Response:
    """Set a password with the token of a link."""
    count_attempt(request)
    with found.writing() as scribe:
        accounts.set_password(scribe, form.token, form.password)
    return Response(status_code=204)


@router.post(
    "/sessions",
    status_code=201,
    summary="登录",
    response_model=Session,
    description="会话标记放在 Cookie 中，12 小时有效。连续 5 次口令错误，账号暂停登录 15 分钟。",
)
def start_session(form: Credentials, found: Newcomer, request: Request) -> JSONResponse:
    """Sign in."""
    count_attempt(request)
    begun = enter(found.workspace, form.login, form.password, found.request_id)
    if begun is None:
        raise UnauthenticatedError(
            "登录名或口令不对，或账号暂停登录", hint="连续错误会使账号暂停登录 15 分钟"
        )
    content = Session(
        csrf_token=csrf_token(begun.token),
        expires_at=begun.expires_at,
        organisation_id=str(begun.actor.organisation_id),
        role=Role(str(begun.actor.role)),
    )
    answer = JSONResponse(content.model_dump(mode="json"), 201)
    keep_session(request, answer, begun.token)
    return answer


@router.delete("/sessions/current", status_code=204, summary="退出登录")
def end_session(found: AnyDesk) -> Response:
    """Sign out."""
    if found.session is None:
        raise NotFoundError("没有登录", hint="无须退出")
    with found.writing() as scribe:
        sign_in.sign_out(scribe, found.session)
    answer = Response(status_code=204)
    answer.delete_cookie(COOKIE)
    return answer


@router.get("/me", summary="当前的调用者")
def me(found: AnyDesk) -> Me:
    """Say who is asking."""
    actor = found.actor
    return Me(
        id=actor.id,
        organisation_id=actor.organisation_id,
        role=actor.role,
        actions=sorted(actor.actions),
        csrf_token=csrf_token(found.session) if found.session else None,
    )


@router.get("/organisations", summary="本单位及下属单位")
def list_organisations(found: Reader) -> list[Organisation]:
    """Return the caller's part of the tree."""
    with found.reading() as connection:
        return list(organisations.organisations(connection, found.actor))


@router.post("/organisations", status_code=201, summary="增加单位", response_model=Organisation)
def add_organisation(form: NewOrganisation, found: Manager, request: Request) -> JSONResponse:
    """Add an organisation."""

    def work(scribe: Scribe) -> Any:
        added = organisations.add_organisation(scribe, form.name, form.kind, form.parent_id)
        return added.model_dump(mode="json")

    return once(found, request, form.model_dump_json().encode(), 201, work)


@router.patch("/organisations/{id}", summary="停用或恢复单位")
def change_organisation(id_: Id, form: Activity, found: Manager) -> Organisation:
    """Close or reopen an organisation."""
    with found.writing() as scribe:
        return organisations.set_active(scribe, id_, form.active)


@router.get("/accounts", summary="账号")
def list_accounts(found: Manager) -> list[Account]:
    """Return the accounts."""
    with found.reading() as connection:
        return list(accounts.accounts(connection, found.actor))


@router.post("/accounts", status_code=201, summary="增加账号", response_model=AddedAccount)
def add_account(form: NewAccount, found: Manager, request: Request) -> JSONResponse:
    """Add an account."""

    def work(scribe: Scribe) -> Any:
        added, token = accounts.add_account(
            scribe, form.organisation_id, form.login, form.title, form.role
        )
        return AddedAccount(account=added, link_token=token).model_dump(mode="json")

    return once(found, request, form.model_dump_json().encode(), 201, work, "link_token")


@router.patch("/accounts/{id}", summary="修改或停用账号")
def change_account(id_: Id, form: AccountChange, found: Manager) -> Account:
    """Change an account."""
    with found.writing() as scribe:
        return accounts.change_account(scribe, id_, **form.model_dump())


@router.post("/accounts/{id}/link", status_code=201, summary="重新发放设置口令的链接")
def renew_link(id_: Id, found: Manager) -> Link:
    """Make a new password link."""
    with found.writing() as scribe:
        return Link(link_token=accounts.renew_link(scribe, id_))


def keep_session(request: Request, answer: Response, token: str) -> None:
    """Give a session's token to the browser, out of the reach of scripts."""
    answer.set_cookie(
        COOKIE,
        token,
        max_age=int(sign_in.SESSION_LIFE.total_seconds()),
        httponly=True,
        secure=request.app.state.https,
        samesite="lax",
    )


def count_attempt(request: Request) -> None:
    """Slow down guessing, whoever's account it is."""
    client: Any = request.client
    request.app.state.limiter.count_sign_in(client.host if client else "unknown")

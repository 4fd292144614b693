"""Getting in and out: signing in, the first set-up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, ClassVar

from fastapi import APIRouter, Depends, Form, Query, Request, Response

from api.demo.places import DOORS, Door
from api.http.access import COOKIE, Desk, desk, newcomer, seal_of
from api.http.entering import enter
from api.http.routes.people import count_attempt, keep_session
from api.web.navigation import home_of
from api.web.rendering import Page, is_partial, redirect, render
from corpus.errors import InputError
from corpus.workflow import accounts, demonstration, sign_in
from corpus.workflow.actors import ANONYMOUS
from corpus.workflow.audit import Scribe
from corpus.workflow.errors import ForbiddenError, UnauthenticatedError
from corpus.workflow.links import LinkState, setup_link
from corpus.workflow.organisations import bureau

router = APIRouter()
Text = Annotated[str, Form(max_length=1000)]
Token = Annotated[str, Query(max_length=200)]


@dataclass(frozen=True)
class SignInPage(Page):
    """Login and password."""

    template: ClassVar[str] = "sign_in/sign_in.html"
    title: ClassVar[str] = "登录"
    next: str
    """Where to go afterwards."""
    done: str
    """What has just been done, to be said above the form."""
    doors: tuple[Door, ...]
    """Ways in without a password; none but in the demonstration."""


@dataclass(frozen=True)
class SetUpPage(Page):
    """The first set-up: bureau and administrator."""

    template: ClassVar[str] = "sign_in/set_up.html"
    title: ClassVar[str] = "首次设置"
    token: str


@dataclass(frozen=True)
class NoSetUpPage(Page):
    """Why the first set-up cannot be done with this link, and what to do."""

    template: ClassVar[str] = "sign_in/no_set_up.html"
    title: ClassVar[str] = "首次设置"
    done: bool
    """Whether the installation is set up already."""
    state: LinkState


_DONE = {
    "password": "口令已设置，请登录。",
    "setup": "首次设置已完成，请登录。",
    "out": "已退出登录。",
}


@router.get("/sign-in", name="sign_in")
def sign_in_page(
    request: Request,
    wanted: Annotated[str, Query(alias="next", max_length=500)] = "",
    done: str = "",
) -> Response:
    """Show the form."""
    doors = DOORS if request.app.state.demo else ()
    return render(request, SignInPage(_inside(wanted), _DONE.get(done, ""), doors))


@router.post("/sign-in")
def start(
    request: Request, login: Text, password: Text, wanted: Annotated[str, Form(alias="next")] = ""
) -> Response:
    """Sign in and go on to where the visitor wanted to be."""
    _same_page(request)
    count_attempt(request)
    workspace = request.app.state.workspace
    begun = enter(workspace, login, password, request.state.request_id)
    if begun is None:
        raise UnauthenticatedError(
            "登录名或口令不对，或账号暂停登录", hint="连续 5 次错误会使账号暂停登录 15 分钟"
        )
    answer = redirect(request, _inside(wanted) or home_of(begun.actor))
    keep_session(request, answer, begun.token)
    return answer


@router.post("/sign-in/demo")
def start_demonstration(
    request: Request, login: Text, wanted: Annotated[str, Form(alias="next")] = ""
) -> Response:
    """Enter the demonstration as one of its posts."""
    _same_page(request)
    count_attempt(request)
    workspace = request.app.state.workspace
    number = request.state.request_id
    with workspace.store.writing() as connection:
        begun = demonstration.enter(connection, login, seal_of(workspace), number)
    if begun is None:
        raise UnauthenticatedError("演示系统中没有这个岗位", hint="请刷新页面后重新选择")
    answer = redirect(request, _inside(wanted) or home_of(begun.actor))
    keep_session(request, answer, begun.token)
    return answer


@router.post("/sign-out")
def end(request: Request, found: Annotated[Desk, Depends(desk)]) -> Response:
    """Sign out."""
    if found.session is not None:
        with found.writing() as scribe:
            sign_in.sign_out(scribe, found.session)
    answer = redirect(request, "/sign-in?done=out")
    answer.delete_cookie(COOKIE)
    return answer


@router.get("/setup")
def set_up_page(
    request: Request, found: Annotated[Desk, Depends(newcomer)], token: Token = ""
) -> Response:
    """Show the form of the first set-up, or why the link does not lead there."""
    with found.reading() as connection:
        done = bureau(connection) is not None
        state = setup_link(connection, token)
    if done or state is not LinkState.OPEN:
        return render(request, NoSetUpPage(done, state))
    return render(request, SetUpPage(token))


@router.post("/setup")
def set_up(
    request: Request, token: Text, bureau: Text, login: Text, password: Text, repeated: Text
) -> Response:
    """Make the bureau and its administrator."""
    check_repeated(password, repeated)
    with by_link(request) as scribe:
        accounts.set_up(scribe, token, bureau, login, password)
    return redirect(request, "/sign-in?done=setup")


@contextmanager
def by_link(request: Request) -> Iterator[Scribe]:
    """Open the database for somebody who holds a one-time link and is not signed in."""
    _same_page(request)
    count_attempt(request)
    workspace = request.app.state.workspace
    with workspace.store.writing() as connection:
        yield Scribe(connection, ANONYMOUS, seal_of(workspace), request.state.request_id)


def _same_page(request: Request) -> None:
    """Refuse forms of other sites: they cannot send the header that htmx adds."""
    if not is_partial(request):
        raise ForbiddenError("请在本系统的页面中办理", hint="请允许浏览器运行本系统的脚本后重试")


def check_repeated(password: str, repeated: str) -> None:
    """Refuse a new password that was not typed the same twice."""
    if password != repeated:
        raise InputError("两次输入的口令不一致", hint="请重新输入")


def _inside(path: str) -> str:
    """Keep an address within this service: never lead to another site."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else ""

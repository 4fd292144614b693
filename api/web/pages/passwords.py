"""Passwords on pages: set by a one-time link, and changed by whoever is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from fastapi import APIRouter, Depends, Request, Response

from api.http.access import Desk, desk, newcomer
from api.http.routes.people import count_attempt
from api.web.navigation import home_of
from api.web.pages.sign_in import Text, Token, by_link, check_repeated
from api.web.rendering import Page, redirect, render
from corpus.errors import InputError
from corpus.workflow import accounts
from corpus.workflow.attempts import REST_MINUTES, TRIES
from corpus.workflow.errors import UnauthenticatedError
from corpus.workflow.links import ASK_FOR_ANOTHER, LinkState, PasswordLink, password_link

router = APIRouter()


@dataclass(frozen=True)
class PasswordPage(Page):
    """A password for an account, with the link that its administrator handed out."""

    template: ClassVar[str] = "sign_in/password.html"
    title: ClassVar[str] = "设置口令"
    token: str
    link: PasswordLink
    """Whose password is set."""


@dataclass(frozen=True)
class DeadLinkPage(Page):
    """A link that no longer counts, and what to do."""

    template: ClassVar[str] = "sign_in/dead_link.html"
    title: ClassVar[str] = "链接不能使用"
    state: LinkState
    hint: str


@dataclass(frozen=True)
class OwnPasswordPage(Page):
    """A new password for whoever is signed in."""

    template: ClassVar[str] = "sign_in/own_password.html"
    title: ClassVar[str] = "修改口令"
    login: str
    """For the browser's own store of passwords."""
    back: str
    """Where to go without a change."""


def signed_in(found: Annotated[Desk, Depends(desk)]) -> Desk:
    """Let in a person with a session; a system's key has no password."""
    if found.session is None or found.actor.account_id is None:
        raise UnauthenticatedError("请先登录", hint="登录后再修改口令")
    return found


Person = Annotated[Desk, Depends(signed_in)]


@router.get("/password")
def password_page(
    request: Request, found: Annotated[Desk, Depends(newcomer)], token: Token = ""
) -> Response:
    """Show the form for a new password, and for whom; or why the link no longer counts."""
    with found.reading() as connection:
        link = password_link(connection, token)
    if link.state is not LinkState.OPEN:
        return render(request, DeadLinkPage(link.state, ASK_FOR_ANOTHER))
    return render(request, PasswordPage(token, link))


@router.post("/password")
def set_password(request: Request, token: Text, password: Text, repeated: Text) -> Response:
    """Set the password that a link allows to set."""
    check_repeated(password, repeated)
    with by_link(request) as scribe:
        accounts.set_password(scribe, token, password)
    return redirect(request, "/sign-in?done=password")


@router.get("/me/password")
def own_password_page(request: Request, found: Person) -> Response:
    """Show the form for a change of one's own password."""
    with found.reading() as connection:
        own = accounts.account(connection, found.actor, str(found.actor.account_id))
    return render(request, OwnPasswordPage(own.login, home_of(found.actor)))


@router.post("/me/password")
def change_own_password(
    request: Request, found: Person, current: Text, password: Text, repeated: Text
) -> Response:
    """Change one's own password; wrong guesses at the current one count as at signing in."""
    check_repeated(password, repeated)
    count_attempt(request)
    with found.writing() as scribe:
        changed = accounts.change_password(scribe, str(found.session), current, password)
    if not changed:
        raise InputError(
            "当前口令不对", hint=f"连续 {TRIES} 次错误会使账号暂停登录 {REST_MINUTES} 分钟"
        )
    return redirect(request, home_of(found.actor), "口令已修改，本账号在其他地方的登录已退出")

"""Organisations and accounts: who is here, and in which post."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar

from fastapi import APIRouter, Form, Request, Response

from api.http.access import Desk, allowed
from api.http.forms import Id
from api.web.links import link_to
from api.web.rendering import Page, redirect, render, renew
from api.web.wording import ROLES
from corpus.workflow import accounts, organisations
from corpus.workflow.accounts import Account
from corpus.workflow.actors import Action, Role
from corpus.workflow.organisations import Kind, Organisation

router = APIRouter()
Manager = Annotated[Desk, allowed(Action.PEOPLE)]
Text = Annotated[str, Form(max_length=200)]


@dataclass(frozen=True)
class PeoplePage(Page):
    """The tree of organisations with its accounts."""

    template: ClassVar[str] = "people/people.html"
    title: ClassVar[str] = "单位与账号"
    section: ClassVar[str] = "people"
    places: Sequence[Organisation]
    """What is listed, parents before children."""
    open_places: Sequence[Organisation]
    """All that accounts and organisations may be added to."""
    accounts: dict[str, list[Account]]
    """Accounts by the id of their organisation."""
    kinds: Sequence[Kind]
    """What may be added."""
    roles: dict[Role, str]
    text: str
    """Part of a name that is looked for."""
    account_id: str | None
    """Whose page it is: nobody closes their own account."""


@dataclass(frozen=True)
class OneTimeLink(Page):
    """The link by which somebody sets the password of an account; shown this once."""

    template: ClassVar[str] = "people/_link.html"
    account: Account
    link: str


@router.get("/people")
def people(request: Request, found: Manager, text: str = "") -> Response:
    """Show the tree."""
    with found.reading() as connection:
        places = organisations.organisations(connection, found.actor)
        posts = accounts.accounts(connection, found.actor)
    by_place: dict[str, list[Account]] = {}
    for post in posts:
        by_place.setdefault(post.organisation_id, []).append(post)
    wanted = text.strip()
    shown = [
        place
        for place in places
        if wanted in place.name
        or any(wanted in post.login or wanted in post.title for post in by_place.get(place.id, ()))
    ]
    page = PeoplePage(
        shown,
        [place for place in places if place.active],
        by_place,
        list(Kind)[1:],
        ROLES,
        wanted,
        account_id=found.actor.account_id,
    )
    return render(request, page)


@router.post("/people/organisations")
def add_organisation(
    request: Request, found: Manager, name: Text, kind: Annotated[Kind, Form()], parent_id: Text
) -> Response:
    """Add an organisation."""
    with found.writing() as scribe:
        added = organisations.add_organisation(scribe, name, kind, parent_id)
    return redirect(request, "/people", f"已增加{kind.label}“{added.name}”，可以为它增加账号")


@router.post("/people/organisations/{id}/active")
def change_organisation(found: Manager, id_: Id, active: Annotated[bool, Form()]) -> Response:
    """Close or reopen an organisation."""
    with found.writing() as scribe:
        place = organisations.set_active(scribe, id_, active)
    return renew(f"已{'恢复' if active else '停用'}“{place.name}”")


@router.post("/people/accounts")
def add_account(
    request: Request,
    found: Manager,
    organisation_id: Text,
    login: Text,
    title: Text,
    role: Annotated[Role, Form()],
) -> Response:
    """Add an account and show its link."""
    with found.writing() as scribe:
        added, token = accounts.add_account(scribe, organisation_id, login, title, role)
    return render(request, OneTimeLink(added, link_to(request, "/password", token)))


@router.post("/people/accounts/{id}/link")
def renew_link(request: Request, found: Manager, id_: Id) -> Response:
    """Show a new link."""
    with found.writing() as scribe:
        token = accounts.renew_link(scribe, id_)
        account = accounts.account(scribe.connection, scribe.actor, id_)
    return render(request, OneTimeLink(account, link_to(request, "/password", token)))


@router.post("/people/accounts/{id}/active")
def change_account(found: Manager, id_: Id, active: Annotated[bool, Form()]) -> Response:
    """Close or reopen an account."""
    with found.writing() as scribe:
        post = accounts.change_account(scribe, id_, active=active)
    return renew(f"已{'恢复' if active else '停用'}账号“{post.login}”")

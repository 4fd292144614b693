"""Organisations, accounts, signing in and keys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from corpus.errors import InputError
from corpus.store import Store
from corpus.workflow import accounts, organisations, sign_in
from corpus.workflow.actors import ANONYMOUS, Action, Actor, Role
from corpus.workflow.attempts import TRIES
from corpus.workflow.errors import (
    ConflictError,
    ForbiddenError,
    NotFoundError,
    UnauthenticatedError,
)
from corpus.workflow.organisations import Kind
from tests.corpus.workflow import steps

PASSWORD = "correct horse 电池"  # noqa: S105 - made up


def test_everyone_sees_their_own_part_of_the_tree(
    store: Store, region: Any, person: Callable[..., Actor]
) -> None:
    def seen(actor: Actor) -> set[str]:
        with store.reading() as connection:
            return {item.name for item in organisations.organisations(connection, actor)}

    assert len(seen(person(region.bureau, Role.ADMIN))) == 7
    assert seen(person(region.divisions[0], Role.REVIEWER)) == {
        "业务一科",
        "主管部门一",
        "预算单位一",
    }
    assert seen(person(region.units[1], Role.AUTHOR)) == {"预算单位二"}
    assert seen(ANONYMOUS) == set()


def test_what_lies_elsewhere_looks_like_nothing(
    store: Store, region: Any, person: Callable[..., Actor]
) -> None:
    author = person(region.units[0], Role.AUTHOR)
    with store.reading() as connection:
        for id_ in (region.units[1].id, region.bureau.id, "nowhere"):
            with pytest.raises(NotFoundError):
                organisations.organisation(connection, author, id_)


@pytest.mark.parametrize(
    ("kind", "parent", "error"),
    [
        (Kind.UNIT, None, InputError),
        (Kind.BUREAU, None, ConflictError),
        (Kind.DIVISION, "units", InputError),
    ],
)
def test_a_place_in_the_tree_must_fit(
    writing: Any, region: Any, kind: Kind, parent: str | None, error: type[Exception]
) -> None:
    above = None if parent is None else getattr(region, parent)[0].id
    with pytest.raises(error), writing() as scribe:
        organisations.add_organisation(scribe, "新单位", kind, above)


def test_a_name_is_used_once(writing: Any, region: Any) -> None:
    with pytest.raises(ConflictError, match="已有"), writing() as scribe:
        organisations.add_organisation(scribe, " 预算单位一 ", Kind.UNIT, region.bureau.id)


def test_only_an_administrator_manages_people(
    writing: Any, region: Any, person: Callable[..., Actor]
) -> None:
    for role, place in ((Role.LEAD, region.bureau), (Role.AUTHOR, region.units[0])):
        with pytest.raises(ForbiddenError), writing(person(place, role)) as scribe:
            accounts.add_account(scribe, place.id, "someone", "岗位", role)


def test_a_role_must_fit_the_organisation(writing: Any, region: Any) -> None:
    with pytest.raises(InputError, match="不设"), writing() as scribe:
        accounts.add_account(scribe, region.units[0].id, "someone", "岗位", Role.REVIEWER)


def new_account(writing: Any, place: Any, role: Role = Role.AUTHOR) -> tuple[Any, str]:
    with writing() as scribe:
        return accounts.add_account(scribe, place.id, "user.one", "填报岗", role)


def signed_in(store: Store, seal: Any, password: str = PASSWORD) -> Any:
    return steps.signed_in(store, seal, "user.one", password)


def test_a_link_sets_the_password_once(store: Store, writing: Any, region: Any, seal: Any) -> None:
    added, token = new_account(writing, region.units[0])
    assert signed_in(store, seal) is None
    with writing() as scribe:
        accounts.set_password(scribe, token, PASSWORD)
    found = signed_in(store, seal)
    assert found.actor.account_id == added.id
    assert Action.WRITE in found.actor.actions
    with pytest.raises(NotFoundError), writing() as scribe:
        accounts.set_password(scribe, token, PASSWORD + "2")


def test_a_new_link_replaces_the_earlier_one(writing: Any, region: Any) -> None:
    added, token = new_account(writing, region.units[0])
    with writing() as scribe:
        newer = accounts.renew_link(scribe, added.id)
    with pytest.raises(NotFoundError), writing() as scribe:
        accounts.set_password(scribe, token, PASSWORD)
    with writing() as scribe:
        assert accounts.set_password(scribe, newer, PASSWORD).id == added.id


@pytest.mark.parametrize("password", ["short", "1" * 10, "x" * 129, "user.one2024", "1234567890"])
def test_a_poor_password_is_refused(writing: Any, region: Any, password: str) -> None:
    _, token = new_account(writing, region.units[0])
    with pytest.raises(InputError), writing() as scribe:
        accounts.set_password(scribe, token, password)
    with writing() as scribe:  # the link still counts
        accounts.set_password(scribe, token, PASSWORD)


def test_wrong_passwords_rest_the_account(
    store: Store, writing: Any, region: Any, seal: Any
) -> None:
    _, token = new_account(writing, region.units[0])
    with writing() as scribe:
        accounts.set_password(scribe, token, PASSWORD)
    for _ in range(TRIES):
        assert signed_in(store, seal, "wrong password") is None
    assert signed_in(store, seal) is None
    assert signed_in(store, seal, "") is None


def test_closing_an_account_or_its_organisation_signs_out(
    store: Store, writing: Any, region: Any, seal: Any
) -> None:
    added, token = new_account(writing, region.units[0])
    with writing() as scribe:
        accounts.set_password(scribe, token, PASSWORD)
    session = signed_in(store, seal).token

    def who() -> Actor:
        with store.reading() as connection:
            return sign_in.actor_of_session(connection, session)

    assert who().account_id == added.id
    with writing() as scribe:
        organisations.set_active(scribe, region.departments[0].id, False)
    with pytest.raises(UnauthenticatedError):
        who()
    with writing() as scribe:
        organisations.set_active(scribe, region.departments[0].id, True)
    assert who().account_id == added.id
    with writing() as scribe:
        accounts.change_account(scribe, added.id, active=False)
    with pytest.raises(UnauthenticatedError):
        who()


def test_signing_out_ends_the_session(store: Store, writing: Any, region: Any, seal: Any) -> None:
    _, token = new_account(writing, region.units[0])
    with writing() as scribe:
        accounts.set_password(scribe, token, PASSWORD)
    found = signed_in(store, seal)
    with writing(found.actor) as scribe:
        sign_in.sign_out(scribe, found.token)
    with store.reading() as connection, pytest.raises(UnauthenticatedError):
        sign_in.actor_of_session(connection, found.token)


def test_first_set_up_makes_bureau_and_administrator_once(
    store: Store, writing: Any, seal: Any
) -> None:
    with store.writing() as connection:
        token = accounts.setup_token(connection)
    assert token
    with pytest.raises(NotFoundError), writing() as scribe:
        accounts.set_up(scribe, "guess", "某县财政局", "user.one", PASSWORD)
    with writing() as scribe:
        made = accounts.set_up(scribe, token, "某县财政局", "user.one", PASSWORD)
    assert made.role is Role.ADMIN
    assert signed_in(store, seal).actor.may(Action.PEOPLE)
    with store.writing() as connection:
        assert accounts.setup_token(connection) is None
    with pytest.raises(ConflictError), writing() as scribe:
        accounts.set_up(scribe, token, "另一财政局", "user.two", PASSWORD)


def test_an_administrator_cannot_lock_themselves_out(
    writing: Any, region: Any, person: Callable[..., Actor]
) -> None:
    admin = person(region.bureau, Role.ADMIN)
    with pytest.raises(ConflictError), writing(admin) as scribe:
        accounts.change_account(scribe, admin.account_id, active=False)
    with pytest.raises(ConflictError), writing(admin) as scribe:
        organisations.set_active(scribe, region.bureau.id, False)


def test_a_key_works_until_it_is_revoked_or_expires(
    store: Store, writing: Any, region: Any
) -> None:
    scopes = [Action.WRITE, Action.READ]
    with writing() as scribe:
        key, token = sign_in.add_key(
            scribe, region.divisions[0].id, "申报系统", scopes, timedelta(days=30)
        )
    with store.reading() as connection:
        actor = sign_in.actor_of_key(connection, token)
    assert actor.sees(region.units[0].path)
    assert not actor.sees(region.units[1].path)
    assert actor.actions == set(scopes)
    with writing() as scribe:
        sign_in.revoke_key(scribe, key.id)
    for wrong in (token, "jx_guess", ""):
        with store.reading() as connection, pytest.raises(UnauthenticatedError):
            sign_in.actor_of_key(connection, wrong)


@pytest.mark.parametrize("scopes", [[], [Action.PEOPLE], [Action.DECIDE]])
def test_a_key_cannot_be_given_what_is_for_persons(
    writing: Any, region: Any, scopes: list[Action]
) -> None:
    with pytest.raises(InputError), writing() as scribe:
        sign_in.add_key(scribe, region.bureau.id, "系统", scopes, timedelta(days=1))


def test_no_secret_is_kept_as_it_is(store: Store, writing: Any, region: Any) -> None:
    _, link = new_account(writing, region.units[0])
    with writing() as scribe:
        accounts.set_password(scribe, link, PASSWORD)
        _, key = sign_in.add_key(scribe, region.bureau.id, "系统", [Action.READ], timedelta(days=1))
    from corpus.store.tables import Base

    with store.reading() as connection:
        kept = repr(
            [connection.execute(table.select()).all() for table in Base.metadata.sorted_tables]
        )
    for secret in (PASSWORD, link, key):
        assert secret not in kept

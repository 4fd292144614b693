"""Changing one's own password, and the page of a link that sets one."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update

from api.http.access import CSRF_HEADER
from api.http.app import PREFIX, create_app
from api.settings import Settings
from corpus.workflow.attempts import TRIES
from corpus.workflow.moments import now
from corpus.workflow.tables import LinkRow

HTMX = {"HX-Request": "true"}
OLD = "correct horse 电池"
NEW = "staple 订书机 2026"
Invite = Callable[[str], tuple[str, str]]


@pytest.fixture
def invite(region: Any) -> Invite:
    """Adds an account to the first unit; returns its id and the token of its link."""

    def make(login: str) -> tuple[str, str]:
        body = {"organisation_id": region.places["单位一"], "login": login, "title": "报账岗"}
        added = region.people["admin"].post("/accounts", {**body, "role": "author"})
        assert added.status_code == 201, added.text
        return added.json()["account"]["id"], added.json()["link_token"]

    return make


@pytest.fixture
def person(region: Any, invite: Invite) -> Callable[[str], Any]:
    """Makes an account with a password and signs it in."""

    def make(login: str) -> Any:
        _, token = invite(login)
        caller = region.caller()
        caller.post("/password", {"token": token, "password": OLD})
        return caller.sign_in(login)

    return make


def change(http: Any, current: str = OLD, new: str = NEW, repeated: str = "") -> Any:
    form = {"current": current, "password": new, "repeated": repeated or new}
    return http.post("/me/password", data=form, headers=HTMX)


def test_one_changes_the_own_password_from_the_top_of_any_page(
    region: Any, person: Callable[[str], Any]
) -> None:
    caller, elsewhere = person("change.one"), region.caller().sign_in("change.one")
    assert 'href="/me/password"' in caller.http.get("/projects").text
    page = caller.http.get("/me/password")
    assert 'hx-post="/me/password"' in page.text
    assert 'value="change.one"' in page.text
    answer = change(caller.http)
    assert (answer.status_code, answer.headers["hx-redirect"]) == (204, "/projects")
    assert "口令已修改" in caller.http.get("/projects").text
    assert elsewhere.get("/me").status_code == 401
    assert region.caller().sign_in("change.one", NEW).get("/me").status_code == 200


@pytest.mark.parametrize(
    ("login", "fields", "told"),
    [
        ("refused.one", {"current": "wrong password"}, "当前口令不对"),
        ("refused.two", {"new": "1111111111"}, "口令过于简单"),
        ("refused.three", {"new": "short"}, "10 至 128 个字符"),
        ("refused.four", {"repeated": "another password"}, "两次输入的口令不一致"),
        ("refused.five", {"new": OLD}, "新口令与当前口令相同"),
    ],
)
def test_what_does_not_fit_is_told_above_the_form(
    region: Any, person: Callable[[str], Any], login: str, fields: dict[str, str], told: str
) -> None:
    answer = change(person(login).http, **fields)
    assert answer.status_code == 422
    assert answer.headers["hx-retarget"] == "#notices"
    assert told in answer.text
    region.caller().sign_in(login, OLD)


def test_wrong_guesses_make_the_account_rest(person: Callable[[str], Any]) -> None:
    http = person("guessed.one").http
    statuses = [change(http, current=f"wrong {n}").status_code for n in range(TRIES)]
    assert statuses == [422] * TRIES
    resting = change(http)
    assert resting.status_code == 409
    assert "暂停验证" in resting.text


def test_wrong_guesses_are_counted_by_address_as_at_signing_in(
    settings: Settings, app: Any, person: Callable[[str], Any]
) -> None:
    person("guessed.two")
    limited = create_app(settings.model_copy(update={"sign_in_limit": 3}), app.state.workspace)
    http = TestClient(limited, raise_server_exceptions=False)
    begun = http.post(f"{PREFIX}/sessions", json={"login": "guessed.two", "password": OLD})
    http.headers[CSRF_HEADER] = begun.json()["csrf_token"]
    assert [change(http, current="wrong").status_code for _ in range(3)] == [422, 422, 429]


def test_a_change_without_the_mark_of_the_page_is_refused(
    region: Any, person: Callable[[str], Any]
) -> None:
    http = person("forged.one").http
    del http.headers[CSRF_HEADER]
    assert change(http).status_code == 403
    region.caller().sign_in("forged.one", OLD)


def test_nobody_and_keys_have_no_password(region: Any) -> None:
    stranger = region.caller().http
    answer = stranger.get("/me/password", follow_redirects=False)
    assert answer.headers["location"] == "/sign-in?next=/me/password"
    assert change(stranger).headers["hx-redirect"] == "/sign-in"
    body = {"organisation_id": region.places["单位一"], "name": "系统", "scopes": ["advise"]}
    key = region.people["admin"].post("/keys", body).json()["token"]
    assert change(region.caller(key).http).headers["hx-redirect"] == "/sign-in"


@pytest.mark.parametrize("who", ["author1", "reviewer1", "lead1", "admin", "auditor"])
def test_every_role_finds_the_page(open_page: Any, who: str) -> None:
    assert open_page(who, "/me/password").status_code == 200


def test_the_audit_log_names_the_change_in_words(person: Callable[[str], Any], region: Any) -> None:
    caller = person("audited.one")
    change(caller.http)
    object_ = caller.get("/me").json()["id"]
    page = region.people["auditor"].http.get("/audit", params={"object": object_}).text
    assert re.search(r"<td[^>]*>\s*修改口令", page), page


def test_the_page_of_a_link_says_for_whom_it_is(region: Any, invite: Invite) -> None:
    _, token = invite("linked.one")
    page = region.caller().http.get("/password", params={"token": token}).text
    for fact in ("单位一", "报账岗", "linked.one"):
        assert f"<dd>{fact}</dd>" in page
    assert 'name="password"' in page


def test_the_page_of_a_used_link_says_so_and_what_to_do(region: Any, invite: Invite) -> None:
    _, token = invite("linked.two")
    http = region.caller().http
    form = {"token": token, "password": OLD, "repeated": OLD}
    assert http.post("/password", data=form, headers=HTMX).status_code == 204
    page = http.get("/password", params={"token": token}).text
    assert "链接已使用" in page
    assert "请向系统管理员索取新的链接" in page
    assert 'name="password"' not in page
    assert "报账岗" not in page
    assert "链接已使用" in http.post("/password", data=form, headers=HTMX).text


def test_the_page_of_an_expired_link_says_so_and_what_to_do(
    region: Any, app: Any, invite: Invite
) -> None:
    id_, token = invite("linked.three")
    with app.state.workspace.store.writing() as connection:
        connection.execute(
            update(LinkRow)
            .where(LinkRow.account_id == id_)
            .values(expires_at=now() - timedelta(minutes=1))
        )
    page = region.caller().http.get("/password", params={"token": token}).text
    assert "链接已过期" in page
    assert "请向系统管理员索取新的链接" in page
    assert 'name="password"' not in page


def test_the_page_of_a_link_cut_short_says_so(region: Any) -> None:
    page = region.caller().http.get("/password").text
    assert "链接不完整或无效" in page
    assert 'name="password"' not in page

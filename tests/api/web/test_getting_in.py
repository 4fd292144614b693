"""Signing in and out, the first set-up, passwords, errors as people see them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import update

from api.http.access import COOKIE, csrf_token
from api.http.app import create_app
from api.settings import Settings
from corpus.workflow.accounts import setup_token
from corpus.workflow.moments import now
from corpus.workflow.tables import LinkRow

HTMX = {"HX-Request": "true"}


def test_strangers_are_led_to_the_sign_in_and_back(region: Any) -> None:
    stranger = region.caller().http
    answer = stranger.get("/people?text=%E7%A7%91", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=/people%3Ftext%3D%25E7%25A7%2591"


def test_signing_in_leads_to_where_one_wanted_to_be(region: Any) -> None:
    http = region.caller().http
    form = {"login": "admin", "password": "correct horse 电池", "next": "/audit"}
    answer = http.post("/sign-in", data=form, headers=HTMX)
    assert (answer.status_code, answer.headers["hx-redirect"]) == (204, "/audit")
    assert "httponly" in answer.headers["set-cookie"].lower()
    assert http.get("/audit").status_code == 200


@pytest.mark.parametrize("elsewhere", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_signing_in_never_leads_to_another_site(region: Any, elsewhere: str) -> None:
    form = {"login": "admin", "password": "correct horse 电池", "next": elsewhere}
    answer = region.caller().http.post("/sign-in", data=form, headers=HTMX)
    assert answer.headers["hx-redirect"] == "/people"


def test_a_wrong_password_is_told_above_the_form(region: Any) -> None:
    form = {"login": "admin", "password": "wrong password"}
    answer = region.caller().http.post("/sign-in", data=form, headers=HTMX)
    assert answer.status_code == 401
    assert answer.headers["hx-retarget"] == "#notices"
    assert "登录名或口令不对" in answer.text


def test_a_form_of_another_site_cannot_sign_anybody_in(region: Any) -> None:
    form = {"login": "admin", "password": "correct horse 电池"}
    answer = region.caller().http.post("/sign-in", data=form)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_signing_out_ends_the_session(region: Any) -> None:
    http = region.caller().sign_in("auditor").http
    assert http.get("/overview", follow_redirects=False).status_code != 303
    answer = http.post("/sign-out", headers=HTMX)
    assert answer.headers["hx-redirect"] == "/sign-in?done=out"
    assert http.get("/people", follow_redirects=False).status_code == 303


def test_a_page_shows_who_looks_and_carries_the_mark_for_changes(region: Any) -> None:
    person = region.people["author1"]
    whole = person.http.get("/projects").text
    assert "单位一" in whole
    assert 'href="/library"' in whole
    assert csrf_token(person.http.cookies[COOKIE]) in whole


def test_a_change_without_the_mark_of_the_page_is_refused(region: Any) -> None:
    http = region.caller().sign_in("admin").http
    del http.headers["X-CSRF-Token"]
    assert http.post("/sign-out", headers=HTMX).status_code == 403


def test_set_up_cannot_be_done_twice_and_says_so(region: Any) -> None:
    form = {
        "token": "none",
        "bureau": "另一财政局",
        "login": "second",
        "password": "a long password",
        "repeated": "a long password",
    }
    answer = region.caller().http.post("/setup", data=form, headers=HTMX)
    assert answer.status_code == 409
    assert "已完成首次设置" in answer.text


def test_the_page_of_set_up_says_that_it_was_done(region: Any) -> None:
    page = region.caller().http.get("/setup", params={"token": "none"}).text
    assert "系统已完成首次设置" in page
    assert 'href="/sign-in"' in page
    assert 'name="password"' not in page


@pytest.fixture
def untouched(tmp_path: Path, settings: Settings) -> Iterator[FastAPI]:
    """A service that nobody has set up yet."""
    given = {"home": tmp_path, "database_url": f"sqlite:///{tmp_path / 'new.db'}"}
    app = create_app(settings.model_copy(update=given))
    app.state.workspace.store.migrate()
    yield app
    app.state.workspace.close()


@pytest.mark.parametrize(
    ("token", "age", "told"),
    [(None, 23, ""), (None, 25, "链接已过期"), ("cut", 0, "链接不完整或无效")],
)
def test_the_link_of_set_up_is_told_to_be_dead_when_it_is_opened(
    untouched: FastAPI, token: str | None, age: int, told: str
) -> None:
    with untouched.state.workspace.store.writing() as connection:
        made = setup_token(connection)
        connection.execute(update(LinkRow).values(expires_at=now() + timedelta(hours=24 - age)))
    page = TestClient(untouched).get("/setup", params={"token": token or made}).text
    assert ('name="password"' in page) == (not told)
    assert told in page
    assert ("请重新启动服务" in page) == bool(told)


def test_passwords_that_differ_are_told(region: Any) -> None:
    form = {"token": "none", "password": "a long password", "repeated": "another password"}
    answer = region.caller().http.post("/password", data=form, headers=HTMX)
    assert answer.status_code == 422
    assert "不一致" in answer.text


def test_an_address_that_is_not_there_is_a_page_for_people(region: Any) -> None:
    answer = region.caller().http.get("/nowhere")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert "没有找到" in answer.text


def test_a_page_that_is_not_for_a_role_says_so(open_page: Any) -> None:
    answer = open_page("author1", "/people")
    assert answer.status_code == 403
    assert "没有办理此事的权限" in answer.text


def test_everybody_begins_at_a_page_of_their_own(open_page: Any) -> None:
    begins = {"author1": "/projects", "reviewer1": "/desk", "admin": "/people"}
    for who, path in begins.items():
        assert open_page(who, "/").headers["location"] == path


def test_bundled_files_are_kept_by_browsers_under_addresses_that_name_their_content(
    region: Any,
) -> None:
    http = region.caller().http
    page = http.get("/sign-in").text
    address = page.split('href="/static/app.css')[1].split('"')[0]
    answer = http.get("/static/app.css" + address)
    assert "immutable" in answer.headers["cache-control"]
    assert http.get("/static/app.css").headers["cache-control"] == "no-cache"

"""A running service with a region in it: fixtures of the tests of interface and pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.http.access import CSRF_HEADER
from api.settings import Settings
from api.workspace import Workspace
from corpus.workflow.accounts import setup_token

PREFIX = "/api/v1"
"""As callers write it."""
PASSWORD = "correct horse 电池"  # noqa: S105 - made up
SECRET = "a secret for tests that is long enough"  # noqa: S105 - made up


class Caller:
    """Somebody who calls the service: a person signed in, a system with a key, or nobody."""

    def __init__(self, app: FastAPI, key: str | None = None) -> None:
        self.http = TestClient(app, raise_server_exceptions=False)
        if key is not None:
            self.http.headers["Authorization"] = f"Bearer {key}"

    def sign_in(self, login: str, password: str = PASSWORD) -> Caller:
        answer = self.post("/sessions", {"login": login, "password": password})
        assert answer.status_code == 201, answer.text
        self.http.headers[CSRF_HEADER] = answer.json()["csrf_token"]
        return self

    def get(self, path: str, **params: Any) -> Any:
        return self.http.get(PREFIX + path, params=params)

    def post(self, path: str, body: Any = None, **options: Any) -> Any:
        return self.http.post(PREFIX + path, json=body if body is not None else {}, **options)

    def put(self, path: str, body: Any, **options: Any) -> Any:
        return self.http.put(PREFIX + path, json=body, **options)

    def patch(self, path: str, body: Any) -> Any:
        return self.http.patch(PREFIX + path, json=body)

    def delete(self, path: str) -> Any:
        return self.http.delete(PREFIX + path)


@dataclass
class Region:
    """A bureau with two divisions, a unit below each, and a person for each role."""

    app: FastAPI
    places: dict[str, str]
    """Ids of the organisations by name."""
    people: dict[str, Caller]

    def caller(self, key: str | None = None) -> Caller:
        return Caller(self.app, key)


@pytest.fixture(scope="session")
def settings(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    database = tmp_path_factory.mktemp("service") / "service.db"
    return Settings(
        home=home,
        database_url=f"sqlite:///{database}",
        encoder="default",
        secret_key=SECRET,
        rate_limit=0,
        sign_in_limit=0,
        anonymous=True,
    )


@pytest.fixture(scope="session")
def app(settings: Settings, workspace: Workspace) -> Iterator[FastAPI]:
    """A running service with a database of its own; models are those of the other tests."""
    from api.http.app import create_app  # here, so that other tests need no pages

    own = Workspace(settings)
    own.__dict__.update(encoder=workspace.encoder, classifier=workspace.classifier)
    app = create_app(settings, own)
    with TestClient(app):
        yield app


@pytest.fixture(scope="session")
def region(app: FastAPI) -> Region:
    with app.state.workspace.store.writing() as connection:
        token = setup_token(connection)
    admin = Caller(app)
    made = admin.post(
        "/setup",
        {"token": token, "bureau_name": "某县财政局", "login": "admin", "password": PASSWORD},
    )
    assert made.status_code == 201, made.text
    admin.sign_in("admin")
    places = {"财政局": admin.get("/organisations").json()[0]["id"]}
    for name, kind, parent in (
        ("业务一科", "division", "财政局"),
        ("业务二科", "division", "财政局"),
        ("单位一", "unit", "业务一科"),
        ("单位二", "unit", "业务二科"),
    ):
        body = {"name": name, "kind": kind, "parent_id": places[parent]}
        places[name] = admin.post("/organisations", body).json()["id"]
    people = {"admin": admin}
    for login, place, role in (
        ("author1", "单位一", "author"),
        ("author2", "单位二", "author"),
        ("reviewer1", "业务一科", "reviewer"),
        ("reviewer1b", "业务一科", "reviewer"),
        ("reviewer2", "业务二科", "reviewer"),
        ("lead1", "业务一科", "lead"),
        ("auditor", "财政局", "auditor"),
    ):
        body = {"organisation_id": places[place], "login": login, "title": "岗位", "role": role}
        link = admin.post("/accounts", body).json()["link_token"]
        caller = Caller(app)
        assert caller.post("/password", {"token": link, "password": PASSWORD}).status_code == 204
        people[login] = caller.sign_in(login)
    people["nobody"] = Caller(app)
    return Region(app, places, people)


def declaration(name: str = "农村公路日常养护", **fields: Any) -> dict[str, Any]:
    rows = [
        ("产出指标", "数量指标", "日常养护里程", "≥680公里", 30),
        ("产出指标", "质量指标", "养护质量", "良好", 20),
        ("效益指标", "社会效益指标", "群众出行条件", "明显改善", 30),
        ("满意度指标", "服务对象满意度指标", "群众满意度", "≥90%", 10),
    ]
    names = ("level1", "level2", "name", "target", "weight")
    indicators = [dict(zip(names, row, strict=True)) for row in rows]
    facts = {"project_name": name, "year": 2026, "budget_wan": 854.0, "indicators": indicators}
    return {**facts, **fields}


@pytest.fixture
def record() -> Callable[..., dict[str, Any]]:
    return declaration


@pytest.fixture
def draft(region: Region) -> Callable[..., dict[str, Any]]:
    """Makes a submission of the first unit."""

    def make(**fields: Any) -> dict[str, Any]:
        made = region.people["author1"].post("/submissions", {"record": declaration(**fields)})
        assert made.status_code == 201, made.text
        return dict(made.json())

    return make


@pytest.fixture
def submitted(region: Region, draft: Callable[..., Any]) -> Callable[..., dict[str, Any]]:
    """Makes a submission of the first unit that waits for review."""

    def make(**fields: Any) -> dict[str, Any]:
        made = draft(**fields)
        answer = region.people["author1"].post(f"/submissions/{made['id']}/submit")
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    return make


@pytest.fixture
def open_page(region: Region) -> Callable[..., Any]:
    """Opens pages as somebody of the region: `open_page("admin", "/people")`.

    With `form` the page's form is sent as htmx sends it.
    """

    def opened(who: str, path: str, form: dict[str, Any] | None = None, **params: Any) -> Any:
        http = region.people[who].http
        if form is None:
            return http.get(path, params=params or None, follow_redirects=False)
        return http.post(path, data=form, headers={"HX-Request": "true"}, follow_redirects=False)

    return opened

"""Sessions, forged requests, limits, headers, repeated requests, entity tags."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from api.http.access import COOKIE, CSRF_HEADER
from api.http.app import PREFIX, create_app
from api.logs import start_logging
from api.settings import Settings
from api.workspace import Workspace
from corpus.workflow import passwords
from corpus.workflow.tables import IdempotencyRow

Make = Callable[..., dict[str, Any]]


def test_a_session_cookie_is_out_of_reach_of_scripts(region: Any) -> None:
    caller = region.caller()
    answer = caller.post("/sessions", {"login": "author1", "password": "correct horse 电池"})
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


def test_a_change_without_the_pages_token_is_refused(region: Any, record: Make) -> None:
    caller = region.caller().sign_in("author1")
    caller.http.headers.pop(CSRF_HEADER)
    assert caller.post("/submissions", {"record": record()}).status_code == 403
    caller.http.headers[CSRF_HEADER] = "0" * 64
    assert caller.post("/submissions", {"record": record()}).status_code == 403
    assert caller.get("/submissions").status_code == 200


def test_wrong_credentials_say_nothing_of_the_account(region: Any) -> None:
    answers = [
        region.caller().post("/sessions", {"login": login, "password": "not the password"})
        for login in ("author2", "nobody-of-this-name")
    ]
    assert [answer.status_code for answer in answers] == [401, 401]
    bodies = [answer.json() for answer in answers]
    assert bodies[0] == bodies[1]
    assert answers[0].headers["www-authenticate"] == "Bearer"


def test_nobody_who_writes_waits_while_a_password_is_compared(
    region: Any, app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    compare, written = passwords.fits, []

    def slow(password: str, kept: str | None) -> bool:
        with app.state.workspace.store.writing():
            written.append(True)
        return compare(password, kept)

    monkeypatch.setattr(passwords, "fits", slow)
    region.caller().sign_in("author1")
    form = {"login": "author1", "password": "correct horse 电池"}
    page = region.caller().http.post("/sign-in", data=form, headers={"HX-Request": "true"})
    assert (page.status_code, written) == (204, [True, True])


def test_signing_out_ends_the_session(region: Any) -> None:
    caller = region.caller().sign_in("auditor")
    token = caller.http.cookies[COOKIE]
    assert caller.delete("/sessions/current").status_code == 204
    stolen = region.caller()
    stolen.http.cookies.set(COOKIE, token)
    assert stolen.get("/submissions").status_code == 401


def test_a_cookie_whose_session_has_ended_keeps_nobody_from_signing_in(region: Any) -> None:
    caller = region.caller()
    caller.http.cookies.set(COOKIE, "ended long ago")
    assert caller.get("/submissions").status_code == 401
    assert caller.sign_in("auditor").get("/submissions").status_code == 200


def test_another_account_signs_in_over_the_session_of_the_last(region: Any) -> None:
    caller = region.caller().sign_in("author1")
    first = caller.get("/me").json()["id"]
    caller.http.headers.pop(CSRF_HEADER)
    assert caller.sign_in("author2").get("/me").json()["id"] != first


def test_a_form_of_another_site_signs_nobody_in(region: Any) -> None:
    """Without asking the service first a browser sends no JSON to another site."""
    body = '{"login": "author1", "password": "correct horse 电池"}'
    for kind in ("text/plain", "application/x-www-form-urlencoded"):
        answer = region.caller().http.post(
            f"{PREFIX}/sessions", content=body.encode(), headers={"Content-Type": kind}
        )
        assert answer.status_code == 422


def test_set_up_happens_once(region: Any) -> None:
    body = {
        "token": "x",
        "bureau_name": "另一局",
        "login": "evil",
        "password": "correct horse 电池",
    }
    assert region.caller().post("/setup", body).status_code == 409


@pytest.mark.parametrize("path", ["/health", "/submissions", "/nowhere", "/openapi.json"])
def test_every_answer_is_numbered_and_guarded(region: Any, path: str) -> None:
    answer = region.caller().get(path)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert len(answer.headers["x-request-id"]) == 26


def test_a_plain_request_number_is_kept_and_another_replaced(region: Any) -> None:
    http = region.caller().http
    kept = http.get(f"{PREFIX}/health", headers={"X-Request-ID": "gate-42"})
    assert kept.headers["x-request-id"] == "gate-42"
    other = http.get(f"{PREFIX}/health", headers={"X-Request-ID": 'a b"c' * 30})
    assert len(other.headers["x-request-id"]) == 26


def test_a_request_sent_twice_is_done_once(region: Any, record: Make) -> None:
    author = region.people["author1"]
    body, headers = {"record": record(name="只建一次")}, {"Idempotency-Key": "once-1"}
    first = author.post("/submissions", body, headers=headers)
    again = author.post("/submissions", body, headers=headers)
    assert first.json() == again.json()
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.headers["idempotency-replayed"] == "true"
    assert len(author.get("/submissions", text="只建一次").json()["items"]) == 1
    other = author.post("/submissions", {"record": record(name="别的")}, headers=headers)
    assert other.status_code == 409


def test_the_same_body_to_another_end_is_another_request(region: Any, record: Make) -> None:
    author, headers = region.people["author1"], {"Idempotency-Key": "one-end"}
    first, again, other = (
        author.post(f"/batches?kind={kind}", [record()], headers=headers)
        for kind in ("review", "review", "recommendation")
    )
    assert first.json() == again.json()
    assert other.status_code == 409


def test_entity_tags_save_answers_and_refuse_old_copies(
    region: Any, draft: Make, record: Make
) -> None:
    author, made = region.people["author1"], draft()
    place = f"/submissions/{made['id']}"
    tag = author.get(place).headers["etag"]
    same = author.http.get(PREFIX + place, headers={"If-None-Match": tag})
    assert (same.status_code, same.content) == (304, b"")
    changed = record(goal="新的目标")
    assert author.put(place, {"record": changed}, headers={"If-Match": tag}).status_code == 200
    stale = author.put(place, {"record": record()}, headers={"If-Match": tag})
    assert (stale.status_code, stale.json()["code"]) == (412, "stale")
    odd = author.put(place, {"record": record()}, headers={"If-Match": "x"})
    assert odd.status_code == 422


def test_every_change_of_a_submission_tells_its_entity_tag(
    region: Any, draft: Make, record: Make
) -> None:
    author, lead, reviewer = (region.people[name] for name in ("author1", "lead1", "reviewer1"))
    made = author.post("/submissions", {"record": record()})
    place, tag = f"/submissions/{made.json()['id']}", made.headers["etag"]
    for caller, method, path, body in (
        (author, "PUT", "", {"record": record(goal="又改")}),
        (author, "POST", "/submit", {}),
        (author, "POST", "/withdraw", {}),
        (author, "POST", "/submit", {}),
        (lead, "PUT", "/assignment", {"account_ids": [], "due": "2027-01-01"}),
        (reviewer, "POST", "/verdicts", {"verdict": "pass"}),
    ):
        answer = caller.http.request(
            method, PREFIX + place + path, json=body, headers={"If-Match": tag}
        )
        assert answer.status_code in (200, 201), answer.text
        tag = answer.headers["etag"]
        assert tag == f'"{answer.json()["revision"]}"'
    assert author.get(place).headers["etag"] == tag


@pytest.mark.parametrize(
    ("path", "field"), [("/keys", "token"), ("/accounts", "link_token"), ("/webhooks", "secret")]
)
def test_what_is_shown_once_is_neither_made_nor_shown_twice(
    region: Any, app: Any, path: str, field: str
) -> None:
    admin, place = region.people["admin"], region.places["单位一"]
    body = {
        "/keys": {"organisation_id": place, "name": "只发一次", "scopes": ["batch"]},
        "/accounts": {
            "organisation_id": place, "login": "only-once", "title": "岗位", "role": "author",
        },
        "/webhooks": {"url": "https://once.example", "events": ["job.ended"]},
    }[path]  # fmt: skip
    headers = {"Idempotency-Key": f"secret of {path}"}
    first = admin.post(path, body, headers=headers)
    before = len(admin.get(path).json())
    again = admin.post(path, body, headers=headers)
    assert (first.status_code, again.status_code) == (201, 409)
    assert "只显示一次" in again.json()["message"]
    assert len(admin.get(path).json()) == before
    with app.state.workspace.store.reading() as connection:
        kept = connection.execute(select(IdempotencyRow.body)).scalars().all()
    assert first.json()[field] not in str(kept)


def test_an_organisation_is_added_once(region: Any) -> None:
    body = {"name": "只增加一次", "kind": "unit", "parent_id": region.places["业务一科"]}
    first, again = (
        region.people["admin"].post("/organisations", body, headers={"Idempotency-Key": "add"})
        for _ in range(2)
    )
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()


@pytest.mark.parametrize(
    ("body", "status", "code", "words"),
    [
        (b"{", 400, "bad_json", "第2个字符"),
        (b"", 400, "empty_body", "空的"),
        (b"[]", 422, "bad_parameter", "JSON 对象"),
        (b"{}", 422, "bad_parameter", "缺少 url"),
        (b'{"url": "https://a", "events": ["x"]}', 422, "bad_parameter", "job.ended、submission"),
        (b'{"url": 1, "events": ["job.ended"]}', 422, "bad_parameter", "url 须是文字"),
        (b'{"url": "https://a", "events": []}', 422, "bad_parameter", "至少要有 1 项"),
        (b'{"url": "https://a", "events": ["job.ended"], "u": 1}', 422, "bad_parameter", "u 这"),
    ],
)
def test_a_fault_in_a_body_is_named(
    region: Any, body: bytes, status: int, code: str, words: str
) -> None:
    answer = region.people["admin"].http.post(
        f"{PREFIX}/webhooks", content=body, headers={"Content-Type": "application/json"}
    )
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert words in answer.json()["detail"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"limit": 0}, "limit 不能小于 1"),
        ({"limit": 201}, "limit 不能大于 200"),
        ({"limit": "many"}, "limit 须是整数"),
        ({"order": "size"}, "newest、risk"),
        ({"review_status": "done"}, "passed"),
        ({"author": "x"}, "没有 author 这一项"),
        ({"text": "x" * 201}, "最多 200 个字符"),
    ],
)
def test_a_fault_in_a_query_is_named(region: Any, query: dict[str, Any], words: str) -> None:
    answer = region.people["author1"].get("/submissions", **query)
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_parameter")
    assert words in answer.json()["detail"]


def test_a_record_sent_without_its_envelope_is_told_so(region: Any, record: Make) -> None:
    answer = region.people["author1"].post("/submissions", record())
    assert answer.status_code == 422
    assert "缺少 record" in answer.json()["message"]


def test_wildcards_are_no_organisation(region: Any, draft: Make) -> None:
    draft()
    assert region.people["admin"].get("/submissions", organisation_id="%").json()["items"] == []


@pytest.fixture
def strict(settings: Settings, app: Any) -> Any:
    """The same service, as it is towards the outside: sign-in needed, few requests a minute."""
    other = settings.model_copy(
        update={"anonymous": False, "rate_limit": 5, "public_url": "https://a.example"}
    )
    return TestClient(create_app(other, app.state.workspace), raise_server_exceptions=False)


def test_outside_the_machine_everybody_signs_in(strict: Any, record: Make) -> None:
    answer = strict.post(f"{PREFIX}/reviews", json=record())
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")
    assert answer.headers["strict-transport-security"]


def test_too_many_requests_are_asked_to_wait(strict: Any) -> None:
    answers = [strict.get(f"{PREFIX}/me") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 60
    assert strict.get(f"{PREFIX}/health").status_code == 200


def test_wrong_keys_are_counted_too(strict: Any) -> None:
    statuses = [
        strict.get(f"{PREFIX}/me", headers={"Authorization": f"Bearer jx_{n}"}).status_code
        for n in range(6)
    ]
    assert statuses == [401] * 5 + [429]


def test_guessing_is_slowed_whosever_account_it_is(settings: Settings, app: Any) -> None:
    limited = settings.model_copy(update={"sign_in_limit": 5})
    http = TestClient(create_app(limited, app.state.workspace), raise_server_exceptions=False)
    statuses = [
        http.post(
            f"{PREFIX}/sessions", json={"login": f"guess{n}", "password": "x" * 10}
        ).status_code
        for n in range(6)
    ]
    assert statuses == [401] * 5 + [429]


def test_secrets_are_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    from api.settings import load_settings
    from corpus.errors import JixiaoError

    monkeypatch.setenv("JIXIAO_SECRET_KEY", "too short")
    with pytest.raises(JixiaoError) as wrong:
        load_settings()
    assert "too short" not in str(wrong.value)
    monkeypatch.setenv("JIXIAO_SECRET_KEY", "x" * 40)
    assert "x" * 40 not in repr(load_settings())


def test_anonymous_callers_are_let_in_on_this_machine_alone() -> None:
    from api.http.serving import with_access

    plain = Settings()
    assert with_access(plain, "127.0.0.1").anonymous
    assert with_access(plain, "::1").anonymous
    assert not with_access(plain, "0.0.0.0").anonymous  # noqa: S104 - an address to refuse
    assert not with_access(plain, "gate.example").anonymous
    behind = plain.model_copy(update={"public_url": "https://a.example"})
    assert not with_access(behind, "127.0.0.1").anonymous
    told = plain.model_copy(update={"anonymous": True})
    assert with_access(told, "0.0.0.0").anonymous  # noqa: S104 - an address to refuse


def test_measurements_and_readiness(region: Any, app: Any) -> None:
    http = region.caller().http
    assert http.get(f"{PREFIX}/ready").status_code == 204
    text = http.get(f"{PREFIX}/metrics").text
    assert 'jixiao_requests_total{method="GET",route="/ready",status="204"}' in text
    app.state.ready = False
    try:
        assert http.get(f"{PREFIX}/ready").status_code == 503
    finally:
        app.state.ready = True


def test_the_log_tells_neither_content_nor_names(
    region: Any, record: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    region.people["author1"].post("/submissions", {"record": record(name="不应入日志的项目")})
    region.people["author1"].get("/submissions", text="不应入日志")
    printed = "".join(capsys.readouterr())
    assert "/submissions" in printed
    assert "不应入日志" not in printed


def test_the_log_tells_where_an_error_came_from_but_not_its_words(
    capsys: pytest.CaptureFixture[str],
) -> None:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    try:
        start_logging("info")
        try:
            try:
                raise KeyError("某某专项")
            except KeyError as error:
                raise ValueError("某某专项") from error
        except ValueError:
            logging.getLogger("somewhere").exception("a record failed")
    finally:
        root.handlers[:] = before
        root.setLevel(level)
    printed = capsys.readouterr().err
    told = json.loads(printed)
    assert "某某专项" not in printed
    assert [each["type"] for each in told["exception"]] == [
        "builtins.ValueError",
        "builtins.KeyError",
    ]
    assert "test_protection.py" in told["exception"][0]["places"][0]


def test_a_broken_store_is_told_by_readiness(settings: Settings, app: Any) -> None:
    class Broken:
        def version(self) -> str:
            from corpus.store import StoreUnreachableError

            raise StoreUnreachableError("无法连接数据库")

    workspace = Workspace(settings)
    workspace.__dict__["store"] = Broken()
    other = create_app(settings, workspace)
    other.state.ready = True
    http = TestClient(other, raise_server_exceptions=False)
    assert http.get(f"{PREFIX}/ready").json()["code"] == "store_unreachable"

"""Sessions, forged requests, limits, headers, repeated requests, entity tags."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.http.access import COOKIE, CSRF_HEADER
from api.http.app import PREFIX, create_app
from api.settings import Settings
from api.workspace import Workspace

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

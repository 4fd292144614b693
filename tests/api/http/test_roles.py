"""Every address, every role, one's own and another's: who is let in, and who is not.

The table is written down by hand, so that a slip in the code's own table does not hide itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from api.http.app import PREFIX

EVERYBODY = {
    "nobody",
    "author1",
    "author2",
    "reviewer1",
    "reviewer2",
    "lead1",
    "admin",
    "auditor",
    "reader_key",
    "writer_key",
}
PEOPLE = EVERYBODY - {"nobody"}
OVER_UNIT_1 = {"author1", "reviewer1", "lead1", "admin", "auditor", "reader_key", "writer_key"}
"""Who sees what the first unit submitted: not the second unit, nor the second division."""
DECIDE_1 = {"reviewer1", "lead1"}
WRITE_1 = {"author1", "writer_key"}
STATISTICS = {"reviewer1", "reviewer2", "lead1", "admin", "auditor"}
AUDIT = {"admin", "auditor"}
ADMIN = {"admin"}

MATRIX: dict[tuple[str, str], set[str]] = {
    ("post", "/recommendations"): EVERYBODY - {"reader_key"},
    ("post", "/recommendations/decisions"): EVERYBODY - {"reader_key"},
    ("post", "/reviews"): EVERYBODY - {"reader_key"},
    ("post", "/report-reviews"): EVERYBODY - {"reader_key"},
    ("post", "/similar-projects"): EVERYBODY - {"reader_key"},
    ("get", "/library/types"): EVERYBODY - {"reader_key"},
    ("get", "/library/types/{id}"): EVERYBODY - {"reader_key"},
    ("get", "/library/types/{id}/indicators/{position}"): EVERYBODY - {"reader_key"},
    ("get", "/library/indicators"): EVERYBODY - {"reader_key"},
    ("get", "/cases/{id}"): EVERYBODY - {"reader_key"},
    ("post", "/batches"): EVERYBODY - {"reader_key"},
    ("get", "/batches"): EVERYBODY - {"reader_key"},
    ("get", "/batches/{id}"): OVER_UNIT_1 - {"reader_key"},
    ("get", "/batches/{id}/results"): OVER_UNIT_1 - {"reader_key"},
    ("post", "/batches/{id}/cancel"): OVER_UNIT_1 - {"reader_key"},
    ("get", "/submissions"): PEOPLE,
    ("post", "/submissions"): {"author1", "author2", "writer_key"},
    ("get", "/submissions/{id}"): OVER_UNIT_1,
    ("put", "/submissions/{id}"): WRITE_1,
    ("post", "/submissions/{id}/submit"): WRITE_1,
    ("post", "/submissions/{id}/withdraw"): WRITE_1,
    ("get", "/submissions/{id}/versions"): OVER_UNIT_1,
    ("get", "/submissions/{id}/difference"): OVER_UNIT_1,
    ("get", "/submissions/{id}/review"): OVER_UNIT_1,
    ("get", "/submissions/{id}/feedback"): OVER_UNIT_1,
    ("get", "/submissions/{id}/findings"): DECIDE_1,
    ("post", "/submissions/{id}/findings/{key}/verdict"): DECIDE_1,
    ("get", "/submissions/{id}/verdicts"): DECIDE_1,
    ("post", "/submissions/{id}/verdicts"): DECIDE_1,
    ("get", "/submissions/{id}/letter"): DECIDE_1,
    ("put", "/submissions/{id}/assignment"): {"lead1"},
    ("post", "/submissions/verdicts"): {"lead1"},
    ("get", "/statistics"): STATISTICS,
    ("get", "/exports/submissions"): STATISTICS,
    ("post", "/setup"): EVERYBODY,  # the link is what counts
    ("post", "/password"): EVERYBODY,
    ("post", "/sessions"): EVERYBODY,
    ("delete", "/sessions/current"): EVERYBODY,
    ("get", "/me"): EVERYBODY,
    ("get", "/organisations"): PEOPLE,
    ("post", "/organisations"): ADMIN,
    ("patch", "/organisations/{id}"): ADMIN,
    ("get", "/accounts"): ADMIN,
    ("post", "/accounts"): ADMIN,
    ("patch", "/accounts/{id}"): ADMIN,
    ("post", "/accounts/{id}/link"): ADMIN,
    ("get", "/keys"): ADMIN,
    ("post", "/keys"): ADMIN,
    ("delete", "/keys/{id}"): ADMIN,
    ("get", "/webhooks"): ADMIN,
    ("post", "/webhooks"): ADMIN,
    ("delete", "/webhooks/{id}"): ADMIN,
    ("get", "/webhooks/{id}/deliveries"): ADMIN,
    ("get", "/audit"): AUDIT,
    ("get", "/audit/verification"): AUDIT,
    ("get", "/health"): EVERYBODY,
    ("get", "/ready"): EVERYBODY,
}
SHUT = {401, 403, 404}
SELF_SHUT = {("post", "/setup"), ("post", "/password"), ("post", "/sessions")} | {
    ("delete", "/sessions/current")
}
"""Open to all, and refused by the secret in the request; `test_protection` tries these."""


@pytest.fixture(scope="module")
def callers(region: Any) -> dict[str, Any]:
    """Everybody of the table; the keys belong to the first division."""
    made = {name: region.people[name] for name in PEOPLE & set(region.people)}
    made["nobody"] = region.caller()
    for name, scopes in (
        ("reader_key", ["submissions:read"]),
        ("writer_key", ["submissions:read", "submissions:write", "advise", "batch"]),
    ):
        body = {"organisation_id": region.places["业务一科"], "name": name, "scopes": scopes}
        made[name] = region.caller(region.people["admin"].post("/keys", body).json()["token"])
    return made


@pytest.fixture
def things(region: Any, submitted: Callable[..., Any], record: Callable[..., Any]) -> Any:
    """Everything of the first unit that an address may name, made anew for each address."""
    admin, author = region.people["admin"], region.people["author1"]

    def make(path: str) -> dict[str, str]:
        submission = submitted()["id"]
        found = {"id": submission, "position": "0", "key": "0" * 16}
        if path.startswith("/batches"):
            found["id"] = author.post("/batches", [record()]).json()["id"]
        elif path.startswith("/library"):
            found["id"] = author.get("/library/types", limit=1).json()["items"][0]["id"]
        elif path.startswith("/cases"):
            found["id"] = author.post("/similar-projects", record()).json()[0]["project"]["id"]
        elif path.startswith("/organisations"):
            found["id"] = region.places["单位一"]
        elif path.startswith("/accounts"):
            found["id"] = author.get("/me").json()["id"].split(":")[1]
        elif path.startswith("/keys"):
            body = {"organisation_id": region.places["单位一"], "name": "k", "scopes": ["batch"]}
            found["id"] = admin.post("/keys", body).json()["key"]["id"]
        elif path.startswith("/webhooks"):
            body = {"url": "https://a.example", "events": ["job.ended"]}
            found["id"] = admin.post("/webhooks", body).json()["webhook"]["id"]
        elif path.endswith("/verdict"):
            found["key"] = (
                region.people["lead1"].get(f"/submissions/{submission}/findings").json()[0]["key"]
            )
        return found

    return make


def body_for(method: str, path: str, region: Any, record: Callable[..., Any], id_: str) -> Any:
    """Return a body that is in order, so that only the role can be at fault."""
    bodies: dict[tuple[str, str], Any] = {
        ("post", "/submissions"): {"record": record()},
        ("put", "/submissions/{id}"): {"record": record()},
        ("post", "/submissions/{id}/verdicts"): {"verdict": "pass"},
        ("post", "/submissions/{id}/findings/{key}/verdict"): {"verdict": "confirmed"},
        ("put", "/submissions/{id}/assignment"): {"account_ids": []},
        ("post", "/submissions/verdicts"): {"verdict": "pass", "ids": [id_]},
        ("post", "/organisations"): {"name": f"新单位{id_}", "kind": "unit",
                                     "parent_id": region.places["业务一科"]},
        ("patch", "/organisations/{id}"): {"active": True},
        ("post", "/accounts"): {"organisation_id": region.places["单位一"],
                                "login": f"u{id_}", "title": "岗位", "role": "author"},
        ("patch", "/accounts/{id}"): {"title": "填报岗"},
        ("post", "/keys"): {"organisation_id": region.places["单位一"], "name": "k",
                            "scopes": ["batch"]},
        ("post", "/webhooks"): {"url": "https://a.example", "events": ["job.ended"]},
        ("post", "/setup"): {"token": "x", "bureau_name": "局", "login": "xx",
                             "password": "x" * 12},
        ("post", "/password"): {"token": "x", "password": "x" * 12},
        ("post", "/sessions"): {"login": "xx", "password": "x" * 12},
        ("post", "/batches"): [record()],
        ("post", "/recommendations/decisions"): {
            "declaration": record(),
            "decisions": [{"decision": "accepted", "suggested": {"name": "养护里程"}}],
        },
    }  # fmt: skip
    return bodies.get((method, path), record())


def test_the_table_holds_every_address(app: Any) -> None:
    described = {
        (method, path.removeprefix(PREFIX))
        for path, methods in app.openapi()["paths"].items()
        for method in methods
    }
    assert described == set(MATRIX)


@pytest.mark.parametrize(("method", "path"), sorted(set(MATRIX) - SELF_SHUT))
def test_nobody_gets_in_where_they_do_not_belong(
    region: Any,
    callers: dict[str, Any],
    things: Callable[[str], dict[str, str]],
    record: Callable[..., Any],
    method: str,
    path: str,
) -> None:
    changes = method != "get" and "{" in path
    found = things(path)
    let_in = {}
    # those who may not go first: what they did must not show in the others' answers
    for name in sorted(EVERYBODY, key=lambda who: who in MATRIX[method, path]):
        if changes and name in MATRIX[method, path]:
            found = things(path)
        place = path.format(**found)
        params = {"text": "养护里程"} if path == "/library/indicators" else {}
        answer = callers[name].http.request(
            method,
            PREFIX + place,
            params=params,
            json=None if method == "get" else body_for(method, path, region, record, found["id"]),
        )
        assert answer.status_code < 500, (name, answer.text)
        let_in[name] = answer.status_code not in SHUT
    assert {name for name, inside in let_in.items() if inside} == MATRIX[method, path]

"""Every body that the interface description asks for has an example, and each is taken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from ulid import ULID

from api.http.app import PREFIX, create_app
from api.http.forms import SOME_ID
from api.settings import Settings
from tests.service import PASSWORD

DESCRIPTION = create_app(Settings()).openapi()
WHO = {"项目": "author1", "审核": "lead1"}
"""Who sends the examples of a part of the interface; elsewhere the administrator."""
BODIES = [
    (method, path, kind)
    for path, methods in DESCRIPTION["paths"].items()
    for method, operation in methods.items()
    for kind in operation.get("requestBody", {}).get("content", ())
    if kind != "multipart/form-data"
]
SET_UP_ALREADY = ("post", f"{PREFIX}/setup")


def examples(method: str, path: str, kind: str) -> list[Any]:
    """Return the examples of a body, those of its schema where it names none itself."""
    content = DESCRIPTION["paths"][path][method]["requestBody"]["content"][kind]
    if "examples" in content:
        return [example["value"] for example in content["examples"].values()]
    schema = content["schema"]
    if "$ref" in schema:
        schema = DESCRIPTION["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return list(schema.get("examples", ()))


@pytest.fixture
def spare(region: Any) -> dict[str, Any]:
    """An account that no other test needs, with the token of its link."""
    unit = region.places["单位二"]
    body = {"organisation_id": unit, "login": f"s{ULID()}", "title": "岗位", "role": "author"}
    return dict(region.people["admin"].post("/accounts", body).json())


@pytest.fixture
def place(
    region: Any, draft: Callable[..., Any], submitted: Callable[..., Any], spare: dict[str, Any]
) -> Callable[[str, str], str]:
    """Puts the id of something real into a path."""
    admin = region.people["admin"]

    def put(method: str, path: str) -> str:
        if "{id}" not in path:
            return path
        if "/accounts/" in path:
            return path.replace("{id}", spare["account"]["id"])
        if "/organisations/" in path:
            unit = {"kind": "unit", "parent_id": region.places["业务二科"]}
            made = admin.post("/organisations", {"name": f"备用{ULID()}", **unit}).json()
        else:
            made = draft() if method == "put" and path.endswith("{id}") else submitted()
        found = path.replace("{id}", made["id"])
        if "{key}" in found:
            findings = region.people["lead1"].get(f"/submissions/{made['id']}/findings").json()
            found = found.replace("{key}", findings[0]["key"])
        return found

    return put


@pytest.fixture
def real(region: Any, submitted: Callable[..., Any], spare: dict[str, Any]) -> Callable[[Any], Any]:
    """Puts what is there in the place of made-up ids and secrets."""
    reviewer = region.people["reviewer1"].get("/me").json()["id"].partition(":")[2]
    values: dict[str, Callable[[Any], Any]] = {
        "organisation_id": lambda _: region.places["单位一"],
        "parent_id": lambda _: region.places["业务一科"],
        "account_ids": lambda _: [reviewer],
        "ids": lambda _: [submitted()["id"]],
        "token": lambda _: spare["link_token"],
        "login": lambda login: login if login == "author1" else f"{login}{ULID()}",
        "password": lambda _: PASSWORD,
        "record": lambda record: {**record, "id": str(ULID())} if "id" in record else record,
    }

    def put(example: Any) -> Any:
        if not isinstance(example, dict):
            return example
        return {
            name: values[name](value) if name in values else value
            for name, value in example.items()
        }

    return put


@pytest.mark.parametrize(("method", "path", "kind"), BODIES)
def test_examples_are_taken(
    region: Any,
    place: Callable[[str, str], str],
    real: Callable[[Any], Any],
    method: str,
    path: str,
    kind: str,
) -> None:
    tag = DESCRIPTION["paths"][path][method]["tags"][0]
    caller = region.people[WHO.get(tag, "admin")]
    if path.endswith("/sessions"):
        caller = region.caller()
    found = examples(method, path, kind)
    assert found, "no example"
    for example in found:
        body = real(example)
        assert SOME_ID not in str(body)
        given = {"json": body} if kind == "application/json" else {"content": body.encode()}
        answer = caller.http.request(
            method, place(method, path), headers={"Content-Type": kind}, **given
        )
        if (method, path) == SET_UP_ALREADY:
            assert answer.json()["code"] == "conflict"
        else:
            assert answer.is_success, answer.text

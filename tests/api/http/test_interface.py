"""The interface against its own description: generated requests find no fault of the service."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from ulid import ULID

from api.http.access import COOKIE, CSRF_HEADER
from api.http.app import create_app
from api.settings import Settings

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES = int(os.environ.get("JIXIAO_TEST_EXAMPLES", "15"))
"""Requests generated for each address; set it higher for a long search."""
ROLES = {"项目": "author1", "审核": "lead1", "统计": "lead1"}
"""Who sends the requests of a part of the interface, so that they get past the door."""
OPERATIONS = [
    (method, path)
    for path, methods in create_app(Settings()).openapi()["paths"].items()
    for method in methods
]


@pytest.fixture(scope="module")
def interface(app: Any) -> Any:
    async def running(scope: Any, receive: Any, send: Any) -> None:
        """Pass requests on; the service is started and stopped elsewhere."""
        if scope["type"] != "lifespan":
            await app(scope, receive, send)
            return
        for step in ("startup", "shutdown"):
            await receive()
            await send({"type": f"lifespan.{step}.complete"})

    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", running)


@pytest.fixture
def real(region: Any, submitted: Callable[..., Any], record: Callable[..., Any]) -> Any:
    """Gives the id of something that a path may name, none that other tests need."""
    admin = region.people["admin"]
    unit = {"kind": "unit", "parent_id": region.places["业务二科"]}
    made: dict[str, Callable[[str], Any]] = {
        "submissions": lambda _: submitted()["id"],
        "batches": lambda _: admin.post("/batches", [record()]).json()["id"],
        "library": lambda _: admin.get("/library/types", limit=1).json()["items"][0]["id"],
        "cases": lambda _: admin.post("/similar-projects", record()).json()[0]["project"]["id"],
        "organisations": lambda name: admin.post("/organisations", {"name": name, **unit}).json()[
            "id"
        ],
        "accounts": lambda name: admin.post(
            "/accounts",
            {
                "organisation_id": region.places["单位二"],
                "login": name,
                "title": "岗位",
                "role": "author",
            },
        ).json()["account"]["id"],
        "keys": lambda name: admin.post(
            "/keys",
            {"organisation_id": region.places["单位二"], "name": name, "scopes": ["batch"]},
        ).json()["key"]["id"],
        "webhooks": lambda name: admin.post(
            "/webhooks", {"url": f"https://{name}.example", "events": ["job.ended"]}
        ).json()["webhook"]["id"],
    }

    def give(method: str, path: str) -> str | None:
        kind = path.removeprefix("/api/v1/").partition("/")[0]
        return made[kind](f"spare-{ULID()}") if "{id}" in path else None

    return give


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_generated_requests_find_no_fault(
    interface: Any,
    region: Any,
    real: Callable[[str, str], str | None],
    method: str,
    path: str,
) -> None:
    operation = interface[path][method]
    tags = operation.definition.raw.get("tags", [""])
    role = ROLES.get(tags[0], "admin")
    caller, thing = region.people[role], real(method, path)
    leaves = path.endswith("/sessions/current")

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
    @given(case=operation.as_strategy())
    def send(case: Any) -> None:
        sender = region.caller().sign_in("auditor") if leaves else caller
        case.cookies = {COOKIE: sender.http.cookies[COOKIE]}
        if thing is not None:
            case.path_parameters["id"] = thing
        headers = {CSRF_HEADER: sender.http.headers[CSRF_HEADER]}
        case.call_and_validate(headers=headers, checks=CHECKS)

    send()

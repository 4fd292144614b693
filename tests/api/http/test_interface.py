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
    if not path.endswith("/sessions/current")  # it would sign the sender out
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


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_generated_requests_find_no_fault(
    interface: Any, region: Any, submitted: Callable[..., Any], method: str, path: str
) -> None:
    operation = interface[path][method]
    tags = operation.definition.raw.get("tags", [""])
    caller = region.people[ROLES.get(tags[0], "admin")]
    real = submitted()["id"]

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
    @given(case=operation.as_strategy())
    def send(case: Any) -> None:
        case.cookies = {COOKIE: caller.http.cookies[COOKIE]}
        if path.startswith("/api/v1/submissions/{id}"):
            case.path_parameters["id"] = real
        headers = {CSRF_HEADER: caller.http.headers[CSRF_HEADER]}
        case.call_and_validate(headers=headers, checks=CHECKS)

    send()

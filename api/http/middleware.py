"""What happens to every request: a number, a limit, headers, a line in the log, a measurement."""

from __future__ import annotations

import re
import time
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from ulid import ULID

from api.http.problems import BodyTooLargeError
from api.metrics import Metrics

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'; "
    "base-uri 'none'; form-action 'self'; object-src 'none'; img-src 'self' data:",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""Set where the answer does not set them itself."""


class Envelope:
    """Numbers requests, adds headers, bounds bodies, logs and measures.

    A request keeps the number that the caller gives in `X-Request-ID`, if it is a plain one. The
    log tells method, route, status, duration and number: neither query nor content nor names.
    """

    def __init__(self, app: ASGIApp, *, limit: int, metrics: Metrics, https: bool) -> None:
        self._app = app
        self._limit = limit
        self._metrics = metrics
        self._headers = dict(_HEADERS)
        if https:
            self._headers["Strict-Transport-Security"] = "max-age=31536000"
        self._log = structlog.get_logger("jixiao.request")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        number = given if _REQUEST_ID.fullmatch(given) else str(ULID())
        scope.setdefault("state", {})["request_id"] = number
        status = 500

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-ID"] = number
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        started = time.perf_counter()
        with self._metrics.in_flight.track_inprogress():
            try:
                await self._app(scope, self._bounded(scope, receive), answer)
            finally:
                self._tell(scope, status, time.perf_counter() - started)

    def _bounded(self, scope: Scope, receive: Receive) -> Callable[[], Awaitable[Message]]:
        """Return a `receive` that refuses to read more than the limit."""
        announced = Headers(scope=scope).get("content-length", "")
        seen = 0

        async def bounded() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            too_much = announced.isdecimal() and int(announced[:18]) > self._limit
            if seen > self._limit or too_much:
                raise HTTPException(413) from BodyTooLargeError(
                    f"请求体超过 {self._limit // 1024 // 1024} MB",
                    hint="请分批提交，或调大 JIXIAO_MAX_BODY_MB",
                )
            return message

        return bounded

    def _tell(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", "unmatched")
        method = str(scope["method"])
        self._metrics.observe(method, route, status, seconds)
        state: dict[str, Any] = scope["state"]
        self._log.info(
            "request",
            method=method,
            route=route,
            status=status,
            milliseconds=round(seconds * 1000, 1),
            request_id=state["request_id"],
            actor=state.get("actor"),
        )

"""Heavy work of requests: no more at once than there are cores, none for callers who hung up.

Recommending and reviewing keep a core busy. Let in all at once, requests only slow each other;
queued here, each is quick once its turn comes, and a caller who has typed on and hung up
meanwhile costs nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeVar

import anyio
from anyio import CapacityLimiter
from fastapi import Request
from fastapi.responses import JSONResponse

from api.http.problems import CallerGoneError

T = TypeVar("T")


def make_gate() -> CapacityLimiter:
    """Return a gate for this process."""
    return CapacityLimiter(len(os.sched_getaffinity(0)))


async def in_turn(request: Request, work: Callable[[], T]) -> T:
    """Do the work in a thread when its turn comes, and return what it returns."""
    gate: CapacityLimiter = request.app.state.gate
    async with gate:
        if await request.is_disconnected():
            raise CallerGoneError("调用方已断开，未作处理")
        return await anyio.to_thread.run_sync(work)


async def through(request: Request, work: Callable[[], Any]) -> JSONResponse:
    """Do the work in its turn, and answer with what it returns."""
    return JSONResponse(await in_turn(request, work))

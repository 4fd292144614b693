"""Clients that ask one request after the other, and one that types."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx2 as httpx
import numpy as np

from api.client import Client
from api.http.app import PREFIX

KEYSTROKE = 0.15
"""Seconds between two pauses in typing; faster than people choose Chinese words."""


@dataclass
class Measured:
    """What some clients measured together."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    """Seconds of each answered request."""
    errors: int = 0
    cancelled: int = 0
    processor_seconds: float = 0.0
    """Spent by the service meanwhile."""

    def row(self) -> dict[str, float]:
        """Return rate and latencies, in requests a second and milliseconds."""
        ms = np.array(self.latencies or [0.0]) * 1000
        p50, p95, p99 = np.percentile(ms, (50, 95, 99))
        done = max(1, len(self.latencies))
        return {
            "requests": len(self.latencies),
            "errors": self.errors,
            "cancelled": self.cancelled,
            "per_second": round(len(self.latencies) / self.seconds, 1) if self.seconds else 0.0,
            "p50_ms": round(float(p50), 1),
            "p95_ms": round(float(p95), 1),
            "p99_ms": round(float(p99), 1),
            "processor_ms": round(self.processor_seconds * 1000 / done, 1),
        }


def ask(
    address: str, path: str, given: Iterator[Mapping[str, Any]], clients: int, requests: int
) -> Measured:
    """Let some clients, each on a connection of its own, share a number of requests."""
    found = Measured()

    async def client() -> None:
        async with httpx.AsyncClient(base_url=address, timeout=120) as http:
            while (record := next(todo, None)) is not None:
                started = time.perf_counter()
                answer = await http.post(PREFIX + path, json=record)
                found.latencies.append(time.perf_counter() - started)
                found.errors += answer.status_code != 200

    async def all_clients() -> None:
        await asyncio.gather(*(client() for _ in range(clients)))

    todo = iter([next(given) for _ in range(requests)])
    started = time.perf_counter()
    asyncio.run(all_clients())
    found.seconds = time.perf_counter() - started
    return found


def begin(
    address: str, key: str, unit: str, given: Iterator[Mapping[str, Any]], number: int
) -> list[str]:
    """Begin some submissions and return their ids."""
    with Client(address, key=key, timeout=120.0) as client:
        return [client.create(next(given), organisation_id=unit).id for _ in range(number)]


def read(address: str, key: str, ids: Sequence[str], requests: int) -> Measured:
    """Look at the list of submissions and at single ones, as a reviewer does."""
    found = Measured()
    begun = time.perf_counter()
    with Client(address, key=key, timeout=120.0) as client:
        for number in range(requests):
            path = f"/submissions/{ids[number % len(ids)]}" if number % 4 else "/submissions"
            started = time.perf_counter()
            client.call("GET", path)
            found.latencies.append(time.perf_counter() - started)
    found.seconds = time.perf_counter() - begun
    return found


def type_in(address: str, given: Iterator[Mapping[str, Any]], projects: int) -> Measured:
    """Type project names character by character.

    Each pause sends what stands there; a request that is not yet answered at the next one is
    dropped by closing its connection. The last one of each name is waited for.
    """
    found = Measured()

    async def one(http: httpx.AsyncClient, text: str) -> None:
        started = time.perf_counter()
        answer = await http.post(f"{PREFIX}/recommendations", json={"project_name": text})
        found.latencies.append(time.perf_counter() - started)
        found.errors += answer.status_code != 200

    async def typist() -> None:
        async with httpx.AsyncClient(base_url=address, timeout=120) as http:
            for _ in range(projects):
                name = next(given)["project_name"]
                for end in range(2, len(name) + 2, 2):
                    request = asyncio.create_task(one(http, name[:end]))
                    if end < len(name):
                        await asyncio.sleep(KEYSTROKE)
                        if not request.done():
                            request.cancel()
                            found.cancelled += 1
                    await asyncio.gather(request, return_exceptions=True)

    started = time.perf_counter()
    asyncio.run(typist())
    found.seconds = time.perf_counter() - started
    return found

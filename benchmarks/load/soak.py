"""Steady mixed load for a long time: what the service holds at the end beside the beginning."""

from __future__ import annotations

import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import numpy as np

from api.client import ApiError, Client
from benchmarks.load import inputs
from benchmarks.service import ROOT, Service, Usage

_EVERY = 10.0
"""Seconds between two samples."""
_SHARE = 0.2
"""Of the samples, from which the beginning (after as much again to warm up) and end are taken."""


def soak(service: Service, key: str, unit: str, seconds: float, clients: int) -> dict[str, Any]:
    """Load the service for so long and return how what it holds has grown."""
    stop = threading.Event()
    answered: Counter[str] = Counter()
    workers = [
        threading.Thread(target=_work, args=(service.address, key, unit, stop, answered, number))
        for number in range(clients)
    ]
    for worker in workers:
        worker.start()
    samples: list[tuple[float, Usage]] = []
    begun = time.monotonic()
    while (elapsed := time.monotonic() - begun) < seconds:
        samples.append((elapsed, service.usage()))
        if sys.stderr.isatty():
            print(f"\r{elapsed:.0f}/{seconds:.0f} s", end="", file=sys.stderr)
        time.sleep(_EVERY)
    stop.set()
    for worker in workers:
        worker.join()
    return {**growth(samples), "answered": dict(answered), "seconds": round(seconds)}


def growth(samples: list[tuple[float, Usage]]) -> dict[str, Any]:
    """Compare the beginning, once warm, with the end; the slope is that of the second half."""
    count = max(1, int(len(samples) * _SHARE))
    first, last = samples[count : 2 * count] or samples, samples[-count:]
    half = samples[len(samples) // 2 :]
    hours = np.array([moment / 3600 for moment, _ in half])
    found: dict[str, Any] = {}
    for name in ("rss_mb", "pss_mb", "threads", "files"):
        medians = [float(np.median([getattr(s, name) for _, s in part])) for part in (first, last)]
        values = np.array([getattr(sample, name) for _, sample in half])
        slope = float(np.polyfit(hours, values, 1)[0]) if len(half) > 1 else 0.0
        found[name] = {
            "start": round(medians[0], 1),
            "end": round(medians[1], 1),
            "most": round(max(getattr(sample, name) for _, sample in samples), 1),
            "per_hour": round(slope, 1),
        }
    found["samples"] = [
        {"second": round(moment), **{k: round(v, 1) for k, v in asdict(sample).items()}}
        for moment, sample in samples[:: max(1, len(samples) // 30)]
    ]
    return found


def _work(
    address: str, key: str, unit: str, stop: threading.Event, answered: Counter[str], seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - not a secret
    with Client(address, key=key, timeout=120.0) as client:
        kinds = list(_kinds(client, unit, seed).items())
        weights = [6, 4, 4, 2, 2, 1, 1, 1]
        while not stop.is_set():
            ((name, ask),) = chance.choices(kinds, weights)
            try:
                ask()
                answered[name] += 1
            except ApiError as error:
                answered[f"{name}: {error.status} {error.code}"] += 1
            except Exception as error:  # noqa: BLE001 - counted, and the soak goes on
                answered[f"{name}: {type(error).__name__}"] += 1
            stop.wait(0.1)


def _kinds(client: Client, unit: str, seed: int) -> dict[str, Callable[[], object]]:
    """Return the kinds of requests; each call sends content that is new."""
    names, full = inputs.names(), inputs.declarations()
    evaluations, drafts = inputs.evaluations(), inputs.declarations()
    for _ in range(seed * 40):  # so that the clients do not ask for the same
        next(names), next(full), next(evaluations), next(drafts)
    workbook = next((ROOT / "examples").glob("*.xlsx"))

    def typed() -> None:
        name = next(names)["project_name"]
        for end in range(4, len(name), 6):
            client.call("POST", "/recommendations", json={"project_name": name[:end]})

    def workflow() -> None:
        made = client.create(next(drafts), organisation_id=unit)
        client.submit(client.save(made, next(drafts)))

    def upload() -> None:
        files = {"file": (workbook.name, workbook.read_bytes())}
        made = client.call("POST", "/batches", files=files)
        client.wait(made.json()["id"], within=120)

    def refused() -> None:
        try:
            client.call("POST", "/reviews", content=b'{"project_name": ')
        except ApiError as error:
            if error.status != 400:
                raise

    return {
        "review": lambda: client.call("POST", "/reviews", json=next(full)),
        "recommend": lambda: client.call("POST", "/recommendations", json=next(names)),
        "recommend_full": lambda: client.call("POST", "/recommendations", json=next(full)),
        "report_review": lambda: client.call("POST", "/report-reviews", json=next(evaluations)),
        "typed": typed,
        "submission": workflow,
        "batch": upload,
        "refused": refused,
    }

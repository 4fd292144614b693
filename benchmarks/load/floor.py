"""The floor of the service: the bare model, called in a process without any service around it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from api.workspace import Workspace
from benchmarks.load.clients import Measured
from corpus.importers import declaration_from_dict


def bare(
    workspace: Workspace, work: str, given: Iterator[Mapping[str, Any]], threads: int, calls: int
) -> Measured:
    """Call `Workspace.recommend` or `Workspace.review` on some threads, records read beforehand."""
    found = Measured()
    todo = [declaration_from_dict(dict(next(given))) for _ in range(calls)]
    call = getattr(workspace, work)

    def one(declaration: Any) -> None:
        started = time.perf_counter()
        call(declaration)
        found.latencies.append(time.perf_counter() - started)

    spent, started = time.process_time(), time.perf_counter()
    if threads == 1:
        for declaration in todo:
            one(declaration)
    else:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(one, todo))
    found.seconds = time.perf_counter() - started
    found.processor_seconds = time.process_time() - spent
    return found

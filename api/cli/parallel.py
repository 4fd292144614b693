"""Work on many records by several processes, results in the order of the records.

The processes are forked once a long run is under way, so that they share what is loaded and a
short run pays nothing. At most a few records a process are under way: memory stays flat.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import TYPE_CHECKING

from api.reading import Failure

if TYPE_CHECKING:
    from corpus.records import Declaration

Attempt = Callable[["Declaration"], "str | Failure"]

_ALONE = 32
"""Records that one process does before others are started."""
_AHEAD = 4
"""Records under way for each process."""
_MOST = 4
_LOOK = 2.0
"""Seconds between two looks whether the parent still lives."""

_attempt: Attempt | None = None
"""What a forked process inherits; set right before the fork."""


def usual_jobs() -> int:
    """Return how many processes a run takes unless told otherwise: the cores, four at most."""
    return min(_MOST, len(os.sched_getaffinity(0))) if _can_fork() else 1


def _can_fork() -> bool:
    return "fork" in multiprocessing.get_all_start_methods() and hasattr(os, "sched_getaffinity")


def outcomes(
    items: Iterator[Declaration | Failure],
    attempt: Attempt,
    jobs: int = 1,
    before_fork: Callable[[], None] = lambda: None,
) -> Iterator[tuple[Declaration | Failure, str | Failure]]:
    """Yield every item with what came of it, in order; a Failure comes of a Failure.

    `before_fork` closes what processes must not share, such as connections.
    """
    yield from _one_by_one(islice(items, _ALONE) if jobs > 1 else items, attempt)
    following = next(items, None) if jobs > 1 and _can_fork() else None
    if following is None:
        yield from _one_by_one(items, attempt)
        return
    before_fork()
    yield from _several(following, items, attempt, jobs)


def _one_by_one(
    items: Iterator[Declaration | Failure], attempt: Attempt
) -> Iterator[tuple[Declaration | Failure, str | Failure]]:
    for item in items:
        yield item, item if isinstance(item, Failure) else attempt(item)


def _several(
    first: Declaration | Failure,
    items: Iterator[Declaration | Failure],
    attempt: Attempt,
    jobs: int,
) -> Iterator[tuple[Declaration | Failure, str | Failure]]:
    """Keep some records under way and yield the oldest as soon as it is done."""
    global _attempt
    _attempt = attempt
    context = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(jobs, context, initializer=_prepare, initargs=(os.getpid(),))
    pending: deque[tuple[Declaration | Failure, Future[str | Failure] | None]] = deque()
    try:
        item: Declaration | Failure | None = first
        while item is not None or pending:
            if item is not None:
                pending.append((item, _submit(pool, item)))
                item = next(items, None)
            if item is None or len(pending) >= jobs * _AHEAD:
                yield _finish(*pending.popleft(), attempt)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        _attempt = None


def _submit(pool: ProcessPoolExecutor, item: Declaration | Failure) -> Future[str | Failure] | None:
    """Hand a record to the pool; None where there is nothing to do or the pool is broken."""
    if isinstance(item, Failure):
        return None
    try:
        return pool.submit(_inherited, item)
    except BrokenProcessPool:
        return None


def _finish(
    item: Declaration | Failure, future: Future[str | Failure] | None, attempt: Attempt
) -> tuple[Declaration | Failure, str | Failure]:
    """Return an item with its outcome; what a killed process left undone is done here."""
    if isinstance(item, Failure):
        return item, item
    if future is None:
        return item, attempt(item)
    try:
        return item, future.result()
    except BrokenProcessPool:
        return item, attempt(item)


def _inherited(record: Declaration) -> str | Failure:
    """Do the work in a forked process."""
    if _attempt is None:
        raise RuntimeError("nothing to do was inherited")
    return _attempt(record)


def _prepare(parent: int) -> None:
    """Leave interrupts to the parent, and end with it however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK)
    os._exit(1)

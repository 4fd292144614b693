"""Work on many records by several processes, results in the order of the records.

The processes are forked once a long run is under way, so that they share what is loaded and a
short run pays nothing. Records are handed out some at a time, for handing out costs as much as a
short review. At most a few times as many as a process takes are under way: memory stays flat.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from typing import TYPE_CHECKING

from api.reading import Failure

if TYPE_CHECKING:
    from corpus.records import Declaration

Attempt = Callable[["Declaration"], "str | Failure"]
Foresee = Callable[["Sequence[Declaration]"], None]

_ALONE = 32
"""Records that one process does before others are started."""
_TOGETHER = 16
"""Records that are handed out at a time."""
_AHEAD = 2
"""Times that many are under way for each process."""
_MOST = 4
_LOOK = 2.0
"""Seconds between two looks whether the parent still lives."""

_inherited: tuple[Attempt, Foresee] | None = None
"""What a forked process inherits; set right before the fork."""


def nothing_to_foresee(records: Sequence[Declaration]) -> None:
    """Prepare nothing: every record is worked on by itself."""


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
    foresee: Foresee = nothing_to_foresee,
) -> Iterator[tuple[Declaration | Failure, str | Failure]]:
    """Yield every item with what came of it, in order; a Failure comes of a Failure.

    `before_fork` closes what processes must not share, such as connections. `foresee` hears of
    records before they are worked on, several at once where several processes share the work.
    """
    yield from _one_by_one(islice(items, _ALONE) if jobs > 1 else items, attempt)
    following = next(items, None) if jobs > 1 and _can_fork() else None
    if following is None:
        yield from _one_by_one(items, attempt)
        return
    before_fork()
    yield from _several(chain([following], items), attempt, foresee, jobs)


def _one_by_one(
    items: Iterator[Declaration | Failure], attempt: Attempt
) -> Iterator[tuple[Declaration | Failure, str | Failure]]:
    for item in items:
        yield item, item if isinstance(item, Failure) else attempt(item)


def _several(
    items: Iterator[Declaration | Failure], attempt: Attempt, foresee: Foresee, jobs: int
) -> Iterator[tuple[Declaration | Failure, str | Failure]]:
    """Keep some records under way and yield the oldest as soon as they are done."""
    global _inherited
    _inherited = attempt, foresee
    context = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(jobs, context, initializer=_prepare, initargs=(os.getpid(),))
    pending: deque[tuple[list[Declaration | Failure], Future[list[str | Failure]] | None]] = deque()
    try:
        while True:
            some = list(islice(items, _TOGETHER))
            if some:
                pending.append((some, _submit(pool, some)))
            if not pending:
                return
            if not some or len(pending) >= jobs * _AHEAD:
                yield from _finish(*pending.popleft(), attempt)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        _inherited = None


def _submit(
    pool: ProcessPoolExecutor, items: Sequence[Declaration | Failure]
) -> Future[list[str | Failure]] | None:
    """Hand records to the pool; None where it is broken."""
    records = [item for item in items if not isinstance(item, Failure)]
    try:
        return pool.submit(_work_on, records)
    except BrokenProcessPool:
        return None


def _finish(
    items: Sequence[Declaration | Failure],
    future: Future[list[str | Failure]] | None,
    attempt: Attempt,
) -> Iterator[tuple[Declaration | Failure, str | Failure]]:
    """Yield items with their outcomes; what a killed process left undone is done here."""
    try:
        done = None if future is None else iter(future.result())
    except BrokenProcessPool:
        done = None
    for item in items:
        if isinstance(item, Failure):
            yield item, item
        else:
            yield item, attempt(item) if done is None else next(done)


def _work_on(records: Sequence[Declaration]) -> list[str | Failure]:
    """Do the work in a forked process."""
    if _inherited is None:
        raise RuntimeError("nothing to do was inherited")
    attempt, foresee = _inherited
    foresee(records)
    return [attempt(record) for record in records]


def _prepare(parent: int) -> None:
    """Leave interrupts to the parent, and end with it however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK)
    os._exit(1)

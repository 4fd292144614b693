"""Measures of one index of vectors: build time, memory, latency, recall."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import psutil

from models.vector_index import Encode

ROUNDS = 3
"""Times that every query is asked."""
_MIB = 1024 * 1024

Search = Callable[[np.ndarray, int], list[tuple[str, float]]]


@dataclass(frozen=True)
class Cost:
    """What it took to build an index."""

    seconds: float
    megabytes: float
    """Growth of resident memory of this process."""


def keys_of(count: int) -> list[str]:
    """Return the keys of so many rows."""
    return [f"row-{number}" for number in range(count)]


def encode_from(vectors: np.ndarray) -> Encode:
    """Return an encoder that knows the vectors already, so that only the index is timed."""
    return lambda places: vectors[np.asarray(places)]


def built(build: Callable[[], object]) -> Cost:
    """Time a build and watch the memory of this process."""
    gc.collect()
    before = psutil.Process().memory_info().rss
    started = time.perf_counter()
    build()
    seconds = time.perf_counter() - started
    gc.collect()
    return Cost(seconds, (psutil.Process().memory_info().rss - before) / _MIB)


def in_turns(
    searches: dict[str, Search], queries: np.ndarray, k: int, rounds: int = ROUNDS
) -> dict[str, tuple[float, float, float]]:
    """Return median, least and greatest round medians in milliseconds, asked in turns."""
    times: dict[str, list[list[float]]] = {name: [] for name in searches}
    for search in searches.values():
        search(queries[0], k)
    for _ in range(rounds):
        for measured in times.values():
            measured.append([])
        for query in queries:
            for name, search in searches.items():
                started = time.perf_counter()
                search(query, k)
                times[name][-1].append((time.perf_counter() - started) * 1000)
    return {name: _summary(asked) for name, asked in times.items()}


def _summary(rounds: Sequence[Sequence[float]]) -> tuple[float, float, float]:
    medians = [statistics.median(one) for one in rounds]
    return statistics.median(medians), min(medians), max(medians)


Answers = list[list[str]]
"""Keys nearest to each query, best first."""


def answers(search: Search, queries: np.ndarray, k: int) -> Answers:
    """Return the k nearest keys of every query."""
    return [[key for key, _ in search(query, k)] for query in queries]


def recall(found: Answers, exact: Answers, k: int) -> float:
    """Return which share of the k nearest, by exact search, was found among the first k."""
    common = sum(len(set(a[:k]) & set(b[:k])) for a, b in zip(found, exact, strict=True))
    return common / (k * len(exact))

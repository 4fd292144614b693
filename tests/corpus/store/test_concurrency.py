from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from pathlib import Path

from corpus.bundle import bundled_cases
from corpus.store import ImportCounts, Store

WORKERS = 4


def import_everything(url: str, _worker: int) -> ImportCounts:
    """Open the database as a new process does and import the same cases as all others."""
    with Store(url) as store:
        store.migrate()
        return store.add_cases(bundled_cases())


def check(url: str, results: list[ImportCounts]) -> None:
    number = len(bundled_cases())
    assert sum(result.added for result in results) == number
    assert sum(result.unchanged for result in results) == number * (WORKERS - 1)
    with Store(url) as store:
        cases = store.knowledge().cases
    assert [case.id for case in cases] == [case.id for case in bundled_cases()]
    rows = sum(len(case.indicators) for case in bundled_cases())
    assert sum(len(case.indicators) for case in cases) == rows


def test_threads_importing_the_same_cases_store_each_once(url: str) -> None:
    with ThreadPoolExecutor(WORKERS) as pool:
        results = list(pool.map(partial(import_everything, url), range(WORKERS)))
    check(url, results)


def test_threads_sharing_one_store_store_each_case_once(store: Store, url: str) -> None:
    with ThreadPoolExecutor(WORKERS) as pool:
        results = list(pool.map(lambda _: store.add_cases(bundled_cases()), range(WORKERS)))
    check(url, results)


def test_processes_importing_the_same_cases_store_each_once(url: str) -> None:
    context = multiprocessing.get_context("forkserver")
    with ProcessPoolExecutor(WORKERS, mp_context=context) as pool:
        results = list(pool.map(partial(import_everything, url), range(WORKERS)))
    check(url, results)


def test_many_may_open_a_new_database_at_once(tmp_path: Path) -> None:
    from corpus.store.engine import open_engine, reading

    def open_and_read(url: str, together: threading.Barrier) -> int:
        engine = open_engine(url, busy_timeout=5.0)
        together.wait()
        with reading(engine) as connection:
            return int(connection.exec_driver_sql("SELECT 1").scalar_one())

    with ThreadPoolExecutor(WORKERS) as pool:
        for attempt in range(40):
            together = threading.Barrier(WORKERS)
            url = f"sqlite:///{tmp_path / str(attempt)}.db"
            assert list(pool.map(open_and_read, [url] * WORKERS, [together] * WORKERS))


def test_reading_goes_on_while_another_process_writes(
    store: Store, open_store: Callable[..., Store]
) -> None:
    from corpus.store.engine import writing

    store.seed_bundled()
    reader = open_store(busy_timeout=0.2)
    with writing(store._engine, 1.0):
        assert reader.knowledge().types

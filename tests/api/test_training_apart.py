"""Training beside the service: its report, its faults, and stopping it before its end."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any

import psutil
import pytest

from api import training
from api.jobs import Jobs
from api.settings import Settings
from api.training import InterruptedTrainingError, train_apart
from corpus.errors import InputError, JixiaoError
from corpus.store import Store
from corpus.workflow import jobs as kept
from corpus.workflow.actors import SYSTEM
from corpus.workflow.jobs import Job, JobKind, JobStatus

WITHIN = 300.0
"""Seconds, on a machine that does much else."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, database_url=f"sqlite:///{tmp_path / 'jixiao.db'}")


def children() -> list[psutil.Process]:
    return [
        child
        for child in psutil.Process().children(recursive=True)
        if "api.training" in child.cmdline()
    ]


def test_the_report_comes_back(settings: Settings) -> None:
    report = train_apart(settings, {}, lambda: False)
    assert (report["cases"], report["enough"], report["kept"]) == (0, False, False)
    assert (settings.home / "ranking-report.json").is_file()


def test_what_goes_wrong_is_told(settings: Settings, tmp_path: Path) -> None:
    broken = settings.model_copy(update={"database_url": f"sqlite:///{tmp_path}"})
    with pytest.raises(JixiaoError, match="数据库"):
        train_apart(broken, {}, lambda: False)


@pytest.mark.parametrize("told", [b"", b"Killed"])
def test_a_process_that_ends_without_a_report_failed(told: bytes) -> None:
    with pytest.raises(JixiaoError, match="-9"):
        training._read(told, -9)


def test_an_error_of_the_program_is_told_without_its_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: Any) -> None:
        raise ValueError("村道养护")

    monkeypatch.setattr(training, "train", fail)
    told = training.answer(SimpleNamespace(), {})  # type: ignore[arg-type]
    assert "ValueError" in told["error"]["message"]
    assert "村道养护" not in str(told)


def test_one_that_is_no_longer_wanted_is_ended(settings: Settings) -> None:
    with sqlite3.connect(settings.home / "jixiao.db", isolation_level=None) as holder:
        holder.execute("BEGIN EXCLUSIVE")  # the training cannot get on
        with pytest.raises(InterruptedTrainingError):
            train_apart(settings, {}, lambda: bool(children()))
        assert not children()
        holder.execute("ROLLBACK")


def test_one_whose_asker_is_gone_ends_by_itself(settings: Settings) -> None:
    code = (
        "import pathlib, os; from api.settings import Settings; from api import training;"
        f"training.train_apart(Settings(home=pathlib.Path({str(settings.home)!r})), {{}},"
        " lambda: os.kill(os.getpid(), 9))"
    )
    with sqlite3.connect(settings.home / "jixiao.db", isolation_level=None) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        subprocess.run([sys.executable, "-c", code], check=False)
        wait_until(lambda: not orphans(settings.home))
        holder.execute("ROLLBACK")


def orphans(home: Path) -> list[int]:
    found = []
    for process in psutil.process_iter(["cmdline", "environ"]):
        told = process.info["environ"] or {}
        if "api.training" in (process.info["cmdline"] or ()):
            found += [process.pid] * (told.get("JIXIAO_HOME") == str(home))
    return found


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WITHIN
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


class Region:
    """A store with a training in it, and a worker on it."""

    def __init__(self, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun = 0
        self.store = Store(settings.store_url)
        self.store.migrate()
        monkeypatch.setattr("api.jobs.train_apart", self.train)
        workspace: Any = SimpleNamespace(settings=settings, store=self.store)
        self.jobs = Jobs(workspace)
        with self.store.writing() as connection:
            self.id = kept.queue(connection, SYSTEM, JobKind.TRAINING, [{"adapter": True}]).id
        self.worker = Thread(target=self.jobs.run, args=[self.id])

    def train(
        self, settings: Settings, wishes: Mapping[str, Any], unwanted: Callable[[], bool]
    ) -> Any:
        """Train for ever."""
        assert wishes == {"adapter": True}
        self.begun += 1
        wait_until(unwanted)
        raise InterruptedTrainingError

    def state(self) -> Job:
        with self.store.reading() as connection:
            return kept.job(connection, SYSTEM, self.id)


@pytest.fixture
def region(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Region:
    return Region(settings, monkeypatch)


def test_a_cancelled_training_stops_at_once(region: Region) -> None:
    region.worker.start()
    wait_until(lambda: region.begun == 1)
    with region.store.writing() as connection:
        kept.cancel(connection, SYSTEM, region.id)
    region.worker.join(WITHIN)
    assert not region.worker.is_alive()
    assert (region.state().status, region.state().done) == (JobStatus.CANCELLED, 0)


def test_a_training_holds_up_no_end_and_is_begun_again(region: Region) -> None:
    region.worker.start()
    wait_until(lambda: region.begun == 1)
    region.jobs.stop()
    region.worker.join(WITHIN)
    assert not region.worker.is_alive()
    assert (region.state().status, region.state().done) == (JobStatus.QUEUED, 0)


def test_a_training_that_fails_ends(region: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise InputError("没有本地资料", hint="请先导入")

    monkeypatch.setattr("api.jobs.train_apart", fail)
    region.jobs.run(region.id)
    ended = region.state()
    assert ended.status is JobStatus.FAILED
    assert ended.error is not None
    assert ended.error["message"] == "没有本地资料"

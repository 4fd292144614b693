"""A service or worker that is told to stop gives its jobs back, and they end once, complete."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from api.jobs import CHUNK, Jobs
from api.settings import Settings
from corpus.store import Store
from corpus.workflow import jobs as kept
from corpus.workflow.actors import ANONYMOUS
from corpus.workflow.jobs import Job, JobKind, JobStatus

RECORDS = [{"id": str(number), "project_name": f"农村公路养护{number}"} for number in range(90)]
WITHIN = 300.0
"""Seconds, on a machine that does much else; a few are enough."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, database_url=f"sqlite:///{tmp_path / 'jixiao.db'}")


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with Store(settings.store_url) as opened:
        opened.migrate()
        yield opened


class Answers:
    """Stands for the review: slow, and counts how often each record came."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self.came: Counter[str] = Counter()
        kinds = dict.fromkeys(("recommend", "review", "review_report"), self.review)
        self.workspace: Any = SimpleNamespace(settings=settings, store=store, **kinds)

    def review(self, declaration: Any) -> Any:
        time.sleep(0.01)
        self.came[declaration.project_name] += 1
        number = declaration.project_name.removeprefix("农村公路养护")
        return SimpleNamespace(to_dict=lambda: {"id": number})


def queue(store: Store, count: int = 1) -> list[str]:
    with store.writing() as connection:
        made = [kept.queue(connection, ANONYMOUS, JobKind.REVIEW, RECORDS) for _ in range(count)]
    return [job.id for job in made]


def states(store: Store, ids: list[str]) -> list[Job]:
    with store.reading() as connection:
        return [kept.job(connection, ANONYMOUS, id_) for id_ in ids]


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WITHIN
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def under_way(store: Store, ids: list[str]) -> bool:
    return all(job.status is JobStatus.RUNNING for job in states(store, ids))


def ended(store: Store, ids: list[str]) -> bool:
    return all(job.status.ended for job in states(store, ids))


def assert_complete(store: Store, ids: list[str]) -> None:
    for job in states(store, ids):
        assert (job.status, job.done, job.failed) == (JobStatus.DONE, len(RECORDS), 0)
        with store.reading() as connection:
            found = [answer["id"] for answer in kept.answers(connection, job.id)]
        assert found == [record["id"] for record in RECORDS]


def test_the_next_start_goes_on_behind_the_record_at_hand(settings: Settings, store: Store) -> None:
    answers = Answers(settings, store)
    ids = queue(store, 2)
    first = Jobs(answers.workspace)
    first.start(2)
    wait_until(lambda: under_way(store, ids) and answers.came.total() > 4)
    first.stop()
    stopped = states(store, ids)
    assert [job.status for job in stopped] == [JobStatus.QUEUED] * 2
    assert sum(job.done for job in stopped) == answers.came.total() < 2 * len(RECORDS)
    second = Jobs(answers.workspace)
    second.start(2)
    wait_until(lambda: ended(store, ids))
    second.stop()
    assert_complete(store, ids)
    assert set(answers.came.values()) == {2}  # once for each of the two batches


def test_others_are_told_at_once_of_what_was_given_back(
    settings: Settings, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = Answers(settings, store)
    (id_,) = queue(store)
    worker, told = Jobs(answers.workspace), list[str]()
    monkeypatch.setattr(worker, "wake", told.append)
    worker.start(1)
    wait_until(lambda: answers.came.total() > 2)
    worker.stop()
    assert told == [id_]
    assert states(store, [id_])[0].done % CHUNK, "else it went on to the end of a chunk"

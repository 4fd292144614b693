"""Who is told when, where several addresses wait and some do not answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from types import SimpleNamespace
from typing import Any

import httpx2 as httpx
import pytest

from api.jobs import Jobs
from api.settings import Settings
from corpus.store import Store
from corpus.workflow import jobs as kept
from corpus.workflow import webhooks
from corpus.workflow.actors import SYSTEM
from corpus.workflow.audit import Scribe
from corpus.workflow.jobs import JobKind
from corpus.workflow.organisations import Kind, Organisation, add_organisation

WITHIN = 300.0
"""Seconds, on a machine that does much else."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(f"sqlite:///{tmp_path / 'jixiao.db'}") as opened:
        opened.migrate()
        yield opened


@pytest.fixture
def bureau(store: Store) -> Organisation:
    with store.writing() as connection:
        return add_organisation(Scribe(connection, SYSTEM), "某县财政局", Kind.BUREAU)


@pytest.fixture
def working(store: Store, tmp_path: Path) -> Jobs:
    settings = Settings(home=tmp_path, secret_key="s" * 40)
    workspace: Any = SimpleNamespace(settings=settings, store=store)
    return Jobs(workspace)


@pytest.fixture
def answers() -> dict[str, int | None]:
    """What each address answers with, None where it does not."""
    return {}


@pytest.fixture
def called(answers: dict[str, int | None], monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each address was called."""
    seen: Counter[str] = Counter()

    def answer(_: Any, url: str, *rest: Any) -> int | None:
        host = httpx.URL(url).host.partition(".")[0]
        seen[host] += 1
        return answers[host]

    monkeypatch.setattr("api.messages.send", answer)
    return seen


@pytest.fixture
def announce(store: Store, bureau: Organisation) -> Callable[..., None]:
    """Puts messages to addresses in the queue."""

    def put(number: int, *hosts: str) -> None:
        with store.writing() as connection:
            scribe = Scribe(connection, SYSTEM)
            for host in hosts:
                url = f"https://{host}.example/"
                webhooks.add_webhook(scribe, bureau.id, url, [webhooks.Event.JOB_ENDED])
            for _ in range(number):
                webhooks.announce(connection, bureau.id, webhooks.Event.JOB_ENDED, {"id": "1"})

    return put


def test_all_that_is_due_is_sent_at_once(
    working: Jobs, announce: Callable[..., None], answers: Any, called: Counter[str]
) -> None:
    answers["a"] = 204
    announce(130, "a")
    working._deliverer.deliver()
    assert called == {"a": 130}


def test_an_address_that_does_not_answer_keeps_no_other_waiting(
    working: Jobs, announce: Callable[..., None], answers: Any, called: Counter[str]
) -> None:
    answers.update(down=None, odd=500, well=204)
    announce(4, "down", "odd", "well")
    working._deliverer.deliver()
    assert called == {"down": 1, "odd": 4, "well": 4}


def test_a_message_is_tried_again_when_its_time_has_come(
    working: Jobs,
    announce: Callable[..., None],
    answers: Any,
    called: Counter[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[float] = []
    monkeypatch.setattr(working._deliverer._deliver, "schedule", lambda delay: asked.append(delay))
    answers["down"] = None
    announce(1, "down")
    working._deliverer.deliver()
    (delay,) = asked
    assert 0 < delay <= webhooks.PAUSES[0].total_seconds() + 1
    assert called == {"down": 1}


def test_messages_do_not_wait_for_a_long_batch(
    working: Jobs,
    store: Store,
    announce: Callable[..., None],
    answers: Any,
    called: Counter[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    busy, free, told = Event(), Event(), Event()

    def work(*_: Any) -> bool:
        busy.set()
        free.wait(WITHIN)
        return False

    def delivered(*_: Any) -> None:
        told.set()

    monkeypatch.setattr(working, "_work_through", work)
    monkeypatch.setattr("api.messages.webhooks.delivered", delivered)
    with store.writing() as connection:
        kept.queue(connection, SYSTEM, JobKind.REVIEW, [{}])
    working.start(1)
    try:
        assert busy.wait(WITHIN)
        answers["a"] = 204
        announce(1, "a")
        working.wake_deliverer()
        assert told.wait(WITHIN)
    finally:
        free.set()
        working.stop()
    assert called["a"] == 1

"""Batches, repeated requests and webhooks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from corpus.errors import InputError
from corpus.store import Store
from corpus.workflow import idempotency, jobs, webhooks
from corpus.workflow.actors import ANONYMOUS, Actor, Role
from corpus.workflow.errors import ConflictError, ForbiddenError, NotFoundError
from corpus.workflow.jobs import JobKind, JobStatus
from corpus.workflow.moments import now
from corpus.workflow.tables import JobRow
from corpus.workflow.webhooks import Event

RECORDS = [{"project_name": f"项目{number}"} for number in range(5)]


def queue(store: Store, actor: Actor = ANONYMOUS) -> jobs.Job:
    with store.writing() as connection:
        return jobs.queue(connection, actor, JobKind.REVIEW, RECORDS)


def work(store: Store, id_: str, worker: str, chunks: int = 99) -> bool:
    """Work as a worker does, for so many chunks; returns whether it came to the end."""
    with store.writing() as connection:
        if jobs.claim(connection, id_, worker) is None:
            return False
    for _ in range(chunks):
        with store.reading() as connection:
            chunk = jobs.next_chunk(connection, id_, 2)
        if not chunk:
            with store.writing() as connection:
                return jobs.finish(connection, id_, worker)
        results = {place: {"id": record["project_name"], "by": worker} for place, record in chunk}
        with store.writing() as connection:
            if not jobs.keep(connection, id_, worker, results):
                return False
    return False


def fall_silent(store: Store, id_: str) -> None:
    with store.writing() as connection:
        connection.execute(
            update(JobRow).where(JobRow.id == id_).values(alive_at=now() - jobs.SILENCE * 2)
        )


def state(store: Store, id_: str, actor: Actor = ANONYMOUS) -> jobs.Job:
    with store.reading() as connection:
        return jobs.job(connection, actor, id_)


def test_a_job_is_worked_through_in_order(store: Store) -> None:
    made = queue(store)
    assert work(store, made.id, "w1")
    ended = state(store, made.id)
    assert (ended.status, ended.done, ended.failed) == (JobStatus.DONE, 5, 0)
    with store.reading() as connection:
        found = [item["id"] for item in jobs.answers(connection, made.id)]
    assert found == [record["project_name"] for record in RECORDS]


def test_another_worker_goes_on_where_one_fell_silent(store: Store) -> None:
    made = queue(store)
    assert not work(store, made.id, "w1", chunks=1)
    assert not work(store, made.id, "w2")  # the first may still be alive
    fall_silent(store, made.id)
    with store.reading() as connection:
        assert list(jobs.waiting(connection)) == [made.id]
    assert work(store, made.id, "w2")
    with store.reading() as connection:
        found = [item["by"] for item in jobs.answers(connection, made.id)]
    assert found == ["w1", "w1", "w2", "w2", "w2"]
    assert state(store, made.id).done == 5


def test_a_worker_that_was_only_slow_keeps_and_ends_nothing(store: Store) -> None:
    made = queue(store)
    work(store, made.id, "w1", chunks=1)
    fall_silent(store, made.id)
    with store.writing() as connection:
        assert jobs.claim(connection, made.id, "w2") is not None
    with store.writing() as connection:
        assert not jobs.keep(connection, made.id, "w1", {2: {"id": "late"}})
        assert not jobs.finish(connection, made.id, "w1")


def test_a_cancelled_job_stops_and_keeps_its_answers(store: Store) -> None:
    made = queue(store)
    work(store, made.id, "w1", chunks=1)
    with store.writing() as connection:
        jobs.cancel(connection, ANONYMOUS, made.id)
    with store.writing() as connection:
        assert not jobs.keep(connection, made.id, "w1", {2: {}})
        with pytest.raises(ConflictError):
            jobs.cancel(connection, ANONYMOUS, made.id)
        assert len(list(jobs.answers(connection, made.id))) == 2
    fall_silent(store, made.id)
    assert not work(store, made.id, "w2")


def test_records_with_errors_are_counted(store: Store) -> None:
    made = queue(store)
    with store.writing() as connection:
        jobs.claim(connection, made.id, "w1")
        jobs.keep(connection, made.id, "w1", {0: {"error": {"code": "bad_input"}}, 1: {}})
    assert (state(store, made.id).done, state(store, made.id).failed) == (2, 1)


def test_a_job_is_seen_by_its_own_part_of_the_tree(
    store: Store, region: Any, person: Callable[..., Actor]
) -> None:
    owner = person(region.units[0], Role.AUTHOR)
    made = queue(store, owner)
    assert state(store, made.id, person(region.divisions[0], Role.REVIEWER)).id == made.id
    for other in (ANONYMOUS, person(region.units[1], Role.AUTHOR)):
        with pytest.raises(NotFoundError):
            state(store, made.id, other)
        with store.reading() as connection:
            assert jobs.jobs(connection, other) in ([], ())
    with store.reading() as connection:
        assert [job.id for job in jobs.jobs(connection, owner)] == [made.id]


def test_an_empty_batch_is_refused(store: Store) -> None:
    with store.writing() as connection, pytest.raises(InputError):
        jobs.queue(connection, ANONYMOUS, JobKind.REVIEW, [])


def test_a_repeated_request_gets_the_first_answer(store: Store) -> None:
    request = idempotency.request_hash("POST", "/x", b"body")
    answer = idempotency.Answer(201, {"id": "1"})
    with store.writing() as connection:
        assert idempotency.earlier_answer(connection, ANONYMOUS, "k", request) is None
        idempotency.keep_answer(connection, ANONYMOUS, "k", request, answer)
    with store.writing() as connection:
        assert idempotency.earlier_answer(connection, ANONYMOUS, "k", request) == answer
        other = Actor("key:other")
        assert idempotency.earlier_answer(connection, other, "k", request) is None
        changed = idempotency.request_hash("POST", "/x", b"other")
        with pytest.raises(ConflictError):
            idempotency.earlier_answer(connection, ANONYMOUS, "k", changed)
        with pytest.raises(InputError):
            idempotency.earlier_answer(connection, ANONYMOUS, "", request)


@pytest.fixture
def hook(writing: Any, region: Any) -> webhooks.Webhook:
    with writing() as scribe:
        return webhooks.add_webhook(
            scribe, region.divisions[0].id, "https://platform.example/hook", [Event.JOB_ENDED]
        )


def announce(store: Store, place: Any, event: Event = Event.JOB_ENDED) -> list[str]:
    with store.writing() as connection:
        return list(webhooks.announce(connection, place.id, event, {"id": "1"}))


def test_those_above_are_told(store: Store, region: Any, hook: Any) -> None:
    assert len(announce(store, region.units[0])) == 1
    assert announce(store, region.units[1]) == []
    assert announce(store, region.bureau) == []
    assert announce(store, region.units[0], Event.SUBMISSION_STATUS) == []


def test_a_delivery_is_tried_by_one_worker_and_again_later(
    store: Store, region: Any, hook: Any
) -> None:
    announce(store, region.units[0])
    with store.writing() as connection:
        ((message, url),) = webhooks.due(connection)
        assert url == hook.url
        assert webhooks.take(connection, message)
        assert not webhooks.take(connection, message)
        webhooks.delivered(connection, message.id, 503, ok=False)
        assert webhooks.due(connection) == []
        (kept,) = webhooks.deliveries(connection, _bureau(region), hook.id)
    assert kept.next_at is not None
    assert timedelta(0) < kept.next_at - now() <= webhooks.PAUSES[0]
    assert (kept.attempts, kept.status, kept.delivered_at) == (1, 503, None)


def test_a_delivered_message_is_done(store: Store, region: Any, hook: Any) -> None:
    announce(store, region.units[0])
    with store.writing() as connection:
        ((message, _),) = webhooks.due(connection)
        webhooks.take(connection, message)
        webhooks.delivered(connection, message.id, 200, ok=True)
        (kept,) = webhooks.deliveries(connection, _bureau(region), hook.id)
    assert kept.delivered_at is not None
    assert kept.next_at is None


def test_a_stopped_webhook_is_told_nothing(
    store: Store, writing: Any, region: Any, hook: Any
) -> None:
    announce(store, region.units[0])
    with writing(_bureau(region)) as scribe:
        webhooks.stop_webhook(scribe, hook.id)
    with store.reading() as connection:
        assert webhooks.due(connection) == []
    assert announce(store, region.units[0]) == []


@pytest.mark.parametrize(
    "address",
    [
        "ftp://a/b",
        "file:///etc/passwd",
        "https://",
        "http://user:word@host/",
        "nonsense",
        "http://[::1",
        "http://host:port/",
        "http://host:0/",
        "http://host:99999/",
        "http://a..b/",
        f"http://{'a' * 64}.example/",
        "http://\u200b/",
        "http://host\n/",
    ],
)
def test_a_wrong_address_is_refused(writing: Any, region: Any, address: str) -> None:
    with pytest.raises(InputError), writing() as scribe:
        webhooks.add_webhook(scribe, region.bureau.id, address, [Event.JOB_ENDED])


@pytest.mark.parametrize(
    "address",
    [
        "http://10.0.0.8:8080/hook?from=jixiao",
        "https://平台.example/回调",
        "http://[fd00::1]/hook",
        "https://platform.example./hook",
    ],
)
def test_an_address_inside_the_network_is_fine(writing: Any, region: Any, address: str) -> None:
    with writing() as scribe:
        made = webhooks.add_webhook(scribe, region.bureau.id, address, [Event.JOB_ENDED])
    assert made.url == address


def test_only_an_administrator_registers_webhooks(
    writing: Any, region: Any, person: Callable[..., Actor]
) -> None:
    with pytest.raises(ForbiddenError), writing(person(region.bureau, Role.LEAD)) as scribe:
        webhooks.add_webhook(scribe, region.bureau.id, "https://a.example", [Event.JOB_ENDED])


def test_signatures_depend_on_secret_time_and_body() -> None:
    secret = webhooks.secret_of("master secret", "1")
    one = webhooks.signature(secret, 1_700_000_000, b"{}")
    assert one.startswith("t=1700000000,v1=")
    others = {
        webhooks.signature(secret, 1_700_000_001, b"{}"),
        webhooks.signature(secret, 1_700_000_000, b"{ }"),
        webhooks.signature(webhooks.secret_of("master secret", "2"), 1_700_000_000, b"{}"),
    }
    assert len({one, *others}) == 4


def _bureau(region: Any) -> Actor:
    from corpus.workflow.actors import ALLOWED

    place = region.bureau
    return Actor("account:admin", place.id, place.path, Role.ADMIN, ALLOWED[Role.ADMIN])

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from typing import Any

import httpx2 as httpx
import pytest
from sqlalchemy import update

from api.client import Client
from api.http.app import PREFIX
from api.http.routes.batches import _lines
from api.jobs import Jobs
from api.messages import send
from corpus.store import StoreUnreachableError
from corpus.workflow import jobs as store_of_jobs
from corpus.workflow import webhooks
from corpus.workflow.actors import ANONYMOUS, SYSTEM
from corpus.workflow.jobs import JobKind
from corpus.workflow.moments import now
from corpus.workflow.tables import JobRow

LINES = (
    '{"id": "a", "project_name": "农村公路养护", "indicators": []}\n'
    "not json\n"
    '{"id": "c", "project_name": "村医培训", "indicators": [{"name": "培训人次"}]}\n'
)


@pytest.fixture
def client(region: Any) -> Client:
    return Client(http=region.caller().http)


def test_a_batch_is_answered_in_input_order(region: Any, client: Client) -> None:
    answer = region.caller().http.post(
        f"{PREFIX}/batches",
        content=LINES.encode(),
        headers={"Content-Type": "application/x-ndjson"},
    )
    assert answer.status_code == 202, answer.text
    ended = client.wait(answer.json()["id"], within=60)
    assert (ended.status, ended.total, ended.done, ended.failed) == ("done", 3, 3, 1)
    results = list(client.results(ended.id))
    assert [item["id"] for item in results] == ["a", None, "c"]
    assert results[1]["error"]["code"]
    assert results[2]["findings"] is not None
    assert list(client.results(ended.id, after=2)) == results[2:]


def test_the_same_answers_as_one_by_one(client: Client, record: Any) -> None:
    records = [record(id="1"), record(id="2", name="乡镇卫生院设备购置")]
    ended = client.wait(client.queue(records, JobKind.REVIEW).id, within=60)
    alone = [client.review(item).model_dump(mode="json") for item in records]
    assert list(client.results(ended.id)) == alone


def test_many_slow_readers_keep_nobody_waiting(app: Any, client: Client, record: Any) -> None:
    ended = client.wait(client.queue([record()] * 2, JobKind.REVIEW).id, within=60)
    readers = [_lines(app.state.workspace, ended.id, 0) for _ in range(20)]  # the pool holds 15
    assert all(next(reader) for reader in readers)
    assert [len(list(reader)) for reader in readers] == [1] * 20


def test_results_are_read_piece_by_piece(app: Any, record: Any) -> None:
    store = app.state.workspace.store
    with store.writing() as connection:
        made = store_of_jobs.queue(connection, ANONYMOUS, JobKind.REVIEW, [record()] * 450)
        store_of_jobs.claim(connection, made.id, "worker")
        answers = {n: {"id": str(n)} for n in range(450) if n != 430}
        store_of_jobs.keep(connection, made.id, "worker", answers)
        store_of_jobs.cancel(connection, ANONYMOUS, made.id)
    found = [json.loads(line)["id"] for line in _lines(app.state.workspace, made.id, 3)]
    assert found == [str(n) for n in range(3, 430)]


def test_a_file_may_be_uploaded(region: Any, client: Client, examples: Any) -> None:
    path = next(examples.glob("*.xlsx"))
    answer = region.caller().http.post(
        f"{PREFIX}/batches", files={"file": (path.name, path.read_bytes())}
    )
    assert answer.status_code == 202, answer.text
    ended = client.wait(answer.json()["id"], within=60)
    assert (ended.status, ended.failed) == ("done", 0)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "application/x-ndjson"),
        (b"[]", "application/json"),
        (b"--x", "multipart/form-data; boundary=x"),
        (b"", "multipart/form-data"),
        (b"\xff\xfe", "application/json"),
    ],
)
def test_what_cannot_be_read_is_refused(region: Any, content: bytes, kind: str) -> None:
    answer = region.caller().http.post(
        f"{PREFIX}/batches", content=content, headers={"Content-Type": kind}
    )
    assert answer.status_code in (400, 422), answer.text


def test_a_job_left_lying_is_taken_up_at_the_next_start(app: Any, region: Any, record: Any) -> None:
    workspace = app.state.workspace
    with workspace.store.writing() as connection:
        made = store_of_jobs.queue(connection, ANONYMOUS, JobKind.REVIEW, [record()])
    again = Jobs(workspace)
    again.run(made.id)
    again.run(made.id)  # told twice
    with workspace.store.reading() as connection:
        assert store_of_jobs.job(connection, ANONYMOUS, made.id).done == 1


def test_a_webhook_is_told_with_a_signature_it_can_check(region: Any, app: Any) -> None:
    admin = region.people["admin"]
    body = {"url": "https://platform.example/hook", "events": ["submission.status"]}
    added = admin.post("/webhooks", body).json()
    heard: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        heard.append(request)
        return httpx.Response(204)

    with app.state.workspace.store.writing() as connection:
        webhooks.announce(
            connection,
            region.places["单位一"],
            webhooks.Event.SUBMISSION_STATUS,
            {"submission": {"project_name": "村道养护"}},
        )
        message, url = webhooks.due(connection)[0]
        webhooks.take(connection, message)
    with httpx.Client(transport=httpx.MockTransport(answer)) as http:
        assert send(http, url, message, added["secret"]) == 204
    (request,) = heard
    assert json.loads(request.content)["submission"]["project_name"] == "村道养护"
    parts = dict(part.split("=", 1) for part in request.headers["X-Jixiao-Signature"].split(","))
    signed = f"{parts['t']}.".encode() + request.content
    expected = hmac.new(added["secret"].encode(), signed, hashlib.sha256).hexdigest()
    assert parts["v1"] == expected
    admin.delete(f"/webhooks/{added['webhook']['id']}")
    assert len(admin.get(f"/webhooks/{added['webhook']['id']}/deliveries").json()) == 1


@pytest.fixture
def delivery() -> webhooks.Delivery:
    return webhooks.Delivery.model_validate(
        {
            "id": "1",
            "webhook_id": "1",
            "event": "job.ended",
            "body": {},
            "attempts": 0,
            "next_at": None,
            "delivered_at": None,
            "status": None,
            "created_at": "2026-11-27T00:00:00Z",
        }
    )


def test_an_address_that_does_not_answer_is_no_error(delivery: webhooks.Delivery) -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    with httpx.Client(transport=httpx.MockTransport(refuse)) as http:
        assert send(http, "https://a.example", delivery, "secret") is None


@pytest.mark.parametrize(
    "address", ["http://host:port/", "http://[::1", f"http://{'a' * 64}.example/", "http://a..b/"]
)
def test_an_address_that_nothing_can_be_sent_to_is_no_error(
    delivery: webhooks.Delivery, address: str
) -> None:
    with httpx.Client(trust_env=False) as http:
        assert send(http, address, delivery, "secret") is None


def test_an_endless_answer_is_not_read(delivery: webhooks.Delivery) -> None:
    read = []

    def endless() -> Iterator[bytes]:
        while len(read) < 1000:
            read.append(1)
            yield b"x"

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=endless())

    with httpx.Client(transport=httpx.MockTransport(answer)) as http:
        assert send(http, "https://a.example", delivery, "secret") == 200
    assert not read


def test_other_systems_hear_that_a_batch_was_cancelled(
    region: Any, app: Any, record: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin, author = region.people["admin"], region.people["author1"]
    body = {"url": "https://platform.example/hook", "events": ["job.ended"]}
    hook = admin.post("/webhooks", body).json()["webhook"]["id"]
    woken: list[bool] = []
    monkeypatch.setattr(app.state.jobs, "wake", lambda _: None)  # so that it waits
    monkeypatch.setattr(app.state.jobs, "wake_deliverer", lambda: woken.append(True))
    made = author.post("/batches", [record()]).json()
    cancelled = author.post(f"/batches/{made['id']}/cancel").json()
    assert cancelled["status"] == "cancelled"
    assert cancelled["ended_at"] is not None
    assert cancelled == author.get(f"/batches/{made['id']}").json()
    (told,) = admin.get(f"/webhooks/{hook}/deliveries").json()
    assert told["event"] == "job.ended"
    assert told["body"]["job"] == {
        name: cancelled[name] for name in ("id", "kind", "status", "total", "done", "failed")
    }
    assert woken == [True]
    admin.delete(f"/webhooks/{hook}")


def test_older_batches_are_reached_page_by_page(region: Any, record: Any) -> None:
    author = region.people["author1"]
    made = [author.post("/batches", [record()]).json()["id"] for _ in range(5)][::-1]
    first = [job["id"] for job in author.get("/batches", limit=2).json()]
    rest = [job["id"] for job in author.get("/batches", limit=3, before=first[-1]).json()]
    assert first + rest == made


def test_a_database_that_is_away_for_a_while_costs_no_record(
    app: Any, record: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = app.state.workspace
    with workspace.store.writing() as connection:
        made = store_of_jobs.queue(connection, SYSTEM, JobKind.REVIEW, [record()] * 2)

    def away(_: Any) -> None:
        raise StoreUnreachableError("无法连接数据库")

    with monkeypatch.context() as patched:
        patched.setattr(workspace, "review", away)
        Jobs(workspace).run(made.id)
    with workspace.store.writing() as connection:
        left = store_of_jobs.job(connection, SYSTEM, made.id)
        assert (left.status, left.done) == (store_of_jobs.JobStatus.RUNNING, 0)
        silent = {"alive_at": now() - store_of_jobs.SILENCE * 2}
        connection.execute(update(JobRow).where(JobRow.id == made.id).values(silent))
    Jobs(workspace).run(made.id)
    with workspace.store.reading() as connection:
        ended = store_of_jobs.job(connection, SYSTEM, made.id)
    assert (ended.status, ended.done, ended.failed) == (store_of_jobs.JobStatus.DONE, 2, 0)

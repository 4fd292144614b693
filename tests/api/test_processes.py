"""`jixiao serve` and `jixiao worker` as processes that an administrator stops with SIGTERM.

Everything waits for conditions, never for a time: on a slow machine the tests only take longer.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest
from sqlalchemy import func, select

from api.client import Client
from api.settings import CHECKOUT
from benchmarks.service import Service, prepare_home, set_up
from corpus.store import Store
from corpus.workflow import jobs
from corpus.workflow.actors import SYSTEM, Action
from corpus.workflow.audit import Scribe
from corpus.workflow.jobs import Job, JobStatus
from corpus.workflow.organisations import bureau
from corpus.workflow.submissions import submission
from corpus.workflow.tables import DeliveryRow
from corpus.workflow.webhooks import Event, add_webhook

JIXIAO = [sys.executable, "-m", "api.cli"]
WITHIN = 600.0
"""Seconds after which something must be wrong; a few are enough on a machine at leisure."""
ROWS = [{"level1": "产出指标", "level2": "数量指标", "name": "养护里程", "target": "≥100公里"}]
RECORDS = [
    {"id": str(number), "project_name": f"农村公路养护{number}", "indicators": ROWS}
    for number in range(3000)
]
"""More than are answered while the test looks, so that a batch is cut off in its middle."""


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WITHIN
    while not true():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.05)


class Installation:
    """A home and a database of their own, with a unit and a key."""

    def __init__(self, home: Path, prepared: Path) -> None:
        prepare_home(home, prepared)
        url = f"sqlite:///{home / 'jixiao.db'}"
        self.key, self.unit = set_up(url)
        self.store = Store(url)
        self.environment = {
            "JIXIAO_HOME": str(home),
            "JIXIAO_DATABASE_URL": url,
            "JIXIAO_RATE_LIMIT": "0",
            "JIXIAO_LOG_LEVEL": "info",
        }
        self.log = home / "log"

    @contextmanager
    def serving(self, *options: str, **settings: str) -> Iterator[Service]:
        with (
            self.log.open("ab") as log,
            Service([*JIXIAO, "serve", *options], self.environment | settings, log) as service,
        ):
            yield service

    @contextmanager
    def working(self) -> Iterator[subprocess.Popen[bytes]]:
        """A worker on the same database."""
        own = {name: v for name, v in os.environ.items() if not name.startswith("JIXIAO_")}
        with self.log.open("ab") as log:
            command = [*JIXIAO, "worker"]
            process = subprocess.Popen(
                command, cwd=CHECKOUT, env=own | self.environment, stdout=log, stderr=log
            )
            try:
                yield process
            finally:
                process.kill()
                process.wait()

    def job(self, id_: str) -> Job:
        with self.store.reading() as connection:
            return jobs.job(connection, SYSTEM, id_)

    def answers(self, id_: str) -> list[dict[str, Any]]:
        with self.store.reading() as connection:
            return jobs.answers(connection, id_, limit=len(RECORDS) + 1)

    def told(self) -> int:
        """Return how many messages say that a job ended."""
        with self.store.reading() as connection:
            return connection.execute(select(func.count()).select_from(DeliveryRow)).scalar_one()

    def add_webhook(self) -> None:
        """Let ends be counted; without a secret key nothing is sent."""
        with self.store.writing() as connection:
            place = bureau(connection)
            assert place is not None
            scribe = Scribe(connection, SYSTEM)
            assert scribe.actor.may(Action.WEBHOOKS)
            add_webhook(scribe, place.id, "https://platform.example/", [Event.JOB_ENDED])


@pytest.fixture
def installation(tmp_path: Path, home: Path) -> Iterator[Installation]:
    made = Installation(tmp_path, home)
    yield made
    made.store.close()


class SlowCaller:
    """Sends the head of a request and part of its body, and the rest when told."""

    def __init__(self, port: int, key: str, path: str, body: bytes) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=WITHIN)
        self._body = body
        head = (
            f"POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        self._socket.sendall(head.encode() + body[:1])

    def finish(self) -> tuple[int, Any]:
        """Send the rest; returns status and answer."""
        self._socket.sendall(self._body[1:])
        received = b""
        while piece := self._socket.recv(65536):
            received += piece
        head, _, content = received.partition(b"\r\n\r\n")
        return int(head.split()[1]), json.loads(content)


def in_flight(service: Service) -> float:
    with Client(service.address) as client:
        text = client.call("GET", "/metrics").text
    (line,) = [line for line in text.splitlines() if line.startswith("jixiao_requests_in_flight")]
    return float(line.split()[-1])


def listens(service: Service) -> bool:
    try:
        socket.create_connection(("127.0.0.1", service.port), timeout=WITHIN).close()
    except ConnectionRefusedError:
        return False
    return True


def assert_cut_off_after_a_record(installation: Installation, id_: str) -> int:
    """A batch given back is there for anybody, answered from its first record to some record."""
    left = installation.job(id_)
    assert (left.status, left.worker) == (JobStatus.QUEUED, None)
    assert 0 < left.done < len(RECORDS)
    assert [answer["id"] for answer in installation.answers(id_)] == [
        record["id"] for record in RECORDS[: left.done]
    ]
    return left.done


def test_what_is_under_way_is_neither_lost_nor_done_twice(installation: Installation) -> None:
    """A service and a worker are stopped, one after the other; another worker ends the batch."""
    installation.add_webhook()
    with installation.serving() as service:
        with Client(service.address, key=installation.key) as client:
            id_ = client.queue(RECORDS).id
        wait_until(lambda: installation.job(id_).done > 0)
        body = {"organisation_id": installation.unit, "record": RECORDS[0]}
        caller = SlowCaller(
            service.port, installation.key, "/api/v1/submissions", json.dumps(body).encode()
        )
        wait_until(lambda: in_flight(service) == 2)  # the caller's and the one that asks
        service.process.send_signal(signal.SIGTERM)
        wait_until(lambda: not listens(service))
        assert service.process.poll() is None, "it went before the request at hand was answered"
        status, made = caller.finish()
        assert status == 201, made
        service.process.wait(WITHIN)
    with installation.store.reading() as connection:
        assert submission(connection, SYSTEM, made["id"]).project_name == RECORDS[0]["project_name"]
    first = assert_cut_off_after_a_record(installation, id_)

    with installation.working() as worker:
        wait_until(lambda: installation.job(id_).done > first)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(WITHIN) == 0
    second = assert_cut_off_after_a_record(installation, id_)
    assert second > first

    with installation.working():
        wait_until(lambda: installation.job(id_).status.ended)
    ended = installation.job(id_)
    assert (ended.status, ended.done, ended.failed) == (JobStatus.DONE, len(RECORDS), 0)
    assert [answer["id"] for answer in installation.answers(id_)] == [
        record["id"] for record in RECORDS
    ]
    assert installation.told() == 1


def test_several_processes_end_without_leaving_anything(installation: Installation) -> None:
    with installation.serving("--workers", "2", JIXIAO_JOB_WORKERS="0") as service:
        processes = service.processes()
        assert len(processes) > 2
        assert service.stop(WITHIN) == 0
        psutil.wait_procs(processes, timeout=WITHIN)
        assert not [process for process in processes if process.is_running()]
    lines = installation.log.read_text(encoding="utf-8").splitlines()
    assert not [line for line in lines if "leaked" in line or "Traceback" in line]


def test_the_log_is_one_object_a_line_from_the_start(installation: Installation) -> None:
    with installation.serving(JIXIAO_JOB_WORKERS="0") as service:
        service.stop(WITHIN)
    lines = installation.log.read_text(encoding="utf-8").splitlines()
    said = [line for line in lines if not line.startswith("{")]  # words to whoever starts it
    assert not [line for line in said if line[:4].isdecimal() or " INFO " in line]
    assert any(json.loads(line)["event"] == "request" for line in lines if line.startswith("{"))

"""Clients that write without pause and remember what was acknowledged, and what must be there."""

from __future__ import annotations

import itertools
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from api.client import ApiError, Client
from corpus.store import Store
from corpus.workflow import audit
from corpus.workflow.jobs import JobStatus

CLIENTS = 4
BATCH = 30
"""Records of a batch; more than a worker keeps at once, so that kills hit it half-way."""


@dataclass
class Acknowledged:
    """What the service said it had done."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    submissions: dict[str, int] = field(default_factory=dict)
    """Newest acknowledged version of each submission."""
    submitted: set[str] = field(default_factory=set)
    jobs: set[str] = field(default_factory=set)
    answered: list[float] = field(default_factory=list)
    """When each request that went well was answered, by the monotonic clock."""
    refused: list[tuple[float, str]] = field(default_factory=list)
    """When a request failed, and how."""

    def reasons(self) -> dict[str, int]:
        """Count the failures by kind."""
        return dict(Counter(reason for _, reason in self.refused))


@contextmanager
def writing(
    address: str, key: str, unit: str, said: Acknowledged, seed: str, clients: int = CLIENTS
) -> Iterator[threading.Event]:
    """Write while the block runs, or until the event that it yields is set."""
    stop = threading.Event()
    threads = [
        threading.Thread(target=_write, args=(address, key, unit, said, stop, f"{seed}-{number}"))
        for number in range(clients)
    ]
    for thread in threads:
        thread.start()
    try:
        yield stop
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def _write(
    address: str, key: str, unit: str, said: Acknowledged, stop: threading.Event, seed: str
) -> None:
    """Write until told to stop; note what was acknowledged."""
    with Client(address, key=key, timeout=60.0) as client:
        for number in itertools.count():
            if stop.is_set():
                return
            try:
                _one_project(client, unit, said, f"项目{seed}-{number}")
            except ApiError as error:
                said.refused.append((time.monotonic(), f"{error.status} {error.code}"))
            except Exception as error:  # noqa: BLE001 - the service has just been killed
                if not stop.wait(0.05):
                    said.refused.append((time.monotonic(), type(error).__name__))


def _one_project(client: Client, unit: str, said: Acknowledged, name: str) -> None:
    row = {"level1": "产出指标", "level2": "数量指标", "name": "养护里程", "target": "≥100公里"}
    record: dict[str, Any] = {"project_name": name, "indicators": [row]}
    made = client.create(record, organisation_id=unit)
    with said.lock:
        said.submissions[made.id] = made.version
        said.answered.append(time.monotonic())
    saved = client.save(made, {**record, "goal": "养护农村公路"})
    with said.lock:
        said.submissions[made.id] = saved.version
        said.answered.append(time.monotonic())
    client.submit(saved)
    with said.lock:
        said.submitted.add(made.id)
        said.answered.append(time.monotonic())
    job = client.queue([record] * BATCH)
    with said.lock:
        said.jobs.add(job.id)
        said.answered.append(time.monotonic())


def check(address: str, key: str, url: str, said: Acknowledged) -> dict[str, Any]:
    """Let what was left lying end, and look for what was acknowledged.

    A job is done twice where more answers were kept than it has records.
    """
    with Client(address, key=key) as client:
        ended = [client.wait(job, within=900) for job in said.jobs]
        answers = {job: list(client.results(job)) for job in said.jobs}
        found = {item.id: item for item in client.submissions(limit=200)}
    lost = [
        id_
        for id_, version in said.submissions.items()
        if id_ not in found or found[id_].version < version
    ]
    unsubmitted = [id_ for id_ in said.submitted if found[id_].submitted_version is None]
    incomplete = [job for job, lines in answers.items() if len(lines) != BATCH]
    twice = [job.id for job in ended if job.done != job.total]
    statuses = Counter(job.status for job in ended)
    with Store(url) as store, store.reading() as connection:
        log = audit.verify(connection)
    sound = not (lost or unsubmitted or incomplete or twice) and log.intact
    return {
        "database": url.split(":", 1)[0].split("+")[0],
        "acknowledged": {
            "submissions": len(said.submissions),
            "submitted": len(said.submitted),
            "jobs": len(said.jobs),
        },
        "lost": len(lost),
        "unsubmitted": len(unsubmitted),
        "jobs": {str(status): number for status, number in statuses.items()},
        "jobs_incomplete": len(incomplete),
        "jobs_done_twice": len(twice),
        "audit_entries": log.entries,
        "audit_intact": log.intact,
        "refused": said.reasons(),
        "sound": sound and set(statuses) <= {JobStatus.DONE},
    }

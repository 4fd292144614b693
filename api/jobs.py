"""Batches outside requests, on a task queue.

The queue only says that there is work; how far the work has come is in the database (see
`corpus.workflow.jobs`). So a task that is lost or comes twice does no harm: every minute whatever
was left lying is queued again, and only one worker can claim it.
"""

from __future__ import annotations

import logging
import os
import socket
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from huey import crontab
from ulid import ULID

from api.messages import Deliverer
from api.queueing import InnerConsumer, make_queue
from api.training import InterruptedTrainingError, train_apart
from corpus.errors import JixiaoError
from corpus.importers import declaration_from_dict
from corpus.store import StoreLockedError, StoreUnreachableError
from corpus.workflow import jobs, webhooks
from corpus.workflow.jobs import Job, JobKind

if TYPE_CHECKING:
    from api.metrics import Metrics
    from api.workspace import Workspace

CHUNK = 20
"""Records between two signs of life; also what is done again after a crash, at most."""
MESSENGERS = 2
"""Threads that send messages, so that one slow address does not keep all others waiting."""
LOOK = 1.0
"""Seconds between two looks whether a job has been cancelled."""
BEAT = 15.0
"""Seconds between signs of life while a record is worked on."""
PASSING = (StoreLockedError, StoreUnreachableError)
"""Trouble with the database that is no fault of any record, and that will pass."""
Answer = Callable[[Mapping[str, Any]], Mapping[str, Any]]
"""Answers one record; raises `InterruptedTrainingError` where that is no longer wanted."""
_log = logging.getLogger(__name__)


class Jobs:
    """Queues jobs, and works on them where it is told to."""

    def __init__(self, workspace: Workspace, metrics: Metrics | None = None) -> None:
        self._workspace = workspace
        self._metrics = metrics
        self._queue = make_queue(workspace.settings, "batches")
        self._messages = make_queue(workspace.settings, "messages")
        self._deliverer = Deliverer(workspace, self._messages)
        self._worker = f"{socket.gethostname()}:{os.getpid()}:{ULID()}"
        self._consumers: list[InnerConsumer] = []
        self._stopping = False
        self._run = self._queue.task(name="run")(self.run)
        self._messages.periodic_task(crontab(minute="*"), name="resume")(self.resume)

    def wake(self, job_id: str) -> None:
        """Say that a job is waiting."""
        self._run(job_id)

    def wake_deliverer(self) -> None:
        """Say that messages are waiting."""
        self._deliverer.wake()

    def start(self, workers: int) -> None:
        """Work on jobs in threads of this process; takes up what was left lying."""
        self._consumers = [
            InnerConsumer(self._queue, workers=workers, max_delay=1.0),
            InnerConsumer(self._messages, workers=MESSENGERS, max_delay=1.0),
        ]
        for consumer in self._consumers:
            consumer.start()
        self.resume()

    def stop(self) -> None:
        """End the threads; jobs under way are given back after the record at hand."""
        self._stopping = True
        self._deliverer.stop()
        for consumer in self._consumers:
            consumer.stop_flag.set()  # all at once, so that none waits for another
        for consumer in self._consumers:
            consumer.stop(graceful=True)
        self._consumers = []

    def resume(self) -> None:
        """Queue what nobody works on, and messages whose time has come."""
        with self._workspace.store.reading() as connection:
            left = jobs.waiting(connection)
            messages = bool(webhooks.due(connection, 1))
        for job_id in left:
            self._run(job_id)
        if messages:
            self._deliverer.wake()

    def run(self, job_id: str) -> None:
        """Work through a job, unless somebody else does."""
        if self._stopping:
            self.wake(job_id)
            return
        worker = f"{self._worker}:{ULID()}"
        with self._workspace.store.writing() as connection:
            claimed = jobs.claim(connection, job_id, worker)
        if claimed is None:
            return
        try:
            ended = self._work_through(claimed, worker)
        except PASSING as error:
            _log.warning("job %s was left for later: %s", job_id, error)  # `resume` finds it
            return
        except JixiaoError as error:
            ended = self._finish(claimed, worker, error.to_dict())
        if ended and self._metrics is not None:
            self._metrics.jobs.labels("ended").inc()

    def _work_through(self, job: Job, worker: str) -> bool:
        """Answer chunk after chunk; returns whether this worker ended the job."""
        store = self._workspace.store
        with self._heard(job, worker) as lost:

            def unwanted() -> bool:
                return self._stopping or lost.is_set()

            answer = self._answering(job.kind, unwanted)
            while True:
                with store.reading() as connection:
                    chunk = jobs.next_chunk(connection, job.id, CHUNK)
                if not chunk:
                    return self._finish(job, worker, None)
                results = _answered(chunk, answer, unwanted)
                with store.writing() as connection:
                    own = jobs.keep(connection, job.id, worker, results)
                if not own:
                    return False
                if self._stopping:
                    self._give_back(job, worker)
                    return False

    def _answering(self, kind: JobKind, unwanted: Callable[[], bool]) -> Answer:
        """Return what answers one record of a job."""
        if kind is JobKind.TRAINING:
            return partial(train_apart, self._workspace.settings, unwanted=unwanted)
        return answers_of(self._workspace, kind)

    def _give_back(self, job: Job, worker: str) -> None:
        """Let whoever else works, or the next start, go on at once."""
        with self._workspace.store.writing() as connection:
            jobs.release(connection, job.id, worker)
        self.wake(job.id)

    @contextmanager
    def _heard(self, job: Job, worker: str) -> Iterator[Event]:
        """Give signs of life from a thread of its own: a record may take longer than `SILENCE`.

        What is yielded is set once the job has been cancelled, or is another worker's.
        """
        done, lost = Event(), Event()

        def watch() -> None:
            beaten = time.monotonic()
            while not done.wait(LOOK) and not lost.is_set():
                with suppress(*PASSING):
                    self._look(job, worker, lost)
                    if time.monotonic() - beaten > BEAT:
                        with self._workspace.store.writing() as connection:
                            jobs.beat(connection, job.id, worker)
                        beaten = time.monotonic()

        thread = Thread(target=watch, name="beat", daemon=True)
        thread.start()
        try:
            yield lost
        finally:
            done.set()
            thread.join()

    def _look(self, job: Job, worker: str, lost: Event) -> None:
        with self._workspace.store.reading() as connection:
            if not jobs.owns(connection, job.id, worker):
                lost.set()

    def _finish(self, job: Job, worker: str, error: Mapping[str, Any] | None) -> bool:
        with self._workspace.store.writing() as connection:
            ended = jobs.finish(connection, job.id, worker, error)
        if ended:
            self._deliverer.wake()
        return ended


def _answered(
    chunk: Iterable[tuple[int, Any]], answer: Answer, unwanted: Callable[[], bool]
) -> dict[int, Mapping[str, Any]]:
    """Answer records until told that no more is wanted."""
    results: dict[int, Mapping[str, Any]] = {}
    for position, record in chunk:
        try:
            results[position] = answer(record)
        except InterruptedTrainingError:
            break
        if unwanted():
            break
    return results


def answers_of(workspace: Workspace, kind: JobKind) -> Answer:
    """Return what answers one record of a batch."""
    work: dict[JobKind, Callable[[Any], Any]] = {
        JobKind.RECOMMEND: workspace.recommend,
        JobKind.REVIEW: workspace.review,
        JobKind.REPORT_REVIEW: workspace.review_report,
    }

    def answer(record: Mapping[str, Any]) -> Mapping[str, Any]:
        if "error" in record:
            return record
        try:
            found: Mapping[str, Any] = work[kind](declaration_from_dict(dict(record))).to_dict()
        except PASSING:
            raise
        except JixiaoError as error:
            return {"id": record.get("id"), "error": error.to_dict()}
        except Exception as error:  # noqa: BLE001 - one record must not end a batch of thousands
            _log.exception("a record failed")
            return {"id": record.get("id"), "error": _internal(error)}
        return found

    return answer


def _internal(error: Exception) -> dict[str, str]:
    return {
        "code": "internal",
        "message": f"处理这条记录时程序出错（{type(error).__name__}）",
        "hint": "其余记录不受影响；请把服务日志反馈给维护者",
    }

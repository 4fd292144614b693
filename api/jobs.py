"""Work outside requests: batches and messages to other systems, on a task queue.

The queue only says that there is work; how far the work has come is in the database (see
`corpus.workflow.jobs`). So a task that is lost or comes twice does no harm: every minute whatever
was left lying is queued again, and only one worker can claim it.
"""

from __future__ import annotations

import json
import logging
import os
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import httpx2 as httpx
from huey import Huey, RedisHuey, SqliteHuey, crontab
from huey.consumer import Consumer
from ulid import ULID

from api.announcing import job_body
from corpus.errors import JixiaoError
from corpus.importers import declaration_from_dict
from corpus.workflow import jobs, webhooks
from corpus.workflow.actors import SYSTEM
from corpus.workflow.jobs import Job, JobKind

if TYPE_CHECKING:
    from api.metrics import Metrics
    from api.settings import Settings
    from api.workspace import Workspace

CHUNK = 20
"""Records between two signs of life; also what is done again after a crash, at most."""
BEAT = 15.0
"""Seconds between signs of life while a chunk is worked on."""
_TIMEOUT = httpx.Timeout(10.0, connect=5.0)
_log = logging.getLogger(__name__)


def make_queue(settings: Settings) -> Huey:
    """Return the queue: in Redis where that is set, else in a file of the home folder."""
    if settings.redis_url is not None:
        return RedisHuey("jixiao", url=settings.redis_url.get_secret_value(), results=False)
    settings.home.mkdir(parents=True, exist_ok=True)
    return SqliteHuey("jixiao", filename=str(settings.home / "queue.db"), results=False)


class Jobs:
    """Queues jobs, and works on them where it is told to."""

    def __init__(self, workspace: Workspace, metrics: Metrics | None = None) -> None:
        self._workspace = workspace
        self._metrics = metrics
        self._queue = make_queue(workspace.settings)
        self._worker = f"{socket.gethostname()}:{os.getpid()}:{ULID()}"
        self._consumer: _Consumer | None = None
        self._stopping = False
        self._run = self._queue.task(name="run")(self.run)
        self._deliver = self._queue.task(name="deliver")(self.deliver)
        self._queue.periodic_task(crontab(minute="*"), name="resume")(self.resume)

    def wake(self, job_id: str) -> None:
        """Say that a job is waiting."""
        self._run(job_id)

    def wake_deliverer(self) -> None:
        """Say that messages are waiting."""
        self._deliver()

    def start(self, workers: int) -> None:
        """Work on jobs in threads of this process; takes up what was left lying."""
        self._consumer = _Consumer(self._queue, workers=workers, max_delay=1.0)
        self._consumer.start()
        self.resume()

    def stop(self) -> None:
        """End the threads; jobs under way are given back after the record at hand."""
        self._stopping = True
        if self._consumer is not None:
            self._consumer.stop(graceful=True)
            self._consumer = None

    def resume(self) -> None:
        """Queue what nobody works on, and messages whose time has come."""
        with self._workspace.store.reading() as connection:
            left = jobs.waiting(connection)
            messages = bool(webhooks.due(connection, 1))
        for job_id in left:
            self._run(job_id)
        if messages:
            self._deliver()

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
        except JixiaoError as error:
            ended = self._finish(claimed, worker, error.to_dict())
        if ended and self._metrics is not None:
            self._metrics.jobs.labels("ended").inc()

    def _work_through(self, job: Job, worker: str) -> bool:
        """Answer chunk after chunk; returns whether this worker ended the job."""
        answer = answers_of(self._workspace, job.kind)
        store = self._workspace.store
        while True:
            with store.reading() as connection:
                chunk = jobs.next_chunk(connection, job.id, CHUNK)
            if not chunk:
                return self._finish(job, worker, None)
            results = {}
            with self._heard(job, worker):
                for position, record in chunk:
                    results[position] = answer(record)
                    if self._stopping:
                        break
            with store.writing() as connection:
                own = jobs.keep(connection, job.id, worker, results)
            if not own:
                return False
            if self._stopping:
                self._give_back(job, worker)
                return False

    def _give_back(self, job: Job, worker: str) -> None:
        """Let whoever else works, or the next start, go on at once."""
        with self._workspace.store.writing() as connection:
            jobs.release(connection, job.id, worker)
        self.wake(job.id)

    @contextmanager
    def _heard(self, job: Job, worker: str) -> Iterator[None]:
        """Give signs of life from a thread of its own: a chunk may take longer than `SILENCE`."""
        done = Event()

        def beat() -> None:
            while not done.wait(BEAT):
                with self._workspace.store.writing() as connection:
                    jobs.beat(connection, job.id, worker)

        thread = Thread(target=beat, name="beat", daemon=True)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()

    def _finish(self, job: Job, worker: str, error: Mapping[str, Any] | None) -> bool:
        with self._workspace.store.writing() as connection:
            if not jobs.finish(connection, job.id, worker, error):
                return False
            ended = jobs.job(connection, SYSTEM, job.id)
            told = webhooks.announce(
                connection, job.organisation_id, webhooks.Event.JOB_ENDED, job_body(ended)
            )
        if told:
            self._deliver()
        return True

    def deliver(self) -> None:
        """Send the messages whose time has come."""
        secret = self._workspace.settings.secret_key
        if secret is None:
            return
        with self._workspace.store.reading() as connection:
            messages = webhooks.due(connection)
        with httpx.Client(timeout=_TIMEOUT, follow_redirects=False, trust_env=False) as client:
            for message, url in messages:
                if self._stopping:  # the rest stays due
                    return
                with self._workspace.store.writing() as connection:
                    if not webhooks.take(connection, message):
                        continue
                own = webhooks.secret_of(secret.get_secret_value(), message.webhook_id)
                status = send(client, url, message, own)
                good = status is not None and 200 <= status < 300
                with self._workspace.store.writing() as connection:
                    webhooks.delivered(connection, message.id, status, good)


def send(client: httpx.Client, url: str, message: webhooks.Delivery, secret: str) -> int | None:
    """Send a message and return the status of the answer, None where there was none."""
    body = json.dumps(message.body, ensure_ascii=False).encode()
    headers = {
        "Content-Type": "application/json",
        "X-Jixiao-Delivery": message.id,
        "X-Jixiao-Event": str(message.event),
        "X-Jixiao-Signature": webhooks.signature(secret, int(time.time()), body),
    }
    try:
        with client.stream("POST", url, content=body, headers=headers) as answer:
            return answer.status_code  # whatever it says beside may be endless
    except Exception as error:  # noqa: BLE001 - an odd address must not keep others from being told
        _log.info("delivery %s failed: %s", message.id, type(error).__name__)
        return None


def answers_of(
    workspace: Workspace, kind: JobKind
) -> Callable[[Mapping[str, Any]], Mapping[str, Any]]:
    """Return what answers one record of a job."""
    if kind is JobKind.TRAINING:
        return partial(_trained, workspace)
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
        except JixiaoError as error:
            return {"id": record.get("id"), "error": error.to_dict()}
        except Exception as error:  # noqa: BLE001 - one record must not end a batch of thousands
            _log.exception("a record failed")
            return {"id": record.get("id"), "error": _internal(error)}
        return found

    return answer


def _trained(workspace: Workspace, wishes: Mapping[str, Any]) -> Mapping[str, Any]:
    """Train on the region's own projects; the report tells the figures before and after."""
    from api.region import train_region
    from api.region_adapter import train_region_adapter

    told = {}
    try:
        if wishes.get("adapter"):
            told["adapter"] = train_region_adapter(workspace, workspace.adapter_folder).to_dict()
        return {**train_region(workspace, workspace.ranking_folder).to_dict(), **told}
    except JixiaoError:
        raise
    except Exception as error:  # left running, it would be begun again and fail again for ever
        _log.exception("a training failed")
        raise JixiaoError(
            f"训练时程序出错（{type(error).__name__}）",
            hint="原有的模型不受影响；请把服务日志反馈给维护者",
        ) from error


def _internal(error: Exception) -> dict[str, str]:
    return {
        "code": "internal",
        "message": f"处理这条记录时程序出错（{type(error).__name__}）",
        "hint": "其余记录不受影响；请把服务日志反馈给维护者",
    }


class _Consumer(Consumer):
    """A consumer that lives inside another program, which handles the signals."""

    def _set_signal_handlers(self) -> None:
        """Leave the signals to the program."""

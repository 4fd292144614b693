"""Batches: records to work through, and how far a worker has come.

A worker claims a job, works through its records a chunk at a time and keeps each chunk's answers
together with its sign of life in one transaction. Whoever finds a job whose worker has fallen
silent claims it and goes on behind the last kept chunk; a worker that was only slow finds the job
no longer its own and stops. So every record is answered once and every job ends once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from enum import StrEnum
from itertools import takewhile
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, and_, func, insert, or_, select, update
from ulid import ULID

from corpus.errors import InputError
from corpus.store.preparing import storable
from corpus.workflow.actors import Action, Actor
from corpus.workflow.errors import ConflictError, NotFoundError
from corpus.workflow.moments import Moment, now
from corpus.workflow.tables import JobItemRow, JobRow, OrganisationRow
from corpus.workflow.webhooks import Event, announce

SILENCE = timedelta(seconds=60)
"""Without a sign of life for this long a worker is taken for dead."""
MOST_RECORDS = 200_000


class JobKind(StrEnum):
    """What is done with each record."""

    RECOMMEND = "recommendation"
    REVIEW = "review"
    REPORT_REVIEW = "report-review"
    TRAINING = "training"
    """One record, the wishes; its answer is the report of the training."""


class JobStatus(StrEnum):
    """How a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def ended(self) -> bool:
        """Tell whether nothing more will happen."""
        return self in {JobStatus.DONE, JobStatus.FAILED, JobStatus.CANCELLED}


class Job(BaseModel):
    """How a batch stands."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    id: str
    kind: JobKind
    organisation_id: str | None
    created_by: str
    status: JobStatus
    total: int
    done: int
    """Records answered, with an answer or with an error."""
    failed: int
    """Records answered with an error."""
    worker: str | None
    created_at: Moment
    started_at: Moment | None
    ended_at: Moment | None
    error: dict[str, Any] | None


def queue(
    connection: Connection, actor: Actor, kind: JobKind, records: Sequence[Mapping[str, Any]]
) -> Job:
    """Keep the records of a batch; `{"error": …}` stands for a line that could not be read."""
    actor.require(Action.PEOPLE if kind is JobKind.TRAINING else Action.BATCH)
    if not records:
        raise InputError("批次是空的", hint="请至少提交一条记录", code="empty_body")
    if len(records) > MOST_RECORDS:
        raise InputError(f"一个批次最多 {MOST_RECORDS} 条记录", hint="请分批提交")
    made = Job(
        id=str(ULID()),
        kind=kind,
        organisation_id=actor.organisation_id,
        created_by=actor.id,
        status=JobStatus.QUEUED,
        total=len(records),
        done=0,
        failed=0,
        worker=None,
        created_at=now(),
        started_at=None,
        ended_at=None,
        error=None,
    )
    connection.execute(insert(JobRow), {**made.model_dump(), "alive_at": None})
    items = [
        {"job_id": made.id, "position": place, "record": storable(record), "done": False}
        for place, record in enumerate(records)
    ]
    for start in range(0, len(items), 1000):
        connection.execute(insert(JobItemRow), items[start : start + 1000])
    return made


def job(connection: Connection, actor: Actor, id_: str) -> Job:
    """Return a job of the actor's part of the tree; an anonymous one is known by its id alone."""
    row = connection.execute(
        select(JobRow.__table__, OrganisationRow.path)
        .outerjoin(OrganisationRow, OrganisationRow.id == JobRow.organisation_id)
        .where(JobRow.id == id_)
    ).first()
    if row is None or (row.organisation_id is not None and not actor.sees(row.path)):
        raise NotFoundError("没有这个批次", hint="请检查批次编号")
    return Job.model_validate(row)


def jobs(
    connection: Connection, actor: Actor, limit: int = 50, before: str | None = None
) -> Sequence[Job]:
    """Return the newest jobs of the actor's part of the tree, or those older than one of them."""
    if actor.path is None:
        return ()
    query = (
        select(JobRow.__table__)
        .join(OrganisationRow, OrganisationRow.id == JobRow.organisation_id)
        .where(OrganisationRow.path.startswith(actor.path, autoescape=True))
    )
    if before is not None:
        query = query.where(JobRow.id < before)
    rows = connection.execute(query.order_by(JobRow.id.desc()).limit(limit))
    return [Job.model_validate(row) for row in rows]


def cancel(connection: Connection, actor: Actor, id_: str) -> Job:
    """Stop a job and say so; what has been answered stays."""
    found = job(connection, actor, id_)
    ended = connection.execute(
        update(JobRow)
        .where(JobRow.id == id_, JobRow.status.in_(_LIVE))
        .values(status=JobStatus.CANCELLED, ended_at=now())
    ).rowcount
    if not ended:
        raise ConflictError("批次已结束，不能取消", hint="可读取已有结果")
    return _told(connection, found.id)


def answers(
    connection: Connection, id_: str, after: int = -1, limit: int = 200
) -> list[dict[str, Any]]:
    """Return the next answers behind a position in input order, up to the first that is missing."""
    rows = connection.execute(
        select(JobItemRow.result)
        .where(JobItemRow.job_id == id_, JobItemRow.position > after)
        .order_by(JobItemRow.position)
        .limit(limit)
    )
    return list(takewhile(lambda result: result is not None, rows.scalars()))


def waiting(connection: Connection) -> Sequence[str]:
    """Return the jobs nobody works on: queued, or left by a worker that fell silent."""
    return (
        connection.execute(select(JobRow.id).where(_abandoned()).order_by(JobRow.id))
        .scalars()
        .all()
    )


def claim(connection: Connection, id_: str, worker: str) -> Job | None:
    """Make a job a worker's own; returns None when it is another's or has ended."""
    moment = now()
    taken = connection.execute(
        update(JobRow)
        .where(JobRow.id == id_, _abandoned())
        .values(
            status=JobStatus.RUNNING,
            worker=worker,
            alive_at=moment,
            started_at=func.coalesce(JobRow.started_at, moment),
        )
    ).rowcount
    if not taken:
        return None
    row = connection.execute(select(JobRow.__table__).where(JobRow.id == id_)).one()
    return Job.model_validate(row)


def next_chunk(connection: Connection, id_: str, size: int) -> list[tuple[int, Any]]:
    """Return the next unanswered records with their positions."""
    rows = connection.execute(
        select(JobItemRow.position, JobItemRow.record)
        .where(JobItemRow.job_id == id_, JobItemRow.done.is_(False))
        .order_by(JobItemRow.position)
        .limit(size)
    )
    return [(row.position, row.record) for row in rows]


def owns(connection: Connection, id_: str, worker: str) -> bool:
    """Tell whether a job is still the worker's own: neither cancelled nor another's."""
    own = select(JobRow.id).where(
        JobRow.id == id_, JobRow.worker == worker, JobRow.status == JobStatus.RUNNING
    )
    return connection.execute(own).first() is not None


def beat(connection: Connection, id_: str, worker: str) -> None:
    """Give a sign of life while a record takes long."""
    keep(connection, id_, worker, {})


def keep(
    connection: Connection, id_: str, worker: str, results: Mapping[int, Mapping[str, Any]]
) -> bool:
    """Keep a chunk's answers; returns False when the job is no longer the worker's own."""
    errors = sum("error" in result for result in results.values())
    own = connection.execute(
        update(JobRow)
        .where(JobRow.id == id_, JobRow.worker == worker, JobRow.status == JobStatus.RUNNING)
        .values(alive_at=now(), done=JobRow.done + len(results), failed=JobRow.failed + errors)
    ).rowcount
    if not own:
        return False
    for position, result in results.items():
        connection.execute(
            update(JobItemRow)
            .where(JobItemRow.job_id == id_, JobItemRow.position == position)
            .values(result=dict(result), done=True)
        )
    return True


def release(connection: Connection, id_: str, worker: str) -> None:
    """Give a job back, for another worker to go on with."""
    connection.execute(
        update(JobRow)
        .where(JobRow.id == id_, JobRow.worker == worker, JobRow.status == JobStatus.RUNNING)
        .values(status=JobStatus.QUEUED, worker=None)
    )


def finish(
    connection: Connection, id_: str, worker: str, error: Mapping[str, Any] | None = None
) -> bool:
    """End a job and say so; returns False when it is no longer the worker's own."""
    status = JobStatus.DONE if error is None else JobStatus.FAILED
    ended = connection.execute(
        update(JobRow)
        .where(JobRow.id == id_, JobRow.worker == worker, JobRow.status == JobStatus.RUNNING)
        .values(status=status, ended_at=now(), error=None if error is None else dict(error))
    ).rowcount
    if ended:
        _told(connection, id_)
    return bool(ended)


def _told(connection: Connection, id_: str) -> Job:
    """Note a message about a job that has just ended, in the same transaction; returns the job."""
    ended = Job.model_validate(
        connection.execute(select(JobRow.__table__).where(JobRow.id == id_)).one()
    )
    facts = {"id", "kind", "status", "total", "done", "failed"}
    body = {"event": Event.JOB_ENDED, "job": ended.model_dump(mode="json", include=facts)}
    announce(connection, ended.organisation_id, Event.JOB_ENDED, body)
    return ended


_LIVE = (JobStatus.QUEUED, JobStatus.RUNNING)


def _abandoned() -> Any:
    silent = and_(JobRow.status == JobStatus.RUNNING, JobRow.alive_at < now() - SILENCE)
    return or_(JobRow.status == JobStatus.QUEUED, silent)

"""The system: program, knowledge, models, training, jobs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar

from fastapi import APIRouter, Form, Request, Response

from api.http.access import Desk, allowed
from api.installation import Installation, installation
from api.web.rendering import Page, redirect, render
from corpus.workflow import jobs
from corpus.workflow.actors import Action
from corpus.workflow.jobs import Job, JobKind, JobStatus

router = APIRouter(prefix="/system")
Manager = Annotated[Desk, allowed(Action.PEOPLE)]
KINDS = {
    JobKind.RECOMMEND: "批量推荐",
    JobKind.REVIEW: "批量审核",
    JobKind.REPORT_REVIEW: "批量复核自评",
    JobKind.TRAINING: "训练",
}
STATUSES = {
    JobStatus.QUEUED: "排队",
    JobStatus.RUNNING: "进行中",
    JobStatus.DONE: "已办结",
    JobStatus.FAILED: "未成功",
    JobStatus.CANCELLED: "已取消",
}


@dataclass(frozen=True)
class SystemPage(Page):
    """What the installation consists of and what it is doing."""

    template: ClassVar[str] = "system/system.html"
    title: ClassVar[str] = "系统"
    section: ClassVar[str] = "system"
    facts: Installation
    jobs: Sequence[Job]
    kinds: dict[JobKind, str]
    statuses: dict[JobStatus, str]
    working: bool
    """Whether a job is waiting or running, so that the list is worth renewing."""


@dataclass(frozen=True)
class JobList(Page):
    """The newest jobs, renewed while one is under way."""

    template: ClassVar[str] = "system/_jobs.html"
    jobs: Sequence[Job]
    kinds: dict[JobKind, str]
    statuses: dict[JobStatus, str]
    working: bool


@router.get("")
def system(request: Request, found: Manager) -> Response:
    """Show everything."""
    newest = _newest(found)
    page = SystemPage(installation(found.workspace), newest, KINDS, STATUSES, _working(newest))
    return render(request, page)


@router.get("/jobs")
def job_list(request: Request, found: Manager) -> Response:
    """Show the jobs alone."""
    newest = _newest(found)
    return render(request, JobList(newest, KINDS, STATUSES, _working(newest)))


@router.post("/training")
def train(request: Request, found: Manager, adapter: Annotated[bool, Form()] = False) -> Response:
    """Queue a training on the region's own projects."""
    with found.writing() as scribe:
        made = jobs.queue(scribe.connection, found.actor, JobKind.TRAINING, [{"adapter": adapter}])
        scribe.note("job.training", f"job:{made.id}", after={"adapter": adapter})
    request.app.state.jobs.wake(made.id)
    return redirect(request, "/system", "训练已排队，进度见“批次与训练”")


@router.post("/jobs/{id}/cancel")
def cancel(request: Request, found: Manager, id: str) -> Response:  # noqa: A002 - as in the path
    """Cancel a job."""
    with found.writing() as scribe:
        jobs.cancel(scribe.connection, found.actor, id)
    request.app.state.jobs.wake_deliverer()
    return redirect(request, "/system", "已取消")


def _newest(found: Desk) -> Sequence[Job]:
    with found.reading() as connection:
        return jobs.jobs(connection, found.actor, 15)


def _working(newest: Sequence[Job]) -> bool:
    return any(not job.status.ended for job in newest)

"""我的项目: what a unit has filled in, where it stands, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, ClassVar, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request, Response

from api.http.access import Desk, allowed
from api.http.forms import Id
from api.web.downloads import download
from api.web.filling.files import standard_file
from api.web.filling.posted import LABELS
from api.web.pages.fill_files import FileKind
from api.web.project_view import ProjectView, project_view
from api.web.rendering import Page, redirect, render
from api.web.versions import Differences, differences
from api.web.wording import KINDS
from corpus.records import SelfEvaluation
from corpus.workflow import queue, submissions
from corpus.workflow.actors import Action
from corpus.workflow.listing import Filter
from corpus.workflow.queue import Counts, Waiting
from corpus.workflow.status import AuthorStatus, ReviewStatus, SubmissionKind

router = APIRouter(prefix="/projects")
Writer = Annotated[Desk, allowed(Action.WRITE)]
Revision = Annotated[int, Form(ge=1)]
Number = Annotated[int, Query(ge=1)]
_PAGE = 50

_BLANK = Literal[""]


@dataclass(frozen=True)
class ProjectsPage(Page):
    """The list."""

    template: ClassVar[str] = "projects/projects.html"
    title: ClassVar[str] = "我的项目"
    section: ClassVar[str] = "projects"
    items: tuple[Waiting, ...]
    counts: Counts
    asked: dict[str, str]
    """What the list is filtered by."""
    page: int
    pages: int
    previous: str
    next: str
    """Addresses of the pages before and after, empty where there is none."""
    today: str
    kinds: tuple[tuple[SubmissionKind, str], ...] = tuple(KINDS.items())
    author_statuses: tuple[AuthorStatus, ...] = tuple(AuthorStatus)
    review_statuses: tuple[ReviewStatus, ...] = tuple(ReviewStatus)


@dataclass(frozen=True)
class ProjectPage(Page):
    """One project."""

    template: ClassVar[str] = "projects/project.html"
    section: ClassVar[str] = "projects"
    title: ClassVar[str] = "项目"
    view: ProjectView
    labels: Mapping[str, str] = field(default_factory=lambda: LABELS)


@dataclass(frozen=True)
class DifferenceFragment(Page):
    """What differs between two versions."""

    template: ClassVar[str] = "projects/_difference.html"
    before: int
    after: int
    changed: Differences


@router.get("", name="projects")
def projects(
    request: Request,
    found: Writer,
    text: Annotated[str, Query(max_length=200)] = "",
    kind: SubmissionKind | _BLANK = "",
    author: AuthorStatus | _BLANK = "",
    review: ReviewStatus | _BLANK = "",
    year: Annotated[str, Query(pattern=r"^(?:\d{4})?$")] = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    """List the unit's submissions, the newest first."""
    wanted = Filter(
        text=text.strip() or None,
        kind=kind or None,
        author_status=author or None,
        review_status=review or None,
        fiscal_year=int(year) if year else None,
    )
    with found.reading() as connection:
        counts = queue.counts(connection, found.actor, wanted)
        offset = (page - 1) * _PAGE
        items = queue.queue(connection, found.actor, wanted, "newest", _PAGE, offset)
    asked = {"text": text, "kind": kind, "author": author, "review": review, "year": year}
    pages = max(1, -(-counts.total // _PAGE))
    return render(
        request,
        ProjectsPage(
            items=tuple(items),
            counts=counts,
            asked=asked,
            page=page,
            pages=pages,
            previous=_address(asked, page - 1) if page > 1 else "",
            next=_address(asked, page + 1) if page < pages else "",
            today=date.today().isoformat(),
        ),
    )


@router.get("/{id}", name="project")
def project(request: Request, id_: Id, found: Writer) -> Response:
    """Show one project: the form, what was found, what the reviewers say, its versions."""
    with found.reading() as connection:
        view = project_view(connection, found.actor, id_)
    return render(request, ProjectPage(view))


@router.get("/{id}/difference")
def difference(request: Request, id_: Id, found: Writer, before: Number, after: Number) -> Response:
    """Show what differs between two versions."""
    with found.reading() as connection:
        item = submissions.submission(connection, found.actor, id_)
        older = submissions.version(connection, item, before)
        newer = submissions.version(connection, item, after)
    changed = differences(older.record, newer.record)
    return render(request, DifferenceFragment(before, after, changed))


@router.get("/{id}/export")
def export(id_: Id, found: Writer, form: FileKind, version: Number | None = None) -> Response:
    """Download a version in the standard layout."""
    with found.reading() as connection:
        item = submissions.submission(connection, found.actor, id_)
        kept = submissions.version(connection, item, version)
    record = SelfEvaluation.model_validate(kept.record)
    word = "自评表" if item.kind is SubmissionKind.EVALUATION else "申报表"
    name = f"{item.project_name}{word}_第{kept.number}版.{form}"
    return download(name, standard_file(record, item.kind, f".{form}"))


@router.post("/{id}/submit")
def submit(request: Request, id_: Id, found: Writer, revision: Revision) -> Response:
    """Hand the newest version in."""
    with found.writing() as scribe:
        submissions.submit(scribe, id_, revision)
    return redirect(request, f"/projects/{id_}", "已提交审核")


@router.post("/{id}/withdraw")
def withdraw(request: Request, id_: Id, found: Writer, revision: Revision) -> Response:
    """Take a submission back."""
    with found.writing() as scribe:
        submissions.withdraw(scribe, id_, revision)
    return redirect(request, f"/projects/{id_}", "已撤回，可以继续修改")


def _address(asked: dict[str, str], page: int) -> str:
    given = {name: str(value) for name, value in asked.items() if value}
    return f"/projects?{urlencode({**given, 'page': page})}"

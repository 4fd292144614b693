"""Filling in: a declaration or a self-evaluation, with help beside it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Annotated, Any, ClassVar

from fastapi import APIRouter, Header, Query, Request, Response

from api.http.access import Desk, allowed
from api.http.forms import Id
from api.http.gate import in_turn
from api.web.filling.advice import Help, earlier_years, help_with
from api.web.filling.beginning import begun_from, new_form, with_earlier
from api.web.filling.handed_in import handed_in
from api.web.filling.page import FormAsPosted, Sheet, SheetFragment
from api.web.filling.posted import Posted, posted_from_record
from api.web.filling.weighing import shared_before
from api.web.rendering import Page, redirect, render
from corpus.errors import InputError
from corpus.records import SelfEvaluation
from corpus.workflow import submissions, verdicts
from corpus.workflow.actors import Action
from corpus.workflow.organisations import line_of
from corpus.workflow.status import AuthorStatus, SubmissionKind

router = APIRouter(prefix="/fill")
Adviser = Annotated[Desk, allowed(Action.ADVISE)]
Writer = Annotated[Desk, allowed(Action.WRITE)]
Fresh = Annotated[str, Header(alias="X-Fresh", max_length=1)]


@dataclass(frozen=True)
class FillPage(Page):
    """The form with what helps beside it."""

    template: ClassVar[str] = "fill/fill.html"
    title: ClassVar[str] = "指标推荐"
    section: ClassVar[str] = "fill"
    sheet: Sheet
    may_save: bool
    owner: str
    """Whose drafts the browser may offer again."""
    returned: tuple[str, ...] = ()
    """What the reviewers gave as reasons when they sent the form back."""
    notices: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class AdviceFragment(Page):
    """All help, each part to be put in its place."""

    template: ClassVar[str] = "fill/_advice.html"
    help: Help
    is_evaluation: bool


@router.get("", name="fill")
def begin(
    request: Request,
    found: Adviser,
    kind: SubmissionKind = SubmissionKind.DECLARATION,
    begin_from: Annotated[str, Query(alias="from", pattern=r"^$|^[0-9A-Z]{26}$")] = "",
) -> Response:
    """Begin a form, blank or from one that was submitted."""
    with found.reading() as connection:
        if not begin_from:
            return render(request, _page(found, new_form(kind, line_of(connection, found.actor))))
        item = submissions.submission(connection, found.actor, begin_from)
        kept = submissions.version(connection, item)
    record = SelfEvaluation.model_validate(kept.record)
    return render(request, _page(found, begun_from(record, kind)))


@router.get("/{id}")
def stored(request: Request, id_: Id, found: Writer) -> Response:
    """Show a draft; what is submitted can only be looked at."""
    with found.reading() as connection:
        item = submissions.submission(connection, found.actor, id_)
        if item.author_status is AuthorStatus.SUBMITTED:
            return redirect(request, f"/projects/{id_}")
        kept = submissions.version(connection, item)
        given = verdicts.verdicts(connection, item)
    posted = posted_from_record(
        SelfEvaluation.model_validate(kept.record),
        item.kind,
        submission=item.id,
        revision=item.revision,
        version=kept.number,
    )
    returned = item.author_status is AuthorStatus.REVISING
    reasons = [word.reason for word in given if word.version == item.submitted_version]
    page = _page(found, posted)
    return render(request, replace(page, returned=tuple(filter(None, reasons)) if returned else ()))


@router.post("/advice")
async def advice(
    request: Request, found: Adviser, posted: FormAsPosted, fresh: Fresh = ""
) -> Response:
    """Tell what helps with the form as it stands; `fresh` where it has just been opened."""

    def work() -> tuple[Help, bool]:
        shared = bool(fresh) and shared_before(found.workspace, posted)
        return help_with(found.workspace, posted, handed_in(found, posted)), shared

    help_, shared = await in_turn(request, work)
    told: dict[str, Any] = {"weights": dict(help_.weighing.shared_out), "shared": shared}
    told["faults"] = {
        f"{fault.field}-{fault.row}" if fault.row else f"fact-{fault.field}": fault.message
        for fault in posted.faults
    }
    if shared:
        rows = zip(posted.filled, posted.record.indicators, strict=True)
        told["weights"] = {line.key: row.weight for line, row in rows}
    answer = render(request, AdviceFragment(help_, posted.is_evaluation))
    answer.headers["HX-Trigger-After-Swap"] = json.dumps({"fill:advised": told})
    return answer


@router.post("/form")
def form(request: Request, found: Adviser, posted: FormAsPosted) -> Response:
    """Lay out a form that the browser has kept."""
    return render(request, SheetFragment(Sheet.of(posted)))


@router.post("/earlier")
async def earlier(request: Request, found: Adviser, posted: FormAsPosted) -> Response:
    """Take the rows of the project's last year into the form."""

    def work() -> SheetFragment:
        years = earlier_years(found.workspace, posted, handed_in(found, posted))
        if not years:
            raise InputError("没有找到本项目以前年度的指标", hint="请核对项目名称和单位")
        filled, added = with_earlier(posted, years)
        message = f"已带入{years[0].year or '以前'}年度的{added}条指标"
        hint = "指标值为上年所定，请按本年计划修改" if added else "这些指标表中都已有"
        return SheetFragment(Sheet.of(filled), (("ok", message, hint),))

    return render(request, await in_turn(request, work))


def _page(found: Desk, posted: Posted) -> FillPage:
    return FillPage(Sheet.of(posted), found.actor.may(Action.WRITE), found.actor.id)

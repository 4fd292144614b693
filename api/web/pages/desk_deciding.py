"""What reviewers decide: on findings, on a submission, and who is to judge it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request, Response
from fastapi import Form as Body
from pydantic import ValidationError
from sqlalchemy import Connection

from api.http.access import Desk, allowed
from api.http.forms import Id
from api.http.judging import judge
from api.web.desks.asked import Asked, Queue, queue_of
from api.web.desks.case import case
from api.web.pages.desk import Leader, Reason, date_of
from api.web.pages.desk_case import RemarkFragment
from api.web.rendering import redirect, render
from corpus.errors import InputError
from corpus.workflow import queue, submissions, verdicts
from corpus.workflow.actors import Action
from corpus.workflow.status import FindingVerdict, Verdict

router = APIRouter(prefix="/desk/{id}")
Decider = Annotated[Desk, allowed(Action.DECIDE)]
Revision = Annotated[int, Body(ge=1)]
Queried = Annotated[str, Body(alias="queue", max_length=1000)]
"""Query of the queue that the reader came from."""


@router.post("/findings/{key}")
def judge_finding(
    request: Request,
    id_: Id,
    key: str,
    found: Decider,
    verdict: Annotated[FindingVerdict, Body()],
    reason: Reason = "",
    wording: Reason = "",
) -> Response:
    """Confirm a finding, in other words if so wished, or dismiss it with a reason."""
    with found.writing() as scribe:
        verdicts.judge_finding(scribe, id_, key, verdict, reason, wording)
    return _changed(request, found, id_, [key])


@router.post("/findings")
def confirm_rest(request: Request, id_: Id, found: Decider) -> Response:
    """Confirm all findings that nobody has spoken of."""
    with found.writing() as scribe:
        opened = case(scribe.connection, found.actor, id_)
        keys = [remark.key for remark in opened.remarks if remark.state == "open"]
        for key in keys:
            verdicts.judge_finding(scribe, id_, key, FindingVerdict.CONFIRMED)
    return _changed(request, found, id_, keys, beside=True)


@router.post("/verdict")
def decide(
    request: Request,
    id_: Id,
    found: Decider,
    revision: Revision,
    verdict: Annotated[Verdict | None, Body()] = None,
    reason: Reason = "",
    queried: Queried = "",
) -> Response:
    """Give a verdict and go on to what comes next in the queue."""
    if verdict is None:
        raise InputError("没有选择审核结论", hint="请选择通过、退回修改或不予通过")
    asked = _asked(queried)
    with found.writing() as scribe:
        before = submissions.submission(scribe.connection, found.actor, id_)
        place = queue_of(before.kind)
        following = _following(scribe.connection, found, place, asked, id_)
        judge(scribe, id_, verdict, reason, revision)
    request.app.state.jobs.wake_deliverer()
    path = f"{place.path}/{following}" if following else place.path
    return redirect(request, path + asked.query(done=id_))


@router.post("/assignment")
def assign(
    request: Request,
    id_: Id,
    found: Leader,
    revision: Revision,
    account_ids: Annotated[list[str], Body(max_length=50)] = [],  # noqa: B006 - FastAPI copies it
    due: Annotated[str, Body(max_length=10)] = "",
    queried: Queried = "",
) -> Response:
    """Say whose verdicts are awaited, and until when."""
    with found.writing() as scribe:
        after = verdicts.assign(scribe, id_, account_ids, date_of(due), revision)
    path = f"{queue_of(after.kind).path}/{id_}{_asked(queried).query()}"
    return redirect(request, path, "分派已保存")


def _following(
    connection: Connection, found: Desk, place: Queue, asked: Asked, id_: str
) -> str | None:
    """Return what comes next, or from the end of the queue the first that is left."""
    item = submissions.submission(connection, found.actor, id_)
    wanted = asked.filter(place.kind, found.actor)
    order = asked.order or place.order
    stand = queue.place_of(connection, found.actor, wanted, order, item)
    if stand.next or stand.total <= 1:
        return stand.next
    first = queue.queue(connection, found.actor, wanted, order, 2)
    return next((other.submission.id for other in first if other.submission.id != id_), None)


def _asked(queried: str) -> Asked:
    """Read the query of a queue; one that cannot be read is the usual queue."""
    try:
        return Asked.model_validate(dict(parse_qsl(queried.lstrip("?"))))
    except ValidationError:
        return Asked()


def _changed(
    request: Request, found: Desk, id_: str, keys: Sequence[str], *, beside: bool = False
) -> Response:
    with found.reading() as connection:
        opened = case(connection, found.actor, id_)
    changed = [remark for remark in opened.remarks if remark.key in keys]
    return render(request, RemarkFragment(opened, changed, beside, opened.progress))

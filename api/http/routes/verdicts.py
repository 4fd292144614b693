"""Submissions on the reviewers' side: verdicts, assignment, letters, in bulk too."""

from __future__ import annotations

import datetime
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field

from api.http import judging
from api.http.access import Desk, allowed, once
from api.http.etags import revision_tag, wanted_revision
from api.http.forms import SOME_ID, Form, Id, shown
from api.http.judging import each
from api.http.letters_on_submissions import letter_on, reviewed
from api.http.routes.dependencies import ERRORS
from api.http.routes.submissions import IfMatch
from corpus.workflow import submissions, verdicts
from corpus.workflow.actors import Action
from corpus.workflow.audit import Scribe
from corpus.workflow.findings import keyed_findings
from corpus.workflow.reviews import newest_review
from corpus.workflow.status import FindingVerdict, Verdict
from corpus.workflow.submissions import Submission
from corpus.workflow.verdicts import GivenFindingVerdict, GivenVerdict

router = APIRouter(prefix="/submissions", tags=["审核"], responses=ERRORS)
Decider = Annotated[Desk, allowed(Action.DECIDE)]
Leader = Annotated[Desk, allowed(Action.LEAD)]
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class NewVerdict(Form):
    """A verdict on a submission."""

    model_config = shown({"verdict": "return", "reason": "请补充数量指标的目标值"})

    verdict: Verdict = Field(description="pass 通过，return 退回修改，reject 不予通过")
    reason: str = Field(default="", max_length=4000, description="退回和不予通过须写明理由")


class NewFindingVerdict(Form):
    """A verdict on a finding."""

    model_config = shown({"verdict": "confirmed", "wording": "请写明养护质量的评定标准"})

    verdict: FindingVerdict = Field(description="confirmed 采纳，dismissed 不采纳")
    reason: str = Field(default="", max_length=4000, description="不采纳须写明理由")
    wording: str | None = Field(
        default=None, max_length=4000, description="改写后的意见，反馈时代替原文"
    )


class Assignment(Form):
    """Whose verdicts are awaited."""

    model_config = shown({"account_ids": [SOME_ID], "due": "2027-03-31"})

    account_ids: list[str] = Field(max_length=50, description="审核人员的账号编号，可为空")
    due: datetime.date | None = None


class BulkVerdict(NewVerdict):
    """One verdict on many submissions."""

    model_config = shown({"verdict": "pass", "ids": [SOME_ID]})

    ids: list[str] = Field(min_length=1, max_length=500)


class BulkOutcome(BaseModel):
    """What came of one of many."""

    id: str
    submission: Submission | None = None
    error: dict[str, str] | None = None


class KeyedFinding(BaseModel):
    """A finding with the key that verdicts name, and how it stands."""

    key: str
    finding: dict[str, Any]
    verdict: FindingVerdict | None
    disputed: bool
    reason: str
    wording: str | None


@router.get("/{id}/findings", summary="待判断的意见")
def findings(id_: Id, found: Decider) -> list[KeyedFinding]:
    """Return the findings on the version under review, with what reviewers made of them."""
    with found.reading() as connection:
        item = submissions.submission(connection, found.actor, id_)
        number = item.submitted_version or item.version
        review = newest_review(connection, item, number)
        given = verdicts.finding_verdicts(connection, item)
    if review is None:
        return []
    stand = verdicts.standings(given, number)
    nothing = verdicts.Standing(None)
    return [
        KeyedFinding(
            key=key,
            finding=dict(finding),
            verdict=stand.get(key, nothing).verdict,
            disputed=stand.get(key, nothing).disputed,
            reason=stand.get(key, nothing).reason,
            wording=stand.get(key, nothing).wording,
        )
        for key, finding in keyed_findings(review.result).items()
    ]


@router.post(
    "/{id}/findings/{key}/verdict",
    status_code=201,
    summary="判断一条意见",
    response_model=GivenFindingVerdict,
)
def judge_finding(
    id_: Id, key: str, form: NewFindingVerdict, found: Decider, request: Request
) -> JSONResponse:
    """Confirm or dismiss a finding."""

    def work(scribe: Scribe) -> Any:
        given = verdicts.judge_finding(scribe, id_, key, form.verdict, form.reason, form.wording)
        return given.model_dump(mode="json")

    return once(found, request, form.model_dump_json().encode(), 201, work)


@router.get("/{id}/verdicts", summary="各审核人员的结论")
def list_verdicts(id_: Id, found: Decider) -> list[GivenVerdict]:
    """Return all verdicts."""
    with found.reading() as connection:
        return list(
            verdicts.verdicts(connection, submissions.submission(connection, found.actor, id_))
        )


@router.post(
    "/{id}/verdicts",
    status_code=201,
    summary="给出审核结论",
    description="多人审核时，全部人员意见一致即为结论，不一致的由审核负责人裁定。",
    response_model=Submission,
)
def judge(
    id_: Id, form: NewVerdict, found: Decider, request: Request, match: IfMatch = None
) -> JSONResponse:
    """Give a verdict."""
    revision = wanted_revision(match)

    def work(scribe: Scribe) -> Any:
        return judging.judge(scribe, id_, form.verdict, form.reason, revision).model_dump(
            mode="json"
        )

    answer = once(found, request, form.model_dump_json().encode(), 201, work)
    request.app.state.jobs.wake_deliverer()
    return answer


@router.put("/{id}/assignment", summary="分派审核人员")
def assign(
    id_: Id, form: Assignment, found: Leader, response: Response, match: IfMatch = None
) -> Submission:
    """Say whose verdicts are awaited, and until when."""
    due = None if form.due is None else form.due.isoformat()
    with found.writing() as scribe:
        after = verdicts.assign(scribe, id_, form.account_ids, due, wanted_revision(match))
    response.headers["ETag"] = revision_tag(after.revision)
    return after


@router.post(
    "/verdicts",
    summary="批量给出审核结论",
    description="逐项办理：不能办理的说明原因，不影响其余项目。",
)
def judge_many(form: BulkVerdict, found: Leader, request: Request) -> list[BulkOutcome]:
    """Give one verdict on many submissions, each by itself."""
    outcomes = each(
        found,
        request,
        form.ids,
        lambda scribe, id_: judging.judge(scribe, id_, form.verdict, form.reason),
    )
    return [BulkOutcome.model_validate(outcome, from_attributes=True) for outcome in outcomes]


@router.get(
    "/{id}/letter",
    summary="审核意见（Word）",
    response_class=Response,
    responses={200: {"content": {DOCX: {}}, "description": "审核意见"}},
)
def letter(
    id_: Id,
    found: Decider,
    issuer: Annotated[str, Query(max_length=100, description="落款单位")] = "",
) -> Response:
    """Return the letter on the version under review, as the reviewers left its findings."""
    with found.reading() as connection:
        item = submissions.submission(connection, found.actor, id_)
        state = reviewed(connection, item)
    name, content = letter_on(state, issuer)
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return Response(content, media_type=DOCX, headers=headers)

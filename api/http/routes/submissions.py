"""Submissions on the unit's side: versions, self-check, handing in, what came back."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field, ValidationError

from api.http import review_schemas, samples
from api.http.access import Desk, allowed, once
from api.http.etags import revision_tag, unchanged, wanted_revision
from api.http.faults import fault_of
from api.http.forms import Form, Id
from api.http.reviewing import keep_if_new, review_of
from api.http.routes.dependencies import ERRORS, Body, record
from corpus.importers import declaration_from_dict
from corpus.records import SelfEvaluation
from corpus.workflow import listing, submissions
from corpus.workflow.actors import Action
from corpus.workflow.difference import difference
from corpus.workflow.errors import NotFoundError
from corpus.workflow.feedback import feedback_on
from corpus.workflow.listing import Filter, Order
from corpus.workflow.reviews import newest_review
from corpus.workflow.status import AuthorStatus, ReviewStatus, SubmissionKind
from corpus.workflow.submissions import Submission, Version, filing_unit

router = APIRouter(prefix="/submissions", tags=["项目"], responses=ERRORS)
Reader = Annotated[Desk, allowed(Action.READ)]
Writer = Annotated[Desk, allowed(Action.WRITE)]
IfMatch = Annotated[
    str | None, Header(alias="If-Match", description="手头内容的 ETag；项目已更新时拒绝办理")
]
Number = Annotated[int | None, Query(ge=1, description="版本号；默认为最新版本")]


class ListQuery(Form):
    """What a list is to hold, and which part of it."""

    kind: SubmissionKind | None = None
    organisation_id: str | None = Field(default=None, description="单位编号，包括其下属单位")
    author_status: AuthorStatus | None = None
    review_status: ReviewStatus | None = None
    department: str | None = None
    fiscal_year: int | None = Field(default=None, ge=1949, le=2199)
    function_code: str | None = None
    opinion: str | None = None
    finding: str | None = Field(default=None, description="规则编号，例如 EZ01")
    assigned_to: str | None = Field(default=None, description="审核人员的账号编号")
    external_id: str | None = Field(default=None, description="来源系统的项目编号")
    budget_from: float | None = Field(default=None, description="预算不少于（万元）")
    budget_to: float | None = Field(default=None, description="预算不超过（万元）")
    text: str | None = Field(default=None, max_length=200, description="项目名称包含的文字")
    tier: str | None = Field(default=None, description="自评复核分级：抽查复核、再评审、再评价")
    sent: bool | None = Field(default=None, description="是否已送审")
    open: bool | None = Field(default=None, description="是否等待审核结论")
    overdue: bool | None = Field(default=None, description="是否已过办理期限而未办结")
    unassigned: bool | None = Field(default=None, description="是否尚未分派审核人员")

    def filter(self) -> Filter:
        """Return what is asked for."""
        return Filter(**{name: getattr(self, name) for name in Filter.__dataclass_fields__})


class PageQuery(ListQuery):
    """A list, a page at a time."""

    order: Order = Field(
        default="newest", description="newest 最新，risk 风险，budget 预算，triage 自评复核分级"
    )
    limit: int = Field(default=50, ge=1, le=200)
    cursor: str | None = Field(default=None, max_length=500, description="上一页的 next")


class SubmissionPage(BaseModel):
    """Part of a list of submissions."""

    items: list[Submission]
    next: str | None = Field(description="下一页的标记；没有下一页时为空")


class Draft(Form):
    """What a unit saves."""

    organisation_id: str | None = Field(
        default=None,
        description="填报单位的编号；默认为调用者所在单位，密钥则先按记录中的单位名称"
        "（implementing_unit、agency_name，其次 department）查找",
    )
    kind: SubmissionKind = SubmissionKind.DECLARATION
    note: str = Field(default="", max_length=1000, description="修改说明")
    record: dict[str, Any] = Field(description="契约格式的记录，或一体化平台的记录")


class StoredReview(BaseModel):
    """What the program found in a version."""

    id: str
    version: int
    result: review_schemas.Review


class FieldChange(BaseModel):
    """One field, before and after."""

    field: str
    before: Any
    after: Any


class RowChange(BaseModel):
    """One indicator: added, removed or changed."""

    kind: str
    before_index: int | None
    after_index: int | None
    name: str
    changes: list[FieldChange]


class Difference(BaseModel):
    """What differs between two versions."""

    before: int
    after: int
    fields: list[FieldChange]
    rows: list[RowChange]


class Feedback(BaseModel):
    """What the reviewers tell the unit."""

    review_status: ReviewStatus
    version: int | None
    reasons: list[str] = Field(description="审核结论的理由")
    findings: list[dict[str, Any]] = Field(description="需要处理的意见，已采用审核人员的措辞")


def _draft_body() -> dict[str, Any]:
    """Describe a body that is read by hand, so that the record may be of either kind."""
    examples = {
        name: {
            "summary": example["summary"],
            "value": {"note": "初稿", "record": example["value"]},
        }
        for name, example in samples.DECLARATIONS.items()
    }
    content = {"schema": Draft.model_json_schema(), "examples": examples}
    return {"requestBody": {"required": True, "content": {"application/json": content}}}


@router.get("", summary="项目列表")
def list_submissions(found: Reader, query: Annotated[PageQuery, Query()]) -> SubmissionPage:
    """Return a page of the submissions that the caller sees."""
    with found.reading() as connection:
        page = listing.list_submissions(
            connection, found.actor, query.filter(), query.order, query.limit, query.cursor
        )
    return SubmissionPage(items=list(page.items), next=page.next)


@router.post(
    "",
    status_code=201,
    summary="新建项目",
    description="保存第一个版本并审核。可带 Idempotency-Key，重复发送时返回首次的结果。",
    response_model=Submission,
    openapi_extra=_draft_body(),
)
def create(data: Body, found: Writer, request: Request) -> JSONResponse:
    """Begin a submission."""
    draft, read = _draft(data)
    with found.reading() as connection:
        owner = draft.organisation_id or filing_unit(connection, found.actor, read)
    result = review_of(found.workspace, draft.kind, read.model_dump())

    def work(scribe: Any) -> Any:
        made = submissions.create(scribe, owner, draft.kind, read, draft.note)
        keep_if_new(scribe, made, result)
        return _shown(submissions.submission(scribe.connection, found.actor, made.id))

    return once(found, request, data, 201, work)


@router.get("/{id}", summary="项目", response_model=Submission)
def submission(id_: Id, found: Reader, request: Request) -> Response:
    """Return how a submission stands."""
    with found.reading() as connection:
        item = submissions.submission(connection, found.actor, id_)
    tag = revision_tag(item.revision)
    return unchanged(request, tag) or JSONResponse(_shown(item), headers={"ETag": tag})


@router.put(
    "/{id}",
    summary="保存新版本",
    description="已提交的项目不能修改。请带上 If-Match，以免覆盖他人的修改。",
    response_model=Submission,
    openapi_extra=_draft_body(),
)
def save(id_: Id, data: Body, found: Writer, request: Request, match: IfMatch = None) -> Response:
    """Save a version and review it."""
    draft, read = _draft(data)
    revision = wanted_revision(match)
    with found.reading() as connection:
        kind = submissions.submission(connection, found.actor, id_).kind
    result = review_of(found.workspace, kind, read.model_dump())

    def work(scribe: Any) -> Any:
        saved = submissions.save(scribe, id_, read, draft.note, revision)
        keep_if_new(scribe, saved, result)
        return _shown(submissions.submission(scribe.connection, found.actor, id_))

    return once(found, request, data, 200, work)


@router.post("/{id}/submit", summary="提交审核", response_model=Submission)
def submit(id_: Id, data: Body, found: Writer, request: Request, match: IfMatch = None) -> Response:
    """Hand the newest version in."""
    revision = wanted_revision(match)
    return once(
        found, request, data, 200, lambda scribe: _shown(submissions.submit(scribe, id_, revision))
    )


@router.post("/{id}/withdraw", summary="撤回", response_model=Submission)
def withdraw(
    id_: Id, data: Body, found: Writer, request: Request, match: IfMatch = None
) -> Response:
    """Take a submission back."""
    revision = wanted_revision(match)
    return once(
        found,
        request,
        data,
        200,
        lambda scribe: _shown(submissions.withdraw(scribe, id_, revision)),
    )


@router.get("/{id}/versions", summary="各版本")
def versions(id_: Id, found: Reader) -> list[Version]:
    """Return all versions."""
    with found.reading() as connection:
        item = submissions.submission(connection, found.actor, id_)
        return list(submissions.versions(connection, item))


@router.get("/{id}/difference", summary="两个版本的差异")
def version_difference(
    id_: Id,
    found: Reader,
    before: Annotated[int | None, Query(ge=1, description="默认为 after 的前一版")] = None,
    after: Number = None,
) -> Difference:
    """Compare two versions."""
    with found.reading() as connection:
        item = submissions.submission(connection, found.actor, id_)
        newer = submissions.version(connection, item, after)
        older = submissions.version(connection, item, before or max(1, newer.number - 1))
    changes = difference(older.record, newer.record).to_dict()
    return Difference(before=older.number, after=newer.number, **changes)


@router.get("/{id}/review", summary="审核结果", response_model=StoredReview)
def stored_review(id_: Id, found: Reader, version: Number = None) -> JSONResponse:
    """Return what the program found in a version."""
    with found.reading() as connection:
        item = submissions.submission(connection, found.actor, id_)
        kept = newest_review(connection, item, version or item.version)
    if kept is None:
        raise NotFoundError("这个版本没有审核结果", hint="请检查版本号")
    return JSONResponse({"id": kept.id, "version": kept.version, "result": kept.result})


@router.get("/{id}/feedback", summary="反馈给单位的审核意见")
def feedback(id_: Id, found: Reader) -> Feedback:
    """Return what the reviewers tell the unit, once they have decided."""
    with found.reading() as connection:
        item = submissions.submission(connection, found.actor, id_)
        told = feedback_on(connection, item)
    return Feedback(
        review_status=item.review_status,
        version=told.version,
        reasons=list(told.reasons),
        findings=[dict(finding) for finding in told.findings],
    )


def _draft(data: bytes) -> tuple[Draft, SelfEvaluation]:
    try:
        draft = Draft.model_validate(record(data))
    except ValidationError as error:
        raise fault_of(error.errors(), "bad_input") from error
    read = declaration_from_dict(draft.record)
    return draft, SelfEvaluation.model_validate(read.model_dump())


def _shown(item: Submission) -> dict[str, Any]:
    return item.model_dump(mode="json")

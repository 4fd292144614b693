"""Batches: many records at once, worked on outside the request."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, StreamingResponse

from api.http.access import Desk, allowed, once
from api.http.forms import Id
from api.http.routes.dependencies import ERRORS, Body
from api.http.uploads import Upload, records_in, uploaded
from api.workspace import Workspace
from corpus.errors import InputError
from corpus.workflow import jobs
from corpus.workflow.actors import Action
from corpus.workflow.audit import Scribe
from corpus.workflow.jobs import Job, JobKind

router = APIRouter(prefix="/batches", tags=["批次"], responses=ERRORS)
Caller = Annotated[Desk, allowed(Action.BATCH)]
JSONL = "application/x-ndjson"
_LINES = {"type": "string", "description": "每行一条记录"}
_FILE = {
    "type": "object",
    "required": ["file"],
    "properties": {"file": {"type": "string", "format": "binary"}},
}
_EXAMPLE = '{"project_name": "农村公路养护"}\n{"project_name": "村医培训"}\n'
_ACCEPTS: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            JSONL: {"schema": _LINES, "examples": {"lines": {"value": _EXAMPLE}}},
            "application/json": {
                "schema": {"description": "一条记录，或记录的列表"},
                "examples": {"list": {"value": [{"project_name": "农村公路养护"}]}},
            },
            "multipart/form-data": {"schema": _FILE},
        },
    }
}


Work = Literal[JobKind.RECOMMEND, JobKind.REVIEW, JobKind.REPORT_REVIEW]
"""What may be done with each record."""


@router.post(
    "",
    status_code=202,
    summary="提交批次",
    description="JSONL、JSON 列表，或以 file 字段上传的 .json/.jsonl/.csv/.xlsx/.docx/.pdf 文件。"
    "立即返回批次编号，结果按输入顺序逐条给出，无法读取的记录在原位给出错误。",
    response_model=Job,
    openapi_extra=_ACCEPTS,
)
async def queue(
    data: Body,
    found: Caller,
    request: Request,
    kind: Annotated[Work, Query(description="对每条记录做什么")] = JobKind.REVIEW,
) -> JSONResponse:
    """Queue a batch."""
    from starlette.concurrency import run_in_threadpool

    upload = await uploaded(request, data)
    return await run_in_threadpool(_queue, upload, data, found, request, kind)


def _queue(upload: Upload, data: bytes, found: Desk, request: Request, kind: Work) -> JSONResponse:
    records = records_in(upload)
    if not records:
        raise InputError("批次中没有任何记录", hint="请至少提交一条记录", code="empty_body")

    def work(scribe: Scribe) -> Any:
        made = jobs.queue(scribe.connection, found.actor, kind, records)
        return made.model_dump(mode="json")

    answer = once(found, request, data, 202, work)
    request.app.state.jobs.wake(json.loads(bytes(answer.body))["id"])
    return answer


@router.get("", summary="批次列表")
def list_jobs(
    found: Caller,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    before: Annotated[
        str | None,
        Query(pattern=r"^[0-9A-Z]{26}$", description="上一页最后一个批次的编号，由此往前取"),
    ] = None,
) -> list[Job]:
    """Return the newest batches of the caller's part of the tree, or those before one of them."""
    with found.reading() as connection:
        return list(jobs.jobs(connection, found.actor, limit, before))


@router.get("/{id}", summary="批次进度")
def job(id_: Id, found: Caller) -> Job:
    """Return how a batch stands."""
    with found.reading() as connection:
        return jobs.job(connection, found.actor, id_)


@router.post("/{id}/cancel", summary="取消批次")
def cancel(id_: Id, found: Caller, request: Request) -> Job:
    """Stop a batch; what is answered stays."""
    with found.writing() as scribe:
        ended = jobs.cancel(scribe.connection, found.actor, id_)
    request.app.state.jobs.wake_deliverer()
    return ended


@router.get(
    "/{id}/results",
    summary="批次结果",
    description="每行一条，按输入顺序，到尚未完成的记录为止；after 给出已取得的条数，可分次读取。",
    response_class=StreamingResponse,
    responses={200: {"content": {JSONL: {"schema": _LINES}}, "description": "逐条的结果"}},
)
def results(
    id_: Id,
    found: Caller,
    after: Annotated[int, Query(ge=0, le=10_000_000, description="跳过的条数")] = 0,
) -> StreamingResponse:
    """Return the answers so far."""
    with found.reading() as connection:
        jobs.job(connection, found.actor, id_)
    return StreamingResponse(_lines(found.workspace, id_, after), media_type=JSONL)


def _lines(workspace: Workspace, id_: str, after: int) -> Iterator[str]:
    """Yield the answers; a caller who reads slowly keeps no connection to the database waiting."""
    while True:
        with workspace.store.reading() as connection:
            found = jobs.answers(connection, id_, after - 1)
        if not found:
            return
        for answer in found:
            yield json.dumps(answer, ensure_ascii=False) + "\n"
        after += len(found)

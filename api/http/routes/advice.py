"""Advice on one declaration, kept nowhere: recommendation and review."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse

from api.http import review_schemas, samples, schemas
from api.http.access import Desk, allowed
from api.http.gate import through
from api.http.routes.dependencies import ERRORS, Body, declaration, record
from api.wishes import wishes_from
from corpus.importers import declaration_from_dict
from corpus.workflow.actors import Action

Caller = Annotated[Desk, allowed(Action.ADVISE)]
Top = Annotated[int | None, Query(ge=1, le=100, description="最多推荐几条")]

router = APIRouter(tags=["推荐与审核"])


def _accepts(
    samples: dict[str, Any], schema: dict[str, Any] = schemas.DECLARATION
) -> dict[str, Any]:
    """Describe a body that is read by hand: a declaration, as contract or platform record."""
    return {
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": schema, "examples": samples}},
        }
    }


@router.post(
    "/recommendations",
    summary="推荐绩效指标",
    description="只需要项目名称；写明部门、概况、目标和预算，推荐会更贴切。"
    "逐条采纳、拒绝或修改时，把当前状态放在 accepted 和 rejected 中再次请求：其余指标立即重新推荐，"
    "补齐还缺的部分，分值随之重新分配。",
    response_model=schemas.Recommendation,
    responses=ERRORS,
    openapi_extra=_accepts(samples.RECOMMENDATIONS, schemas.RECOMMENDATION_REQUEST),
)
async def recommend(data: Body, found: Caller, request: Request, top: Top = None) -> JSONResponse:
    """Recommend for one declaration."""

    def work() -> Any:
        given = record(data)
        wishes = wishes_from(given, top)
        read = declaration_from_dict(given)
        return found.workspace.recommend(read, wishes=wishes).to_dict()

    return await through(request, work)


@router.post(
    "/reviews",
    summary="审核绩效目标申报",
    description="逐条指出问题、理由、依据和修改建议，给出整体意见。",
    response_model=review_schemas.Review,
    responses=ERRORS,
    openapi_extra=_accepts(samples.DECLARATIONS),
)
async def review(data: Body, found: Caller, request: Request) -> JSONResponse:
    """Review one declaration."""
    return await through(request, lambda: found.workspace.review(declaration(data)).to_dict())


@router.post(
    "/report-reviews",
    summary="审核绩效自评",
    description="记录中要有实际完成值，或有自评报告正文。",
    response_model=review_schemas.Review,
    responses=ERRORS,
    openapi_extra=_accepts(samples.EVALUATIONS),
)
async def review_report(data: Body, found: Caller, request: Request) -> JSONResponse:
    """Review one self-evaluation."""

    def work() -> Any:
        return found.workspace.review_report(declaration(data)).to_dict()

    return await through(request, work)

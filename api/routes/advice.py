"""Advice on one declaration, kept nowhere: recommendation and review."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse

from api import samples, schemas
from api.routes.dependencies import ERRORS, Body, Shared, declaration

Top = Annotated[int | None, Query(ge=1, le=100, description="最多推荐几条")]

router = APIRouter()


def _accepts(samples: dict[str, Any]) -> dict[str, Any]:
    """Describe a body that is read by hand: a declaration, as contract or platform record."""
    return {
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": schemas.DECLARATION, "examples": samples}},
        }
    }


@router.post(
    "/recommendations",
    summary="推荐绩效指标",
    description="只需要项目名称；写明部门、概况、目标和预算，推荐会更贴切。",
    response_model=schemas.Recommendation,
    responses=ERRORS,
    openapi_extra=_accepts(samples.DECLARATIONS),
)
def recommend(data: Body, shared: Shared, top: Top = None) -> JSONResponse:
    """Recommend for one declaration."""
    return JSONResponse(shared.recommend(declaration(data), top).to_dict())


@router.post(
    "/reviews",
    summary="审核绩效目标申报",
    description="逐条指出问题、理由、依据和修改建议，给出整体意见。",
    response_model=schemas.Review,
    responses=ERRORS,
    openapi_extra=_accepts(samples.DECLARATIONS),
)
def review(data: Body, shared: Shared) -> JSONResponse:
    """Review one declaration."""
    return JSONResponse(shared.review(declaration(data)).to_dict())


@router.post(
    "/report-reviews",
    summary="审核绩效自评",
    description="记录中要有实际完成值，或有自评报告正文。",
    response_model=schemas.Review,
    responses=ERRORS,
    openapi_extra=_accepts(samples.EVALUATIONS),
)
def review_report(data: Body, shared: Shared) -> JSONResponse:
    """Review one self-evaluation."""
    return JSONResponse(shared.review_report(declaration(data)).to_dict())

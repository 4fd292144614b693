"""The HTTP interface: `create_app` for `jixiao serve`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Query, Request
from fastapi.responses import JSONResponse

from api import problems, samples, schemas
from api.settings import Settings
from api.workspace import Workspace
from corpus.errors import InputError
from corpus.importers import declaration_from_dict
from corpus.importers.json_text import decode_utf8, parse_json
from corpus.records import Declaration

PREFIX = "/api/v1"
_ERRORS: dict[int | str, dict[str, Any]] = {
    status: {
        "model": schemas.Problem,
        "description": problems.TITLES[status],
        "content": {problems.MEDIA_TYPE: {}},
    }
    for status in (400, 413, 422, 500, 503)
}


async def body(request: Request) -> bytes:
    """Read the body, never more than the limit."""
    limit = int(request.app.state.workspace.settings.max_body_mb * 1024 * 1024)
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > limit:
            raise problems.BodyTooLargeError(
                f"请求体超过 {limit // 1024 // 1024} MB",
                hint="请分批提交，或调大 JIXIAO_MAX_BODY_MB",
            )
    return bytes(data)


def workspace(request: Request) -> Workspace:
    """Return the parts shared by all requests."""
    shared: Workspace = request.app.state.workspace
    return shared


Body = Annotated[bytes, Depends(body)]
Shared = Annotated[Workspace, Depends(workspace)]
Top = Annotated[int | None, Query(ge=1, le=100, description="最多推荐几条")]

router = APIRouter(prefix=PREFIX)


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
    responses=_ERRORS,
    openapi_extra=_accepts(samples.DECLARATIONS),
)
def recommend(data: Body, shared: Shared, top: Top = None) -> JSONResponse:
    """Recommend for one declaration."""
    return JSONResponse(shared.recommend(_declaration(data), top).to_dict())


@router.post(
    "/reviews",
    summary="审核绩效目标申报",
    description="逐条指出问题、理由、依据和修改建议，给出整体意见。",
    response_model=schemas.Review,
    responses=_ERRORS,
    openapi_extra=_accepts(samples.DECLARATIONS),
)
def review(data: Body, shared: Shared) -> JSONResponse:
    """Review one declaration."""
    return JSONResponse(shared.review(_declaration(data)).to_dict())


@router.post(
    "/report-reviews",
    summary="审核绩效自评",
    description="记录中要有实际完成值，或有自评报告正文。",
    response_model=schemas.Review,
    responses=_ERRORS,
    openapi_extra=_accepts(samples.EVALUATIONS),
)
def review_report(data: Body, shared: Shared) -> JSONResponse:
    """Review one self-evaluation."""
    return JSONResponse(shared.review_report(_declaration(data)).to_dict())


@router.get("/health", summary="运行状态", response_model=schemas.Health)
def health(shared: Shared) -> schemas.Health:
    """Say that the service is up and what it knows."""
    knowledge = shared.parts.knowledge
    return schemas.Health(
        status="ok",
        version=version("jixiao"),
        types=len(knowledge.types),
        cases=len(knowledge.cases),
    )


def _declaration(data: bytes) -> Declaration:
    """Read a body as a declaration."""
    if not data.strip():
        raise InputError("请求体是空的", hint="请在请求体中提交一条申报记录", code="empty_body")
    return declaration_from_dict(parse_json(decode_utf8(data)))


def create_app(settings: Settings, shared: Workspace | None = None) -> FastAPI:
    """Return the application; its parts are loaded once, when it starts."""
    parts = shared or Workspace(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        parts.warm_up()
        yield
        parts.close()

    app = FastAPI(
        title="绩效指标推荐与审核",
        version=version("jixiao"),
        description="为预算项目推荐绩效指标，审核绩效目标申报和绩效自评。全部在本机运行。",
        openapi_url=f"{PREFIX}/openapi.json",
        docs_url=None,  # the usual pages load scripts from the internet
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.workspace = parts
    app.include_router(router)
    problems.install(app)
    return app

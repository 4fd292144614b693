"""State of the service, for those who run it."""

from __future__ import annotations

from importlib.metadata import version

from fastapi import APIRouter, Request, Response

from api.http import schemas
from api.http.problems import MEDIA_TYPE, TITLES, problem
from api.http.routes.dependencies import Shared
from corpus.errors import JixiaoError

router = APIRouter(tags=["运行"])


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


@router.get(
    "/ready",
    summary="能否接受请求",
    status_code=204,
    responses={
        503: {"model": schemas.Problem, "description": TITLES[503], "content": {MEDIA_TYPE: {}}}
    },
)
def ready(request: Request, shared: Shared) -> Response:
    """Say whether models are loaded and the database answers."""
    if not request.app.state.ready:
        return problem(503, "starting", "服务正在启动或停止", "请稍后重试")
    try:
        shared.store.version()
    except JixiaoError as error:
        return problem(503, error.code, error.message, error.hint)
    return Response(status_code=204)


@router.get("/metrics", include_in_schema=False)
def metrics(request: Request) -> Response:
    """Return measurements for Prometheus."""
    text = request.app.state.metrics.text()
    return Response(text, media_type="text/plain; version=0.0.4; charset=utf-8")

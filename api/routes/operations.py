"""State of the service, for those who run it."""

from __future__ import annotations

from importlib.metadata import version

from fastapi import APIRouter

from api import schemas
from api.routes.dependencies import Shared

router = APIRouter()


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

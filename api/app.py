"""The HTTP interface: `create_app` for `jixiao serve`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI

from api import problems
from api.routes import ROUTERS
from api.settings import Settings
from api.workspace import Workspace

PREFIX = "/api/v1"


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
    for router in ROUTERS:
        app.include_router(router, prefix=PREFIX)
    problems.install(app)
    return app

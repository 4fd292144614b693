"""The HTTP interface: `create_app` for `jixiao serve`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI

from api import web
from api.http import problems
from api.http.gate import make_gate
from api.http.limiting import Limiter
from api.http.middleware import Envelope
from api.http.routes import ROUTERS
from api.jobs import Jobs
from api.metrics import Metrics
from api.settings import Settings
from api.workspace import Workspace

PREFIX = "/api/v1"


def create_app(
    settings: Settings, shared: Workspace | None = None, *, demo: bool = False
) -> FastAPI:
    """Return the application; its parts are loaded once, when it starts.

    `demo` marks every page as showing made-up decisions on published projects.
    """
    workspace = shared or Workspace(settings)
    metrics = Metrics()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        workspace.warm_up()
        app.state.jobs = Jobs(workspace, metrics)
        if settings.job_workers:
            app.state.jobs.start(settings.job_workers)
        app.state.ready = True
        yield
        app.state.ready = False
        app.state.jobs.stop()
        workspace.close()

    app = FastAPI(
        title="绩效指标推荐与审核",
        version=version("jixiao"),
        description="为预算项目推荐绩效指标，审核绩效目标申报和绩效自评。全部在本机运行。",
        openapi_url=f"{PREFIX}/openapi.json",
        docs_url=None,  # the usual pages load scripts from the internet
        redoc_url=None,
        lifespan=lifespan,
    )
    redis = settings.redis_url
    app.state.ready = False
    app.state.demo = demo
    app.state.workspace = workspace
    app.state.metrics = metrics
    app.state.gate = make_gate()
    app.state.limiter = Limiter(
        settings.rate_limit, settings.sign_in_limit, redis.get_secret_value() if redis else None
    )
    app.state.anonymous = settings.anonymous is not False
    app.state.https = settings.public_url.startswith("https://")
    app.add_middleware(
        Envelope,
        limit=int(settings.max_body_mb * 1024 * 1024),
        metrics=metrics,
        https=app.state.https,
    )
    for router in ROUTERS:
        app.include_router(router, prefix=PREFIX)
    problems.install(app)
    web.install(app)
    return app

"""The web pages: server-rendered, in Chinese, with every asset bundled."""

from __future__ import annotations

from fastapi import FastAPI

from api.web.assets import Assets
from api.web.errors import show_errors_as_pages
from api.web.pages import ROUTERS


def install(app: FastAPI) -> None:
    """Add the pages to the service; call it after the error handlers of the interface."""
    app.mount("/static", Assets(), name="static")
    for router in ROUTERS:
        app.include_router(router, include_in_schema=False)
    show_errors_as_pages(app)

"""The pages, one module per kind."""

from fastapi import APIRouter

from api.web.pages import home, patterns, sign_in

ROUTERS: tuple[APIRouter, ...] = (
    home.router,
    sign_in.router,
    patterns.router,
)
"""All routers of pages."""

"""The addresses of the HTTP interface, one module per subject."""

from fastapi import APIRouter

from api.routes import advice, decisions, operations

ROUTERS: tuple[APIRouter, ...] = (
    advice.router,
    decisions.router,
    operations.router,
)
"""All routers, in the order of the interface description."""

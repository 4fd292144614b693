"""The addresses of the HTTP interface, one module per subject."""

from fastapi import APIRouter

from api.http.routes import (
    advice,
    audit,
    batches,
    decisions,
    keys,
    library,
    operations,
    people,
    statistics,
    submissions,
    verdicts,
    webhooks,
)

ROUTERS: tuple[APIRouter, ...] = (
    advice.router,
    decisions.router,
    batches.router,
    library.router,
    submissions.router,
    verdicts.router,
    statistics.router,
    people.router,
    keys.router,
    webhooks.router,
    audit.router,
    operations.router,
)
"""All routers, in the order of the interface description."""

"""The first page: where a person's day begins."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse

from api.http.access import Desk, desk
from api.web.navigation import home_of
from corpus.workflow.actors import ANONYMOUS

router = APIRouter()


@router.get("/", name="home")
def home(request: Request, found: Annotated[Desk, Depends(desk)]) -> RedirectResponse:
    """Lead everybody to their own first page, strangers to the sign-in."""
    if found.actor is ANONYMOUS:
        return RedirectResponse("/sign-in", 303)
    return RedirectResponse(home_of(found.actor), 303)

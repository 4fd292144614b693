"""Every fragment on one page, for those who build pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter, Request, Response

from api.web.rendering import Page, render
from corpus.workflow.status import AuthorStatus, ReviewStatus

router = APIRouter()


@dataclass(frozen=True)
class PatternsPage(Page):
    """Samples of all shared fragments."""

    template: ClassVar[str] = "patterns/patterns.html"
    title: ClassVar[str] = "页面组件"
    statuses: tuple[AuthorStatus | ReviewStatus, ...]


@router.get("/patterns")
def patterns(request: Request) -> Response:
    """Show them."""
    return render(request, PatternsPage((*AuthorStatus, *ReviewStatus)))

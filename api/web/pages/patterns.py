"""Every fragment on one page, for those who build pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter, Request, Response

from api.web.rendering import Page, render
from api.web.spread import Dot, Spread, Tick
from api.web.versions import Differences, differences
from corpus.workflow.status import AuthorStatus, ReviewStatus

router = APIRouter()


@dataclass(frozen=True)
class PatternsPage(Page):
    """Samples of all shared fragments."""

    template: ClassVar[str] = "patterns/patterns.html"
    title: ClassVar[str] = "页面组件"
    statuses: tuple[AuthorStatus | ReviewStatus, ...]
    spread: Spread
    changed: Differences


_SPREAD = Spread(
    targets=(Dot(110, 19), Dot(110, 14.4), Dot(150, 19), Dot(182, 19)),
    actuals=(Dot(150, 27), Dot(190, 27)),
    ticks=(Tick(60, "较低"), Tick(140, "一般"), Tick(200, "较高")),
    own=96,
    labels=(Tick(60, "85%"), Tick(200, "98%")),
    words="4个同类项目中4个定得更高；指标库较低85、一般92、较高98%",
)
_BEFORE = {"goal": "保障出行", "indicators": [{"name": "养护里程", "target": "≥680公里"}]}
_AFTER = {"goal": "保障群众出行", "indicators": [{"name": "养护里程", "target": "≥700公里"}]}


@router.get("/patterns")
def patterns(request: Request) -> Response:
    """Show them."""
    statuses = (*AuthorStatus, *ReviewStatus)
    return render(request, PatternsPage(statuses, _SPREAD, differences(_BEFORE, _AFTER)))

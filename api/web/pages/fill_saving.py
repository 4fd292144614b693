"""Keeping what was filled in: saving, what happens when somebody else saved first, submitting."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Annotated, Any, ClassVar

from fastapi import APIRouter, Request, Response

from api.http.access import Desk, allowed
from api.http.gate import in_turn
from api.web.filling.page import FormAsPosted, Sheet
from api.web.filling.posted import Posted
from api.web.filling.saving import keep, settled
from api.web.rendering import Page, render
from api.web.versions import Differences, differences
from corpus.workflow import submissions
from corpus.workflow.actors import Action
from corpus.workflow.errors import StaleError
from corpus.workflow.reviews import newest_review
from corpus.workflow.submissions import Submission

router = APIRouter(prefix="/fill")
Writer = Annotated[Desk, allowed(Action.WRITE)]


@dataclass(frozen=True)
class SavedFragment(Page):
    """Which version the form now is."""

    template: ClassVar[str] = "fill/_saved.html"
    sheet: Sheet
    item: Submission


@dataclass(frozen=True)
class ConflictDialog(Page):
    """What differs from what somebody else has saved meanwhile."""

    template: ClassVar[str] = "fill/_conflict.html"
    item: Submission
    changed: Differences
    """From what is stored to what is in the form."""


@dataclass(frozen=True)
class SubmitDialog(Page):
    """What is left to be said before a form is handed in."""

    template: ClassVar[str] = "fill/_submit.html"
    sheet: Sheet
    item: Submission
    errors: tuple[Any, ...]
    warnings: tuple[Any, ...]
    indicators: int


@router.post("/save")
async def save(request: Request, found: Writer, posted: FormAsPosted) -> Response:
    """Save a version."""

    def work() -> Submission | ConflictDialog:
        try:
            return keep(found, posted)
        except StaleError:
            return _conflict(found, posted)

    saved = await in_turn(request, work)
    if isinstance(saved, ConflictDialog):
        return _in_dialog(render(request, saved, 412))
    return _told(render(request, SavedFragment(_renewed(posted, saved), saved)), saved)


@router.post("/check")
async def check(request: Request, found: Writer, posted: FormAsPosted) -> Response:
    """Save, and show what would be sent back, before the unit confirms the submission."""

    def work() -> SubmitDialog | ConflictDialog:
        try:
            saved = keep(found, posted)
        except StaleError:
            return _conflict(found, posted)
        with found.reading() as connection:
            review = newest_review(connection, saved, saved.version)
        findings = review.result["findings"] if review else []
        by = {
            word: tuple(item for item in findings if item["severity"] == word)
            for word in ("error", "warning")
        }
        count = len(posted.filled)
        return SubmitDialog(_renewed(posted, saved), saved, by["error"], by["warning"], count)

    shown = await in_turn(request, work)
    if isinstance(shown, ConflictDialog):
        return _in_dialog(render(request, shown, 412))
    return _told(render(request, shown), shown.item)


def _conflict(desk: Desk, posted: Posted) -> ConflictDialog:
    with desk.reading() as connection:
        item = submissions.submission(connection, desk.actor, str(posted.submission))
        stored = submissions.version(connection, item)
    own = settled(desk, posted).model_dump(mode="json", exclude_defaults=True)
    return ConflictDialog(item, differences(stored.record, own))


def _in_dialog(answer: Response) -> Response:
    answer.headers.update({"HX-Retarget": "#dialog", "HX-Reswap": "innerHTML"})
    return answer


def _renewed(posted: Posted, saved: Submission) -> Sheet:
    return Sheet.of(
        replace(posted, submission=saved.id, revision=saved.revision, version=saved.version)
    )


def _told(answer: Response, saved: Submission) -> Response:
    answer.headers["HX-Push-Url"] = f"/fill/{saved.id}"
    answer.headers["HX-Trigger"] = json.dumps({"fill:saved": {"version": saved.version}})
    return answer

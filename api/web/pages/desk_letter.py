"""The letter to the unit: a preview, and the same as .docx."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar

from fastapi import APIRouter, Query, Request, Response

from api.http.access import Desk
from api.http.forms import Id
from api.http.letters_on_submissions import feedback_on, letter_on, reviewed
from api.web.desks.asked import DESK, RECHECK, Queue, queue_of
from api.web.downloads import download
from api.web.pages.desk import Onlooker
from api.web.rendering import Page, render
from corpus.workflow import submissions
from corpus.workflow.organisations import bureau
from corpus.workflow.status import Verdict
from corpus.workflow.submissions import Submission
from review.feedback.content import Feedback
from review.feedback.text import SCORES, Paragraph, annex_titles, lay_out

router = APIRouter(prefix="/desk/{id}")
Issuer = Annotated[str | None, Query(max_length=100)]


@dataclass(frozen=True)
class LetterPage(Page):
    """The letter as it will be printed."""

    template: ClassVar[str] = "desk/letter.html"
    title: ClassVar[str] = DESK.title
    section: ClassVar[str] = DESK.section
    place: Queue
    item: Submission
    feedback: Feedback
    paragraphs: Sequence[Paragraph]
    annexes: Sequence[str]
    scores: str
    """Title of the annex with the points."""
    issuer: str
    verdict: str
    """What the draft concludes; empty once decided."""


class RecheckLetterPage(LetterPage):
    """The letter on a self-evaluation."""

    title = RECHECK.title
    section = RECHECK.section


@router.get("/letter")
def preview(
    request: Request, id_: Id, found: Onlooker, issuer: Issuer = None, verdict: str = ""
) -> Response:
    """Show the letter."""
    wanted = Verdict(verdict) if verdict in set(Verdict) else None
    with found.reading() as connection:
        item = submissions.submission(connection, found.actor, id_)
        state = reviewed(connection, item)
    signed = _issuer(found, issuer)
    feedback = feedback_on(state, signed, wanted)
    place = queue_of(item.kind)
    page_of = RecheckLetterPage if place is RECHECK else LetterPage
    shown = page_of(
        place=place,
        item=item,
        feedback=feedback,
        paragraphs=list(lay_out(feedback)),
        annexes=annex_titles(feedback),
        scores=SCORES,
        issuer=signed,
        verdict=verdict if wanted else "",
    )
    return render(request, shown)


@router.get("/letter.docx")
def letter(id_: Id, found: Onlooker, issuer: Issuer = None, verdict: str = "") -> Response:
    """Hand out the letter as a Word document."""
    wanted = Verdict(verdict) if verdict in set(Verdict) else None
    with found.reading() as connection:
        item = submissions.submission(connection, found.actor, id_)
        state = reviewed(connection, item)
    return download(*letter_on(state, _issuer(found, issuer), wanted))


def _issuer(found: Desk, given: str | None) -> str:
    """Return who signs: the bureau unless another office is named."""
    if given is not None:
        return given
    with found.reading() as connection:
        whole = bureau(connection)
    return whole.name if whole else ""

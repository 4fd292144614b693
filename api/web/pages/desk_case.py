"""One submission on a reviewer's desk: reading it, and what stands beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import Connection

from api.http.access import Desk
from api.http.forms import Id
from api.http.gate import in_turn
from api.web.desks.asked import DESK, RECHECK, Queue, queue_of
from api.web.desks.case import Case, case
from api.web.desks.comparing import Compared, comparison
from api.web.desks.past import Past, past_of
from api.web.desks.points import Points, points_of
from api.web.desks.remarks import Progress, Remark
from api.web.pages.desk import PARTS, Onlooker, Wanted
from api.web.rendering import Page, redirect, render
from api.web.versions import Differences, differences
from corpus.records import SelfEvaluation
from corpus.workflow import queue, submissions, trail, verdicts
from corpus.workflow.queue import Place
from corpus.workflow.submissions import Submission, Version
from corpus.workflow.trail import Entry, names_of

router = APIRouter()
Number = Annotated[int | None, Query(ge=1)]
_TOLD = frozenset(
    {
        "assigned",
        "due",
        "opinion",
        "reason",
        "review_status",
        "submitted_version",
        "verdict",
        "wording",
    }
)
"""What the record of a submission shows of each step."""


@dataclass(frozen=True)
class CasePage(Page):
    """Form and findings side by side."""

    template: ClassVar[str] = "desk/case.html"
    title: ClassVar[str] = DESK.title
    section: ClassVar[str] = DESK.section
    place: Queue
    case: Case
    points: Points | None
    """Points counted again and what to ask; only for a self-evaluation."""
    stand: Place
    query: str
    """The queue that the reader came from."""
    decided: Submission | None
    today: date
    parts: Mapping[str, str]
    lead: bool


class RecheckCasePage(CasePage):
    """A self-evaluation on its desk."""

    title = RECHECK.title
    section = RECHECK.section


@dataclass(frozen=True)
class ComparisonPanel(Page):
    """Each row among its peers."""

    template: ClassVar[str] = "desk/comparison.html"
    rows: Sequence[Compared]


@dataclass(frozen=True)
class PastPanel(Page):
    """Earlier years of the project beside this one."""

    template: ClassVar[str] = "desk/past.html"
    years: Sequence[Past]


@dataclass(frozen=True)
class HistoryPanel(Page):
    """Versions, what differs between two of them, and who did what."""

    template: ClassVar[str] = "desk/history.html"
    item: Submission
    versions: Sequence[Version]
    authors: Mapping[str, str]
    """Who saved each version, by actor."""
    before: int
    after: int
    changed: Differences | None
    entries: Sequence[Entry]
    people: Mapping[str, str]
    """What the accounts that the work was assigned to are called, by id."""
    shown: frozenset[str] = _TOLD


@dataclass(frozen=True)
class RemarkFragment(Page):
    """Findings after a reviewer spoke of them, and what follows from that."""

    template: ClassVar[str] = "desk/_remark_changed.html"
    case: Case
    changed: Sequence[Remark]
    beside: bool
    """Whether each card replaces its own of itself, as many change at once."""
    progress: Progress


@router.get("/desk/{id}", name="desk_case")
def desk_case(request: Request, id_: Id, found: Onlooker, asked: Wanted) -> Response:
    """Show a declaration."""
    return _case(request, found, DESK, id_, asked)


@router.get("/recheck/{id}", name="recheck_case")
def recheck_case(request: Request, id_: Id, found: Onlooker, asked: Wanted) -> Response:
    """Show a self-evaluation."""
    return _case(request, found, RECHECK, id_, asked)


@router.get("/desk/{id}/comparison")
async def compare(request: Request, id_: Id, found: Onlooker) -> Response:
    """Show how each row stands among its peers."""
    with found.reading() as connection:
        item = submissions.submission(connection, found.actor, id_)
        record = submissions.version(connection, item, item.submitted_version).record
    read = SelfEvaluation.model_validate(record)
    rows = await in_turn(request, lambda: comparison(read, found.workspace.parts.peers))
    return render(request, ComparisonPanel(rows))


@router.get("/desk/{id}/past")
def past(request: Request, id_: Id, found: Onlooker) -> Response:
    """Show the earlier years of the project."""
    with found.reading() as connection:
        item = submissions.submission(connection, found.actor, id_)
        record = submissions.version(connection, item, item.submitted_version).record
        years = past_of(connection, item, record, found.workspace.parts.history)
    return render(request, PastPanel(years))


@router.get("/desk/{id}/history")
def history(
    request: Request, id_: Id, found: Onlooker, before: Number = None, after: Number = None
) -> Response:
    """Show versions, differences and the audit trail."""
    with found.reading() as connection:
        item = submissions.submission(connection, found.actor, id_)
        kept = submissions.versions(connection, item)
        judged = [word.version for word in verdicts.verdicts(connection, item)]
        newer = submissions.version(connection, item, after or item.submitted_version)
        older_number = before or _judged_before(judged, newer.number)
        older = submissions.version(connection, item, older_number) if older_number else None
        entries = trail.history(connection, f"submission:{item.id}")
        authors = names_of(connection, {version.created_by for version in kept})
        people = _assigned(connection, entries)
    shown = HistoryPanel(
        item,
        kept[::-1],
        authors,
        older.number if older else 0,
        newer.number,
        differences(older.record, newer.record) if older else None,
        entries,
        people,
    )
    return render(request, shown)


def _assigned(connection: Connection, entries: Sequence[Entry]) -> dict[str, str]:
    facts = [facts for entry in entries for facts in (entry.before, entry.after) if facts]
    ids = {id_ for each in facts for id_ in each.get("assigned") or ()}
    named = names_of(connection, {f"account:{id_}" for id_ in ids})
    return {name.partition(":")[2]: label for name, label in named.items()}


def _judged_before(judged: Sequence[int], number: int) -> int | None:
    """Return the version that reviewers saw last, else the one before; None for the first."""
    seen = [version for version in judged if version < number]
    return max(seen, default=number - 1) or None


def _case(request: Request, found: Desk, place: Queue, id_: str, asked: Wanted) -> Response:
    actor = found.actor
    with found.reading() as connection:
        item = submissions.submission(connection, actor, id_)
        if item.kind is not place.kind:
            return redirect(request, f"{queue_of(item.kind).path}/{id_}")
        opened = case(connection, actor, id_)
        order = asked.order or place.order
        stand = queue.place_of(connection, actor, asked.filter(place.kind, actor), order, item)
        decided = submissions.submission(connection, actor, asked.done) if asked.done else None
    evaluated = place is RECHECK and opened.result is not None
    page_of = RecheckCasePage if place is RECHECK else CasePage
    shown = page_of(
        place=place,
        case=opened,
        points=points_of(opened) if evaluated else None,
        stand=stand,
        query=asked.query(),
        decided=decided,
        today=date.today(),
        parts=PARTS,
        lead=bool(opened.candidates),
    )
    return render(request, shown)

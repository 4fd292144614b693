"""审核工作台 and 自评复核: the queues, and what a lead does to many at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from fastapi import APIRouter, Query, Request, Response
from fastapi import Form as Body

from api.http.access import Desk, allowed
from api.http.judging import Outcome, each, judge
from api.web.desks.asked import DESK, RECHECK, Asked, Queue
from api.web.rendering import Page, render
from corpus.errors import InputError
from corpus.workflow import queue, submissions, verdicts
from corpus.workflow.actors import Action
from corpus.workflow.audit import Scribe
from corpus.workflow.queue import Choices, Counts, Waiting
from corpus.workflow.reviewers import Reviewer, reviewers
from corpus.workflow.status import ReviewStatus, Verdict
from corpus.workflow.submissions import Submission
from review.rules import ALL_RULES
from review.scoring.triage import RECHECK as SPOT_CHECK
from review.scoring.triage import REEVALUATION, REREVIEW

router = APIRouter()
Onlooker = Annotated[Desk, allowed(Action.STATISTICS)]
"""Reviewers, and those who look at figures and want to see the projects behind them."""
Leader = Annotated[Desk, allowed(Action.LEAD)]
Wanted = Annotated[Asked, Query()]
Ids = Annotated[list[str], Body(min_length=1, max_length=500)]
Reason = Annotated[str, Body(max_length=4000)]

TIERS = (REEVALUATION, REREVIEW, SPOT_CHECK)
PARTS = {"findings": "问题", "inflation": "得分虚高", "money": "资金", "history": "以前年度"}
_DECIDED = (ReviewStatus.RETURNED, ReviewStatus.PASSED, ReviewStatus.REJECTED)
_STATES = (ReviewStatus.WAITING, ReviewStatus.REVIEWING, ReviewStatus.DISPUTED)


@dataclass(frozen=True)
class Tab:
    """Where the review stands, with how many stand there."""

    state: str
    label: str
    number: int
    address: str
    chosen: bool


@dataclass(frozen=True)
class QueuePage(Page):
    """A queue."""

    template: ClassVar[str] = "desk/queue.html"
    title: ClassVar[str] = DESK.title
    section: ClassVar[str] = DESK.section
    place: Queue
    asked: Asked
    items: Sequence[Waiting]
    tabs: tuple[Tab, ...]
    counts: Counts
    choices: Choices
    rules: Mapping[str, str]
    """What each rule that spoke is about."""
    pages: int
    found: int
    """How many the filter leaves."""
    lead: bool
    reviewers: Sequence[Reviewer]
    decided: Submission | None
    """What has just been decided."""
    today: date
    parts: Mapping[str, str]
    tiers: tuple[str, ...] = TIERS


class RecheckQueuePage(QueuePage):
    """The queue of self-evaluations."""

    title = RECHECK.title
    section = RECHECK.section


@dataclass(frozen=True)
class OutcomesFragment(Page):
    """What came of a thing done to many."""

    template: ClassVar[str] = "desk/_outcomes.html"
    done: str
    outcomes: Sequence[Outcome]
    names: Mapping[str, str]


@router.get("/desk", name="desk")
def desk(request: Request, found: Onlooker, asked: Wanted) -> Response:
    """Show the declarations that wait."""
    return _queue(request, found, DESK, asked)


@router.get("/recheck", name="recheck")
def recheck(request: Request, found: Onlooker, asked: Wanted) -> Response:
    """Show the self-evaluations that wait."""
    return _queue(request, found, RECHECK, asked)


@router.post("/desk/bulk/verdict")
def judge_many(
    request: Request,
    found: Leader,
    ids: Ids,
    verdict: Annotated[Verdict, Body()],
    reason: Reason = "",
) -> Response:
    """Give one verdict on many."""

    def work(scribe: Scribe, id_: str) -> Submission:
        return judge(scribe, id_, verdict, reason)

    return _outcomes(request, found, verdict.label, ids, each(found, request, ids, work))


@router.post("/desk/bulk/assignment")
def assign_many(
    request: Request,
    found: Leader,
    ids: Ids,
    account_ids: Annotated[list[str], Body(max_length=50)] = [],  # noqa: B006 - FastAPI copies it
    due: Annotated[str, Body(max_length=10)] = "",
) -> Response:
    """Ask the same reviewers to judge many."""
    day = date_of(due)
    if not any(account_ids):
        raise InputError("没有选择审核人员", hint="请选择审核人员后再分派")
    if day and day < date.today().isoformat():
        raise InputError("办理期限已经过去", hint="请改为今天或以后的日期")

    def work(scribe: Scribe, id_: str) -> Submission:
        return verdicts.assign(scribe, id_, account_ids, day, None)

    return _outcomes(request, found, "分派", ids, each(found, request, ids, work))


def date_of(given: str) -> str | None:
    """Read a day from a form."""
    if not given:
        return None
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError as error:
        raise InputError("办理期限不是日期", hint="例如 2026-12-31") from error


def _queue(request: Request, found: Desk, place: Queue, asked: Asked) -> Response:
    actor = found.actor
    wanted = asked.filter(place.kind, actor)
    order = asked.order or place.order
    lead = actor.may(Action.LEAD)
    with found.reading() as connection:
        counts = queue.counts(connection, actor, asked.filter(place.kind, actor, any_state=True))
        number = _number(counts, asked.state)
        pages = max(1, -(-number // asked.limit))
        page = min(asked.page, pages)
        items = queue.queue(connection, actor, wanted, order, asked.limit, (page - 1) * asked.limit)
        choices = queue.choices(connection, actor, place.kind)
        asked_for = reviewers(connection, actor) if lead else ()
        decided = submissions.submission(connection, actor, asked.done) if asked.done else None
    page_of = RecheckQueuePage if place is RECHECK else QueuePage
    shown = page_of(
        place=place,
        asked=asked.model_copy(update={"page": page}),
        items=items,
        tabs=_tabs(place, asked, counts),
        counts=counts,
        choices=choices,
        rules={rule.code: rule.manual.summary for rule in ALL_RULES},
        pages=pages,
        found=number,
        lead=lead,
        reviewers=asked_for,
        decided=decided,
        today=date.today(),
        parts=PARTS,
    )
    return render(request, shown)


def _number(counts: Counts, state: str) -> int:
    special = {
        "open": counts.open,
        "mine": counts.mine,
        "overdue": counts.overdue,
        "unassigned": counts.unassigned,
        "all": counts.total,
    }
    return special[state] if state in special else counts.by_status.get(ReviewStatus(state), 0)


def _tabs(place: Queue, asked: Asked, counts: Counts) -> tuple[Tab, ...]:
    labels = {"open": "待办", "mine": "分派给我", "overdue": "已超期", "unassigned": "未分派"}
    labels |= {status.value: status.label for status in (*_STATES, *_DECIDED)}
    labels["all"] = "全部"
    return tuple(
        Tab(
            state,
            label,
            _number(counts, state),
            place.path + asked.query(state=None if state == "open" else state, page=1),
            asked.state == state,
        )
        for state, label in labels.items()
    )


def _outcomes(
    request: Request, found: Desk, done: str, ids: Sequence[str], outcomes: Sequence[Outcome]
) -> Response:
    with found.reading() as connection:
        names = queue.names(connection, found.actor, ids)
    shown = OutcomesFragment(done, outcomes, names)
    return render(request, shown, HX_Trigger="queue-changed")

"""Lists of submissions: filtered, sorted, a page at a time."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, Literal, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, Text, and_, cast, func, not_, or_, select

from corpus.errors import InputError
from corpus.workflow.actors import Action, Actor
from corpus.workflow.status import AuthorStatus, ReviewStatus, SubmissionKind
from corpus.workflow.submissions import Submission
from corpus.workflow.tables import OrganisationRow, ReviewFindingRow, SubmissionRow

T = TypeVar("T")
Order = Literal["newest", "risk", "budget", "triage"]


@dataclass(frozen=True)
class Page(Generic[T]):
    """Part of a list."""

    items: Sequence[T]
    next: str | None
    """Where the next page begins; None at the end."""


@dataclass(frozen=True)
class Filter:
    """What a list is to hold; None does not ask."""

    kind: SubmissionKind | None = None
    organisation_id: str | None = None
    author_status: AuthorStatus | None = None
    review_status: ReviewStatus | None = None
    department: str | None = None
    fiscal_year: int | None = None
    function_code: str | None = None
    opinion: str | None = None
    finding: str | None = None
    """Code of a rule that spoke in the newest review."""
    assigned_to: str | None = None
    external_id: str | None = None
    budget_from: float | None = None
    budget_to: float | None = None
    text: str | None = None
    """Part of the project's name."""
    tier: str | None = None
    """How far a self-evaluation should be looked into again."""
    sent: bool | None = None
    """Whether it has been handed in for review."""
    open: bool | None = None
    """Whether a verdict is awaited."""
    overdue: bool | None = None
    """Whether a verdict is awaited and its day is over."""
    unassigned: bool | None = None
    """Whether nobody in particular is to judge it."""


SORTED: dict[Order, ColumnElement[Any]] = {
    "risk": func.coalesce(SubmissionRow.risk, -1.0),
    "budget": func.coalesce(SubmissionRow.budget_wan, -1.0),
    "triage": func.coalesce(SubmissionRow.triage, SubmissionRow.risk, -1.0),
}
"""What lists are sorted by, highest first; the newest first where nothing is named."""
_ID = re.compile(r"[0-9A-Z]{26}")
_OPEN = [status for status in ReviewStatus if status.open]
_EXACT = (
    "kind",
    "author_status",
    "review_status",
    "department",
    "fiscal_year",
    "function_code",
    "opinion",
    "external_id",
    "tier",
)


def list_submissions(
    connection: Connection,
    actor: Actor,
    wanted: Filter,
    order: Order = "newest",
    limit: int = 50,
    cursor: str | None = None,
) -> Page[Submission]:
    """Return a page of the submissions that the actor sees; highest or newest first."""
    actor.require(Action.READ)
    query = filtered(select(SubmissionRow.__table__), actor, wanted)
    value = SORTED.get(order)
    if cursor is not None:
        query = query.where(beyond(value, _read_cursor(cursor, order)))
    if value is not None:
        query = query.add_columns(value.label("sorted_by")).order_by(value.desc())
    rows = connection.execute(query.order_by(SubmissionRow.id.desc()).limit(limit + 1)).all()
    items = [Submission.model_validate(row) for row in rows[:limit]]
    if len(rows) <= limit:
        return Page(items, None)
    last = rows[limit - 1]
    return Page(items, _cursor(order, None if value is None else last.sorted_by, last.id))


def filtered(query: Select[*tuple[Any, ...]], actor: Actor, wanted: Filter) -> Select[Any]:
    """Restrict a query on submissions to what the actor sees and a filter asks for."""
    query = query.join(OrganisationRow, OrganisationRow.id == SubmissionRow.organisation_id)
    if actor.path is None:
        return query.where(SubmissionRow.id.is_(None))
    query = query.where(OrganisationRow.path.startswith(actor.path, autoescape=True))
    for name in _EXACT:
        asked = getattr(wanted, name)
        if asked is not None:
            query = query.where(getattr(SubmissionRow, name) == asked)
    if wanted.organisation_id is not None:
        query = query.where(
            OrganisationRow.path.contains(f"/{wanted.organisation_id}/", autoescape=True)
        )
    if wanted.finding is not None:
        spoke = select(ReviewFindingRow.submission_id).where(
            ReviewFindingRow.code == wanted.finding
        )
        query = query.where(SubmissionRow.id.in_(spoke))
    if wanted.assigned_to is not None:
        marked = cast(SubmissionRow.assigned, Text)
        query = query.where(marked.contains(f'"{wanted.assigned_to}"', autoescape=True))
    if wanted.budget_from is not None:
        query = query.where(SubmissionRow.budget_wan >= wanted.budget_from)
    if wanted.budget_to is not None:
        query = query.where(SubmissionRow.budget_wan <= wanted.budget_to)
    if wanted.text:
        query = query.where(SubmissionRow.project_name.contains(wanted.text, autoescape=True))
    return query.where(*_states(wanted))


def _states(wanted: Filter) -> list[ColumnElement[bool]]:
    """Return the conditions on where the review stands."""
    conditions = (
        (wanted.sent, SubmissionRow.review_status != ReviewStatus.NONE),
        (wanted.open, SubmissionRow.review_status.in_(_OPEN)),
        (wanted.overdue, overdue()),
        (wanted.unassigned, cast(SubmissionRow.assigned, Text) == "[]"),
    )
    return [
        condition if asked else not_(condition)
        for asked, condition in conditions
        if asked is not None
    ]


def overdue() -> ColumnElement[bool]:
    """Return the condition that a verdict is awaited and its day is over."""
    due = func.coalesce(SubmissionRow.due, "9999-12-31")
    return and_(SubmissionRow.review_status.in_(_OPEN), due < date.today().isoformat())


def beyond(
    value: ColumnElement[Any] | None, place: tuple[float | None, str]
) -> ColumnElement[bool]:
    """Return the condition that an item comes after a place, its sorted value and id."""
    number, id_ = place
    later = SubmissionRow.id < id_
    if value is None or number is None:
        return later
    return or_(value < number, and_(value == number, later))


def _cursor(order: Order, number: float | None, id_: str) -> str:
    content = json.dumps([order, number, id_]).encode()
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def _read_cursor(cursor: str, order: Order) -> tuple[float | None, str]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        was, number, id_ = json.loads(base64.urlsafe_b64decode(padded.encode()))
        if was != order or not _ID.fullmatch(id_):
            raise ValueError
        return (float(number) if order in SORTED else None), id_
    except (ValueError, TypeError, OverflowError, binascii.Error) as error:
        raise InputError(
            "翻页标记无效", hint="请使用上一页返回的 next，且排序方式不变", code="bad_cursor"
        ) from error

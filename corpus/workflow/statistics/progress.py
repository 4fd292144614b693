"""How far the review has come: by status, by division, by deadline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, case, func, select

from corpus.workflow.actors import Actor
from corpus.workflow.listing import overdue
from corpus.workflow.statistics.scope import Scope, below, divisions, within
from corpus.workflow.status import AuthorStatus, ReviewStatus
from corpus.workflow.tables import OrganisationRow, SubmissionRow

Step = AuthorStatus | ReviewStatus
STEPS: tuple[Step, ...] = (
    AuthorStatus.DRAFT,
    ReviewStatus.WAITING,
    ReviewStatus.REVIEWING,
    ReviewStatus.DISPUTED,
    ReviewStatus.RETURNED,
    ReviewStatus.PASSED,
    ReviewStatus.REJECTED,
)
"""Where a submission may stand, in the order of its way; a returned one is being revised."""


@dataclass
class Progress:
    """How many submissions stand where, of one division or of all; drafts count apart."""

    division_id: str | None
    division: str
    by_step: dict[Step, int] = field(default_factory=dict)
    budget_wan: float = 0.0
    """What those that were handed in ask for."""
    overdue: int = 0

    @property
    def drafts(self) -> int:
        """Return how many have not been handed in."""
        return self.by_step.get(AuthorStatus.DRAFT, 0)

    @property
    def total(self) -> int:
        """Return how many have been handed in."""
        return sum(self.by_step.values()) - self.drafts

    @property
    def decided(self) -> int:
        """Return how many have passed or were refused."""
        ends = (ReviewStatus.PASSED, ReviewStatus.REJECTED)
        return sum(self.by_step.get(step, 0) for step in ends)


def progress(connection: Connection, actor: Actor, scope: Scope) -> tuple[Progress, list[Progress]]:
    """Return the whole, and the part of each division in the order of names."""
    division = divisions()
    query = (
        select(
            division.c.id,
            division.c.name,
            SubmissionRow.review_status,
            func.count(),
            func.coalesce(func.sum(SubmissionRow.budget_wan), 0.0),
            func.sum(case((overdue(), 1), else_=0)),
        )
        .select_from(SubmissionRow)
        .join(OrganisationRow, OrganisationRow.id == SubmissionRow.organisation_id)
        .outerjoin(division, below(OrganisationRow.path, division))
        .where(within(connection, actor, scope, with_drafts=True)(SubmissionRow.id))
        .group_by(division.c.id, division.c.name, SubmissionRow.review_status)
        .order_by(division.c.name)
    )
    whole = Progress(None, "合计")
    parts: dict[str | None, Progress] = {}
    for id_, name, status, number, budget, late in connection.execute(query):
        part = parts.setdefault(id_, Progress(id_, name or "未归口业务处室"))
        step = _step(ReviewStatus(status))
        for target in (whole, part):
            target.by_step[step] = target.by_step.get(step, 0) + number
            target.budget_wan += 0 if step is AuthorStatus.DRAFT else budget
            target.overdue += late
    return whole, list(parts.values())


@dataclass(frozen=True)
class Due:
    """Open submissions whose verdict is awaited until a day."""

    day: str
    number: int


def deadlines(connection: Connection, actor: Actor, scope: Scope) -> Sequence[Due]:
    """Return how many open submissions are due on each day, the earliest first."""
    open_ = [status for status in ReviewStatus if status.open]
    query = (
        select(SubmissionRow.due, func.count())
        .where(
            within(connection, actor, scope)(SubmissionRow.id),
            SubmissionRow.due.is_not(None),
            SubmissionRow.review_status.in_(open_),
        )
        .group_by(SubmissionRow.due)
        .order_by(SubmissionRow.due)
    )
    return [Due(str(day), number) for day, number in connection.execute(query)]


def _step(status: ReviewStatus) -> Step:
    return AuthorStatus.DRAFT if status is ReviewStatus.NONE else status

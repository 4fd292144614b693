"""Targets that are vague, purely qualitative or easy: month by month, before and after coaching."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, and_, case, func, or_, select

from corpus.workflow.actors import Actor
from corpus.workflow.statistics.scope import (
    LABELS,
    Label,
    Scope,
    coached,
    first_reviews,
    reviews_of_versions,
    within,
)
from corpus.workflow.tables import SubmissionRow


@dataclass(frozen=True)
class Targets:
    """How many targets there are, and how many carry each label."""

    submissions: int = 0
    rows: int = 0
    vague: int = 0
    qualitative: int = 0
    easy: int = 0

    def share(self, label: Label) -> float | None:
        """Return the share of a label, None without targets."""
        return getattr(self, label) / self.rows if self.rows else None


@dataclass(frozen=True)
class Coaching:
    """The same submissions as first returned, and as handed in again."""

    before: Targets
    after: Targets


def by_month(connection: Connection, actor: Actor, scope: Scope) -> Sequence[tuple[str, Targets]]:
    """Return the targets of the first versions handed in, by month of their review."""
    first = first_reviews(connection)
    sums = [func.sum(first.c[name]) for name in ("rows", *LABELS)]
    query = (
        select(first.c.month, func.count(), *sums)
        .where(within(connection, actor, scope)(first.c.submission_id))
        .group_by(first.c.month)
        .order_by(first.c.month)
    )
    return [(row[0], Targets(*row[1:])) for row in connection.execute(query)]


def newest(connection: Connection, actor: Actor, scope: Scope) -> Targets:
    """Return the targets of the versions handed in last."""
    review = reviews_of_versions()
    sums = [func.coalesce(func.sum(review.c[name]), 0) for name in ("rows", *LABELS)]
    handed_in = and_(
        SubmissionRow.id == review.c.submission_id,
        SubmissionRow.submitted_version == review.c.version,
    )
    query = (
        select(func.count(), *sums)
        .select_from(review)
        .join(SubmissionRow, handed_in)
        .where(within(connection, actor, scope)(review.c.submission_id))
    )
    return Targets(*connection.execute(query).one())


def coaching(connection: Connection, actor: Actor, scope: Scope) -> Coaching:
    """Compare what was returned with what came back."""
    versions, review = coached(), reviews_of_versions()
    sides = (review.c.version == versions.c.before, review.c.version == versions.c.after)
    sums = [
        func.coalesce(func.sum(case((side, review.c[name]), else_=0)), 0)
        for side in sides
        for name in ("rows", *LABELS)
    ]
    query = (
        select(func.count(versions.c.submission_id.distinct()), *sums)
        .select_from(review)
        .join(versions, and_(versions.c.submission_id == review.c.submission_id, or_(*sides)))
        .where(within(connection, actor, scope)(versions.c.submission_id))
    )
    number, *counts = connection.execute(query).one()
    return Coaching(Targets(number, *counts[:4]), Targets(number, *counts[4:]))

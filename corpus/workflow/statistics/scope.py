"""Which submissions a figure is about, and which of their reviews it counts.

Figures count what was handed in. A draft is a form that is being typed: it lacks what is still to
come, so that it would add findings nobody has to answer, and make coaching look better than it is.
Only how many drafts there are is told, apart from the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Subquery,
    and_,
    exists,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.orm import aliased

from corpus.workflow.actors import Actor
from corpus.workflow.listing import Filter, filtered
from corpus.workflow.organisations import Kind
from corpus.workflow.status import AuthorStatus, ReviewStatus, Verdict
from corpus.workflow.tables import (
    OrganisationRow,
    ReviewFindingRow,
    ReviewRow,
    SubmissionRow,
    VerdictRow,
)

Label = Literal["vague", "qualitative", "easy"]
LABELS: tuple[Label, ...] = ("vague", "qualitative", "easy")
LACKING = {"CP15": "无资金用途", "CP16": "无管理措施", "CP01": "无绩效指标"}
"""Rules that speak of 三无 projects, and what is lacking."""


@dataclass(frozen=True)
class Scope:
    """What a filter asks for, and what only figures ask for."""

    wanted: Filter = field(default_factory=Filter)
    month: str | None = None
    """Month (YYYY-MM) in which the first version handed in was reviewed."""
    label: Label | None = None
    """Some target of the first version handed in carries the label."""
    coached: bool = False
    """Returned and handed in again in another version."""
    lacking: bool = False
    """One of the 三无 projects."""

    @property
    def drafts_wanted(self) -> bool:
        """Tell whether drafts are asked for by name; else they are left out."""
        wanted = self.wanted
        return (
            wanted.sent is False
            or wanted.review_status is ReviewStatus.NONE
            or wanted.author_status is AuthorStatus.DRAFT
        )


Within = Callable[[Any], ColumnElement[bool]]
"""Makes of a column of submissions' ids the condition that they are of a scope."""


def within(
    connection: Connection, actor: Actor, scope: Scope, *, with_drafts: bool = False
) -> Within:
    """Return what restricts a query to a scope, drafts left out unless they are wanted.

    The bureau's overview as it opens asks for everything a dozen times; naming every submission
    each time would take a quarter of the page's time, so only the few drafts are named.
    """
    if actor.path is not None and "/" not in actor.path.strip("/") and scope == Scope():
        drafts = select(SubmissionRow.id).where(~_is_handed_in())
        return lambda column: true() if with_drafts else column.not_in(drafts)
    seen = ids(connection, actor, scope, with_drafts=with_drafts)
    return lambda column: column.in_(seen)


def ids(
    connection: Connection, actor: Actor, scope: Scope, *, with_drafts: bool = False
) -> Select[Any]:
    """Return the query for the ids of the submissions of a scope that the actor sees."""
    query = filtered(select(SubmissionRow.id), actor, scope.wanted)
    if not (with_drafts or scope.drafts_wanted):
        query = query.where(_is_handed_in())
    if scope.lacking:
        spoke = select(ReviewFindingRow.submission_id).where(ReviewFindingRow.code.in_(LACKING))
        query = query.where(SubmissionRow.id.in_(spoke))
    if scope.coached:
        again = coached()
        query = query.where(SubmissionRow.id.in_(select(again.c.submission_id)))
    if scope.month is not None or scope.label is not None:
        first = first_reviews(connection)
        matching = select(first.c.submission_id)
        if scope.month is not None:
            matching = matching.where(first.c.month == scope.month)
        if scope.label is not None:
            matching = matching.where(first.c[scope.label] > 0)
        query = query.where(SubmissionRow.id.in_(matching))
    return query


def reviews_of_versions() -> Subquery:
    """Return the newest review of every version, by columns that the index covers."""
    columns = (ReviewRow.submission_id, ReviewRow.version, ReviewRow.created_at, ReviewRow.rows)
    labels = (ReviewRow.vague, ReviewRow.qualitative, ReviewRow.easy)
    place = func.row_number().over(
        partition_by=(ReviewRow.submission_id, ReviewRow.version), order_by=ReviewRow.id.desc()
    )
    ranked = select(*columns, *labels, place.label("place")).subquery()
    return select(ranked).where(ranked.c.place == 1).subquery()


def first_reviews(connection: Connection) -> Subquery:
    """Return the review of the first version handed in of each submission, with its month."""
    judged = (
        select(VerdictRow.submission_id, func.min(VerdictRow.version).label("number"))
        .group_by(VerdictRow.submission_id)
        .subquery()
    )
    number = func.coalesce(judged.c.number, SubmissionRow.submitted_version)
    handed_in = (
        select(SubmissionRow.id.label("submission_id"), number.label("number"))
        .outerjoin(judged, judged.c.submission_id == SubmissionRow.id)
        .where(number.is_not(None))
        .subquery()
    )
    review = reviews_of_versions()
    chosen = and_(
        review.c.submission_id == handed_in.c.submission_id,
        review.c.version == handed_in.c.number,
    )
    return (
        select(
            review.c.submission_id,
            month_of(connection, review.c.created_at).label("month"),
            *(review.c[name] for name in ("rows", *LABELS)),
        )
        .join(handed_in, chosen)
        .subquery()
    )


def coached() -> Subquery:
    """Return the versions before and after coaching: first returned, and handed in again."""
    returned = (
        select(VerdictRow.submission_id, func.min(VerdictRow.version).label("before"))
        .where(VerdictRow.verdict == Verdict.RETURN)
        .group_by(VerdictRow.submission_id)
        .subquery()
    )
    later = SubmissionRow.submitted_version > returned.c.before
    return (
        select(
            returned.c.submission_id,
            returned.c.before,
            SubmissionRow.submitted_version.label("after"),
        )
        .join(SubmissionRow, and_(SubmissionRow.id == returned.c.submission_id, later))
        .subquery()
    )


def divisions() -> FromClause:
    """Return the divisions of the bureau, to be joined by `below`."""
    division = aliased(OrganisationRow)
    return (
        select(division.id, division.name, division.path)
        .where(division.kind == Kind.DIVISION)
        .subquery()
    )


def below(path: Any, division: FromClause) -> ColumnElement[bool]:
    """Tell whether a path is that of a division or of what lies below it."""
    return path.startswith(division.c.path)


def month_of(connection: Connection, moment: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return the month (YYYY-MM) of a moment by the clock of Beijing."""
    if connection.dialect.name == "postgresql":
        return func.to_char(func.timezone("Asia/Shanghai", moment), "YYYY-MM")
    return func.strftime("%Y-%m", moment, "+8 hours")


def day_of(connection: Connection, moment: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return the day (YYYY-MM-DD) of a moment by the clock of Beijing."""
    if connection.dialect.name == "postgresql":
        return func.to_char(func.timezone("Asia/Shanghai", moment), "YYYY-MM-DD")
    return func.strftime("%Y-%m-%d", moment, "+8 hours")


def _is_handed_in() -> ColumnElement[bool]:
    return SubmissionRow.review_status != ReviewStatus.NONE


def has_error() -> ColumnElement[bool]:
    """Tell whether the newest review of a submission holds what alone sends it back."""
    return exists().where(
        ReviewFindingRow.submission_id == SubmissionRow.id, ReviewFindingRow.severity == "error"
    )


def has_findings() -> ColumnElement[bool]:
    """Tell whether the newest review of a submission says anything."""
    return exists().where(ReviewFindingRow.submission_id == SubmissionRow.id)


def nothing_or(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Tell whether a review says nothing, or else a condition holds."""
    return or_(~has_findings(), condition)

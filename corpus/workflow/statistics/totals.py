"""Figures over submissions: how far the review has come, and what it finds."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from sqlalchemy import ColumnElement, Connection, case, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute

from corpus.workflow.actors import Action, Actor
from corpus.workflow.listing import Filter, filtered
from corpus.workflow.status import Verdict
from corpus.workflow.tables import (
    AccountRow,
    OrganisationRow,
    ReviewFindingRow,
    ReviewRow,
    SubmissionRow,
    VerdictRow,
)


class Count(BaseModel):
    """How many of a kind, and how much money they ask for."""

    key: str
    number: int
    budget_wan: float


class FindingCount(BaseModel):
    """How often a rule spoke."""

    code: str
    severity: str
    submissions: int
    findings: int


class Labels(BaseModel):
    """How many indicators carry each label."""

    rows: int
    vague: int
    qualitative: int
    easy: int


class MonthlyLabels(Labels):
    """The labels of the versions reviewed first in a month."""

    month: str


class ReviewerCount(BaseModel):
    """How a division judges."""

    organisation_id: str
    organisation: str
    verdicts: int
    returned: int


class Statistics(BaseModel):
    """Everything a bureau looks at first."""

    submissions: int
    budget_wan: float
    by_review_status: list[Count]
    by_opinion: list[Count]
    by_department: list[Count]
    by_function_code: list[Count]
    findings: list[FindingCount]
    first: Labels
    """Labels of the first reviewed version of each submission: before coaching."""
    newest: Labels
    """Labels of the newest one: after it."""
    by_month: list[MonthlyLabels]
    by_organisation: list[ReviewerCount]


def statistics(connection: Connection, actor: Actor, wanted: Filter) -> Statistics:
    """Count what the actor sees and a filter asks for."""
    actor.require(Action.STATISTICS)
    ids = filtered(select(SubmissionRow.id), actor, wanted)
    total = _counts(connection, ids, literal(""))
    return Statistics(
        submissions=sum(item.number for item in total),
        budget_wan=round(sum(item.budget_wan for item in total), 4),
        by_review_status=_counts(connection, ids, SubmissionRow.review_status),
        by_opinion=_counts(connection, ids, SubmissionRow.opinion),
        by_department=_counts(connection, ids, SubmissionRow.department),
        by_function_code=_counts(connection, ids, SubmissionRow.function_code),
        findings=_findings(connection, ids),
        first=_labels(connection, ids, func.min),
        newest=_labels(connection, ids, func.max),
        by_month=_monthly(connection, ids),
        by_organisation=_by_organisation(connection, ids),
    )


def _counts(
    connection: Connection, ids: Any, key: ColumnElement[Any] | InstrumentedAttribute[Any]
) -> list[Count]:
    named = func.coalesce(key, "").label("key")
    rows = connection.execute(
        select(named, func.count(), func.coalesce(func.sum(SubmissionRow.budget_wan), 0.0))
        .where(SubmissionRow.id.in_(ids))
        .group_by(named)
        .order_by(func.count().desc(), named)
    )
    return [Count(key=row[0], number=row[1], budget_wan=round(row[2], 4)) for row in rows]


def _findings(connection: Connection, ids: Any) -> list[FindingCount]:
    rows = connection.execute(
        select(
            ReviewFindingRow.code,
            ReviewFindingRow.severity,
            func.count(),
            func.sum(ReviewFindingRow.number),
        )
        .where(ReviewFindingRow.submission_id.in_(ids))
        .group_by(ReviewFindingRow.code, ReviewFindingRow.severity)
        .order_by(func.count().desc(), ReviewFindingRow.code)
    )
    return [
        FindingCount(code=row[0], severity=row[1], submissions=row[2], findings=row[3])
        for row in rows
    ]


_LABELS = (ReviewRow.rows, ReviewRow.vague, ReviewRow.qualitative, ReviewRow.easy)


def _labels(connection: Connection, ids: Any, which: Any) -> Labels:
    """Add up the labels of the first or the newest review of each submission."""
    chosen = (
        select(which(ReviewRow.id))
        .where(ReviewRow.submission_id.in_(ids))
        .group_by(ReviewRow.submission_id)
    )
    sums = [func.coalesce(func.sum(column), 0) for column in _LABELS]
    row = connection.execute(select(*sums).where(ReviewRow.id.in_(chosen))).one()
    return Labels(rows=row[0], vague=row[1], qualitative=row[2], easy=row[3])


def _monthly(connection: Connection, ids: Any) -> list[MonthlyLabels]:
    """Add up the labels of first reviews by month."""
    first = (
        select(func.min(ReviewRow.id))
        .where(ReviewRow.submission_id.in_(ids))
        .group_by(ReviewRow.submission_id)
    )
    postgres = connection.dialect.name == "postgresql"
    month = (
        func.to_char(func.timezone("UTC", ReviewRow.created_at), "YYYY-MM")
        if postgres
        else func.strftime("%Y-%m", ReviewRow.created_at)
    ).label("month")
    rows = connection.execute(
        select(month, *(func.sum(column) for column in _LABELS))
        .where(ReviewRow.id.in_(first))
        .group_by(month)
        .order_by(month)
    )
    return [
        MonthlyLabels(month=row[0], rows=row[1], vague=row[2], qualitative=row[3], easy=row[4])
        for row in rows
    ]


def _by_organisation(connection: Connection, ids: Any) -> list[ReviewerCount]:
    returned = func.sum(case((VerdictRow.verdict != Verdict.PASS, 1), else_=0))
    rows = connection.execute(
        select(OrganisationRow.id, OrganisationRow.name, func.count(), returned)
        .select_from(VerdictRow)
        .join(AccountRow, AccountRow.id == VerdictRow.account_id)
        .join(OrganisationRow, OrganisationRow.id == AccountRow.organisation_id)
        .where(VerdictRow.submission_id.in_(ids))
        .group_by(OrganisationRow.id, OrganisationRow.name)
        .order_by(OrganisationRow.name)
    )
    return [
        ReviewerCount(organisation_id=row[0], organisation=row[1], verdicts=row[2], returned=row[3])
        for row in rows
    ]

"""The figures of the programming interface, counted as on the overview."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy import ColumnElement, Connection, case, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute

from corpus.workflow.actors import Action, Actor
from corpus.workflow.listing import Filter
from corpus.workflow.statistics import spoken, targets
from corpus.workflow.statistics.progress import progress
from corpus.workflow.statistics.scope import Scope, Within, within
from corpus.workflow.status import Verdict
from corpus.workflow.tables import AccountRow, OrganisationRow, SubmissionRow, VerdictRow


class Count(BaseModel):
    """How many of a kind, and how much money they ask for."""

    key: str
    number: int
    budget_wan: float


class FindingCount(BaseModel):
    """How often a rule spoke."""

    model_config = ConfigDict(from_attributes=True)

    code: str
    severity: str
    submissions: int
    findings: int


class Labels(BaseModel):
    """How many indicators carry each label."""

    model_config = ConfigDict(from_attributes=True)

    rows: int
    vague: int
    qualitative: int
    easy: int


class MonthlyLabels(Labels):
    """The labels of the versions first handed in and reviewed in a month, by Beijing's clock."""

    month: str


class Coached(BaseModel):
    """The same submissions as first returned, and as handed in again."""

    submissions: int
    before: Labels
    after: Labels


class ReviewerCount(BaseModel):
    """How a division judges."""

    organisation_id: str
    organisation: str
    verdicts: int
    returned: int


class Statistics(BaseModel):
    """Everything a bureau looks at first; what was handed in counts, drafts are told apart."""

    submissions: int
    budget_wan: float
    drafts: int
    by_review_status: list[Count]
    by_opinion: list[Count]
    by_department: list[Count]
    by_function_code: list[Count]
    findings: list[FindingCount]
    first: Labels
    """Labels of the first version handed in of each submission."""
    newest: Labels
    """Labels of the version handed in last."""
    coached: Coached
    by_month: list[MonthlyLabels]
    by_organisation: list[ReviewerCount]


def statistics(connection: Connection, actor: Actor, wanted: Filter) -> Statistics:
    """Count what the actor sees and a filter asks for; drafts only where it names them."""
    actor.require(Action.STATISTICS)
    scope = Scope(wanted)
    seen = within(connection, actor, scope)
    total = _counts(connection, seen, literal(""))
    months = targets.by_month(connection, actor, scope)
    coached = targets.coaching(connection, actor, scope)
    whole, _ = progress(connection, actor, scope)
    return Statistics(
        submissions=sum(item.number for item in total),
        budget_wan=round(sum(item.budget_wan for item in total), 4),
        drafts=whole.drafts,
        by_review_status=_counts(connection, seen, SubmissionRow.review_status),
        by_opinion=_counts(connection, seen, SubmissionRow.opinion),
        by_department=_counts(connection, seen, SubmissionRow.department),
        by_function_code=_counts(connection, seen, SubmissionRow.function_code),
        findings=[
            FindingCount.model_validate(rule) for rule in spoken.by_rule(connection, actor, scope)
        ],
        first=_sum([found for _, found in months]),
        newest=_labels(targets.newest(connection, actor, scope)),
        coached=Coached(
            submissions=coached.before.submissions,
            before=_labels(coached.before),
            after=_labels(coached.after),
        ),
        by_month=[
            MonthlyLabels(month=month, **_labels(found).model_dump()) for month, found in months
        ],
        by_organisation=_by_organisation(connection, seen),
    )


def _labels(found: targets.Targets) -> Labels:
    return Labels.model_validate(found)


def _sum(found: list[targets.Targets]) -> Labels:
    return Labels(
        **{name: sum(getattr(each, name) for each in found) for name in Labels.model_fields}
    )


def _counts(
    connection: Connection, seen: Within, key: ColumnElement[Any] | InstrumentedAttribute[Any]
) -> list[Count]:
    named = func.coalesce(key, "").label("key")
    rows = connection.execute(
        select(named, func.count(), func.coalesce(func.sum(SubmissionRow.budget_wan), 0.0))
        .where(seen(SubmissionRow.id))
        .group_by(named)
        .order_by(func.count().desc(), named)
    )
    return [Count(key=row[0], number=row[1], budget_wan=round(row[2], 4)) for row in rows]


def _by_organisation(connection: Connection, seen: Within) -> list[ReviewerCount]:
    returned = func.sum(case((VerdictRow.verdict != Verdict.PASS, 1), else_=0))
    rows = connection.execute(
        select(OrganisationRow.id, OrganisationRow.name, func.count(), returned)
        .select_from(VerdictRow)
        .join(AccountRow, AccountRow.id == VerdictRow.account_id)
        .join(OrganisationRow, OrganisationRow.id == AccountRow.organisation_id)
        .where(seen(VerdictRow.submission_id))
        .group_by(OrganisationRow.id, OrganisationRow.name)
        .order_by(OrganisationRow.name)
    )
    return [
        ReviewerCount(organisation_id=row[0], organisation=row[1], verdicts=row[2], returned=row[3])
        for row in rows
    ]

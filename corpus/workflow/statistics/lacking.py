"""三无 projects: without a use of the funds, without management, without indicators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, func, select

from corpus.workflow.actors import Actor
from corpus.workflow.statistics.scope import LACKING, Scope, ids
from corpus.workflow.submissions import Submission
from corpus.workflow.tables import OrganisationRow, ReviewFindingRow, SubmissionRow


@dataclass(frozen=True)
class Lacking:
    """A project that lacks something it cannot do without."""

    submission: Submission
    organisation: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class LackingSums:
    """How many such projects there are, and how much they ask for."""

    number: int
    budget_wan: float
    by_code: Mapping[str, tuple[int, float]]
    """Number and amount by rule; a project may lack several things."""


def sums(connection: Connection, actor: Actor, scope: Scope) -> LackingSums:
    """Count the projects and their money."""
    seen = ids(connection, actor, replace(scope, lacking=True))
    amount = func.coalesce(func.sum(SubmissionRow.budget_wan), 0.0)
    total = connection.execute(select(func.count(), amount).where(SubmissionRow.id.in_(seen))).one()
    rows = connection.execute(
        select(ReviewFindingRow.code, func.count(), amount)
        .join(SubmissionRow, SubmissionRow.id == ReviewFindingRow.submission_id)
        .where(ReviewFindingRow.code.in_(LACKING), SubmissionRow.id.in_(seen))
        .group_by(ReviewFindingRow.code)
    )
    by_code = {code: (number, budget or 0.0) for code, number, budget in rows}
    return LackingSums(total[0], total[1] or 0.0, by_code)


def largest(connection: Connection, actor: Actor, scope: Scope, limit: int) -> Sequence[Lacking]:
    """Return the projects that ask for most."""
    seen = ids(connection, actor, replace(scope, lacking=True))
    query = (
        select(SubmissionRow.__table__, OrganisationRow.name)
        .join(OrganisationRow, OrganisationRow.id == SubmissionRow.organisation_id)
        .where(SubmissionRow.id.in_(seen))
        .order_by(func.coalesce(SubmissionRow.budget_wan, -1.0).desc(), SubmissionRow.id)
        .limit(limit)
    )
    rows = connection.execute(query).all()
    spoke = connection.execute(
        select(ReviewFindingRow.submission_id, ReviewFindingRow.code).where(
            ReviewFindingRow.code.in_(LACKING),
            ReviewFindingRow.submission_id.in_([row.id for row in rows]),
        )
    ).all()
    codes = {row.id: tuple(code for id_, code in spoke if id_ == row.id) for row in rows}
    return [Lacking(Submission.model_validate(row), row.name, codes[row.id]) for row in rows]

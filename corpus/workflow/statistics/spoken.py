"""What reviews find: by rule, by department, by sector."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from corpus.workflow.actors import Actor
from corpus.workflow.statistics.scope import Scope, within
from corpus.workflow.tables import ReviewFindingRow, SubmissionRow


@dataclass(frozen=True)
class Spoken:
    """How often a rule spoke in the newest reviews."""

    code: str
    severity: str
    submissions: int
    findings: int


@dataclass(frozen=True)
class Share:
    """How much is found in the submissions of a department or sector."""

    key: str
    submissions: int
    findings: int
    errors: int
    budget_wan: float

    @property
    def mean(self) -> float:
        """Return the findings of one submission."""
        return self.findings / self.submissions if self.submissions else 0.0


def by_rule(connection: Connection, actor: Actor, scope: Scope) -> Sequence[Spoken]:
    """Return all rules that spoke, the most frequent first."""
    row = ReviewFindingRow
    query = (
        select(row.code, row.severity, func.count(), func.sum(row.number))
        .where(within(connection, actor, scope)(row.submission_id))
        .group_by(row.code, row.severity)
        .order_by(func.count().desc(), row.code)
    )
    merged: dict[str, Spoken] = {}
    for code, severity, submissions, findings in connection.execute(query):
        before = merged.get(code, Spoken(code, severity, 0, 0))
        merged[code] = Spoken(
            code, before.severity, before.submissions + submissions, before.findings + findings
        )
    return sorted(merged.values(), key=lambda each: (-each.submissions, each.code))


def by_department(connection: Connection, actor: Actor, scope: Scope) -> Sequence[Share]:
    """Return the departments, those with most findings a submission first."""
    return _shares(connection, actor, scope, SubmissionRow.department)


def by_sector(connection: Connection, actor: Actor, scope: Scope) -> Sequence[Share]:
    """Return the functional classes, those with most findings a submission first."""
    return _shares(connection, actor, scope, SubmissionRow.function_code)


def _shares(connection: Connection, actor: Actor, scope: Scope, column: Any) -> Sequence[Share]:
    row = ReviewFindingRow
    error = func.sum(row.number).filter(row.severity == "error")
    found = (
        select(
            row.submission_id,
            func.sum(row.number).label("findings"),
            func.coalesce(error, 0).label("errors"),
        )
        .where(row.code == scope.wanted.finding if scope.wanted.finding else row.code.is_not(None))
        .group_by(row.submission_id)
        .subquery()
    )
    key = func.coalesce(column, "")
    query = (
        select(
            key,
            func.count(),
            func.coalesce(func.sum(found.c.findings), 0),
            func.coalesce(func.sum(found.c.errors), 0),
            func.coalesce(func.sum(SubmissionRow.budget_wan), 0.0),
        )
        .select_from(SubmissionRow)
        .outerjoin(found, found.c.submission_id == SubmissionRow.id)
        .where(within(connection, actor, scope)(SubmissionRow.id))
        .group_by(key)
    )
    shares = [Share(*row) for row in connection.execute(query)]
    return sorted(shares, key=lambda share: (-share.mean, share.key))

"""The submissions behind a figure, a page at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from corpus.workflow.actors import Action, Actor
from corpus.workflow.statistics.scope import Scope, within
from corpus.workflow.submissions import Submission
from corpus.workflow.tables import OrganisationRow, SubmissionRow

_CHUNK = 500


@dataclass(frozen=True)
class Listed:
    """A submission with the name of its organisation."""

    submission: Submission
    organisation: str


def count(connection: Connection, actor: Actor, scope: Scope) -> tuple[int, float]:
    """Return how many submissions a scope holds, and how much they ask for."""
    actor.require(Action.STATISTICS)
    amount = func.coalesce(func.sum(SubmissionRow.budget_wan), 0.0)
    seen = within(connection, actor, scope)
    row = connection.execute(select(func.count(), amount).where(seen(SubmissionRow.id))).one()
    return row[0], row[1] or 0.0


def listed(
    connection: Connection, actor: Actor, scope: Scope, limit: int, offset: int = 0
) -> Sequence[Listed]:
    """Return part of the submissions of a scope, those of highest risk first."""
    actor.require(Action.STATISTICS)
    query = (
        select(SubmissionRow.__table__, OrganisationRow.name)
        .join(OrganisationRow, OrganisationRow.id == SubmissionRow.organisation_id)
        .where(within(connection, actor, scope)(SubmissionRow.id))
        .order_by(func.coalesce(SubmissionRow.risk, -1.0).desc(), SubmissionRow.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return [Listed(Submission.model_validate(row), row.name) for row in connection.execute(query)]


def everything(connection: Connection, actor: Actor, scope: Scope) -> Iterator[Listed]:
    """Yield all submissions of a scope, those of highest risk first."""
    offset = 0
    while chunk := listed(connection, actor, scope, _CHUNK, offset):
        yield from chunk
        offset += _CHUNK

"""What figures can be filtered by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from corpus.workflow.actors import Actor
from corpus.workflow.listing import Filter, filtered
from corpus.workflow.organisations import Kind
from corpus.workflow.tables import OrganisationRow, SubmissionRow


@dataclass(frozen=True)
class Choices:
    """Everything that occurs among the submissions that the actor sees."""

    years: Sequence[int]
    divisions: Sequence[tuple[str, str]]
    """Id and name."""
    departments: Sequence[str]
    sectors: Sequence[str]


def choices(connection: Connection, actor: Actor) -> Choices:
    """Return what occurs."""

    def distinct(column: Any) -> list[Any]:
        query = filtered(select(column).distinct(), actor, Filter())
        return sorted(row[0] for row in connection.execute(query.where(column.is_not(None))))

    divisions = select(OrganisationRow.id, OrganisationRow.name).where(
        OrganisationRow.kind == Kind.DIVISION,
        OrganisationRow.path.startswith(actor.path or "/", autoescape=True),
    )
    return Choices(
        years=distinct(SubmissionRow.fiscal_year)[::-1],
        divisions=[
            (row.id, row.name)
            for row in connection.execute(divisions.order_by(OrganisationRow.name))
        ],
        departments=distinct(SubmissionRow.department),
        sectors=distinct(SubmissionRow.function_code),
    )

"""What the same unit handed in for the same project before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from corpus.history import YEARS_BACK, plain_name
from corpus.workflow.status import SubmissionKind
from corpus.workflow.submissions import Submission, version
from corpus.workflow.tables import SubmissionRow


@dataclass(frozen=True)
class Earlier:
    """A submission of an earlier year, or the declaration that a self-evaluation answers to."""

    submission: Submission
    record: Mapping[str, Any]
    """Its newest version."""


def earlier(connection: Connection, found: Submission) -> Sequence[Earlier]:
    """Return what was handed in for the project, newest first; it belongs to the same unit.

    Projects are the same where their names are, but for years and words that say nothing.
    """
    others = earlier_of(
        connection, found.organisation_id, found.project_name, found.fiscal_year, found.kind
    )
    return [other for other in others if other.submission.id != found.id]


def earlier_of(
    connection: Connection,
    organisation_id: str,
    project_name: str,
    year: int | None,
    kind: SubmissionKind,
) -> Sequence[Earlier]:
    """Return what a unit has handed in for a project that may not be stored yet, newest first."""
    name = plain_name(project_name)
    if year is None or not name:
        return ()
    rows = connection.execute(
        select(SubmissionRow.__table__)
        .where(
            SubmissionRow.organisation_id == organisation_id,
            SubmissionRow.fiscal_year.between(year - YEARS_BACK, year),
        )
        .order_by(SubmissionRow.fiscal_year.desc(), SubmissionRow.id.desc())
    )
    same = [
        Submission.model_validate(row)
        for row in rows
        if plain_name(row.project_name) == name
        and (row.fiscal_year != year or _answers_to(kind, row.kind))
    ]
    return [Earlier(item, version(connection, item).record) for item in same]


def _answers_to(kind: SubmissionKind, other: str) -> bool:
    """Tell whether a submission of the same year is the declaration of a self-evaluation."""
    return kind is SubmissionKind.EVALUATION and other == SubmissionKind.DECLARATION

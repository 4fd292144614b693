"""What the same unit handed in for the same project before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from corpus.history import YEARS_BACK, plain_name
from corpus.workflow.status import SubmissionKind
from corpus.workflow.submissions import Submission
from corpus.workflow.tables import SubmissionRow, VersionRow


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
    if found.fiscal_year is None:
        return ()
    rows = connection.execute(
        select(SubmissionRow.__table__, VersionRow.record)
        .join(
            VersionRow,
            (VersionRow.submission_id == SubmissionRow.id)
            & (VersionRow.number == SubmissionRow.version),
        )
        .where(
            SubmissionRow.organisation_id == found.organisation_id,
            SubmissionRow.id != found.id,
            SubmissionRow.fiscal_year.between(found.fiscal_year - YEARS_BACK, found.fiscal_year),
        )
        .order_by(SubmissionRow.fiscal_year.desc(), SubmissionRow.id.desc())
    )
    name = plain_name(found.project_name)
    return [
        Earlier(Submission.model_validate(row), row.record)
        for row in rows
        if plain_name(row.project_name) == name
        and (row.fiscal_year != found.fiscal_year or _answers_to(found, row.kind))
    ]


def _answers_to(found: Submission, kind: str) -> bool:
    """Tell whether a submission of the same year is the declaration of a self-evaluation."""
    return found.kind is SubmissionKind.EVALUATION and kind == SubmissionKind.DECLARATION

"""What the program found in submissions: its reviews, kept version by version."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, delete, insert, select, update

from corpus.workflow.audit import Scribe
from corpus.workflow.findings import label_counts
from corpus.workflow.moments import Moment
from corpus.workflow.submissions import Submission, submission, version
from corpus.workflow.tables import ReviewFindingRow, ReviewRow, SubmissionRow


class StoredReview(BaseModel):
    """What the program found in a version."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    id: str
    submission_id: str
    version: int
    result: dict[str, Any]
    created_by: str
    created_at: Moment


def newest_review(
    connection: Connection, found: Submission, number: int | None = None
) -> StoredReview | None:
    """Return the newest review of a version, or of any where no number is given."""
    query = select(ReviewRow.__table__).where(ReviewRow.submission_id == found.id)
    if number is not None:
        query = query.where(ReviewRow.version == number)
    row = connection.execute(query.order_by(ReviewRow.id.desc()).limit(1)).first()
    return None if row is None else StoredReview.model_validate(row)


def keep_review(scribe: Scribe, id_: str, number: int, result: Mapping[str, Any]) -> StoredReview:
    """Keep what the program found in a version; the newest version's is what lists show."""
    found = submission(scribe.connection, scribe.actor, id_)
    version(scribe.connection, found, number)
    kept = StoredReview(
        id=scribe.new_id(),
        submission_id=id_,
        version=number,
        result=dict(result),
        created_by=scribe.actor.id,
        created_at=scribe.now(),
    )
    scribe.connection.execute(insert(ReviewRow), {**kept.model_dump(), **label_counts(result)})
    if number == found.version:
        ranked = result.get("triage") or {}
        scribe.connection.execute(
            update(SubmissionRow)
            .where(SubmissionRow.id == id_)
            .values(
                risk=result["risk"],
                opinion=result["opinion"],
                tier=ranked.get("tier"),
                triage=ranked.get("score"),
            )
        )
        _count_findings(scribe.connection, id_, result)
    scribe.note(
        "submission.review",
        f"submission:{id_}",
        after={"review": kept.id, "version": number, "opinion": result["opinion"]},
        organisation_id=found.organisation_id,
    )
    return kept


def _count_findings(connection: Connection, id_: str, result: Mapping[str, Any]) -> None:
    connection.execute(delete(ReviewFindingRow).where(ReviewFindingRow.submission_id == id_))
    counts: dict[str, dict[str, Any]] = {}
    for finding in result["findings"]:
        fresh = {
            "submission_id": id_,
            "code": finding["code"],
            "severity": finding["severity"],
            "number": 0,
        }
        counts.setdefault(finding["code"], fresh)["number"] += 1
    if counts:
        connection.execute(insert(ReviewFindingRow), list(counts.values()))

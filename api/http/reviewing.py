"""Reviews of submissions: made outside of any transaction, kept with the step they belong to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.workspace import Workspace
from corpus.records import SelfEvaluation
from corpus.workflow.audit import Scribe
from corpus.workflow.status import SubmissionKind
from corpus.workflow.submissions import Submission, keep_review, newest_review


def review_of(
    workspace: Workspace, kind: SubmissionKind, record: Mapping[str, Any]
) -> dict[str, Any]:
    """Review a stored record, in the shape of contract.md."""
    read = SelfEvaluation.model_validate(record)
    review = workspace.review_report if kind is SubmissionKind.EVALUATION else workspace.review
    return review(read).to_dict()


def keep_if_new(scribe: Scribe, found: Submission, result: Mapping[str, Any]) -> None:
    """Keep the review of the newest version unless the same is kept already."""
    kept = newest_review(scribe.connection, found, found.version)
    if kept is None or kept.result != dict(result):
        keep_review(scribe, found.id, found.version, result)

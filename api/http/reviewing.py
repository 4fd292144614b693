"""Reviews of submissions: made outside of any transaction, kept with the step they belong to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.workspace import Workspace
from corpus.records import SelfEvaluation
from corpus.store.preparing import storable
from corpus.workflow.audit import Scribe
from corpus.workflow.reviews import keep_review, newest_review
from corpus.workflow.status import SubmissionKind
from corpus.workflow.submissions import Submission


def review_of(
    workspace: Workspace, kind: SubmissionKind, record: Mapping[str, Any]
) -> dict[str, Any]:
    """Review a record as it will be stored, in the shape of contract.md.

    Without personal data it may be shorter: places in the text must fit what is kept.
    """
    read = SelfEvaluation.model_validate(storable(record))
    review = workspace.review_report if kind is SubmissionKind.EVALUATION else workspace.review
    return review(read).to_dict()


def keep_if_new(scribe: Scribe, found: Submission, result: Mapping[str, Any]) -> None:
    """Keep the review of the newest version unless the same is kept already."""
    kept = newest_review(scribe.connection, found, found.version)
    if kept is None or kept.result != dict(result):
        keep_review(scribe, found.id, found.version, result)

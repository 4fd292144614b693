"""Telling other systems how a submission stands."""

from __future__ import annotations

from corpus.workflow.audit import Scribe
from corpus.workflow.submissions import Submission
from corpus.workflow.webhooks import Event, announce


def announce_status(scribe: Scribe, item: Submission) -> None:
    """Tell how a submission stands now."""
    body = {
        "event": Event.SUBMISSION_STATUS,
        "submission": item.model_dump(
            mode="json",
            include={
                "id",
                "external_id",
                "project_name",
                "author_status",
                "review_status",
                "version",
                "submitted_version",
                "revision",
            },
        ),
    }
    announce(scribe.connection, item.organisation_id, Event.SUBMISSION_STATUS, body)

"""What a unit is told once its submission has been decided on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from corpus.workflow import verdicts
from corpus.workflow.status import ReviewStatus
from corpus.workflow.submissions import Submission

_DECIDED = frozenset({ReviewStatus.PASSED, ReviewStatus.RETURNED, ReviewStatus.REJECTED})


@dataclass(frozen=True)
class Feedback:
    """Reasons of the verdicts and findings in the reviewers' words; empty until then."""

    version: int | None = None
    """The version that was judged."""
    reasons: tuple[str, ...] = ()
    findings: tuple[Mapping[str, Any], ...] = ()
    """Each with its `key`, see `corpus.workflow.findings`."""


def feedback_on(connection: Connection, found: Submission) -> Feedback:
    """Return what the reviewers tell the unit."""
    if found.review_status not in _DECIDED:
        return Feedback()
    given = verdicts.verdicts(connection, found)
    words = [word.reason for word in given if word.version == found.submitted_version]
    return Feedback(
        version=found.submitted_version,
        reasons=tuple(dict.fromkeys(word for word in words if word)),
        findings=tuple(verdicts.feedback(connection, found)),
    )

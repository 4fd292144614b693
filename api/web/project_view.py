"""One project as its unit sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from api.web.filling.posted import Posted, posted_from_record
from api.web.versions import Differences, differences
from corpus.records import SelfEvaluation
from corpus.workflow import submissions
from corpus.workflow.actors import Actor
from corpus.workflow.feedback import Feedback, feedback_on
from corpus.workflow.reviews import newest_review
from corpus.workflow.status import AuthorStatus, ReviewStatus, SubmissionKind
from corpus.workflow.submissions import Submission, Version

_RANKS = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True)
class ShownVersion:
    """One version, with what it changed."""

    number: int
    version: Version
    changed: Differences | None
    """From the version before; None for the first."""


@dataclass(frozen=True)
class ProjectView:
    """All that the page of a project shows."""

    item: Submission
    posted: Posted
    """The newest version, as a form."""
    findings: tuple[Mapping[str, Any], ...]
    """What the program found in it, the gravest first."""
    by_row: Mapping[int, tuple[Mapping[str, Any], ...]]
    scoring: Mapping[str, Any] | None
    feedback: Feedback
    versions: tuple[ShownVersion, ...]
    """Newest first."""

    @property
    def recounted(self) -> dict[int, float | None]:
        """Return the recounted points by row."""
        rows = self.scoring["rows"] if self.scoring else ()
        return {row["index"]: row["recomputed"] for row in rows}

    @property
    def may_edit(self) -> bool:
        """Tell whether the unit can go on writing."""
        return self.item.author_status is not AuthorStatus.SUBMITTED

    @property
    def may_withdraw(self) -> bool:
        """Tell whether nobody has begun to judge it."""
        return self.item.review_status is ReviewStatus.WAITING

    @property
    def may_submit(self) -> bool:
        """Tell whether it can be handed in as it is."""
        returned = self.item.author_status is AuthorStatus.REVISING
        unchanged = self.item.version == self.item.submitted_version
        return self.may_edit and not (returned and unchanged)

    @property
    def may_report(self) -> bool:
        """Tell whether a self-evaluation can begin from it."""
        declared = self.item.kind is SubmissionKind.DECLARATION
        return declared and self.item.review_status is ReviewStatus.PASSED


def project_view(connection: Connection, actor: Actor, id_: str) -> ProjectView:
    """Gather what is known of a submission that the actor sees."""
    item = submissions.submission(connection, actor, id_)
    kept = submissions.versions(connection, item)
    review = newest_review(connection, item, item.version)
    result = review.result if review else None
    findings = sorted(
        result["findings"] if result else (), key=lambda finding: _RANKS[finding["severity"]]
    )
    record = SelfEvaluation.model_validate(kept[-1].record)
    return ProjectView(
        item=item,
        posted=posted_from_record(record, item.kind),
        findings=tuple(findings),
        by_row=_by_row(findings),
        scoring=result["scoring"] if result else None,
        feedback=feedback_on(connection, item),
        versions=tuple(_shown(kept)),
    )


def _by_row(
    findings: Sequence[Mapping[str, Any]],
) -> dict[int, tuple[Mapping[str, Any], ...]]:
    rows: dict[int, tuple[Mapping[str, Any], ...]] = {}
    for finding in findings:
        if finding["row"] is not None:
            rows[finding["row"]] = (*rows.get(finding["row"], ()), finding)
    return rows


def _shown(kept: Sequence[Version]) -> list[ShownVersion]:
    made = [
        ShownVersion(
            version.number, version, differences(before.record, version.record) if before else None
        )
        for before, version in zip([None, *kept], kept, strict=False)
    ]
    return made[::-1]

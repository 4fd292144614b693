"""The letter on a submission: the program's findings as the reviewers left them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from corpus.records import SelfEvaluation
from corpus.workflow.findings import keyed_findings
from corpus.workflow.status import ReviewStatus, SubmissionKind

if TYPE_CHECKING:
    from api.workspace import Workspace
    from review.result import ReviewResult

OPINIONS = {
    ReviewStatus.PASSED: "pass",
    ReviewStatus.RETURNED: "revise",
    ReviewStatus.REJECTED: "reject",
}


def letter_on(
    workspace: Workspace,
    kind: SubmissionKind,
    record: Mapping[str, Any],
    told: Mapping[str, str],
    status: ReviewStatus,
    issuer: str,
    due: datetime.date | None,
) -> tuple[str, bytes]:
    """Return the name and the content of the letter, as .docx.

    `told` holds the keys of the findings that go to the unit, with their wording. While nothing
    is decided the program's own opinion stands in the draft.
    """
    from review.feedback.content import compose_feedback
    from review.feedback.letter import letter_name, write_letter

    read = SelfEvaluation.model_validate(record)
    evaluation = kind is SubmissionKind.EVALUATION
    result = workspace.review_report(read) if evaluation else workspace.review(read)
    decided = _as_decided(result, told, status)
    feedback = compose_feedback(
        decided, "report" if evaluation else "declaration", issuer=issuer, due=due
    )
    return f"{letter_name(feedback)}.docx", write_letter(feedback)


def _as_decided(
    result: ReviewResult, told: Mapping[str, str], status: ReviewStatus
) -> ReviewResult:
    keys = keyed_findings(result.to_dict())
    findings = tuple(
        replace(finding, message=told[key])
        for key, finding in zip(keys, result.findings, strict=True)
        if key in told
    )
    opinion: Any = OPINIONS.get(status, result.opinion)
    return replace(result, findings=findings, opinion=opinion)

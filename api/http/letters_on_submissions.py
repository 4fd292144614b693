"""The letter on a submission: the program's findings as the reviewers left them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from corpus.records import SelfEvaluation
from corpus.workflow import submissions, verdicts
from corpus.workflow.errors import NotFoundError
from corpus.workflow.findings import keyed_findings
from corpus.workflow.reviews import newest_review
from corpus.workflow.status import ReviewStatus, SubmissionKind, Verdict
from corpus.workflow.submissions import Submission

if TYPE_CHECKING:
    from review.feedback.content import Feedback

OPINIONS = {
    ReviewStatus.PASSED: "pass",
    ReviewStatus.RETURNED: "revise",
    ReviewStatus.REJECTED: "reject",
}


@dataclass(frozen=True)
class Reviewed:
    """What a letter is made of, as the database holds it."""

    item: Submission
    record: Mapping[str, Any]
    """The version under review."""
    result: Mapping[str, Any]
    """What the program found in it."""
    told: Mapping[str, str]
    """Keys of the findings that go to the unit, with their wording."""
    remarks: tuple[str, ...]
    """Reasons of the verdicts that led to the outcome."""


def reviewed(connection: Connection, item: Submission) -> Reviewed:
    """Read what a letter on the version under review is made of."""
    number = item.submitted_version or item.version
    kept = newest_review(connection, item, number)
    if kept is None:
        raise NotFoundError("这个版本没有审核结果", hint="请待系统审核完成后再生成意见")
    told = verdicts.feedback(connection, item)
    given = [word for word in verdicts.verdicts(connection, item) if word.version == number]
    reasons = [word.reason for word in given if word.verdict.outcome is item.review_status]
    return Reviewed(
        item,
        submissions.version(connection, item, number).record,
        kept.result,
        {finding["key"]: finding["message"] for finding in told},
        tuple(dict.fromkeys(reason for reason in reasons if reason)),
    )


def letter_on(reviewed: Reviewed, issuer: str, verdict: Verdict | None = None) -> tuple[str, bytes]:
    """Return the name and the content of the letter, as .docx."""
    from review.feedback.letter import letter_name, write_letter

    feedback = feedback_on(reviewed, issuer, verdict)
    return f"{letter_name(feedback)}.docx", write_letter(feedback)


def feedback_on(reviewed: Reviewed, issuer: str, verdict: Verdict | None = None) -> Feedback:
    """Compose what goes to the unit: the stored review as the reviewers left it.

    While nothing is decided the draft says what `verdict` would, else the program's own opinion.
    """
    from review.feedback.content import compose_feedback
    from review.stored import read_result

    item = reviewed.item
    record = SelfEvaluation.model_validate(reviewed.record)
    result = read_result(reviewed.result, record)
    findings = tuple(
        replace(finding, message=reviewed.told[key])
        for key, finding in zip(keyed_findings(reviewed.result), result.findings, strict=True)
        if key in reviewed.told
    )
    status = verdict.outcome if verdict and item.review_status.open else item.review_status
    opinion: Any = OPINIONS.get(status, result.opinion)
    return compose_feedback(
        replace(result, findings=findings, opinion=opinion),
        "report" if item.kind is SubmissionKind.EVALUATION else "declaration",
        issuer=issuer,
        due=None if item.due is None else datetime.date.fromisoformat(item.due),
        remarks=reviewed.remarks,
    )

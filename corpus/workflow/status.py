"""Where a submission stands: the unit's side and the reviewers' side, kept apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum


class SubmissionKind(StrEnum):
    """What was submitted."""

    DECLARATION = "declaration"
    """绩效目标申报."""
    EVALUATION = "evaluation"
    """绩效自评 or 绩效监控."""


class AuthorStatus(StrEnum):
    """The unit's side."""

    DRAFT = "draft"
    """填报中."""
    SUBMITTED = "submitted"
    """已提交; the record cannot be changed."""
    REVISING = "revising"
    """退回后修改中."""

    @property
    def label(self) -> str:
        """Return the Chinese word."""
        return _AUTHOR[self]


class ReviewStatus(StrEnum):
    """The reviewers' side."""

    NONE = "none"
    """未送审."""
    WAITING = "waiting"
    """待审核."""
    REVIEWING = "reviewing"
    """审核中."""
    DISPUTED = "disputed"
    """意见不一, for the lead to settle."""
    PASSED = "passed"
    RETURNED = "returned"
    REJECTED = "rejected"

    @property
    def label(self) -> str:
        """Return the Chinese word."""
        return _REVIEW[self]

    @property
    def open(self) -> bool:
        """Tell whether verdicts are taken."""
        return self in {ReviewStatus.WAITING, ReviewStatus.REVIEWING, ReviewStatus.DISPUTED}


class Verdict(StrEnum):
    """A reviewer's word on a submission."""

    PASS = "pass"  # noqa: S105 - a verdict
    """通过."""
    RETURN = "return"
    """退回修改."""
    REJECT = "reject"
    """不予通过."""

    @property
    def label(self) -> str:
        """Return the Chinese word."""
        return _VERDICTS[self]

    @property
    def outcome(self) -> ReviewStatus:
        """Return where the submission stands when this is the final word."""
        return _OUTCOMES[self]


class FindingVerdict(StrEnum):
    """A reviewer's word on a finding."""

    CONFIRMED = "confirmed"
    """采纳."""
    DISMISSED = "dismissed"
    """不采纳."""


_AUTHOR = {
    AuthorStatus.DRAFT: "填报中",
    AuthorStatus.SUBMITTED: "已提交",
    AuthorStatus.REVISING: "修改中",
}
_REVIEW = {
    ReviewStatus.NONE: "未送审",
    ReviewStatus.WAITING: "待审核",
    ReviewStatus.REVIEWING: "审核中",
    ReviewStatus.DISPUTED: "意见不一",
    ReviewStatus.PASSED: "通过",
    ReviewStatus.RETURNED: "退回修改",
    ReviewStatus.REJECTED: "不予通过",
}
_VERDICTS = {Verdict.PASS: "通过", Verdict.RETURN: "退回修改", Verdict.REJECT: "不予通过"}
_OUTCOMES = {
    Verdict.PASS: ReviewStatus.PASSED,
    Verdict.RETURN: ReviewStatus.RETURNED,
    Verdict.REJECT: ReviewStatus.REJECTED,
}


def outcome(
    given: Mapping[str, Verdict], awaited: Sequence[str], settled: Verdict | None
) -> ReviewStatus:
    """Return where the reviewers' side stands.

    `given` holds each reviewer's newest verdict on the version under review, `awaited` the
    accounts it is assigned to. Nobody assigned: one verdict is enough. All awaited verdicts alike:
    that is the outcome. Unlike: a lead settles, and a settling verdict always counts.
    """
    if settled is not None:
        return settled.outcome
    missing = set(awaited) - set(given)
    if not given or missing:
        return ReviewStatus.REVIEWING
    counted = {given[account] for account in awaited} if awaited else set(given.values())
    return counted.pop().outcome if len(counted) == 1 else ReviewStatus.DISPUTED

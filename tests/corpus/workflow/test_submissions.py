"""The way of a submission: versions, handing in, taking back, returning, the audit log."""

from __future__ import annotations

import pytest

from corpus.errors import InputError
from corpus.store import Store
from corpus.workflow import audit, submissions
from corpus.workflow.actors import Actor
from corpus.workflow.errors import ConflictError, StaleError
from corpus.workflow.status import AuthorStatus, ReviewStatus, Verdict
from corpus.workflow.submissions import Submission
from tests.corpus.workflow.steps import Steps


def test_versions_are_added_and_stay_as_they_were(
    store: Store, steps: Steps, author: Actor
) -> None:
    made = steps.draft(author, note="初稿")
    saved = steps.save(author, made, target="≥120公里", note="改目标", revision=1)
    same = steps.save(author, made, target="≥120公里", note="未改")
    assert (saved.version, saved.revision, same.version) == (2, 2, 2)
    with store.reading() as connection:
        kept = submissions.versions(connection, saved)
    assert [item.record["indicators"][0]["target"] for item in kept] == ["≥100公里", "≥120公里"]


def test_an_old_copy_does_not_overwrite_a_newer_one(steps: Steps, author: Actor) -> None:
    made = steps.draft(author)
    steps.save(author, made, target="≥120公里", revision=1)
    with pytest.raises(StaleError):
        steps.save(author, made, target="≥90公里", revision=1)


def test_the_callers_number_is_used_once_a_unit(steps: Steps, author: Actor) -> None:
    steps.draft(author, id="P1")
    with pytest.raises(ConflictError, match="P1"):
        steps.draft(author, id="P1")


def test_a_version_keeps_the_number_of_its_submission(
    store: Store, steps: Steps, author: Actor
) -> None:
    made = steps.draft(author, id="P-1")
    saved = steps.save(author, made, target="≥80公里")
    with store.reading() as connection:
        assert submissions.version(connection, saved).record["id"] == "P-1"
    with pytest.raises(InputError, match="P-2"):
        steps.save(author, made, id="P-2")


def test_personal_data_is_not_kept(store: Store, steps: Steps, author: Actor) -> None:
    made = steps.draft(author, goal="联系电话：13800000000。养护")
    with store.reading() as connection:
        assert "13800000000" not in str(submissions.version(connection, made).record)


def test_a_submitted_record_cannot_be_changed(
    steps: Steps, waiting: Submission, author: Actor
) -> None:
    with pytest.raises(ConflictError, match="已提交"):
        steps.save(author, waiting)
    with pytest.raises(ConflictError, match="已提交"):
        steps.submit(author, waiting)


def test_a_unit_takes_back_what_nobody_has_judged(
    steps: Steps, waiting: Submission, author: Actor, reviewer: Actor
) -> None:
    assert steps.withdraw(author, waiting).author_status is AuthorStatus.DRAFT
    steps.submit(author, waiting)
    steps.judge(reviewer, waiting, Verdict.PASS, "")
    with pytest.raises(ConflictError):
        steps.withdraw(author, waiting)


def test_returned_revised_and_passed(
    steps: Steps, waiting: Submission, author: Actor, reviewer: Actor
) -> None:
    after = steps.judge(reviewer, waiting, Verdict.RETURN)
    assert after.review_status is ReviewStatus.RETURNED
    assert after.author_status is AuthorStatus.REVISING
    with pytest.raises(ConflictError, match="尚未修改"):
        steps.submit(author, waiting)
    steps.save(author, waiting, target="≥150公里")
    assert steps.submit(author, waiting).review_status is ReviewStatus.WAITING
    assert steps.judge(reviewer, waiting, Verdict.PASS).review_status is ReviewStatus.PASSED


def test_returning_needs_a_reason(steps: Steps, waiting: Submission, reviewer: Actor) -> None:
    with pytest.raises(InputError, match="理由"):
        steps.judge(reviewer, waiting, Verdict.REJECT, "  ")


def test_the_audit_log_tells_the_whole_way(
    store: Store, steps: Steps, waiting: Submission, reviewer: Actor, seal: audit.Seal
) -> None:
    steps.judge(reviewer, waiting, Verdict.RETURN)
    with store.reading() as connection:
        told = [
            entry["action"]
            for entry in audit.entries(connection)
            if entry["object"] == f"submission:{waiting.id}"
        ]
        assert audit.verify(connection, seal).intact
    assert told == [
        "submission.create",
        "submission.review",
        "submission.submit",
        "submission.verdict",
        "submission.status",
    ]

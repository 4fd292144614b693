"""The way of a submission: versions, review, verdicts, feedback."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import InputError
from corpus.store import Store
from corpus.workflow import audit, listing, submissions, verdicts
from corpus.workflow.actors import Actor, Role
from corpus.workflow.errors import ConflictError, ForbiddenError, NotFoundError, StaleError
from corpus.workflow.findings import keyed_findings
from corpus.workflow.listing import Filter
from corpus.workflow.reviews import newest_review
from corpus.workflow.status import (
    AuthorStatus,
    FindingVerdict,
    ReviewStatus,
    SubmissionKind,
    Verdict,
    outcome,
)
from corpus.workflow.submissions import Submission

DECLARATION = SubmissionKind.DECLARATION


@pytest.fixture
def reviewer(region: Any, person: Callable[..., Actor]) -> Actor:
    return person(region.divisions[0], Role.REVIEWER)


@pytest.fixture
def lead(region: Any, person: Callable[..., Actor]) -> Actor:
    return person(region.divisions[0], Role.LEAD)


@pytest.fixture
def author(region: Any, person: Callable[..., Actor]) -> Actor:
    return person(region.units[0], Role.AUTHOR)


def judged(writing: Any, actor: Actor, made: Submission, word: Verdict, why: str = "不具体") -> Any:
    with writing(actor) as scribe:
        return verdicts.judge(scribe, made.id, word, why)


def test_versions_are_added_and_stay_as_they_were(
    store: Store, writing: Any, region: Any, author: Actor, report: Any
) -> None:
    with writing(author) as scribe:
        made = submissions.create(scribe, region.units[0].id, DECLARATION, report(), "初稿")
        saved = submissions.save(scribe, made.id, report(target="≥120公里"), "改目标", 1)
        same = submissions.save(scribe, made.id, report(target="≥120公里"), "未改", None)
    assert (saved.version, saved.revision, same.version) == (2, 2, 2)
    with store.reading() as connection:
        kept = submissions.versions(connection, saved)
    assert [item.record["indicators"][0]["target"] for item in kept] == ["≥100公里", "≥120公里"]


def test_an_old_copy_does_not_overwrite_a_newer_one(
    writing: Any, region: Any, author: Actor, report: Any
) -> None:
    with writing(author) as scribe:
        made = submissions.create(scribe, region.units[0].id, DECLARATION, report(), "")
        submissions.save(scribe, made.id, report(target="≥120公里"), "", 1)
    with pytest.raises(StaleError), writing(author) as scribe:
        submissions.save(scribe, made.id, report(target="≥90公里"), "", 1)


def test_the_callers_number_is_used_once_a_unit(
    writing: Any, region: Any, author: Actor, report: Any
) -> None:
    with writing(author) as scribe:
        submissions.create(scribe, region.units[0].id, DECLARATION, report(id="P1"), "")
    with pytest.raises(ConflictError, match="P1"), writing(author) as scribe:
        submissions.create(scribe, region.units[0].id, DECLARATION, report(id="P1"), "")


def test_personal_data_is_not_kept(
    store: Store, writing: Any, region: Any, author: Actor, report: Any
) -> None:
    with writing(author) as scribe:
        made = submissions.create(
            scribe, region.units[0].id, DECLARATION, report(goal="联系电话：13800000000。养护"), ""
        )
    with store.reading() as connection:
        assert "13800000000" not in str(submissions.version(connection, made).record)


def test_a_submitted_record_cannot_be_changed(
    writing: Any, submitted: Callable[..., Submission], author: Actor, report: Any
) -> None:
    made = submitted()
    with pytest.raises(ConflictError, match="已提交"), writing(author) as scribe:
        submissions.save(scribe, made.id, report(), "", None)
    with pytest.raises(ConflictError, match="已提交"), writing(author) as scribe:
        submissions.submit(scribe, made.id, None)


def test_a_unit_takes_back_what_nobody_has_judged(
    writing: Any, submitted: Callable[..., Submission], author: Actor, reviewer: Actor
) -> None:
    made = submitted()
    with writing(author) as scribe:
        assert submissions.withdraw(scribe, made.id, None).author_status is AuthorStatus.DRAFT
        submissions.submit(scribe, made.id, None)
    judged(writing, reviewer, made, Verdict.PASS, "")
    with pytest.raises(ConflictError), writing(author) as scribe:
        submissions.withdraw(scribe, made.id, None)


def test_returned_revised_and_passed(
    writing: Any, submitted: Callable[..., Submission], author: Actor, reviewer: Actor, report: Any
) -> None:
    made = submitted()
    after = judged(writing, reviewer, made, Verdict.RETURN)
    assert (after.review_status, after.author_status) == (
        ReviewStatus.RETURNED,
        AuthorStatus.REVISING,
    )
    with pytest.raises(ConflictError, match="尚未修改"), writing(author) as scribe:
        submissions.submit(scribe, made.id, None)
    with writing(author) as scribe:
        submissions.save(scribe, made.id, report(target="≥150公里"), "", None)
        again = submissions.submit(scribe, made.id, None)
    assert again.review_status is ReviewStatus.WAITING
    assert judged(writing, reviewer, made, Verdict.PASS).review_status is ReviewStatus.PASSED


def test_returning_needs_a_reason(
    writing: Any, submitted: Callable[..., Submission], reviewer: Actor
) -> None:
    made = submitted()
    with pytest.raises(InputError, match="理由"):
        judged(writing, reviewer, made, Verdict.REJECT, "  ")


def test_nobody_judges_their_own_or_anothers_portfolio(
    writing: Any,
    region: Any,
    person: Callable[..., Actor],
    submitted: Callable[..., Submission],
    author: Actor,
    report: Any,
) -> None:
    made = submitted()
    with pytest.raises(ForbiddenError):
        judged(writing, author, made, Verdict.PASS)
    with pytest.raises(NotFoundError):
        judged(writing, person(region.divisions[1], Role.REVIEWER), made, Verdict.PASS)
    own = person(region.departments[0], Role.AUTHOR)
    with writing(own) as scribe:
        mine = submissions.create(scribe, region.departments[0].id, DECLARATION, report(), "")
        submissions.submit(scribe, mine.id, None)
    with pytest.raises(ForbiddenError, match="本单位"):
        judged(writing, person(region.departments[0], Role.REVIEWER), mine, Verdict.PASS)


def test_differing_reviewers_are_settled_by_a_lead(
    writing: Any,
    region: Any,
    person: Callable[..., Actor],
    submitted: Callable[..., Submission],
    lead: Actor,
) -> None:
    made = submitted()
    pair = [person(region.divisions[0], Role.REVIEWER) for _ in range(2)]
    with writing(lead) as scribe:
        verdicts.assign(scribe, made.id, [str(a.account_id) for a in pair], "2026-12-01", None)
    assert judged(writing, pair[0], made, Verdict.PASS).review_status is ReviewStatus.REVIEWING
    assert judged(writing, pair[1], made, Verdict.RETURN).review_status is ReviewStatus.DISPUTED
    settled = judged(writing, lead, made, Verdict.RETURN)
    assert settled.review_status is ReviewStatus.RETURNED
    with pytest.raises(ConflictError):
        judged(writing, pair[0], made, Verdict.PASS)


def test_what_is_assigned_to_others_is_left_to_them(
    writing: Any,
    region: Any,
    person: Callable[..., Actor],
    submitted: Callable[..., Submission],
    lead: Actor,
    reviewer: Actor,
) -> None:
    made = submitted()
    other = person(region.divisions[0], Role.REVIEWER)
    with writing(lead) as scribe:
        verdicts.assign(scribe, made.id, [str(other.account_id)], None, None)
    with pytest.raises(ForbiddenError, match="分派"):
        judged(writing, reviewer, made, Verdict.PASS)
    stranger = person(region.divisions[1], Role.REVIEWER)
    with pytest.raises(InputError), writing(lead) as scribe:
        verdicts.assign(scribe, made.id, [str(stranger.account_id)], None, None)


def test_findings_too_are_judged_by_those_it_is_assigned_to(
    writing: Any,
    region: Any,
    person: Callable[..., Actor],
    submitted: Callable[..., Submission],
    reviewer: Actor,
    lead: Actor,
) -> None:
    made = submitted()
    asked = person(region.divisions[0], Role.REVIEWER)
    with writing(lead) as scribe:
        verdicts.assign(scribe, made.id, [str(asked.account_id)], None, None)
        key = _first_key(scribe, made)
    with pytest.raises(ForbiddenError, match="分派"), writing(reviewer) as scribe:
        verdicts.judge_finding(scribe, made.id, key, FindingVerdict.CONFIRMED)
    for actor in (asked, lead):
        with writing(actor) as scribe:
            verdicts.judge_finding(scribe, made.id, key, FindingVerdict.CONFIRMED)


def test_the_unit_is_told_what_was_not_dismissed_in_the_reviewers_words(
    store: Store, writing: Any, submitted: Callable[..., Submission], reviewer: Actor
) -> None:
    made = submitted()
    with store.reading() as connection:
        review = newest_review(connection, made)
    assert review is not None
    easy, worded = keyed_findings(review.result)
    with writing(reviewer) as scribe:
        verdicts.judge_finding(
            scribe, made.id, easy, FindingVerdict.DISMISSED, reason="有特殊地质条件"
        )
        verdicts.judge_finding(
            scribe, made.id, worded, FindingVerdict.CONFIRMED, wording="请写明公里数。"
        )
    with store.reading() as connection:
        told = verdicts.feedback(connection, made)
    assert [(item["code"], item["message"]) for item in told] == [("MS01", "请写明公里数。")]


def test_a_finding_that_is_not_there_cannot_be_judged(
    writing: Any, submitted: Callable[..., Submission], reviewer: Actor
) -> None:
    made = submitted()
    with pytest.raises(NotFoundError), writing(reviewer) as scribe:
        verdicts.judge_finding(scribe, made.id, "nothing", FindingVerdict.CONFIRMED)
    with pytest.raises(InputError), writing(reviewer) as scribe:
        verdicts.judge_finding(
            scribe, made.id, _first_key(scribe, made), FindingVerdict.DISMISSED, reason=""
        )


def _first_key(scribe: Any, made: Submission) -> str:
    review = newest_review(scribe.connection, made)
    assert review is not None
    return next(iter(keyed_findings(review.result)))


def test_reviewers_differing_on_a_finding_leave_it_open_until_a_lead_speaks(
    store: Store,
    writing: Any,
    region: Any,
    person: Callable[..., Actor],
    submitted: Callable[..., Submission],
    reviewer: Actor,
    lead: Actor,
) -> None:
    made = submitted()
    other = person(region.divisions[0], Role.REVIEWER)

    def say(actor: Actor, word: FindingVerdict) -> verdicts.Standing:
        with writing(actor) as scribe:
            key = _first_key(scribe, made)
            verdicts.judge_finding(scribe, made.id, key, word, reason="理由")
            spoken = verdicts.finding_verdicts(scribe.connection, made)
        return verdicts.standings(spoken, 1)[key]

    assert say(reviewer, FindingVerdict.CONFIRMED).verdict is FindingVerdict.CONFIRMED
    assert say(other, FindingVerdict.DISMISSED).disputed
    assert say(lead, FindingVerdict.DISMISSED).verdict is FindingVerdict.DISMISSED


def test_a_finding_keeps_its_key_while_the_row_stays(review_of: Any) -> None:
    before, after = review_of("EZ01", "MS01"), review_of("MS01")
    assert set(keyed_findings(after)) < set(keyed_findings(before))
    twice = review_of("EZ01", "EZ01")
    assert len(keyed_findings(twice)) == 2


def test_the_audit_log_tells_the_whole_way(
    store: Store,
    writing: Any,
    submitted: Callable[..., Submission],
    reviewer: Actor,
    seal: audit.Seal,
) -> None:
    made = submitted()
    judged(writing, reviewer, made, Verdict.RETURN)
    with store.reading() as connection:
        told = [
            entry["action"]
            for entry in audit.entries(connection)
            if entry["object"] == f"submission:{made.id}"
        ]
        assert audit.verify(connection, seal).intact
    assert told == [
        "submission.create",
        "submission.review",
        "submission.submit",
        "submission.verdict",
        "submission.status",
    ]


def test_lists_hold_what_one_sees_and_asks_for(
    store: Store,
    region: Any,
    submitted: Callable[..., Submission],
    reviewer: Actor,
    person: Callable[..., Actor],
) -> None:
    small = submitted(budget_wan=10, year=2026)
    large = submitted(name="农田建设", budget_wan=900, year=2027)

    def found(actor: Actor, **wanted: Any) -> list[str]:
        with store.reading() as connection:
            page = listing.list_submissions(connection, actor, Filter(**wanted), "budget")
        return [item.id for item in page.items]

    assert found(reviewer) == [large.id, small.id]
    assert found(reviewer, budget_to=100.0) == [small.id]
    assert found(reviewer, fiscal_year=2027) == [large.id]
    assert found(reviewer, text="农田") == [large.id]
    assert found(reviewer, text="%") == []
    assert found(reviewer, finding="EZ01") == [large.id, small.id]
    assert found(reviewer, finding="CP01") == []
    assert found(reviewer, organisation_id=region.units[0].id) == [large.id, small.id]
    assert found(reviewer, review_status=ReviewStatus.PASSED) == []
    assert found(person(region.divisions[1], Role.REVIEWER)) == []


@pytest.mark.parametrize("order", ["newest", "risk", "budget"])
def test_pages_hold_everything_once(
    store: Store, writing: Any, region: Any, author: Actor, report: Any, order: Any
) -> None:
    with writing(author) as scribe:
        for number in range(7):
            budget = [None, 5.0, 5.0, 1.0][number % 4]
            submissions.create(
                scribe, region.units[0].id, DECLARATION, report(budget_wan=budget), ""
            )
    seen: list[str] = []
    cursor = None
    with store.reading() as connection:
        whole = listing.list_submissions(connection, author, Filter(), order)
        while True:
            page = listing.list_submissions(connection, author, Filter(), order, 2, cursor)
            seen += [item.id for item in page.items]
            if page.next is None:
                break
            cursor = page.next
    assert seen == [item.id for item in whole.items]
    assert len(set(seen)) == 7


ID = "01" + "A" * 24


def cursor_of(*content: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor", ["x", "!!", "W10", cursor_of("risk", 1, ID), cursor_of("newest", None, "\x00" * 26)]
)
def test_a_made_up_cursor_is_refused(store: Store, author: Actor, cursor: str) -> None:
    with store.reading() as connection, pytest.raises(InputError, match="翻页"):
        listing.list_submissions(connection, author, Filter(), "newest", 2, cursor)


@pytest.mark.parametrize("number", [10**400, "x", None, [1]])
def test_a_cursor_with_no_number_of_its_order_is_refused(
    store: Store, author: Actor, number: Any
) -> None:
    with store.reading() as connection, pytest.raises(InputError, match="翻页"):
        listing.list_submissions(
            connection, author, Filter(), "risk", 2, cursor_of("risk", number, ID)
        )


@given(
    st.dictionaries(st.sampled_from("abcd"), st.sampled_from(Verdict), max_size=4),
    st.lists(st.sampled_from("abcd"), unique=True),
)
def test_an_outcome_needs_every_awaited_verdict_and_one_mind(
    given_: dict[str, Verdict], awaited: list[str]
) -> None:
    found = outcome(given_, awaited, None)
    counted = {given_[a] for a in awaited if a in given_} if awaited else set(given_.values())
    complete = bool(given_) and set(awaited) <= set(given_)
    if not complete:
        assert found is ReviewStatus.REVIEWING
    elif len(counted) > 1:
        assert found is ReviewStatus.DISPUTED
    else:
        assert found is counted.pop().outcome
    assert outcome(given_, awaited, Verdict.PASS) is ReviewStatus.PASSED

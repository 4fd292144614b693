"""Verdicts: who may give them, on submissions and on findings, and what follows from several."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import InputError
from corpus.store import Store
from corpus.workflow import verdicts
from corpus.workflow.actors import Actor, Role
from corpus.workflow.errors import ConflictError, ForbiddenError, NotFoundError
from corpus.workflow.findings import keyed_findings
from corpus.workflow.status import FindingVerdict, ReviewStatus, Verdict, outcome
from corpus.workflow.submissions import Submission
from tests.corpus.workflow.steps import Steps, make_review


def test_nobody_judges_their_own_or_anothers_portfolio(
    steps: Steps,
    waiting: Submission,
    author: Actor,
    stranger: Actor,
    region: Any,
    person: Callable[..., Actor],
) -> None:
    with pytest.raises(ForbiddenError):
        steps.judge(author, waiting, Verdict.PASS)
    with pytest.raises(NotFoundError):
        steps.judge(stranger, waiting, Verdict.PASS)
    mine = steps.hand_in(person(region.departments[0], Role.AUTHOR))
    with pytest.raises(ForbiddenError, match="本单位"):
        steps.judge(person(region.departments[0], Role.REVIEWER), mine, Verdict.PASS)


def test_differing_reviewers_are_settled_by_a_lead(
    steps: Steps, waiting: Submission, reviewer: Actor, colleague: Actor, lead: Actor
) -> None:
    def given(actor: Actor, verdict: Verdict) -> ReviewStatus:
        return steps.judge(actor, waiting, verdict).review_status

    steps.assign(lead, waiting, reviewer, colleague, due="2026-12-01")
    assert given(reviewer, Verdict.PASS) is ReviewStatus.REVIEWING
    assert given(colleague, Verdict.RETURN) is ReviewStatus.DISPUTED
    assert given(lead, Verdict.RETURN) is ReviewStatus.RETURNED
    with pytest.raises(ConflictError):
        given(reviewer, Verdict.PASS)


def test_what_is_assigned_to_others_is_left_to_them(
    steps: Steps,
    waiting: Submission,
    reviewer: Actor,
    colleague: Actor,
    lead: Actor,
    stranger: Actor,
) -> None:
    steps.assign(lead, waiting, colleague)
    with pytest.raises(ForbiddenError, match="分派"):
        steps.judge(reviewer, waiting, Verdict.PASS)
    with pytest.raises(InputError):
        steps.assign(lead, waiting, stranger)


def test_findings_too_are_judged_by_those_it_is_assigned_to(
    steps: Steps, waiting: Submission, reviewer: Actor, colleague: Actor, lead: Actor
) -> None:
    steps.assign(lead, waiting, colleague)
    key = steps.keys(waiting)[0]
    with pytest.raises(ForbiddenError, match="分派"):
        steps.judge_finding(reviewer, waiting, key, FindingVerdict.CONFIRMED)
    for actor in (colleague, lead):
        steps.judge_finding(actor, waiting, key, FindingVerdict.CONFIRMED)


def test_the_unit_is_told_what_was_not_dismissed_in_the_reviewers_words(
    store: Store, steps: Steps, waiting: Submission, reviewer: Actor
) -> None:
    easy, worded = steps.keys(waiting)
    steps.judge_finding(reviewer, waiting, easy, FindingVerdict.DISMISSED, reason="有特殊地质条件")
    steps.judge_finding(
        reviewer, waiting, worded, FindingVerdict.CONFIRMED, wording="请写明公里数。"
    )
    with store.reading() as connection:
        told = verdicts.feedback(connection, waiting)
    assert [(item["code"], item["message"]) for item in told] == [("MS01", "请写明公里数。")]


def test_a_finding_that_is_not_there_cannot_be_judged(
    steps: Steps, waiting: Submission, reviewer: Actor
) -> None:
    with pytest.raises(NotFoundError):
        steps.judge_finding(reviewer, waiting, "nothing", FindingVerdict.CONFIRMED)


def test_dismissing_a_finding_needs_a_reason(
    steps: Steps, waiting: Submission, reviewer: Actor
) -> None:
    key = steps.keys(waiting)[0]
    with pytest.raises(InputError):
        steps.judge_finding(reviewer, waiting, key, FindingVerdict.DISMISSED, reason="")


def test_reviewers_differing_on_a_finding_leave_it_open_until_a_lead_speaks(
    store: Store,
    steps: Steps,
    waiting: Submission,
    reviewer: Actor,
    colleague: Actor,
    lead: Actor,
) -> None:
    key = steps.keys(waiting)[0]

    def say(actor: Actor, word: FindingVerdict) -> verdicts.Standing:
        steps.judge_finding(actor, waiting, key, word, reason="理由")
        with store.reading() as connection:
            spoken = verdicts.finding_verdicts(connection, waiting)
        return verdicts.standings(spoken, 1)[key]

    assert say(reviewer, FindingVerdict.CONFIRMED).verdict is FindingVerdict.CONFIRMED
    assert say(colleague, FindingVerdict.DISMISSED).disputed
    assert say(lead, FindingVerdict.DISMISSED).verdict is FindingVerdict.DISMISSED


def test_a_finding_keeps_its_key_while_the_row_stays() -> None:
    before, after = make_review("EZ01", "MS01"), make_review("MS01")
    assert set(keyed_findings(after)) < set(keyed_findings(before))
    twice = make_review("EZ01", "EZ01")
    assert len(keyed_findings(twice)) == 2


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

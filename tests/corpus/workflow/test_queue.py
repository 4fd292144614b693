from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from corpus.errors import InputError
from corpus.store import Store
from corpus.workflow import queue, reviewers
from corpus.workflow.actors import Actor
from corpus.workflow.earlier import earlier
from corpus.workflow.errors import ForbiddenError
from corpus.workflow.listing import Filter
from corpus.workflow.status import ReviewStatus, SubmissionKind, Verdict
from corpus.workflow.submissions import Submission
from tests.corpus.workflow.steps import Steps, make_review

SENT = Filter(kind=SubmissionKind.DECLARATION, sent=True)


@pytest.fixture
def hand_in(steps: Steps, author: Actor) -> Callable[..., Submission]:
    """Makes submissions of the first unit that wait for review."""

    def make(name: str, risk: float, kind: str = "declaration", **fields: Any) -> Submission:
        review = {
            **make_review("EZ01", "MS01", "MS01", risk=risk),
            "risk_parts": {"findings": risk},
        }
        if kind == "evaluation":
            review["triage"] = {
                "score": risk,
                "tier": "再评审",
                "parts": {"inflation": risk},
                "reasons": ["复算低5分"],
            }
            review["scoring"] = {"total_own": 98.5, "total_recomputed": 93.5}
        return steps.hand_in(author, review, name=name, kind=SubmissionKind(kind), **fields)

    return make


def test_the_queue_is_sorted_by_risk_and_says_why(
    store: Store, hand_in: Any, reviewer: Actor, stranger: Actor
) -> None:
    low, high = hand_in("低风险", 0.2), hand_in("高风险", 0.9)
    with store.reading() as connection:
        items = queue.queue(connection, reviewer, SENT, "risk", 10)
        nothing = queue.queue(connection, stranger, SENT, "risk", 10)
    assert [item.submission.id for item in items] == [high.id, low.id]
    assert items[0].organisation == "预算单位一"
    assert items[0].risk_parts == {"findings": 0.9}
    assert items[0].findings == {"error": 3}
    assert items[0].codes == (("MS01", "error"), ("EZ01", "error"))
    assert list(nothing) == []


def test_a_self_evaluation_shows_its_tier_its_reasons_and_both_totals(
    store: Store, hand_in: Any, reviewer: Actor
) -> None:
    hand_in("甲", 0.3, "evaluation")
    second = hand_in("乙", 0.6, "evaluation")
    wanted = Filter(kind=SubmissionKind.EVALUATION, tier="再评审")
    with store.reading() as connection:
        items = queue.queue(connection, reviewer, wanted, "triage", 10)
        none = queue.queue(connection, reviewer, Filter(tier="再评价"), "triage", 10)
    assert items[0].submission.id == second.id
    assert (items[0].submission.tier, items[0].submission.triage) == ("再评审", 0.6)
    assert items[0].reasons == ("复算低5分",)
    assert items[0].risk_parts == {"inflation": 0.6}
    assert items[0].scores == (98.5, 93.5)
    assert list(none) == []


def test_counts_tell_what_is_open_mine_overdue_and_unassigned(
    store: Store, steps: Steps, hand_in: Any, reviewer: Actor, lead: Actor
) -> None:
    late, free, done = hand_in("过期", 0.5), hand_in("未分派", 0.4), hand_in("已办", 0.3)
    steps.assign(lead, late, reviewer, due="2020-01-01")
    steps.assign(lead, done, reviewer, due="2020-01-01")
    steps.judge(reviewer, done, Verdict.PASS)
    with store.reading() as connection:
        found = queue.counts(connection, reviewer, SENT)
        only = queue.queue(connection, reviewer, Filter(overdue=True), "risk", 10)
        alone = queue.queue(connection, reviewer, Filter(unassigned=True, open=True), "risk", 10)
    assert (found.total, found.open, found.mine, found.overdue, found.unassigned) == (3, 2, 1, 1, 1)
    assert found.by_status[ReviewStatus.PASSED] == 1
    assert [item.submission.id for item in only] == [late.id]
    assert only[0].overdue
    assert only[0].reviewers == ("业务一科 · 经办岗",)
    assert [item.submission.id for item in alone] == [free.id]


def test_what_comes_next_stays_the_same_once_a_submission_is_decided(
    store: Store, steps: Steps, hand_in: Any, reviewer: Actor
) -> None:
    high, middle, low = (
        hand_in(name, risk) for name, risk in (("甲", 0.9), ("乙", 0.5), ("丙", 0.5))
    )
    wanted = Filter(kind=SubmissionKind.DECLARATION, open=True)

    def place(item: Any) -> tuple[int, int, str | None, str | None]:
        with store.reading() as connection:
            found = queue.place_of(connection, reviewer, wanted, "risk", item)
        return found.position, found.total, found.previous, found.next

    assert place(high) == (1, 3, None, low.id)
    assert place(low) == (2, 3, high.id, middle.id)
    assert place(middle) == (3, 3, low.id, None)
    steps.judge(reviewer, low, Verdict.PASS)
    assert place(low) == (2, 2, high.id, middle.id)


def test_choices_hold_what_was_handed_in_below_the_reader(
    store: Store, hand_in: Any, reviewer: Actor, stranger: Actor
) -> None:
    hand_in("甲", 0.5, department="交通运输局", year=2026)
    hand_in("乙", 0.5, "evaluation", department="教育局", year=2025)
    with store.reading() as connection:
        found = queue.choices(connection, reviewer, SubmissionKind.DECLARATION)
        none = queue.choices(connection, stranger, SubmissionKind.DECLARATION)
    assert found.departments == ("交通运输局",)
    assert found.years == (2026,)
    assert found.codes == ("EZ01", "MS01")
    assert [name for _, name in found.organisations] == ["预算单位一"]
    assert (none.departments, none.codes) == ((), ())


def test_only_those_above_a_unit_can_be_asked(
    store: Store, steps: Steps, hand_in: Any, reviewer: Actor, lead: Actor, stranger: Actor
) -> None:
    item = hand_in("甲", 0.5)
    with store.reading() as connection:
        fit = {each.id for each in reviewers.fit_reviewers(connection, item)}
        own = {each.id for each in reviewers.reviewers(connection, lead)}
        with pytest.raises(ForbiddenError):
            reviewers.reviewers(connection, reviewer)
    both = {reviewer.account_id, lead.account_id}
    assert fit == own == both
    with pytest.raises(InputError):
        steps.assign(lead, item, stranger)


def test_earlier_years_and_the_declaration_of_a_self_evaluation_are_found(
    store: Store, hand_in: Any
) -> None:
    last = hand_in("2025年农村公路养护", 0.5, year=2025)
    declared = hand_in("农村公路养护", 0.5, year=2026)
    hand_in("农村公路新建", 0.5, year=2025)
    hand_in("农村公路养护", 0.5, year=2019)
    evaluated = hand_in("农村公路养护", 0.5, "evaluation", year=2026)
    with store.reading() as connection:
        found = [item.submission.id for item in earlier(connection, evaluated)]
        before = [item.submission.id for item in earlier(connection, declared)]
    assert found == [declared.id, last.id]
    assert before == [last.id]

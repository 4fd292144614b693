from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from corpus.errors import InputError
from corpus.store import Store
from corpus.workflow import queue, reviewers, submissions, verdicts
from corpus.workflow.actors import Role
from corpus.workflow.earlier import earlier
from corpus.workflow.errors import ForbiddenError
from corpus.workflow.listing import Filter
from corpus.workflow.reviews import keep_review
from corpus.workflow.status import ReviewStatus, SubmissionKind, Verdict

SENT = Filter(kind=SubmissionKind.DECLARATION, sent=True)


@pytest.fixture
def people(region: Any, person: Callable[..., Any]) -> dict[str, Any]:
    return {
        "author": person(region.units[0], Role.AUTHOR),
        "reviewer": person(region.divisions[0], Role.REVIEWER),
        "lead": person(region.divisions[0], Role.LEAD),
        "elsewhere": person(region.divisions[1], Role.LEAD),
    }


@pytest.fixture
def hand_in(
    writing: Any, region: Any, people: Any, report: Any, review_of: Any
) -> Callable[..., Any]:
    """Makes submissions of the first unit that wait for review."""

    def make(name: str, risk: float, kind: str = "declaration", **fields: Any) -> Any:
        review = {**review_of("EZ01", "MS01", "MS01", risk=risk), "risk_parts": {"findings": risk}}
        if kind == "evaluation":
            review["triage"] = {
                "score": risk,
                "tier": "再评审",
                "parts": {"inflation": risk},
                "reasons": ["复算低5分"],
            }
            review["scoring"] = {"total_own": 98.5, "total_recomputed": 93.5}
        with writing(people["author"]) as scribe:
            record = report(name, **fields)
            made = submissions.create(scribe, region.units[0].id, SubmissionKind(kind), record, "")
            keep_review(scribe, made.id, 1, review)
            return submissions.submit(scribe, made.id, None)

    return make


def test_the_queue_is_sorted_by_risk_and_says_why(store: Store, hand_in: Any, people: Any) -> None:
    low, high = hand_in("低风险", 0.2), hand_in("高风险", 0.9)
    with store.reading() as connection:
        items = queue.queue(connection, people["reviewer"], SENT, "risk", 10)
        nothing = queue.queue(connection, people["elsewhere"], SENT, "risk", 10)
    assert [item.submission.id for item in items] == [high.id, low.id]
    assert items[0].organisation == "预算单位一"
    assert items[0].risk_parts == {"findings": 0.9}
    assert items[0].findings == {"error": 3}
    assert items[0].codes == (("MS01", "error"), ("EZ01", "error"))
    assert list(nothing) == []


def test_a_self_evaluation_shows_its_tier_its_reasons_and_both_totals(
    store: Store, hand_in: Any, people: Any
) -> None:
    hand_in("甲", 0.3, "evaluation")
    second = hand_in("乙", 0.6, "evaluation")
    wanted = Filter(kind=SubmissionKind.EVALUATION, tier="再评审")
    with store.reading() as connection:
        items = queue.queue(connection, people["reviewer"], wanted, "triage", 10)
        none = queue.queue(connection, people["reviewer"], Filter(tier="再评价"), "triage", 10)
    assert items[0].submission.id == second.id
    assert (items[0].submission.tier, items[0].submission.triage) == ("再评审", 0.6)
    assert items[0].reasons == ("复算低5分",)
    assert items[0].risk_parts == {"inflation": 0.6}
    assert items[0].scores == (98.5, 93.5)
    assert list(none) == []


def test_counts_tell_what_is_open_mine_overdue_and_unassigned(
    store: Store, writing: Any, hand_in: Any, people: Any
) -> None:
    late, free, done = hand_in("过期", 0.5), hand_in("未分派", 0.4), hand_in("已办", 0.3)
    with writing(people["lead"]) as scribe:
        asked = [str(people["reviewer"].account_id)]
        verdicts.assign(scribe, late.id, asked, "2020-01-01", None)
        verdicts.assign(scribe, done.id, asked, "2020-01-01", None)
    with writing(people["reviewer"]) as scribe:
        verdicts.judge(scribe, done.id, Verdict.PASS, "")
    with store.reading() as connection:
        found = queue.counts(connection, people["reviewer"], SENT)
        only = queue.queue(connection, people["reviewer"], Filter(overdue=True), "risk", 10)
        alone = queue.queue(
            connection, people["reviewer"], Filter(unassigned=True, open=True), "risk", 10
        )
    assert (found.total, found.open, found.mine, found.overdue, found.unassigned) == (3, 2, 1, 1, 1)
    assert found.by_status[ReviewStatus.PASSED] == 1
    assert [item.submission.id for item in only] == [late.id]
    assert only[0].overdue
    assert only[0].reviewers == ("业务一科 · 经办岗",)
    assert [item.submission.id for item in alone] == [free.id]


def test_what_comes_next_stays_the_same_once_a_submission_is_decided(
    store: Store, writing: Any, hand_in: Any, people: Any
) -> None:
    high, middle, low = (
        hand_in(name, risk) for name, risk in (("甲", 0.9), ("乙", 0.5), ("丙", 0.5))
    )
    wanted = Filter(kind=SubmissionKind.DECLARATION, open=True)

    def place(item: Any) -> tuple[int, int, str | None, str | None]:
        with store.reading() as connection:
            found = queue.place_of(connection, people["reviewer"], wanted, "risk", item)
        return found.position, found.total, found.previous, found.next

    assert place(high) == (1, 3, None, low.id)
    assert place(low) == (2, 3, high.id, middle.id)
    assert place(middle) == (3, 3, low.id, None)
    with writing(people["reviewer"]) as scribe:
        verdicts.judge(scribe, low.id, Verdict.PASS, "")
    assert place(low) == (2, 2, high.id, middle.id)


def test_choices_hold_what_was_handed_in_below_the_reader(
    store: Store, hand_in: Any, people: Any
) -> None:
    hand_in("甲", 0.5, department="交通运输局", year=2026)
    hand_in("乙", 0.5, "evaluation", department="教育局", year=2025)
    with store.reading() as connection:
        found = queue.choices(connection, people["reviewer"], SubmissionKind.DECLARATION)
        none = queue.choices(connection, people["elsewhere"], SubmissionKind.DECLARATION)
    assert found.departments == ("交通运输局",)
    assert found.years == (2026,)
    assert found.codes == ("EZ01", "MS01")
    assert [name for _, name in found.organisations] == ["预算单位一"]
    assert (none.departments, none.codes) == ((), ())


def test_only_those_above_a_unit_can_be_asked(
    store: Store, writing: Any, hand_in: Any, people: Any
) -> None:
    item = hand_in("甲", 0.5)
    with store.reading() as connection:
        fit = {reviewer.id for reviewer in reviewers.fit_reviewers(connection, item)}
        own = {reviewer.id for reviewer in reviewers.reviewers(connection, people["lead"])}
        with pytest.raises(ForbiddenError):
            reviewers.reviewers(connection, people["reviewer"])
    both = {people["reviewer"].account_id, people["lead"].account_id}
    assert fit == own == both
    with writing(people["lead"]) as scribe, pytest.raises(InputError):
        verdicts.assign(scribe, item.id, [str(people["elsewhere"].account_id)], None, None)


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

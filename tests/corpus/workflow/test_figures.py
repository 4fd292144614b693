"""Figures of the overview, counted by hand on a few submissions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from corpus.store import Store
from corpus.workflow.actors import Actor, Role
from corpus.workflow.listing import Filter
from corpus.workflow.statistics import divisions, index, lacking, listed, progress, spoken, targets
from corpus.workflow.statistics.divisions import Part
from corpus.workflow.statistics.scope import Scope
from corpus.workflow.status import AuthorStatus, FindingVerdict, ReviewStatus, Verdict
from corpus.workflow.submissions import Submission
from corpus.workflow.tables import SubmissionRow
from tests.corpus.workflow.steps import Steps, make_review

JULY = datetime(2026, 7, 31, 15, 59, tzinfo=UTC)
"""One minute before August begins in Beijing."""


@pytest.fixture
def after(steps: Steps) -> Callable[..., Steps]:
    """Steps taken some time after the end of July: `after(days=1)`."""
    return lambda **passed: steps.at(JULY + timedelta(**passed))


@pytest.fixture
def handed_in(after: Callable[..., Steps], author: Actor) -> Callable[..., Submission]:
    """Hands a declaration in at the end of July, in which some codes and labels are found."""

    def make(*codes: str, labels: tuple[str, ...] = (), **fields: Any) -> Submission:
        return after().hand_in(author, make_review(*codes, labels=labels), **fields)

    return make


def test_months_are_those_of_beijing_and_drafts_do_not_count(
    store: Store, chief: Actor, author: Actor, handed_in: Any, after: Any
) -> None:
    handed_in(labels=("vague", "qualitative"))
    after(minutes=2).hand_in(author, make_review(labels=("easy",)), name="另一个")
    after().draft(author, name="草稿", review=make_review(labels=("vague",)))
    with store.reading() as connection:
        months = targets.by_month(connection, chief, Scope())
        behind = listed.count(connection, chief, Scope(month="2026-07", label="vague"))
    assert [month for month, _ in months] == ["2026-07", "2026-08"]
    july, august = (found for _, found in months)
    assert (july.submissions, july.rows, july.vague, july.qualitative, july.easy) == (1, 1, 1, 1, 0)
    assert (august.share("vague"), august.share("easy")) == (0.0, 1.0)
    assert behind[0] == 1


def test_coaching_compares_what_was_returned_with_what_came_back(
    store: Store, chief: Actor, reviewer: Actor, author: Actor, handed_in: Any, after: Any
) -> None:
    made = handed_in("MS01", labels=("vague", "easy"))
    handed_in(labels=("vague",), name="没有退回")
    after(days=1).judge(reviewer, made, Verdict.RETURN)
    with store.reading() as connection:
        assert targets.coaching(connection, chief, Scope()).before.submissions == 0
    send_again(after(days=2), author, made, labels=("easy",))
    with store.reading() as connection:
        found = targets.coaching(connection, chief, Scope())
        assert listed.count(connection, chief, Scope(coached=True))[0] == 1
    assert (found.before.vague, found.after.vague) == (1, 0)
    assert (found.before.easy, found.after.easy) == (1, 1)


def send_again(steps: Steps, author: Actor, made: Submission, labels: tuple[str, ...]) -> None:
    """Hand a second version in."""
    review = make_review(labels=labels, risk=0.1)
    steps.save(author, made, review=review, target="≥150公里", department=made.department)
    steps.submit(author, made)


def test_a_draft_between_does_not_count_as_coached(
    store: Store, chief: Actor, reviewer: Actor, author: Actor, handed_in: Any, after: Any
) -> None:
    """What is saved but not handed in again is not yet the result of coaching."""
    made = handed_in(labels=("vague",))
    after(days=1).judge(reviewer, made, Verdict.RETURN)
    after(days=2).save(author, made, target="≥150公里", review=make_review(labels=()))
    with store.reading() as connection:
        assert targets.coaching(connection, chief, Scope()).after.submissions == 0
        ((_, month),) = targets.by_month(connection, chief, Scope())
    assert month.vague == 1


def test_progress_counts_each_division_and_the_whole(
    store: Store,
    chief: Actor,
    reviewer: Actor,
    handed_in: Any,
    after: Any,
    region: Any,
    person: Callable[..., Actor],
) -> None:
    made = handed_in(budget_wan=100)
    after().hand_in(person(region.units[1], Role.AUTHOR), name="二", budget_wan=50)
    after(days=1).judge(reviewer, made, Verdict.PASS)
    with store.reading() as connection:
        whole, parts = progress.progress(connection, chief, Scope())
        own = Scope(Filter(organisation_id=region.divisions[1].id))
        part, _ = progress.progress(connection, chief, own)
        mine, _ = progress.progress(connection, reviewer, Scope())
    assert (whole.total, whole.drafts, whole.decided, whole.budget_wan) == (2, 0, 1, 150)
    assert [each.by_step for each in parts] == [
        {ReviewStatus.PASSED: 1},
        {ReviewStatus.WAITING: 1},
    ]
    assert (part.total, mine.total) == (1, 1)
    assert whole.by_step.get(AuthorStatus.DRAFT) is None


def test_findings_are_counted_by_rule_and_department(
    store: Store, chief: Actor, handed_in: Any
) -> None:
    handed_in("EZ01", "EZ01", "MS01", department="交通局", function_code="214")
    handed_in("EZ01", name="二", department="教育局")
    with store.reading() as connection:
        rules = spoken.by_rule(connection, chief, Scope())
        departments = spoken.by_department(connection, chief, Scope())
        sectors = spoken.by_sector(connection, chief, Scope())
        one = spoken.by_department(connection, chief, Scope(Filter(finding="MS01")))
    assert [(each.code, each.submissions, each.findings) for each in rules] == [
        ("EZ01", 2, 3),
        ("MS01", 1, 1),
    ]
    assert [(each.key, each.mean) for each in departments] == [("交通局", 3), ("教育局", 1)]
    assert {each.key for each in sectors} == {"214", ""}
    assert [(each.key, each.findings) for each in one] == [("交通局", 1)]


def test_projects_that_lack_several_things_are_counted_once(
    store: Store, chief: Actor, handed_in: Any
) -> None:
    handed_in("CP01", "CP15", budget_wan=80)
    handed_in("CP16", name="二", budget_wan=20)
    handed_in("EZ01", name="三", budget_wan=7)
    with store.reading() as connection:
        sums = lacking.sums(connection, chief, Scope())
        largest = lacking.largest(connection, chief, Scope(), 1)
    assert (sums.number, sums.budget_wan) == (2, 100)
    assert sums.by_code == {"CP01": (1, 80), "CP15": (1, 80), "CP16": (1, 20)}
    assert [sorted(each.codes) for each in largest] == [["CP01", "CP15"]]


def test_divisions_are_counted_by_what_they_did(
    store: Store, chief: Actor, reviewer: Actor, colleague: Actor, handed_in: Any, after: Any
) -> None:
    made = [handed_in("EZ01", name=f"项目{n}") for n in range(3)]
    after(hours=1).assign(chief, made[0], reviewer, colleague, due="2026-08-02")
    after(hours=1).assign(chief, made[1], reviewer, due="2026-08-02")
    after(hours=1).assign(chief, made[2], reviewer, due="2026-08-01")
    after(days=1).judge(reviewer, made[0], Verdict.RETURN)
    after(days=2).judge(colleague, made[0], Verdict.PASS)
    after(days=3).judge(chief, made[0], Verdict.RETURN)
    after(days=9).judge(reviewer, made[1], Verdict.PASS)
    (key,) = after(days=1).keys(made[2])
    after(days=1).judge_finding(reviewer, made[2], key, FindingVerdict.CONFIRMED)
    after(days=1).judge(reviewer, made[2], Verdict.PASS)
    with store.reading() as connection:
        (found,) = divisions.quality(connection, chief, Scope())
    assert (found.judged, found.returned) == (3, 1)
    assert found.sound == Part(0, 2)  # both passed with a finding that alone sends back
    assert found.checked == Part(1, 3)
    assert found.timely == Part(2, 3)  # the second was judged a week late, the third on its day
    assert found.upheld == Part(3, 4)  # the lead settled otherwise than the second reviewer
    assert found.score == pytest.approx(100 * (25 / 3 + 25 * 2 / 3 + 20 * 0.75) / 100)
    assert found.rank == 1


def test_what_lies_overdue_counts_against_the_division_in_charge(
    store: Store, chief: Actor, reviewer: Actor, handed_in: Any, after: Any
) -> None:
    after().assign(chief, handed_in(), reviewer, due="2026-08-05")
    with store.writing() as connection:
        connection.execute(update(SubmissionRow).values(due="2000-01-01"))
    with store.reading() as connection:
        (found,) = divisions.quality(connection, chief, Scope())
    assert (found.timely, found.judged, found.score, found.rank) == (Part(0, 1), 0, None, None)


def test_the_monthly_index_counts_what_was_first_handed_in(
    store: Store, chief: Actor, reviewer: Actor, author: Actor, handed_in: Any, after: Any
) -> None:
    labels = [("vague",), (), (), (), ()]
    made = [
        handed_in(labels=own, name=f"项目{n}", department="交通局") for n, own in enumerate(labels)
    ]
    after(days=1).judge(reviewer, made[0], Verdict.RETURN)
    after(days=1).judge(reviewer, made[1], Verdict.PASS)
    send_again(after(days=40), author, made[0], labels=())
    after(days=41).judge(reviewer, made[0], Verdict.PASS)
    with store.reading() as connection:
        months = index.monthly_index(connection, chief, Scope())
    assert list(months) == ["2026-07"]  # the second version counts for the month of the first
    (standing,) = months["2026-07"]
    assert standing.parts == {
        "measurable": 0.8,
        "demanding": 1.0,
        "passed_first": 0.5,
        "mended": 1.0,
    }
    assert standing.index == pytest.approx(35 * 0.8 + 25 + 20 * 0.5 + 20)

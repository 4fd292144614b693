"""Figures of the overview, counted by hand on a few submissions."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from corpus.store import Store
from corpus.workflow import submissions, verdicts
from corpus.workflow.actors import Actor, Role
from corpus.workflow.findings import keyed_findings
from corpus.workflow.listing import Filter
from corpus.workflow.reviews import keep_review, newest_review
from corpus.workflow.statistics import divisions, index, lacking, listed, progress, spoken, targets
from corpus.workflow.statistics.divisions import Part
from corpus.workflow.statistics.index import Standing
from corpus.workflow.statistics.scope import Scope
from corpus.workflow.status import (
    AuthorStatus,
    FindingVerdict,
    ReviewStatus,
    SubmissionKind,
    Verdict,
)
from corpus.workflow.submissions import Submission
from corpus.workflow.tables import SubmissionRow

JULY = datetime(2026, 7, 31, 15, 59, tzinfo=UTC)
"""One minute before August begins in Beijing."""


@pytest.fixture
def lead(region: Any, person: Callable[..., Actor]) -> Actor:
    return person(region.bureau, Role.LEAD)


@pytest.fixture
def reviewer(region: Any, person: Callable[..., Actor]) -> Actor:
    return person(region.divisions[0], Role.REVIEWER)


@pytest.fixture
def at(writing: Any) -> Callable[..., Any]:
    """Opens a transaction in which somebody acts at a moment."""

    @contextmanager
    def opened(actor: Actor, moment: datetime) -> Any:
        with writing(actor) as scribe:
            ticks = iter(range(10_000))
            yield replace(scribe, clock=lambda: moment + timedelta(milliseconds=next(ticks)))

    return opened


@pytest.fixture
def handed_in(
    at: Any, region: Any, person: Callable[..., Actor], report: Any, review_of: Any
) -> Callable[..., tuple[Submission, Actor]]:
    """Hands a declaration in at a moment, with a review of given labels and codes."""

    def make(
        moment: datetime, *codes: str, labels: tuple[str, ...] = (), unit: int = 0, **fields: Any
    ) -> tuple[Submission, Actor]:
        author = person(region.units[unit], Role.AUTHOR)
        with at(author, moment) as scribe:
            made = submissions.create(
                scribe,
                region.units[unit].id,
                SubmissionKind.DECLARATION,
                report(**fields),
                "",
            )
            keep_review(scribe, made.id, 1, review_of(*codes, labels=labels))
            return submissions.submit(scribe, made.id, None), author

    return make


@pytest.fixture
def sent_again(at: Any, report: Any, review_of: Any) -> Callable[..., None]:
    """Hands a second version in."""

    def make(made: Submission, author: Actor, moment: datetime, labels: tuple[str, ...]) -> None:
        changed = report(target="≥150公里", department=made.department)
        with at(author, moment) as scribe:
            saved = submissions.save(scribe, made.id, changed, "", None)
            keep_review(scribe, made.id, saved.version, review_of(labels=labels, risk=0.1))
            submissions.submit(scribe, made.id, None)

    return make


def judge(at: Any, actor: Actor, made: Submission, verdict: Verdict, moment: datetime) -> None:
    with at(actor, moment) as scribe:
        verdicts.judge(scribe, made.id, verdict, "理由")


def test_months_are_those_of_beijing_and_drafts_do_not_count(
    store: Store,
    lead: Actor,
    handed_in: Any,
    at: Any,
    region: Any,
    person: Any,
    report: Any,
    review_of: Any,
) -> None:
    handed_in(JULY, labels=("vague", "qualitative"))
    handed_in(JULY + timedelta(minutes=2), labels=("easy",), name="另一个")
    author = person(region.units[0], Role.AUTHOR)
    with at(author, JULY) as scribe:
        draft = submissions.create(
            scribe,
            region.units[0].id,
            SubmissionKind.DECLARATION,
            report(name="草稿"),
            "",
        )
        keep_review(scribe, draft.id, 1, review_of(labels=("vague",)))
    with store.reading() as connection:
        months = targets.by_month(connection, lead, Scope())
        behind = listed.count(connection, lead, Scope(month="2026-07", label="vague"))
    assert [month for month, _ in months] == ["2026-07", "2026-08"]
    july, august = (found for _, found in months)
    assert (july.submissions, july.rows, july.vague, july.qualitative, july.easy) == (1, 1, 1, 1, 0)
    assert (august.share("vague"), august.share("easy")) == (0.0, 1.0)
    assert behind[0] == 1


def test_coaching_compares_what_was_returned_with_what_came_back(
    store: Store, lead: Actor, reviewer: Actor, handed_in: Any, sent_again: Any, at: Any
) -> None:
    made, author = handed_in(JULY, "MS01", labels=("vague", "easy"))
    handed_in(JULY, labels=("vague",), name="没有退回")
    judge(at, reviewer, made, Verdict.RETURN, JULY + timedelta(days=1))
    with store.reading() as connection:
        assert targets.coaching(connection, lead, Scope()).before.submissions == 0
    sent_again(made, author, JULY + timedelta(days=2), ("easy",))
    with store.reading() as connection:
        found = targets.coaching(connection, lead, Scope())
        assert listed.count(connection, lead, Scope(coached=True))[0] == 1
    assert (found.before.vague, found.after.vague) == (1, 0)
    assert (found.before.easy, found.after.easy) == (1, 1)


def test_a_draft_between_does_not_count_as_coached(
    store: Store, lead: Actor, handed_in: Any, at: Any, reviewer: Actor, report: Any, review_of: Any
) -> None:
    """What is saved but not handed in again is not yet the result of coaching."""
    made, author = handed_in(JULY, labels=("vague",))
    judge(at, reviewer, made, Verdict.RETURN, JULY + timedelta(days=1))
    with at(author, JULY + timedelta(days=2)) as scribe:
        saved = submissions.save(scribe, made.id, report(target="≥150公里"), "", None)
        keep_review(scribe, made.id, saved.version, review_of(labels=()))
    with store.reading() as connection:
        assert targets.coaching(connection, lead, Scope()).after.submissions == 0
        ((_, month),) = targets.by_month(connection, lead, Scope())
    assert month.vague == 1


def test_progress_counts_each_division_and_the_whole(
    store: Store, lead: Actor, reviewer: Actor, handed_in: Any, at: Any, region: Any
) -> None:
    made, _ = handed_in(JULY, budget_wan=100)
    handed_in(JULY, name="二", budget_wan=50, unit=1)
    judge(at, reviewer, made, Verdict.PASS, JULY + timedelta(days=1))
    with store.reading() as connection:
        whole, parts = progress.progress(connection, lead, Scope())
        own = Scope(Filter(organisation_id=region.divisions[1].id))
        part, _ = progress.progress(connection, lead, own)
        mine, _ = progress.progress(connection, reviewer, Scope())
    assert (whole.total, whole.drafts, whole.decided, whole.budget_wan) == (2, 0, 1, 150)
    assert [each.by_step for each in parts] == [
        {ReviewStatus.PASSED: 1},
        {ReviewStatus.WAITING: 1},
    ]
    assert (part.total, mine.total) == (1, 1)
    assert whole.by_step.get(AuthorStatus.DRAFT) is None


def test_findings_are_counted_by_rule_and_department(
    store: Store, lead: Actor, handed_in: Any
) -> None:
    handed_in(JULY, "EZ01", "EZ01", "MS01", department="交通局", function_code="214")
    handed_in(JULY, "EZ01", name="二", department="教育局")
    with store.reading() as connection:
        rules = spoken.by_rule(connection, lead, Scope())
        departments = spoken.by_department(connection, lead, Scope())
        sectors = spoken.by_sector(connection, lead, Scope())
        one = spoken.by_department(connection, lead, Scope(Filter(finding="MS01")))
    assert [(each.code, each.submissions, each.findings) for each in rules] == [
        ("EZ01", 2, 3),
        ("MS01", 1, 1),
    ]
    assert [(each.key, each.mean) for each in departments] == [("交通局", 3), ("教育局", 1)]
    assert {each.key for each in sectors} == {"214", ""}
    assert [(each.key, each.findings) for each in one] == [("交通局", 1)]


def test_projects_that_lack_several_things_are_counted_once(
    store: Store, lead: Actor, handed_in: Any
) -> None:
    handed_in(JULY, "CP01", "CP15", budget_wan=80)
    handed_in(JULY, "CP16", name="二", budget_wan=20)
    handed_in(JULY, "EZ01", name="三", budget_wan=7)
    with store.reading() as connection:
        sums = lacking.sums(connection, lead, Scope())
        largest = lacking.largest(connection, lead, Scope(), 1)
    assert (sums.number, sums.budget_wan) == (2, 100)
    assert sums.by_code == {"CP01": (1, 80), "CP15": (1, 80), "CP16": (1, 20)}
    assert [sorted(each.codes) for each in largest] == [["CP01", "CP15"]]


def test_divisions_are_counted_by_what_they_did(
    store: Store, lead: Actor, handed_in: Any, at: Any, region: Any, person: Any
) -> None:
    first, second = (person(region.divisions[0], Role.REVIEWER) for _ in range(2))
    made = [handed_in(JULY, "EZ01", name=f"项目{n}")[0] for n in range(3)]
    with at(lead, JULY + timedelta(hours=1)) as scribe:
        accounts = [str(first.account_id), str(second.account_id)]
        verdicts.assign(scribe, made[0].id, accounts, "2026-08-02", None)
        verdicts.assign(scribe, made[1].id, accounts[:1], "2026-08-02", None)
    judge(at, first, made[0], Verdict.RETURN, JULY + timedelta(days=1))
    judge(at, second, made[0], Verdict.PASS, JULY + timedelta(days=2))
    judge(at, lead, made[0], Verdict.RETURN, JULY + timedelta(days=3))
    judge(at, first, made[1], Verdict.PASS, JULY + timedelta(days=9))
    with at(first, JULY + timedelta(days=1)) as scribe:
        review = newest_review(scribe.connection, made[2])
        assert review is not None
        (key,) = keyed_findings(review.result)
        verdicts.judge_finding(scribe, made[2].id, key, FindingVerdict.CONFIRMED)
    judge(at, first, made[2], Verdict.PASS, JULY + timedelta(days=1))
    with store.reading() as connection:
        (found,) = divisions.quality(connection, lead, Scope())
    assert (found.judged, found.returned) == (3, 1)
    assert found.sound == Part(0, 2)  # both passed with a finding that alone sends back
    assert found.checked == Part(1, 3)
    assert found.timely == Part(1, 2)  # the second was judged a week late
    assert found.upheld == Part(3, 4)  # the lead settled otherwise than the second reviewer
    assert found.score == pytest.approx(100 * (25 / 3 + 25 / 2 + 20 * 0.75) / 100)
    assert found.rank == 1


def test_what_lies_overdue_counts_against_the_division_in_charge(
    store: Store, lead: Actor, handed_in: Any, at: Any, region: Any, person: Any
) -> None:
    reviewer = person(region.divisions[0], Role.REVIEWER)
    made, _ = handed_in(JULY)
    with at(lead, JULY) as scribe:
        verdicts.assign(scribe, made.id, [str(reviewer.account_id)], "2026-08-05", None)
    with store.writing() as connection:
        connection.execute(update(SubmissionRow).values(due="2000-01-01"))
    with store.reading() as connection:
        (found,) = divisions.quality(connection, lead, Scope())
    assert (found.timely, found.judged, found.score, found.rank) == (Part(0, 1), 0, None, None)


@pytest.mark.parametrize(
    ("number", "grades"),
    [
        (10, ["优秀"] * 3 + ["良好"] * 3 + ["一般"] * 3 + ["较差"]),
        (20, ["优秀"] * 6 + ["良好"] * 6 + ["一般"] * 6 + ["较差"] * 2),
        (1, ["良好"]),
        (2, ["优秀", "一般"]),
    ],
)
def test_grades_follow_the_ranks(number: int, grades: list[str]) -> None:
    assert [index.grade(rank, number) for rank in range(1, number + 1)] == grades


def test_the_index_leaves_out_parts_without_cases() -> None:
    parts = {"measurable": 0.8, "demanding": 1.0, "passed_first": None, "mended": None}
    standing = Standing("甲局", "2026-07", 2, 10, parts)
    assert standing.index == pytest.approx(100 * (35 * 0.8 + 25 * 1.0) / 60)
    assert replace(standing, targets=4).index is None


def test_equal_indexes_have_equal_ranks_and_the_unranked_come_last() -> None:
    parts = {"measurable": 1.0}
    standings = [
        Standing("乙", "2026-07", 1, 9, parts),
        Standing("甲", "2026-07", 1, 9, parts),
        Standing("少", "2026-07", 1, 2, parts),
        Standing("丙", "2026-07", 1, 9, {"measurable": 0.5}),
    ]
    ranked = index.ranked(standings)
    assert [each.department for each in ranked][-1] == "少"
    assert [each.rank for each in ranked] == [1, 1, 3, None]


def test_the_monthly_index_counts_what_was_first_handed_in(
    store: Store, lead: Actor, reviewer: Actor, handed_in: Any, sent_again: Any, at: Any
) -> None:
    labels = [("vague",), (), (), (), ()]
    made = [
        handed_in(JULY, labels=own, name=f"项目{n}", department="交通局")
        for n, own in enumerate(labels)
    ]
    judge(at, reviewer, made[0][0], Verdict.RETURN, JULY + timedelta(days=1))
    judge(at, reviewer, made[1][0], Verdict.PASS, JULY + timedelta(days=1))
    sent_again(*made[0], JULY + timedelta(days=40), ())
    judge(at, reviewer, made[0][0], Verdict.PASS, JULY + timedelta(days=41))
    with store.reading() as connection:
        months = index.monthly_index(connection, lead, Scope())
    assert list(months) == ["2026-07"]  # the second version counts for the month of the first
    (standing,) = months["2026-07"]
    assert standing.parts == {
        "measurable": 0.8,
        "demanding": 1.0,
        "passed_first": 0.5,
        "mended": 1.0,
    }
    assert standing.index == pytest.approx(35 * 0.8 + 25 + 20 * 0.5 + 20)

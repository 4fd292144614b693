from __future__ import annotations

from typing import Any

import pytest

from corpus.store import Store
from corpus.workflow.actors import Actor
from corpus.workflow.errors import ForbiddenError
from corpus.workflow.listing import Filter
from corpus.workflow.moments import now
from corpus.workflow.statistics import progress, statistics
from corpus.workflow.statistics.scope import Scope
from corpus.workflow.status import Verdict
from corpus.workflow.submissions import Submission
from tests.corpus.workflow.steps import Steps, make_review


def counted(store: Store, actor: Actor, **wanted: Any) -> Any:
    with store.reading() as connection:
        return statistics(connection, actor, Filter(**wanted))


def test_nothing_is_counted_where_there_is_nothing(store: Store, reviewer: Actor) -> None:
    found = counted(store, reviewer)
    assert (found.submissions, found.budget_wan, found.newest.rows) == (0, 0, 0)
    assert found.by_month == found.findings == found.by_organisation == []


def test_coaching_shows_between_first_and_newest_review(
    store: Store, steps: Steps, author: Actor, reviewer: Actor
) -> None:
    transport = {"department": "交通运输局", "function_code": "214"}
    made = steps.hand_in(author, budget_wan=100, **transport)
    steps.judge(reviewer, made, Verdict.RETURN)
    better = make_review("MS01", labels=(), risk=0.1)
    steps.save(author, made, review=better, target="≥150公里", budget_wan=120, **transport)
    steps.hand_in(author, name="农田建设", budget_wan=None)

    found = counted(store, reviewer)
    assert (found.submissions, found.budget_wan) == (2, 120)
    assert (found.first.easy, found.newest.easy) == (2, 2)  # what is not handed in again is a draft
    assert [(item.month, item.rows) for item in found.by_month] == [(now().strftime("%Y-%m"), 2)]
    assert {item.key: item.number for item in found.by_review_status} == {
        "returned": 1,
        "waiting": 1,
    }
    assert {item.code: (item.submissions, item.findings) for item in found.findings} == {
        "EZ01": (1, 1),
        "MS01": (2, 2),
    }
    assert [
        (item.organisation, item.verdicts, item.returned) for item in found.by_organisation
    ] == [("业务一科", 1, 1)]
    only = counted(store, reviewer, department="交通运输局")
    assert (only.submissions, only.by_function_code[0].key) == (1, "214")


def test_another_divisions_submissions_are_not_counted(
    store: Store, waiting: Submission, author: Actor, stranger: Actor
) -> None:
    assert counted(store, stranger).submissions == 0
    with pytest.raises(ForbiddenError):
        counted(store, author)


def test_drafts_are_told_apart_unless_they_are_asked_for(
    store: Store, steps: Steps, author: Actor, lead: Actor, chief: Actor
) -> None:
    steps.hand_in(author, budget_wan=100)
    steps.draft(author, name="填报中的", budget_wan=7, review=make_review("CP01"))
    for actor in (chief, lead):
        found = counted(store, actor)
        assert (found.submissions, found.drafts, found.budget_wan) == (1, 1, 100)
        assert "CP01" not in {item.code for item in found.findings}
        with store.reading() as connection:
            whole, _ = progress.progress(connection, actor, Scope())
        assert (whole.total, whole.drafts, whole.budget_wan) == (1, 1, 100)
        assert counted(store, actor, sent=False).submissions == 1

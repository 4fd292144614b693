"""Lists of submissions: what they hold, and how they are read page by page."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from corpus.errors import InputError
from corpus.store import Store
from corpus.workflow import listing
from corpus.workflow.actors import Actor
from corpus.workflow.listing import Filter
from corpus.workflow.status import ReviewStatus
from tests.corpus.workflow.steps import Steps


def test_lists_hold_what_one_sees_and_asks_for(
    store: Store, steps: Steps, author: Actor, reviewer: Actor, stranger: Actor
) -> None:
    small = steps.hand_in(author, budget_wan=10, year=2026)
    large = steps.hand_in(author, name="农田建设", budget_wan=900, year=2027)

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
    assert found(reviewer, organisation_id=author.organisation_id) == [large.id, small.id]
    assert found(reviewer, review_status=ReviewStatus.PASSED) == []
    assert found(stranger) == []


@pytest.mark.parametrize("order", ["newest", "risk", "budget"])
def test_pages_hold_everything_once(store: Store, steps: Steps, author: Actor, order: Any) -> None:
    for number in range(7):
        steps.draft(author, budget_wan=[None, 5.0, 5.0, 1.0][number % 4])
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
    ("order", "cursor"),
    [
        *[("newest", text) for text in ("x", "!!", "W10")],
        ("newest", cursor_of("risk", 1, ID)),
        ("newest", cursor_of("newest", None, "\x00" * 26)),
        *[("risk", cursor_of("risk", number, ID)) for number in (10**400, "x", None, [1])],
    ],
)
def test_a_made_up_cursor_is_refused(store: Store, author: Actor, order: Any, cursor: str) -> None:
    with store.reading() as connection, pytest.raises(InputError, match="翻页"):
        listing.list_submissions(connection, author, Filter(), order, 2, cursor)

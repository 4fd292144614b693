from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from corpus.store import Store
from corpus.workflow import audit, review_settings
from corpus.workflow.actors import Actor, Role
from corpus.workflow.errors import ForbiddenError


def state(store: Store) -> tuple[dict[str, Any], str]:
    with store.reading() as connection:
        found = review_settings.changed(connection)
        return {name: each.value for name, each in found.items()}, review_settings.version(
            connection
        )


def test_a_value_is_kept_until_it_is_reset(store: Store, writing: Any, chief: Actor) -> None:
    versions = [state(store)[1]]
    for value in (90, 92):
        with writing(chief) as scribe:
            review_settings.change(scribe, "easy_satisfaction", value)
        values, version = state(store)
        assert values == {"easy_satisfaction": value}
        versions.append(version)
    assert len(set(versions)) == 3
    with writing(chief) as scribe:
        review_settings.reset(scribe, "easy_satisfaction")
    assert state(store) == ({}, versions[0])


def test_the_same_value_again_is_no_change(store: Store, writing: Any, chief: Actor) -> None:
    with writing(chief) as scribe:
        review_settings.change(scribe, "switched_off", ["EZ01"])
    before = state(store)
    with writing(chief) as scribe:
        review_settings.change(scribe, "switched_off", ["EZ01"])
        review_settings.reset(scribe, "peer_gap")
    assert state(store) == before
    with store.reading() as connection:
        assert len(review_settings.history(connection, chief)) == 1


def test_the_history_tells_from_what_to_what(
    store: Store, writing: Any, chief: Actor, seal: audit.Seal
) -> None:
    with writing(chief) as scribe:
        review_settings.change(scribe, "peer_gap", 2)
        review_settings.change(scribe, "peer_gap", 1.5)
        review_settings.reset(scribe, "peer_gap")
    with store.reading() as connection:
        told = review_settings.history(connection, chief)
        assert audit.verify(connection, seal).intact
    assert [(each.before, each.after) for each in told] == [(1.5, None), (2, 1.5), (None, 2)]
    assert {each.actor for each in told} == {chief.id}


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.AUDITOR])
def test_others_may_not_change(
    writing: Any, region: Any, person: Callable[..., Actor], role: Role
) -> None:
    with writing(person(region.bureau, role)) as scribe, pytest.raises(ForbiddenError):
        review_settings.change(scribe, "peer_gap", 2)


def test_a_division_does_not_decide_for_the_region(store: Store, writing: Any, lead: Actor) -> None:
    with writing(lead) as scribe, pytest.raises(ForbiddenError, match="财政局统一设定"):
        review_settings.change(scribe, "peer_gap", 2)
    with store.reading() as connection, pytest.raises(ForbiddenError):
        review_settings.history(connection, lead)

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import inspect

from corpus.decisions import ProjectDecisions, SuggestionDecision
from corpus.records import Declaration, Indicator
from corpus.store import DecisionCounts, Store, schema

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def decided(name: str = "养护里程", **changes: object) -> SuggestionDecision:
    fields: dict[str, object] = {
        "decision": "accepted",
        "source_key": f"lib-1:{name}",
        "rank": 1,
        "suggested": Indicator(level1="产出指标", level2="数量指标", name=name, target="≥120公里"),
        "decided_at": NOON,
    }
    return SuggestionDecision.model_validate({**fields, **changes})


def project(*decisions: SuggestionDecision, **changes: object) -> ProjectDecisions:
    facts = {
        "id": "A-1",
        "project_name": "农村公路养护工程",
        "department": "某县交通运输局",
        "year": 2026,
        "budget_wan": 120.5,
    }
    declaration = Declaration.model_validate({**facts, **changes})
    return ProjectDecisions(declaration=declaration, decisions=decisions or (decided(),))


def edited(name: str, target: str = "≥150公里") -> SuggestionDecision:
    return decided(decision="edited", edited=Indicator(name=name, target=target))


def test_decisions_come_back_as_they_were_given(store: Store) -> None:
    given = project(
        decided(), edited("县道养护里程"), decided("路面完好率", decision="rejected", rank=7)
    )
    assert store.add_decisions([given]) == DecisionCounts(added=3)
    assert store.decisions() == (given,)


def test_the_same_decision_twice_is_kept_once(store: Store) -> None:
    store.add_decisions([project()])
    assert store.add_decisions([project()]) == DecisionCounts(known=1)
    later = datetime(2026, 3, 2, tzinfo=UTC)
    assert store.add_decisions([project(decided(decided_at=later))]) == DecisionCounts(added=1)
    untimed = project(decided(decided_at=None))
    assert store.add_decisions([untimed, untimed]) == DecisionCounts(added=1, known=1)
    assert store.add_decisions([untimed]) == DecisionCounts(known=1)


def test_a_change_of_mind_is_added_and_the_last_word_counts(store: Store) -> None:
    evening = datetime(2026, 3, 1, 20, tzinfo=UTC)
    store.add_decisions([project(decided(decision="rejected", decided_at=evening))])
    store.add_decisions([project(decided())])
    (held,) = store.decisions()
    assert [decision.decision for decision in held.decisions] == ["accepted", "rejected"]
    assert held.grades == {"lib-1:养护里程": 0}


@pytest.mark.parametrize(
    ("decision", "grade"),
    [
        (decided(), 2),
        (decided(decision="rejected"), 0),
        (edited("县道养护里程"), 1),
        (edited("养护里程"), 2),
        (edited("养护 里程"), 2),
    ],
)
def test_a_decision_stands_for_a_grade(decision: SuggestionDecision, grade: int) -> None:
    assert decision.grade == grade


def test_suggestions_without_a_source_are_kept_but_grade_nothing(store: Store) -> None:
    store.add_decisions([project(decided(source_key=None))])
    (held,) = store.decisions()
    assert held.decisions[0].source_key is None
    assert held.grades == {}


def test_neither_persons_nor_drafts_are_stored(store: Store) -> None:
    given = project(
        edited("养护里程（联系人：张小三 13812345678）"),
        description="负责人：李四 电话：0745-1234567",
        indicators=[{"name": "草稿指标"}],
    )
    store.add_decisions([given])
    text = store.decisions()[0].model_dump_json()
    for private in ("张小三", "13812345678", "李四", "1234567", "草稿指标"):
        assert private not in text


def test_times_are_kept_whatever_their_zone(store: Store) -> None:
    store.add_decisions([project(decided(decided_at="2026-03-01T20:00:00+08:00"))])
    assert store.decisions()[0].decisions[0].decided_at == NOON


def test_threads_recording_at_once_lose_and_double_nothing(store: Store) -> None:
    shared = project(decided("共同"))
    own = [project(decided(f"指标{number}")) for number in range(8)]
    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(lambda one: store.add_decisions([one, shared]), own))
    assert sum(count.added for count in counts) == 9
    names = [row.suggested.name for found in store.decisions() for row in found.decisions]
    assert sorted(names) == sorted(["共同", *(f"指标{number}" for number in range(8))])


def test_a_filled_database_goes_back_to_the_first_version_and_forward_again(
    store: Store, open_store: Callable[..., Store]
) -> None:
    store.add_cases([Declaration(project_name="农村公路养护", department="某局", year=2024)])
    store.add_decisions([project()])
    store.downgrade("0001")
    assert "suggestion_decisions" not in inspect(store._engine).get_table_names()
    again = open_store()
    again.migrate()
    assert again.counts().cases == 1
    assert again.decisions() == ()
    with again._engine.connect() as connection:
        assert schema.current_revision(connection) == schema.HEAD
    assert again.add_decisions([project()]) == DecisionCounts(added=1)

"""First target suggestions: founded, capped, explained."""

from __future__ import annotations

import pytest

from corpus.knowledge import Knowledge
from corpus.records import Declaration, ParsedTarget
from corpus.target import parse_target
from models.peers import Peer
from recommender import Recommender
from recommender.peer_values import comparable_values, reported_values
from recommender.results import TargetSuggestion
from recommender.target_check import has_enough_peers, is_outside
from recommender.target_words import written


def peer(target: str, similarity: float = 0.9) -> Peer:
    parsed: ParsedTarget = parse_target(target)
    return Peer("c", "项目", "合格率", target, parsed, None, similarity, "c")


@pytest.mark.parametrize(
    ("name", "direction", "value", "unit", "expected"),
    [
        ("验收合格率", "≥", 95, "%", "≥95%"),
        ("验收合格率", "≥", 100, "%", "100%"),
        ("验收合格率", "≥", 130, "%", "100%"),
        ("游客增长率", "≥", 130, "%", "≥130%"),
        ("单位成本", "≤", 14.5, "元/件", "≤14.5元/件"),
        ("安全事故数", "≤", 0, "起", "0起"),
    ],
)
def test_values_as_a_form_writes_them(
    name: str, direction: str, value: float, unit: str, expected: str
) -> None:
    assert written(name, direction, value, unit) == expected  # type: ignore[arg-type]


def test_peers_are_brought_to_one_unit() -> None:
    values = comparable_values([peer("≥3公里"), peer("≥2000米"), peer("≥95%")], "公里", "≥", 0.6)
    assert values.values == (3.0, 2.0)


def test_difficulty_turns_with_direction() -> None:
    peers = [peer(f"≤{value}元") for value in (10, 20, 30, 40)]
    values = comparable_values(peers, "元", "≤", 0.6)
    assert values.by_difficulty(0.9, "≤") < values.by_difficulty(0.25, "≤")


def test_opposite_signs_are_no_peers() -> None:
    assert len(comparable_values([peer("≤3%"), peer("≥95%")], "%", "≥", 0.6)) == 1


def test_suggested_targets_hold_on_every_case(
    recommender: Recommender, knowledge: Knowledge
) -> None:
    for case in knowledge.cases[::6]:
        found = recommender.recommend(case, exclude_source=case.source)
        for row in found.suggestions:
            assert row.target.basis
            assert row.why.endswith("。")
            if row.target.suggested is None:
                continue
            parsed = parse_target(row.target.suggested, row.name)
            assert parsed.kind in {"number", "range", "date"}
            if row.unit == "%" and row.name.endswith(("合格率", "及时率", "满意度")):
                assert (parsed.value or 0) <= 100


def test_percentiles_are_those_of_difficulty() -> None:
    peers = [peer(f"≤{value}元") for value in (10, 20, 30, 40)]
    found = comparable_values(peers, "元", "≤", 0.6).distribution("元", "≤")
    assert found is not None
    assert (found.n, found.p25, found.p90) == (4, 30, 10)
    assert found.holds(20)
    assert not found.holds(40)


def test_results_of_peers_are_read_beside_their_targets() -> None:
    parsed = parse_target("≥90%")
    rows = [
        Peer("c", "项目", "合格率", "≥90%", parsed, actual, 0.9, "c")
        for actual in ("96%", "", None)
    ]
    assert reported_values(rows, "%", "≥", 0.6).values == (96.0,)


def test_targets_with_enough_peers_lie_in_their_range(
    recommender: Recommender, knowledge: Knowledge
) -> None:
    seen = 0
    for case in knowledge.cases[::4]:
        for row in recommender.recommend(case, exclude_source=case.source).suggestions:
            if has_enough_peers(row):
                seen += 1
                assert not is_outside(row), row.name
    assert seen


def last_year(target: str, actual: str | None, recommender: Recommender) -> TargetSuggestion:
    past = {
        "project_name": "农村公路日常养护",
        "year": 2023,
        "indicators": [{"name": "农村公路列养率", "target": target, "actual": actual}],
    }
    project = Declaration.model_validate(
        {
            "project_name": "农村公路日常养护",
            "year": 2024,
            "function_code": "214",
            "history": [past],
        }
    )
    found = recommender.recommend(project, alternatives=True)
    rows = (*found.suggestions, *found.alternatives)
    return next(row.target for row in rows if row.name == "农村公路列养率")


def test_the_units_own_last_year_is_shown(recommender: Recommender) -> None:
    target = last_year("≥98%", "98.5%", recommender)
    assert target.last is not None
    assert target.last.to_dict() == {"year": 2023, "target": "≥98%", "actual": "98.5%"}
    assert "本项目2023年指标值≥98%、实际98.5%" in target.basis


def test_open_targets_come_with_a_question(recommender: Recommender) -> None:
    found = recommender.recommend(Declaration(project_name="农村公路日常养护"))
    for row in found.suggestions:
        assert (row.target.question is None) == (row.target.suggested is not None)
        assert row.target.question is None or row.name in row.target.question

"""First target suggestions: founded, capped, explained."""

from __future__ import annotations

import pytest

from corpus.knowledge import Knowledge
from corpus.records import ParsedTarget
from corpus.target import parse_target
from models.peers import Peer
from recommender import Recommender
from recommender.peer_values import comparable_values
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

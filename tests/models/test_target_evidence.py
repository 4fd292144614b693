"""What peers say of a target reaches the classifier, without what the case itself published."""

from __future__ import annotations

import pytest

from corpus.knowledge import Knowledge
from corpus.records import Case, Declaration, Indicator
from corpus.target import parse_target
from models.peers import PeerIndex
from models.target_classifier import encode
from models.target_evidence import OtherProjects, assess_rows, evidence_features

NAME = "培训合格率"


def case(number: int, target: str, page: str | None = None) -> Case:
    row = Indicator(level1="产出指标", level2="质量指标", name=NAME, target=target)
    return Case(
        id=f"case-{number}",
        project_name=f"农民培训第{number}批",
        source_url=page or f"https://example.org/{number}",
        indicators=(row,),
    )


CASES = tuple(case(number, f"≥{90 + number}%") for number in range(6))
INDEX = PeerIndex(Knowledge(types=(), cases=CASES))


def declare(target: str, name: str = NAME) -> Declaration:
    row = Indicator(level1="产出指标", level2="质量指标", name=name, target=target)
    return Declaration(project_name="农民培训", indicators=(row,))


def features(target: str, name: str = NAME) -> dict[str, float]:
    declaration = declare(target, name)
    parsed = [parse_target(target, name)]
    (found,) = assess_rows(declaration, parsed, INDEX.peers, INDEX.library)
    return evidence_features(found)


def test_the_share_of_harder_peers_and_the_gap_are_told():
    low, high = features("≥80%"), features("≥99%")
    assert low["peers.harder"] == 1.0
    assert high["peers.harder"] == -1.0
    assert low["peers.gap"] > 0 > high["peers.gap"]
    assert low["peers.ease"] > high["peers.ease"]
    assert low["peers.count"] == 0.6


@pytest.mark.parametrize(("target", "name"), [("明显", NAME), ("300人", "培训人数")])
def test_what_cannot_be_compared_has_no_evidence(target, name):
    assert features(target, name) == {}


def test_without_peers_nothing_is_said_of_their_shares():
    empty = PeerIndex(Knowledge(types=(), cases=()))
    (found,) = assess_rows(
        declare("≥80%"), [parse_target("≥80%", NAME)], empty.peers, empty.library
    )
    assert not {"peers.harder", "peers.gap", "peers.median"} & evidence_features(found).keys()


def test_a_labelled_case_is_judged_without_its_own_group():
    groups = [0, 0, 1, 2, 3, 4]
    others = OtherProjects(INDEX, CASES, groups)
    (found,) = others.assess(CASES[0], 0, [parse_target("≥90%", NAME)])
    assert sorted(peer.target for peer in found.values) == [92, 93, 94, 95]


def test_evidence_becomes_features_of_the_row():
    declaration, parsed = declare("≥80%"), [parse_target("≥80%", NAME)]
    plain = encode(declaration, parsed, frozenset())[0].features
    assert not any(name.startswith("peers.") for name in plain)
    found = assess_rows(declaration, parsed, INDEX.peers, INDEX.library)
    known = encode(declaration, parsed, frozenset(), found)[0].features
    assert known == plain | evidence_features(found[0])

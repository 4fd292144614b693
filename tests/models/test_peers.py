"""Peers are rows of other projects that measure the same thing in comparable units."""

from __future__ import annotations

import time

import pytest

from corpus.knowledge import Knowledge
from corpus.records import Case, Declaration, Indicator, LibraryIndicator, LibraryType
from corpus.target.units import comparable
from models.peers import PeerIndex


def make_case(key: str, name: str, rows: list[tuple[str, str]], **fields: str) -> Case:
    indicators = tuple(Indicator(level2="数量指标", name=n, target=t) for n, t in rows)
    return Case(id=key, project_name=name, indicators=indicators, **fields)


ROADS = make_case(
    "a",
    "农村公路建设",
    [("硬化村内道路长度", "≥12公里"), ("受益群众满意度", "≥95%")],
    function_code="213",
)
STREETS = make_case(
    "b", "村组道路硬化", [("村内道路硬化里程", "3500米"), ("村内道路硬化里程合格率", "100%")]
)
FORM = make_case("c", "某项目", [("指标1", "XX"), ("村内道路硬化里程", ""), ("88", "100")])
TYPE = LibraryType(
    id="lib-1",
    function_code="213",
    project_type="村组道路硬化",
    indicators=(
        LibraryIndicator(
            level1="产出指标", level2="数量指标", name="村组道路硬化里程", unit="公里", typical=10
        ),
        LibraryIndicator(
            level1="产出指标", level2="质量指标", name="道路硬化验收合格率", unit="%", weak=90
        ),
    ),
)
QUERY = Indicator(level2="数量指标", name="村内道路硬化里程", target="≥5公里")
PROJECT = Declaration(project_name="某村道路硬化工程", function_code="213")


@pytest.fixture
def index() -> PeerIndex:
    return PeerIndex(Knowledge((TYPE,), (ROADS, STREETS, FORM)))


@pytest.fixture(scope="module")
def bundled() -> PeerIndex:
    return PeerIndex(Knowledge.bundled())


def test_peers_measure_the_same_in_comparable_units(index: PeerIndex) -> None:
    peers = index.peers(QUERY, PROJECT)
    assert {(peer.project_id, peer.name) for peer in peers} == {
        ("a", "硬化村内道路长度"),
        ("b", "村内道路硬化里程"),
    }
    assert all(peer.parsed.unit and comparable(peer.parsed.unit, "公里") for peer in peers)


def test_blank_and_template_rows_are_no_evidence(index: PeerIndex) -> None:
    asked = [QUERY, Indicator(name="指标1", target="XX"), Indicator(name="数量", target="100")]
    assert all(peer.project_id != "c" for row in asked for peer in index.peers(row, PROJECT))


def test_left_out_source_and_own_project_give_no_peers(index: PeerIndex) -> None:
    assert all(p.source != "a" for p in index.peers(QUERY, PROJECT, exclude_source="a"))
    own = index.peers(QUERY, STREETS)
    assert [peer.project_id for peer in own] == ["a"]


def test_sector_and_project_wording_raise_similarity(index: PeerIndex) -> None:
    stranger = Declaration(project_name="办公设备购置", function_code="201")
    here = {peer.project_id: peer.similarity for peer in index.peers(QUERY, PROJECT)}
    there = {peer.project_id: peer.similarity for peer in index.peers(QUERY, stranger)}
    assert all(here[key] > there[key] for key in there)
    assert all(0 < value <= 1 for value in here.values())


def test_a_project_on_two_pages_counts_once() -> None:
    copy = ROADS.model_copy(update={"id": "copy"})
    found = PeerIndex(Knowledge((), (ROADS, copy))).peers(QUERY, PROJECT)
    assert len(found) == 1


def test_a_worded_target_is_compared_with_how_others_measure_it(index: PeerIndex) -> None:
    worded = Indicator(level2="满意度指标", name="群众满意度", target="满意")
    assert [peer.target for peer in index.peers(worded, PROJECT)] == ["≥95%"]


def test_library_matches_by_measure_and_unit(index: PeerIndex) -> None:
    assert [match.indicator.name for match in index.library(QUERY, PROJECT)] == ["村组道路硬化里程"]
    rate = Indicator(level2="质量指标", name="道路硬化工程验收合格率", target="100%")
    assert index.library(rate, PROJECT)[0].indicator.weak == 90


def test_empty_knowledge_has_no_peers() -> None:
    index = PeerIndex(Knowledge((), ()))
    assert index.peers(QUERY, PROJECT) == []
    assert index.library(QUERY, PROJECT) == []


def test_no_case_of_the_left_out_page_among_its_own_peers(bundled: PeerIndex) -> None:
    for case in bundled.knowledge.cases[:40]:
        for row in case.indicators:
            found = bundled.peers(row, case, exclude_source=case.source)
            assert case.source not in {peer.source for peer in found}


def test_library_lookup_takes_less_than_half_a_millisecond(bundled: PeerIndex) -> None:
    rows = [(row, case) for case in bundled.knowledge.cases for row in case.indicators]
    bundled.library(*rows[0])
    best = 1.0
    for _ in range(3):
        start = time.process_time()
        for row, case in rows:
            bundled.library(row, case)
        best = min(best, (time.process_time() - start) / len(rows))
    assert best < 0.0005


def test_a_row_takes_a_few_milliseconds_at_most(bundled: PeerIndex) -> None:
    rows = [(row, case) for case in bundled.knowledge.cases for row in case.indicators][:200]
    bundled.library(*rows[0])
    start = time.process_time()
    for row, case in rows:
        bundled.peers(row, case)
        bundled.library(row, case)
    assert (time.process_time() - start) / len(rows) < 0.01

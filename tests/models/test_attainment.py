"""How easy a target is does not depend on its wording, only on its value and the evidence."""

from __future__ import annotations

import itertools
import time
from importlib.resources import files
from types import SimpleNamespace

import numpy as np
import pytest

from corpus.knowledge import Knowledge
from corpus.records import Declaration, Indicator, LibraryIndicator
from corpus.target import parse_target
from models import attainment_usual, bunching
from models.attainment import PRIOR_WEIGHT, AttainmentModel
from models.attainment_evidence import Part, combine, library_share
from models.attainment_reading import read_row
from models.attainment_report import auc
from models.attainment_usual import UsualValues, Value
from models.peers import PeerIndex

PROJECT = Declaration(project_name="农村公路日常养护", function_code="214", year=2024)
NAME = "窗口一次办结率"
NUMBER = itertools.count()
MODEL = AttainmentModel(UsualValues(()))


def row(target: str, name: str = NAME, **fields: str) -> Indicator:
    return Indicator(level1="产出指标", name=name, target=target, **fields)


def peer(target: str, actual: str | None = None, similarity: float = 1.0, source: str = ""):
    return SimpleNamespace(
        project_id="case",
        project_name="某项目",
        name=NAME,
        target=target,
        parsed=parse_target(target, NAME),
        actual=actual,
        similarity=similarity,
        source=source or f"page {next(NUMBER)}",
    )


def library(weak: float, typical: float, strong: float, similarity: float = 1.0, **fields: str):
    levels = {"level1": "产出指标", "level2": "质量指标", "unit": "%", **fields}
    indicator = LibraryIndicator(name=NAME, weak=weak, typical=typical, strong=strong, **levels)
    return SimpleNamespace(indicator=indicator, similarity=similarity)


def assess(indicator, peers=(), matches=(), declaration=PROJECT, model=MODEL):
    return model.assess(indicator, declaration, lambda *_: peers, lambda *_: matches)


@pytest.fixture(scope="module")
def index() -> PeerIndex:
    return PeerIndex(Knowledge.bundled())


def test_without_evidence_nothing_is_known():
    found = assess(row("≥85%"))
    assert found.ease == 0.5
    assert found.low < 0.2
    assert found.high > 0.8
    assert found.peer_count == found.informative == 0


def test_ease_is_the_weighted_share_shrunk_toward_the_prior():
    peers = [peer("≥90%", source="a"), peer("≥95%", source="b", similarity=0.5)]
    peers += [peer("≥80%", source="c")]
    found = assess(row("≥85%"), peers)
    assert (found.harder, found.peer_count) == (2, 3)
    assert found.peers == Part(pytest.approx(1.5 / 2.5), 3, 2.5)
    assert found.ease == pytest.approx((1.5 + 0.5 * PRIOR_WEIGHT) / (2.5 + PRIOR_WEIGHT))


def test_few_peers_move_ease_less_than_many_alike():
    few = assess(row("≥85%"), [peer("≥95%")])
    many = assess(row("≥85%"), [peer("≥95%") for _ in range(20)])
    assert 0.5 < few.ease < many.ease < 1
    assert many.high - many.low < few.high - few.low


def test_a_page_counts_once():
    found = assess(row("≥85%"), [peer("≥95%", source="page"), peer("≥98%", source="page")])
    assert found.peer_count == 1


def test_an_actual_that_repeats_its_target_adds_nothing():
    alone = assess(row("≥85%"), [peer("≥90%", source="a")])
    copied = assess(row("≥85%"), [peer("≥90%", "90%", source="a")])
    assert copied.ease == alone.ease
    assert (copied.copied, copied.informative) == (1, 0)


def test_an_actual_that_differs_counts_and_shares_the_weight_of_its_project():
    found = assess(row("≥85%"), [peer("≥80%", "93.2%")])
    assert (found.informative, found.met, found.copied) == (1, 1, 0)
    assert found.peers.weight + found.actuals.weight == pytest.approx(1.0)
    assert (found.peers.share, found.actuals.share) == (0.0, 1.0)


def test_an_actual_that_just_meets_the_target_meets_it():
    assert assess(row("≥85%"), [peer("≥90%", "85%")]).met == 1
    assert assess(row("≥85%"), [peer("≥90%", "84%")]).met == 0


def test_less_is_harder_where_the_library_says_so():
    matches = [library(5, 3, 1, direction="≤")]
    found = assess(row("4%", "热线差错率"), [peer("2%")], matches)
    assert found.direction == "≤"
    assert found.harder == 1
    assert found.position.position == "weak_to_typical"


def test_peers_with_the_opposite_sign_are_left_out():
    assert assess(row("≥85%"), [peer("≤95%")]).peer_count == 0


def test_a_harder_target_is_never_easier():
    peers = [peer(f"≥{value}%", f"{value + 1}%") for value in range(80, 100, 2)]
    matches = [library(85, 92, 98)]
    eases = [assess(row(f"≥{value}%"), peers, matches).ease for value in range(70, 101)]
    assert eases == sorted(eases, reverse=True)
    assert eases[0] > 0.7
    assert eases[-1] < 0.3


def test_library_thresholds_are_ten_fifty_and_ninety_percent_points():
    edges = (80.0, 90.0, 95.0)
    shares = [library_share(edges, value, "≥") for value in (70, 80, 85, 90, 95, 100)]
    assert shares == pytest.approx([1.0, 0.85, 0.675, 0.5, 0.15, 0.0])
    assert library_share((5.0, 3.0, 1.0), 5.0, "≤") == pytest.approx(0.85)
    assert library_share((90.0, 90.0, 95.0), 90.0, "≥") == pytest.approx(0.675)


def test_the_interval_is_wilsons():
    mean, low, high = combine([Part(0.5, 10, 10.0)])
    square = 1.645**2 / 10
    half = 1.645 / (1 + square) * (0.25 / 10 + square / 40) ** 0.5
    assert (mean, low, high) == (0.5, pytest.approx(0.5 - half), pytest.approx(0.5 + half))


def history(*years: tuple[int, str, str | None, float]) -> Declaration:
    past = tuple(
        Declaration(
            project_name="农村公路养护",
            year=year,
            budget_wan=budget,
            indicators=(row(target, "养护里程", actual=actual),),
        )
        for year, target, actual, budget in years
    )
    return PROJECT.model_copy(update={"history": past, "budget_wan": 100.0})


def test_own_results_count_latest_first():
    past = history((2022, "≥90公里", "95公里", 100), (2023, "≥100公里", "118公里", 100))
    found = assess(row("≥100公里", "养护里程"), declaration=past)
    assert [record.year for record in found.own_records] == [2023, 2022]
    assert found.own_records[0].actual == 118_000
    assert found.own.share == pytest.approx(3 / 4.5)


def test_quantities_shrink_with_the_budget():
    found = assess(
        row("≥60公里", "养护里程"), declaration=history((2023, "≥100公里", "110公里", 200))
    )
    assert found.own_records[0].actual == 55_000
    assert found.own.share == 0.0


def test_the_same_or_a_later_year_is_no_history():
    found = assess(row("≥60公里", "养护里程"), declaration=history((2024, "≥100公里", None, 200)))
    assert found.own_records == ()


@pytest.mark.parametrize("target", ["效果明显", "", "2024年12月底前", "XX"])
def test_what_is_no_number_is_not_judged(target):
    assert assess(row(target)) is None


WORDINGS = [
    ("群众满意度", "≥85%"),
    ("群众满意度", "不低于85%"),
    ("群众满意度", "85%以上"),
    ("群众满意度", "百分之八十五以上"),
    ("群众满意度", "≥８５％"),
    ("群众满意度", "达到85%"),
    ("群众满意度", "85"),
    ("群众满意度", "0.85"),
    ("群众满意度", "≥85分"),
    ("受益群众满意程度", "≥85%"),
    ("服务对象对项目实施的满意率", "≥85%"),
    ("老百姓满意情况", "85%及以上"),
    ("群众满意的比例", "≥85%"),
    ("满意人数占比", "≥85%"),
    ("群众不满意率", "≤15%"),
    ("群众不满意的比例", "不超过15%"),
]


@pytest.mark.parametrize(("name", "target"), WORDINGS)
def test_wording_changes_nothing(index, name, target):
    model = AttainmentModel()

    def judged(name, target):
        indicator = Indicator(level1="满意度指标", name=name, target=target)
        return model.assess(indicator, PROJECT, index.peers, index.library)

    plain, reworded = judged("群众满意度", "≥85%"), judged(name, target)
    assert plain.peer_count >= 8
    assert (reworded.value, reworded.direction) == (85.0, "≥")
    assert (reworded.harder, reworded.peer_count) == (plain.harder, plain.peer_count)
    assert reworded.ease == pytest.approx(plain.ease)
    assert judged("群众满意度", "≥97%").ease < 0.5 < plain.ease


@pytest.mark.parametrize(
    ("name", "target"),
    [("满意度调查次数", "4次"), ("满意度问卷回收率", "≥90%"), ("不满意事项整改率", "100%")],
)
def test_what_only_mentions_satisfaction_keeps_its_name(name, target):
    assert read_row(row(target, name)).indicator.name == name


def test_judging_a_row_takes_less_than_a_millisecond(index):
    model, indicator = AttainmentModel(), row("≥85%", "群众满意度", level2="满意度")
    peers, matches = index.peers(indicator, PROJECT), index.library(indicator, PROJECT)
    model.assess(indicator, PROJECT, lambda *_: peers, lambda *_: matches)
    start = time.thread_time()
    for _ in range(100):
        model.assess(indicator, PROJECT, lambda *_: peers, lambda *_: matches)
    assert (time.thread_time() - start) / 100 < 0.001


def test_usual_values_shrink_an_aspect_only_where_it_is_known():
    values = [Value(("rate", "合格率", "%", "≥"), value, 10.0, 0.0) for value in (90.0, 95.0)]
    usual = UsualValues(values)
    assert usual.harder("rate", "合格率", "%", "≥", 90.0) == (0.75, 20.0)
    assert usual.harder("rate", "完好率", "%", "≥", 99.0) == (0.0, 20.0)
    assert usual.harder("rate", "合格率", "%", "≤", 90.0) is None


def test_auc_counts_pairs():
    truth = np.array([True, False, True, False])
    assert auc(np.array([3.0, 1.0, 2.0, 2.0]), truth) == pytest.approx(3.5 / 4)


def test_data_files_are_up_to_date():
    knowledge = Knowledge.bundled()
    folder = files("models").joinpath("data")
    usual = attainment_usual.to_csv(attainment_usual.count_values(knowledge))
    assert folder.joinpath(attainment_usual.FILE).read_text(encoding="utf-8") == usual
    convenient = bunching.to_csv(bunching.count_convenient(knowledge.cases))
    assert folder.joinpath(bunching.FILE).read_text(encoding="utf-8") == convenient

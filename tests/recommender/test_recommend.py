"""The recommender on the bundled library and cases."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest

from corpus.errors import InputError
from corpus.knowledge import Knowledge
from corpus.records import Declaration, Indicator
from corpus.target import parse_target
from models.peers import PeerIndex
from models.retrieval import Retriever
from recommender import Recommender
from recommender.evaluate import Bench, chosen_set, plain_ways

ROADS = Declaration(project_name="农村公路日常养护", function_code="214", goal="养护县乡村公路")
LEVELS = {"成本指标", "产出指标", "效益指标", "满意度指标"}


def test_known_project_gets_complete_form(recommender: Recommender) -> None:
    found = recommender.recommend(ROADS)
    assert found.matched_types[0].type.project_type == "农村公路日常养护"
    assert 8 <= len(found.suggestions) <= 16
    assert {row.level1 for row in found.suggestions} == LEVELS
    assert {"数量指标", "质量指标", "时效指标"} <= {row.level2 for row in found.suggestions}
    assert [row.rank for row in found.suggestions] == list(range(1, len(found.suggestions) + 1))


def test_a_set_cut_short_on_request_has_no_gap(recommender: Recommender) -> None:
    assert not any("没有找到合适的" in note for note in recommender.recommend(ROADS, 3).notes)


def test_shortlist_names_the_best_of_one_level(
    recommender: Recommender, knowledge: Knowledge, retriever: Retriever, peers: PeerIndex
) -> None:
    fill = recommender.shortlist(ROADS)
    best = fill("满意度指标", "服务对象满意度指标")
    assert best is not None
    assert "满意度" in best.name
    assert best.target
    assert fill("产出指标", "没有这一级") is None

    def screen(declaration: Declaration, row: Indicator) -> bool:
        return row.name != best.name

    screened = Recommender(knowledge, retriever, peers, acceptable=screen).shortlist(ROADS)
    second = screened("满意度指标", "服务对象满意度指标")
    assert second is None or second.name != best.name


def test_weights_fill_the_scheme(recommender: Recommender) -> None:
    found = recommender.recommend(ROADS)
    points: Counter[str] = Counter()
    for row in found.suggestions:
        points[row.level1] += row.weight
    assert points == {"成本指标": 20, "产出指标": 40, "效益指标": 20, "满意度指标": 10}


def test_no_two_suggestions_share_a_name(recommender: Recommender, knowledge: Knowledge) -> None:
    for case in knowledge.cases[:20]:
        found = recommender.recommend(case, exclude_source=case.source, alternatives=True)
        names = [row.name for row in (*found.suggestions, *found.alternatives)]
        assert len(names) == len(set(names))


def test_satisfaction_of_same_people_is_asked_once(recommender: Recommender) -> None:
    from models.measure import same_measure

    found = recommender.recommend(ROADS)
    rows = [row.name for row in found.suggestions if row.level1 == "满意度指标"]
    limit = recommender.config.same
    assert all(same_measure(a, b) < limit for a, b in combinations(rows, 2))


def test_dict_has_the_contract_shape(recommender: Recommender) -> None:
    found = recommender.recommend(ROADS.model_copy(update={"id": "p-1"})).to_dict()
    assert found["id"] == "p-1"
    assert 0 <= found["confidence"] <= 1
    row = found["suggestions"][0]
    assert set(row) == {
        "rank", "level1", "level2", "name", "unit", "direction", "target", "weight", "score",
        "relevance", "importance", "reasonableness", "origin", "source_key", "why", "usage",
        "evidence", "definition", "formula", "evidence_material", "part", "discrimination",
    }  # fmt: skip
    assert set(row["target"]) == {
        "suggested", "low", "typical", "high", "basis", "peers", "actuals", "last", "question",
    }  # fmt: skip
    assert set(row["usage"]) == {"similar_with", "similar_total", "corpus_with"}
    assert all(0 <= row[key] <= 1 for key in ("relevance", "importance", "reasonableness"))


def test_source_keys_name_real_indicators(recommender: Recommender, knowledge: Knowledge) -> None:
    found = recommender.recommend(ROADS)
    for row in found.suggestions:
        owner, _, name = str(row.source_key).partition(":")
        record = knowledge.types_by_id.get(owner) or knowledge.cases_by_id[owner]
        assert name in {indicator.name for indicator in record.indicators}


def test_project_name_alone_is_enough(recommender: Recommender) -> None:
    found = recommender.recommend(Declaration(project_name="辅警队伍保障经费"))
    assert len(found.suggestions) >= 8
    assert any("只有项目名称" in note for note in found.notes)


@pytest.mark.parametrize("name", ["", "   ", "\n"])
def test_missing_name_is_an_input_error(recommender: Recommender, name: str) -> None:
    with pytest.raises(InputError, match="缺少项目名称"):
        recommender.recommend(Declaration(project_name=name))


def test_of_long_texts_only_so_much_is_read(recommender: Recommender, growth) -> None:
    def recommend(times: int) -> None:
        text = "新建道路12公里，采购设备30台，培训人员200人次，解决出行难题。" * times
        found = recommender.recommend(
            Declaration(project_name="道路" * 5000, description=text, goal=text)
        )
        assert any("只采用前" in note for note in found.notes)

    assert growth(recommend, 350) < 3


@pytest.mark.parametrize("name", ["量子纠缠态星际邮差", "平流层飞艇测控站", "量子通信实验网络"])
def test_unknown_project_is_admitted(recommender: Recommender, name: str) -> None:
    found = recommender.recommend(Declaration(project_name=name))
    known = recommender.recommend(ROADS)
    assert found.confidence < recommender.config.low_confidence < known.confidence
    assert any("把握程度低" in note for note in found.notes)
    assert any(name in row.name for row in found.suggestions)


def test_where_no_type_is_near_nothing_speaks_of_another_work(recommender: Recommender) -> None:
    found = recommender.recommend(Declaration(project_name="村级光伏扶贫电站运维补助"))
    names = [row.name for row in found.suggestions]
    assert not [name for name in names if "污水" in name]
    assert "村级光伏扶贫电站故障修复及时率" in names


def test_own_page_is_no_evidence(recommender: Recommender, knowledge: Knowledge) -> None:
    for case in knowledge.cases[:15]:
        found = recommender.recommend(case, exclude_source=case.source, alternatives=True)
        same_page = {str(c.id) for c in knowledge.cases if c.source == case.source}
        assert not same_page & {str(hit.case.id) for hit in found.similar_projects}
        for row in (*found.suggestions, *found.alternatives):
            assert not same_page & {peer.project_id for peer in row.evidence}
            assert str(row.source_key).partition(":")[0] not in same_page


def test_screen_keeps_rows_out(
    knowledge: Knowledge, retriever: Retriever, peers: PeerIndex, recommender: Recommender
) -> None:
    refused = recommender.recommend(ROADS).suggestions[0].name
    seen: list[Indicator] = []

    def acceptable(_: Declaration, row: Indicator) -> bool:
        seen.append(row)
        return row.name != refused

    screened = Recommender(knowledge, retriever, peers, acceptable=acceptable)
    found = screened.recommend(ROADS, alternatives=True)
    assert refused not in {row.name for row in (*found.suggestions, *found.alternatives)}
    assert all(parse_target(row.target, row.name).kind != "blank" for row in seen)


def test_what_a_set_is_objected_for_gives_way(
    knowledge: Knowledge, retriever: Retriever, peers: PeerIndex, recommender: Recommender
) -> None:
    usual = recommender.recommend(ROADS).suggestions
    refused, still_open = (
        next(row.name for row in usual if row.target.suggested),
        next(row.name for row in usual if not row.target.suggested),
    )

    def objections(declaration: Declaration) -> list[tuple[int, str]]:
        places = {row.name: place for place, row in enumerate(declaration.indicators)}
        against = ((refused, "target"), (still_open, "target"))
        return [(places[name], field) for name, field in against if name in places]

    strict = Recommender(knowledge, retriever, peers, objections=objections)
    names = {row.name for row in strict.recommend(ROADS).suggestions}
    assert refused not in names
    assert still_open in names


def test_top_fixes_the_size(recommender: Recommender) -> None:
    assert len(recommender.recommend(ROADS, top=6).suggestions) == 6


def test_drafted_indicators_do_not_steer(recommender: Recommender) -> None:
    drafted = ROADS.model_copy(update={"indicators": (Indicator(name="大熊猫繁育数量"),)})
    assert recommender.recommend(drafted).to_dict() == recommender.recommend(ROADS).to_dict()


def test_beats_the_plain_baseline(
    knowledge: Knowledge, retriever: Retriever, peers: PeerIndex
) -> None:
    bench = Bench(knowledge, retriever, peers)
    learned = bench.evaluate("learned", chosen_set, bench.held_out_rankers())
    plain = bench.evaluate("plain", plain_ways(bench, retriever)["基线：最佳类型核心优先"])
    assert learned.ndcg > plain.ndcg + 0.03

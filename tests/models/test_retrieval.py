from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from api.workspace import Workspace
from corpus.knowledge import Knowledge
from corpus.records import Case, Declaration
from corpus.text import normalise
from models.encoder import Encoder
from models.hybrid_index import HybridIndex
from models.kind_profiles import KindProfiles, profile, strongest
from models.names import Names, name_entries
from models.retrieval import Retriever
from models.retrieval_text import query_fields, subject


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    whole = Knowledge.bundled()
    return Knowledge(whole.types[::8], whole.cases[::4])


@pytest.fixture(scope="module")
def lexical(knowledge: Knowledge) -> Retriever:
    return Retriever.build(knowledge)


@pytest.fixture(scope="session")
def real(workspace: Workspace) -> Retriever:
    return workspace.parts.retriever


def asked(name: str, **fields: Any) -> Declaration:
    return Declaration(project_name=name, **fields)


class TestSubject:
    def test_years_and_own_places_go(self) -> None:
        declaration = asked("永兴县2022年度城区绿化养护项目", region="湖南省郴州市永兴县")
        assert subject(declaration) == "城区绿化养护项目"

    def test_the_own_department_goes(self) -> None:
        declaration = asked("部门整体支出（梁平区林业局）", department="重庆市梁平区林业局")
        assert "梁平区" not in subject(declaration)

    def test_what_the_project_is_about_stays(self) -> None:
        for name in ("棚户区改造", "城乡居民养老保险", "美丽乡村建设", "老旧小区改造"):
            assert subject(asked(name, region="湖南省", department="民政局")) == name

    def test_a_name_that_is_nothing_else_stays_as_it_is(self) -> None:
        assert subject(asked("2023年", region="湖南省")) == "2023年"
        assert subject(asked("林业局专项", department="林业局专项")) == "林业局专项"

    def test_long_descriptions_are_cut_for_the_encoder_only(self) -> None:
        fields = query_fields(asked("造林", description="种树" * 4000))
        assert len(fields.passage) < 300
        assert len(fields.body) == 8000


class TestLexicalOnly:
    def test_a_named_type_comes_first(self, lexical: Retriever, knowledge: Knowledge) -> None:
        names = [kind.project_type for kind in knowledge.types]
        first = [lexical.types(asked(name), 1)[0].type.project_type for name in names]
        assert np.mean([found == name for found, name in zip(first, names, strict=True)]) > 0.9

    def test_hits_are_sorted_and_sure_between_0_and_1(self, lexical: Retriever) -> None:
        hits = lexical.types(asked("农村公路养护", goal="养护农村公路"), 10)
        scores = [hit.score for hit in hits]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)
        assert all(hit.dense is None for hit in hits)

    def test_k_bounds_the_hits(self, lexical: Retriever, knowledge: Knowledge) -> None:
        assert len(lexical.types(asked("造林"), 3)) == 3
        assert len(lexical.types(asked("造林"), 10_000)) == len(knowledge.types)
        assert lexical.cases(asked("造林"), 0) == []

    @pytest.mark.parametrize("name", ["", "　", "？？", "x" * 5000, "\x00\ud83d"])
    def test_any_name_is_answered(self, lexical: Retriever, name: str) -> None:
        assert len(lexical.types(asked(name), 3)) == 3
        assert len(lexical.cases(asked(name), 3)) == 3


def test_the_own_source_is_left_out(lexical: Retriever, knowledge: Knowledge) -> None:
    for case in knowledge.cases:
        assert lexical.cases(case, 1)[0].case.source == case.source
        others = lexical.cases(case, len(knowledge.cases), exclude_source=case.source)
        assert case.source not in {hit.case.source for hit in others}


def test_leaving_out_a_source_equals_not_knowing_it(
    lexical: Retriever, knowledge: Knowledge
) -> None:
    case = knowledge.cases[0]
    others = tuple(other for other in knowledge.cases if other.source != case.source)
    without = Retriever.build(Knowledge(knowledge.types, others))
    found = [hit.case.id for hit in lexical.cases(case, 5, exclude_source=case.source)]
    unknown = [hit.case.id for hit in without.cases(case, 5)]
    assert len(set(found) & set(unknown)) >= 4


def test_a_stated_sector_counts(lexical: Retriever, knowledge: Knowledge) -> None:
    codes = {hit.type.function_code for hit in lexical.types(asked("设备购置"), 20)}
    for code in sorted(codes)[:3]:
        plain = lexical.types(asked("设备购置"), 20)
        told = lexical.types(asked("设备购置", function_code=f"{code}0101"), 20)
        shares = [sum(hit.type.function_code == code for hit in hits) for hits in (told, plain)]
        assert shares[0] >= shares[1]


def test_a_type_that_is_called_so_gains_by_its_name(knowledge: Knowledge) -> None:
    kind = next(kind for kind in knowledge.types if kind.aliases)
    index = HybridIndex.build("names", list(name_entries(knowledge.types)), None)
    names = Names(index, knowledge.types)
    named = names.equal(normalise(kind.aliases[0]))
    assert named[knowledge.types.index(kind)] == 1
    assert names.equal("没有这样的名称").sum() == 0


def test_the_likest_name_speaks_for_its_type(
    knowledge: Knowledge, hashing_encoder: Encoder
) -> None:
    kinds = knowledge.types[:5]
    names = Names(HybridIndex.build("names", list(name_entries(kinds)), hashing_encoder), kinds)
    vector = hashing_encoder.encode_queries([kinds[3].aliases[-1]])[0]
    found = names.likest(vector)
    assert found.shape == (5,)
    assert int(np.argmax(found)) == 3
    assert found[3] == pytest.approx(1.0, abs=1e-5)


class TestOnDisk:
    @pytest.fixture
    def counter(self, hashing_encoder: Encoder, counting: Callable[[Encoder], Any]) -> Any:
        return counting(hashing_encoder)

    def test_what_is_kept_answers_alike_and_encodes_nothing(
        self, knowledge: Knowledge, counter: Any, tmp_path: Path
    ) -> None:
        made = Retriever.open(tmp_path / "index", knowledge, counter)
        names = list(name_entries(knowledge.types))
        assert len(counter.passages) == len(knowledge.types) + len(names) + len(knowledge.cases)
        counter.passages.clear()
        again = Retriever.open(tmp_path / "index", knowledge, counter)
        assert counter.passages == []
        for case in knowledge.cases[:10]:
            assert made.types(case, 5) == again.types(case, 5)
            assert made.cases(case, 5) == again.cases(case, 5)

    def test_only_new_and_changed_records_are_encoded(
        self, knowledge: Knowledge, counter: Any, tmp_path: Path
    ) -> None:
        Retriever.open(tmp_path / "index", knowledge, counter)
        counter.passages.clear()
        new = Case(id="case-new", project_name="村内道路硬化", goal="硬化村道12公里")
        changed = knowledge.cases[1].model_copy(update={"goal": "改了目标"})
        cases = (new, knowledge.cases[0], changed, *knowledge.cases[3:])
        grown = Knowledge(knowledge.types[1:], cases)
        updated = Retriever.open(tmp_path / "index", grown, counter)
        assert len(counter.passages) == 2
        assert any("村内道路硬化" in text for text in counter.passages)
        fresh = Retriever.build(grown, counter)
        for case in cases[:8]:
            assert updated.types(case, 5) == fresh.types(case, 5)
            assert updated.cases(case, 5) == fresh.cases(case, 5)

    def test_a_changed_library_gives_every_case_a_new_profile(
        self, knowledge: Knowledge, counter: Any, tmp_path: Path
    ) -> None:
        Retriever.open(tmp_path / "index", knowledge, counter)
        fewer = Knowledge(knowledge.types[5:], knowledge.cases)
        updated = Retriever.open(tmp_path / "index", fewer, counter)
        fresh = Retriever.build(fewer, counter)
        for case in knowledge.cases[:8]:
            assert updated.cases(case, 5) == fresh.cases(case, 5)

    def test_a_change_that_is_not_searched_encodes_nothing(
        self, knowledge: Knowledge, counter: Any, tmp_path: Path
    ) -> None:
        Retriever.open(tmp_path / "index", knowledge, counter)
        counter.passages.clear()
        paid = tuple(case.model_copy(update={"budget_wan": 1.0}) for case in knowledge.cases)
        found = Retriever.open(tmp_path / "index", Knowledge(knowledge.types, paid), counter)
        assert counter.passages == []
        assert found.cases(asked("造林"), 1)[0].case.budget_wan == 1.0

    def test_another_encoder_starts_anew(
        self, knowledge: Knowledge, counter: Any, other_encoder: Encoder, tmp_path: Path
    ) -> None:
        Retriever.open(tmp_path / "index", knowledge, counter)
        found = Retriever.open(tmp_path / "index", knowledge, other_encoder)
        fresh = Retriever.build(knowledge, other_encoder)
        assert found.types(asked("造林"), 5) == fresh.types(asked("造林"), 5)

    @pytest.mark.parametrize("name", ["types.npy", "cases.json", "manifest.json", "kinds.npy"])
    def test_a_damaged_folder_is_made_anew(
        self, knowledge: Knowledge, counter: Any, tmp_path: Path, name: str
    ) -> None:
        made = Retriever.open(tmp_path / "index", knowledge, counter)
        (tmp_path / "index" / name).write_bytes(b"damaged")
        again = Retriever.open(tmp_path / "index", knowledge, counter)
        assert again.cases(asked("造林"), 5) == made.cases(asked("造林"), 5)
        counter.passages.clear()
        Retriever.open(tmp_path / "index", knowledge, counter)
        assert counter.passages == []

    def test_an_empty_library_and_no_cases_are_allowed(
        self, knowledge: Knowledge, counter: Any, tmp_path: Path
    ) -> None:
        for some in (Knowledge((), ()), Knowledge(knowledge.types, ())):
            found = Retriever.open(tmp_path / "index", some, counter)
            assert found.cases(asked("造林"), 3) == []
            assert len(found.types(asked("造林"), 3)) == min(3, len(some.types))
            Retriever.open(tmp_path / "index", some, counter)


class TestDefaultEncoder:
    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("村道保养经费", "农村公路日常养护"),
            ("2024年市级图书馆免费开放补助", "公共图书馆免费开放"),
            ("给独居老人送餐", "老年助餐服务"),
        ],
    )
    def test_the_type_is_found_by_meaning(self, real: Retriever, name: str, expected: str) -> None:
        assert expected in [hit.type.project_type for hit in real.types(asked(name), 3)]

    def test_nothing_known_is_sure_for_a_project_like_none(self, real: Retriever) -> None:
        strange = ["火星移民飞船采购", "量子引力波时空隧道建设", "恐龙复活基因工程", "asdf qwer"]
        known = ["农村公路养护", "法律顾问服务", "中小学课后服务", "网络安全等保测评"]
        doubtful = [real.types(asked(name), 1)[0].score for name in strange]
        sure = [real.types(asked(name), 1)[0].score for name in known]
        assert max(doubtful) < 0.3
        assert min(sure) > 0.7

    def test_kinds_find_what_words_do_not(self, real: Retriever) -> None:
        found = [hit.case.project_name for hit in real.cases(asked("文化下乡演出服务采购"), 5)]
        assert "送戏进万村" in found

    def test_threads_get_what_one_thread_gets(self, real: Retriever) -> None:
        cases = real.knowledge.cases[:12]
        expected = [[hit.type.id for hit in real.types(case, 3)] for case in cases]
        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(lambda one: [hit.type.id for hit in real.types(one, 3)], cases))
        assert found == expected


def test_profiles_overlap_as_bhattacharyya_says() -> None:
    one, two = np.array([3.0, 1.0, 0.0]), np.array([1.0, 3.0, 0.0])
    shares = [np.exp(scores) / np.exp(scores).sum() for scores in (one, two)]
    expected = float(np.sqrt(shares[0] * shares[1]).sum())
    profiles = KindProfiles.of([strongest(profile(two)), strongest(profile(one))])
    overlaps = profiles.overlaps(profile(one))
    assert overlaps[0] == pytest.approx(expected, rel=1e-5)
    assert overlaps[1] == pytest.approx(1.0, rel=1e-5)

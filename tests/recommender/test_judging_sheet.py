"""A judging sheet is blind, repeats nothing, and is counted back to its methods."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import InputError
from corpus.knowledge import Knowledge
from models.peers import PeerIndex
from models.retrieval import Retriever
from recommender import judging_sheet as module
from recommender.evaluate import Bench
from recommender.judging_sheet import (
    BM25,
    CORE,
    OURS,
    Shown,
    drawn,
    make,
    read_key,
    read_sheet,
    suggested_for,
    summarise,
    write,
)
from recommender.ranking import hand_set

COMMON = Shown("质量指标", "工程验收合格率", "≥98%", "%", "lib-a:工程验收合格率")
OWN = Shown("数量指标", "村内道路硬化里程", "≥12公里", "公里", "lib-b:道路硬化里程")
ELSE = replace(COMMON, target="=100%")


@pytest.fixture
def sheet(knowledge: Knowledge):
    case = knowledge.cases[0]
    return make(
        [(case, {OURS: [OWN, COMMON], BM25: [replace(COMMON, source_key="lib-c:甲"), ELSE]})]
    )


def test_each_text_stands_once_and_every_method_is_in_the_key(sheet):
    lines, keys = sheet
    assert len(lines) == len({line.id for line in lines}) == 3
    assert sorted((key.method, key.rank) for key in keys) == [
        (BM25, "1"),
        (BM25, "2"),
        (OURS, "1"),
        (OURS, "2"),
    ]


def test_nothing_on_the_sheet_tells_the_method(sheet):
    lines, _ = sheet
    for line in lines:
        text = "".join(vars(line).values())
        assert OURS not in text.replace(line.goal, "").replace(line.description, "")
        assert "lib-" not in text


def test_a_sheet_is_the_same_each_time_and_survives_a_file(sheet, knowledge, tmp_path: Path):
    lines, keys = sheet
    write(tmp_path / "sheet.csv", lines)
    write(tmp_path / "key.csv", keys)
    assert read_sheet(tmp_path / "sheet.csv") == lines
    assert read_key(tmp_path / "key.csv") == keys
    many = [Shown("质量指标", f"第{n}项合格率", "", "%") for n in range(10)]
    once, again = (make([(knowledge.cases[0], {OURS: many})])[0] for _ in range(2))
    assert once == again
    assert [line.name for line in once] != [shown.name for shown in many]


def test_grades_are_counted_for_each_method(sheet):
    lines, keys = sheet
    grade = {"≥12公里": "2", "≥98%": "1", "=100%": ""}
    found = {
        each.method: each
        for each in summarise([replace(line, grade=grade[line.target]) for line in lines], keys)
    }
    assert (found[OURS].graded, found[OURS].fits, found[OURS].useful) == (2, 0.5, 1.0)
    assert (found[BM25].lines, found[BM25].graded, found[BM25].fits) == (2, 1, 0.0)


def test_a_wrong_grade_is_named_by_its_row(sheet, tmp_path: Path):
    lines, _ = sheet
    write(tmp_path / "sheet.csv", [lines[0], replace(lines[1], grade="3")])
    with pytest.raises(InputError) as caught:
        read_sheet(tmp_path / "sheet.csv")
    assert "sheet.csv 第3行" in str(caught.value)


def test_three_methods_suggest_for_a_case(
    knowledge: Knowledge, retriever: Retriever, peers: PeerIndex, monkeypatch
):
    bench = Bench(knowledge, retriever, peers)
    case = next(bench.judged().cases())
    monkeypatch.setattr(Bench, "held_out_rankers", lambda self: {str(case.id): hand_set()})
    [(_, found)] = suggested_for(bench, retriever, [case])
    assert set(found) == {OURS, BM25, CORE}
    assert all(0 < len(shown[: module.DEPTH]) <= 10 for shown in found.values())


def test_cases_are_drawn_without_repetition(knowledge: Knowledge):
    some = drawn(knowledge.cases, 20)
    assert len({case.id for case in some}) == 20
    assert some == drawn(knowledge.cases, 20)

"""Lines of a part that a project does not have count less; the marks belong to real lines."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from corpus.knowledge import Knowledge
from corpus.records import Declaration
from recommender import Recommender
from recommender.type_parts import STATES, PartWords

PRISON = "看守所运行保障"


@pytest.fixture(scope="module")
def marks() -> list[dict[str, str]]:
    text = files("recommender").joinpath("data/type_parts.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def states(knowledge: Knowledge, text: str) -> dict[str, dict[str, bool]]:
    kind = next(each for each in knowledge.types if each.project_type == PRISON)
    names = [row.name for row in kind.indicators]
    found = PartWords(kind.id, names).states(text)
    return {
        name: dict(zip(STATES, row.tolist(), strict=True))
        for name, row in zip(names, found, strict=True)
    }


def test_a_text_names_parts_and_lacks_others(knowledge: Knowledge) -> None:
    found = states(knowledge, "为在押人员提供入所体检和日常巡诊")
    assert found["在押人员入所体检人次"]["part_named"]
    assert found["在押人员伙食实物量达标率"]["part_missing"]
    assert not any(found["监所安全责任事故数"].values())


def test_a_text_without_any_part_leaves_them_open(knowledge: Knowledge) -> None:
    found = states(knowledge, "看守所运行经费")
    assert found["在押人员伙食实物量达标率"]["part_unknown"]
    assert not any(line["part_named"] or line["part_missing"] for line in found.values())


def test_a_service_of_one_part_is_not_asked_about_the_others(recommender: Recommender) -> None:
    goal = "委托县人民医院派驻医生4名进驻看守所，为在押人员提供入所体检和日常巡诊，全年体检1500人次"
    whole = Declaration(project_name="看守所运行经费")
    part = Declaration(project_name="看守所医疗社会化服务", goal=goal)

    def scores(project: Declaration) -> dict[str, float]:
        return {choice.name: choice.score for choice in recommender.session(project).ranked}

    of_part, of_whole = scores(part), scores(whole)
    asked, meals = "监所安全责任事故数", "在押人员伙食实物量达标率"
    assert of_part[meals] < of_part[asked] - 0.05
    assert of_part[meals] / of_part[asked] < of_whole[meals] / of_whole[asked]


def test_marks_are_of_library_lines_and_say_something(
    knowledge: Knowledge, marks: list[dict[str, str]]
) -> None:
    lines = {(kind.id, row.name): kind for kind in knowledge.types for row in kind.indicators}
    assert len({(mark["type"], mark["indicator"]) for mark in marks}) == len(marks)
    for mark in marks:
        kind = lines[mark["type"], mark["indicator"]]
        assert mark["words"] or mark["formality"] == "1"
        alone = [word for word in mark["words"].split("|") if word and "&" not in word]
        assert not any(word in kind.project_type for word in alone), mark


def test_nearly_every_type_has_parts(knowledge: Knowledge, marks: list[dict[str, str]]) -> None:
    marked = {mark["type"] for mark in marks}
    assert marked <= {kind.id for kind in knowledge.types}
    assert len(marked) > 0.99 * len(knowledge.types)

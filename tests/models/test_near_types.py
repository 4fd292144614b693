from __future__ import annotations

from corpus.records import LibraryIndicator, LibraryType
from models.near_types import near_types


def _type(id_: str, name: str, *rows: str) -> LibraryType:
    indicators = [LibraryIndicator(level1="产出指标", level2="数量指标", name=row) for row in rows]
    return LibraryType(id=id_, function_code="214", project_type=name, indicators=indicators)


ROADS = _type("a", "农村公路养护", "日常养护里程", "养护合格率")
RURAL = _type("b", "农村公路日常养护", "日常养护里程", "养护合格率", "沿线群众满意度")
HEATING = _type("c", "居民供暖补贴", "补贴户数", "发放及时率")


def test_types_of_one_thing_are_paired_and_the_fuller_comes_first() -> None:
    (pair,) = near_types([ROADS, RURAL, HEATING])
    assert (pair.one.id, pair.other.id) == ("b", "a")
    assert 0.55 <= pair.likeness <= 1


def test_types_of_other_things_are_left_alone() -> None:
    assert near_types([ROADS, HEATING]) == []


def test_the_same_words_are_wholly_alike() -> None:
    (pair,) = near_types([ROADS, ROADS.model_copy(update={"id": "d"})])
    assert pair.likeness == 1


def test_fewer_than_two_types_have_no_pairs() -> None:
    assert near_types([]) == near_types([ROADS]) == []

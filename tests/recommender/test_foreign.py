"""Names of other places, people and things do not become suggestions."""

from __future__ import annotations

from corpus.knowledge import Knowledge
from corpus.records import Declaration
from models.measure import split_name
from recommender import Recommender
from recommender.config import RecommenderConfig
from recommender.foreign import (
    carries_foreign,
    is_foreign_object,
    ownness,
    places_of,
    rivals_of,
    speaks_of,
)
from recommender.project import Project, pairs

ROADS = Project.of(Declaration(project_name="农村公路日常养护", region="湖南省岳阳县"), 6000)


def test_places_are_known_without_their_rank() -> None:
    case = Declaration(project_name="同心县设施农业项目", region="宁夏回族自治区同心县")
    assert {"同心"} <= places_of(case)
    assert speaks_of("同心籍学生资助人数", places_of(case), ROADS)
    assert not speaks_of("岳阳县公路养护里程", {"岳阳"}, ROADS)


def test_published_names_of_others() -> None:
    assert carries_foreign("寨山石坪村道路硬化里程", ROADS)
    assert carries_foreign("某某职业学院实训设备数量", ROADS)
    assert carries_foreign("退役军人培训人数", ROADS)
    assert not carries_foreign("全县公路养护里程", ROADS)
    assert not carries_foreign("县道养护里程", ROADS)


def test_like_things_that_the_project_does_not_mean() -> None:
    primary = Project.of(Declaration(project_name="小学教育公用经费"), 6000)
    both = Project.of(Declaration(project_name="义务教育公用经费"), 6000)
    assert rivals_of("初中生均公用经费标准", primary) == ["初中"]
    assert not rivals_of("小学生均公用经费标准", primary)
    assert not rivals_of("初中生均公用经费标准", both)
    kind = "义务教育学校公用经费，小学、初中"
    assert ownness("初中生均公用经费标准", primary, kind) < ownness("生均标准", primary, kind)


def test_objects_that_nobody_here_speaks_of() -> None:
    known = pairs("农村公路日常养护")
    assert is_foreign_object("疫木除治", known)
    assert not is_foreign_object("公路养护", known)
    assert not is_foreign_object("", known)


def test_no_suggestion_speaks_of_another_place(
    recommender: Recommender, knowledge: Knowledge
) -> None:
    """Whatever the project, no name holds a place of any other bundled case."""
    places = frozenset().union(*map(places_of, knowledge.cases))
    assert len(places) > 50
    for case in knowledge.cases[::5]:
        project = Project.of(case, RecommenderConfig().text_limit)
        found = recommender.recommend(case, exclude_source=case.source)
        assert not [row.name for row in found.suggestions if speaks_of(row.name, places, project)]


def test_rows_of_cases_are_about_the_project_or_its_types(
    recommender: Recommender, knowledge: Knowledge
) -> None:
    for case in knowledge.cases[::7]:
        pool = recommender.pool(case, exclude_source=case.source)
        own = pool.project.text_pairs.union(
            *(pairs(kind.type.project_type) for kind in pool.types),
            *(pairs(row.name) for kind in pool.types for row in kind.type.indicators),
            *(pairs(text) for kind in pool.types for text in (kind.type.scope, *kind.type.aliases)),
            *(pairs(text) for kind in pool.types for text in kind.type.activities),
        )
        for row in pool.candidates:
            about = pairs(split_name(row.name).core)
            if row.published is not None and about:
                assert about & own, row.name

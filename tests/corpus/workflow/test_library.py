"""Changes of the indicator library: told, never lost, checked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from corpus.errors import InputError
from corpus.records import LibraryIndicator, LibraryType
from corpus.store import Store
from corpus.store.loading import load_types
from corpus.workflow import library
from corpus.workflow.actors import ALLOWED, SYSTEM, Actor, Role
from corpus.workflow.audit import Scribe, verify
from corpus.workflow.errors import ConflictError, ForbiddenError, NotFoundError
from corpus.workflow.trail import history

ROW = LibraryIndicator(
    level1="产出指标", level2="数量指标", name="养护里程", unit="公里", weak=1, typical=2, strong=3
)
FACTS = library.TypeFacts("乡村道路养护", "214", aliases=("村道养护",))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(f"sqlite:///{tmp_path / 'library.db'}") as store:
        store.migrate()
        yield store


@pytest.fixture
def connection(store: Store) -> Iterator[Connection]:
    with store.writing() as connection:
        yield connection


@pytest.fixture
def scribe(connection: Connection) -> Scribe:
    return Scribe(connection, SYSTEM)


@pytest.fixture
def roads(scribe: Scribe) -> LibraryType:
    made = library.add_type(scribe, FACTS)
    return library.put_indicator(scribe, made.id, ROW)


def test_what_is_added_can_be_found(scribe: Scribe, roads: LibraryType) -> None:
    found = library.entry(scribe.connection, roads.id)
    assert (found.project_type, found.origin) == ("乡村道路养护", "user")
    assert [row.name for row in found.indicators] == ["养护里程"]


def test_an_indicator_is_put_in_place_of_another(scribe: Scribe, roads: LibraryType) -> None:
    library.put_indicator(scribe, roads.id, ROW.model_copy(update={"name": "村道养护里程"}), 0)
    found = library.entry(scribe.connection, roads.id)
    assert [row.name for row in found.indicators] == ["村道养护里程"]
    newest = history(scribe.connection, library.object_of(roads.id))[0]
    assert newest.before is not None
    assert "养护里程" in newest.before
    assert newest.after is not None
    assert "村道养护里程" in newest.after


def test_what_is_out_of_use_is_not_suggested_and_can_come_back(
    scribe: Scribe, roads: LibraryType
) -> None:
    library.put_indicator(scribe, roads.id, ROW.model_copy(update={"name": "养护合格率"}))
    library.retire(scribe, roads.id, 0, out=True)
    assert _names(scribe) == ["养护合格率"]
    assert len(library.entry(scribe.connection, roads.id).indicators) == 2
    library.retire(scribe, roads.id, 0, out=False)
    assert _names(scribe) == ["养护里程", "养护合格率"]


def test_a_type_that_is_wholly_out_of_use_is_not_found(store: Store) -> None:
    with store.writing() as connection:
        scribe = Scribe(connection, SYSTEM)
        made = library.put_indicator(scribe, library.add_type(scribe, FACTS).id, ROW)
    assert [entry.id for entry in store.knowledge().types] == [made.id]
    with store.writing() as connection:
        library.retire(Scribe(connection, SYSTEM), made.id, 0, out=True)
    assert store.knowledge().types == ()


def test_merging_takes_over_names_and_missing_indicators(
    scribe: Scribe, roads: LibraryType
) -> None:
    other = library.add_type(scribe, library.TypeFacts("农村公路养护", "214"))
    library.put_indicator(scribe, other.id, ROW.model_copy(update={"typical": 2.5}))
    library.put_indicator(scribe, other.id, ROW.model_copy(update={"name": "养护合格率"}))
    library.merge(scribe, roads.id, other.id)
    (kept,) = _in_use(scribe)
    assert kept.aliases == ("村道养护", "农村公路养护")
    assert [(row.name, row.typical) for row in kept.indicators] == [
        ("养护里程", 2),
        ("养护合格率", 2),
    ]


def test_every_change_is_in_the_audit_log(scribe: Scribe, roads: LibraryType) -> None:
    library.retire(scribe, roads.id, 0, out=True)
    told = [entry.action for entry in history(scribe.connection, library.object_of(roads.id))]
    assert told == ["library.retire", "library.change", "library.add"]
    assert verify(scribe.connection, scribe.seal).intact


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"name": " "}, "指标名称没有填写"),
        ({"level1": "", "level2": ""}, "一级指标、二级指标没有填写"),
        ({"weak": 5}, "由低到高"),
        ({"direction": "≤"}, "由高到低"),
    ],
)
def test_what_does_not_fit_is_refused(
    scribe: Scribe, roads: LibraryType, changes: dict[str, object], complaint: str
) -> None:
    row = ROW.model_copy(update={"name": "另一指标", **changes})
    with pytest.raises(InputError, match=complaint):
        library.put_indicator(scribe, roads.id, row)


def test_doubles_are_refused(scribe: Scribe, roads: LibraryType) -> None:
    with pytest.raises(ConflictError, match="已在该类型中"):
        library.put_indicator(scribe, roads.id, ROW)
    with pytest.raises(ConflictError, match="已有"):
        library.add_type(scribe, FACTS)


def test_what_is_not_there_cannot_be_changed(scribe: Scribe, roads: LibraryType) -> None:
    with pytest.raises(NotFoundError):
        library.retire(scribe, roads.id, 7, out=True)
    with pytest.raises(NotFoundError):
        library.put_indicator(scribe, "lib-none", ROW)


def test_only_some_roles_may_change_the_library(connection: Connection) -> None:
    author = Actor("account:x", role=Role.AUTHOR, actions=ALLOWED[Role.AUTHOR])
    with pytest.raises(ForbiddenError):
        library.add_type(Scribe(connection, author), FACTS)


def _in_use(scribe: Scribe) -> list[LibraryType]:
    found = (entry.in_use for entry in load_types(scribe.connection))
    return [entry for entry in found if entry is not None]


def _names(scribe: Scribe) -> list[str]:
    (found,) = _in_use(scribe)
    return [row.name for row in found.indicators]

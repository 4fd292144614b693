"""Many threads on one workspace: the same answers as one after the other, parts made once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from api.settings import Settings
from api.workspace import Workspace
from corpus.bundle import bundled_cases
from corpus.records import Case, Declaration


@pytest.fixture(scope="module")
def own(home: Any, workspace: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with a database of its own, so that nothing is made yet."""
    database = tmp_path_factory.mktemp("threads") / "threads.db"
    made = Workspace(Settings(home=home, database_url=f"sqlite:///{database}", encoder="default"))
    made.__dict__.update(encoder=workspace.encoder, classifier=workspace.classifier)
    return made


def _declarations() -> list[Declaration]:
    cases = [case for case in bundled_cases() if len(case.indicators) > 2][:6]
    gaps = [case.model_copy(update={"indicators": case.indicators[:2]}) for case in cases[:3]]
    return [*cases, *gaps]


def _together(work: Callable[[Any], Any], given: list[Any], threads: int = 6) -> list[Any]:
    """Start all threads at one moment."""
    barrier = threading.Barrier(threads)

    def one(item: Any) -> Any:
        return work(item)

    with ThreadPoolExecutor(threads, initializer=barrier.wait) as pool:
        return list(pool.map(one, given))


def test_many_threads_get_the_answers_of_one(own: Workspace) -> None:
    def answers(declaration: Declaration) -> tuple[Any, ...]:
        return (
            own.recommend(declaration).to_dict(),
            own.review(declaration).to_dict(),
            own.review_report(declaration).to_dict(),
        )

    given = _declarations()
    together = _together(answers, [*given, *reversed(given)])  # first: parts are made meanwhile
    alone = [answers(declaration) for declaration in given]
    assert together == [*alone, *reversed(alone)]


def test_each_part_is_made_once(own: Workspace) -> None:
    made = _together(lambda _: own.parts, [None] * 12)
    assert len({id(parts) for parts in made}) == 1
    assert len({id(parts.reviewer) for parts in made}) == 1


def test_an_import_while_requests_run_fails_none_of_them(own: Workspace) -> None:
    given = _declarations()[0]
    before = own.parts

    def work(number: int) -> int:
        if number == 4:
            row = {"level1": "产出指标", "level2": "数量指标", "name": "加固堤防长度"}
            own.store.add_cases([Case.model_validate(
                {"id": "own", "project_name": "堤防加固", "indicators": [row]}
            )])  # fmt: skip
        return len(own.recommend(given).suggestions) + len(own.review(given).findings)

    assert all(_together(work, list(range(10)), threads=4))
    assert own.parts is not before
    assert any(case.id == "own" for case in own.parts.knowledge.cases)

"""The demonstration: made once, entered without a password, gone when removed."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Connection, func, select

from api.demo import DOORS, Mode, building, is_removed, open_demonstration, remove, wanted
from api.demo.places import PLACES, POSTS, place_of
from api.demo.plan import projects
from api.demo.projects import sources
from api.http.app import create_app
from api.settings import Settings
from api.workspace import Workspace
from corpus.bundle import bundled_cases
from corpus.workflow import audit
from corpus.workflow.actors import SYSTEM
from corpus.workflow.audit import Seal
from corpus.workflow.demonstration import enter
from corpus.workflow.errors import ForbiddenError
from corpus.workflow.organisations import Kind, bureau
from corpus.workflow.status import AuthorStatus, ReviewStatus, SubmissionKind
from corpus.workflow.tables import ReviewRow, SubmissionRow, VersionRow

HTMX = {"HX-Request": "true"}


@pytest.fixture(scope="module")
def connection(demonstration: Workspace) -> Iterator[Connection]:
    with demonstration.store.reading() as opened:
        yield opened


def _count(connection: Connection, *columns: Any) -> Counter[Any]:
    rows = connection.execute(select(*columns, func.count()).group_by(*columns))
    return Counter({tuple(row[:-1]): row[-1] for row in rows})


def test_every_status_occurs_in_several_years(connection: Connection) -> None:
    author = _count(connection, SubmissionRow.author_status)
    review = _count(connection, SubmissionRow.review_status)
    assert set(author) == {(status.value,) for status in AuthorStatus}
    assert set(review) == {(status.value,) for status in ReviewStatus}
    assert 150 <= author.total() <= 250
    assert len(_count(connection, SubmissionRow.fiscal_year, SubmissionRow.kind)) >= 3


def test_nothing_happens_after_now_and_the_order_is_that_of_time(
    connection: Connection, now: datetime
) -> None:
    times = connection.execute(select(VersionRow.created_at)).scalars().all()
    assert max(times).replace(tzinfo=UTC) < now
    entries = [entry["at"] for entry in audit.entries(connection)]
    assert entries == sorted(entries)
    assert audit.verify(connection).intact
    newest = connection.execute(select(ReviewRow.created_at).order_by(ReviewRow.id)).scalars().all()
    assert newest == sorted(newest)


def test_coaching_adds_targets_and_lowers_risk(connection: Connection) -> None:
    first, last = (
        select(which(ReviewRow.id))
        .group_by(ReviewRow.submission_id)
        .having(func.count(func.distinct(ReviewRow.version)) > 1)
        for which in (func.min, func.max)
    )
    rows, vague = func.sum(ReviewRow.rows), func.sum(ReviewRow.vague)
    before = connection.execute(select(rows, vague).where(ReviewRow.id.in_(first))).one()
    after = connection.execute(select(rows, vague).where(ReviewRow.id.in_(last))).one()
    assert after[0] > before[0]
    assert after[1] / after[0] < before[1] / before[0]


def test_projects_lacking_everything_are_not_passed(connection: Connection) -> None:
    unfounded = (
        connection.execute(
            select(SubmissionRow.review_status).where(SubmissionRow.external_id.startswith("demo-"))
        )
        .scalars()
        .all()
    )
    assert unfounded
    assert ReviewStatus.PASSED not in unfounded


def _stored(demonstration: Workspace, number: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the newest record under a calling system's number, and its review."""
    with demonstration.store.reading() as connection:
        found = connection.execute(
            select(VersionRow.record, ReviewRow.result)
            .join(SubmissionRow, SubmissionRow.id == VersionRow.submission_id)
            .join(ReviewRow, ReviewRow.submission_id == SubmissionRow.id)
            .where(SubmissionRow.external_id == number)
        ).one()
    return found.record, found.result


def test_a_narrative_report_is_shown_with_findings_in_its_text(demonstration: Workspace) -> None:
    record, result = _stored(demonstration, "demo-report")
    assert len(record["report_text"]) > 500
    assert {"NR02", "NR03"} <= {finding["code"] for finding in result["findings"]}


def test_a_monitoring_table_is_shown_that_lags_behind_time(
    demonstration: Workspace, now: datetime
) -> None:
    record, result = _stored(demonstration, "demo-monitoring")
    assert record["stage"] == "monitoring"
    assert record["as_of"] < now.date().isoformat()
    assert {"MN01", "MN09"} <= {finding["code"] for finding in result["findings"]}


def test_a_review_is_asked_for_under_the_number_of_its_case(
    monkeypatch: pytest.MonkeyPatch, demonstration: Workspace, now: datetime
) -> None:
    """Peers leave out the project whose number they are given: a copy is no peer of itself."""
    asked: list[str] = []

    def review(_: Workspace, kind: SubmissionKind, record: dict[str, Any]) -> dict[str, Any]:
        asked.append(record["id"])
        return {"id": record["id"]}

    monkeypatch.setattr(building, "review_of", review)
    made = projects(sources(bundled_cases()), now)
    told = [building._reviewed(demonstration, project)["id"] for project in made]
    assert told == [project.number for project in made]
    of_cases = {number for number in asked if number.startswith("case-")}
    assert of_cases <= {str(case.id) for case in bundled_cases()}


def test_names_of_indicators_are_words(demonstration: Workspace) -> None:
    with demonstration.store.reading() as connection:
        records = connection.execute(select(VersionRow.record)).scalars().all()
    for record in records:
        names = [row["name"] for row in record.get("indicators", ())]
        assert not names or any(re.search(r"[^\W\d]", name) for name in names), names


def test_the_same_cases_give_the_same_story(
    installation: Workspace, demonstration: Workspace, now: datetime
) -> None:
    columns = (
        SubmissionRow.external_id,
        SubmissionRow.kind,
        SubmissionRow.review_status,
        SubmissionRow.version,
        SubmissionRow.created_at,
    )
    with demonstration.store.reading() as connection:
        before = sorted(map(tuple, connection.execute(select(*columns))))
    again_at = installation.settings.home / "again"
    settings = installation.settings.model_copy(update={"home": again_at})
    shutil.copytree(installation.settings.home / "targets", again_at / "targets")
    other = open_demonstration(Workspace(settings), now)
    with other.store.reading() as connection:
        assert sorted(map(tuple, connection.execute(select(*columns)))) == before
    other.close()


def test_the_real_database_stays_clean(installation: Workspace, demonstration: Workspace) -> None:
    with installation.store.reading() as connection:
        assert bureau(connection) is None
        assert connection.execute(select(func.count(SubmissionRow.id))).scalar() == 0
    assert Path(demonstration.settings.home).is_relative_to(installation.settings.home)


def test_opening_again_changes_nothing(
    installation: Workspace, demonstration: Workspace, now: datetime
) -> None:
    with demonstration.store.reading() as opened:
        before = opened.execute(select(func.count(SubmissionRow.id))).scalar()
    again = open_demonstration(installation, now)
    with again.store.reading() as opened:
        assert opened.execute(select(func.count(SubmissionRow.id))).scalar() == before
    again.close()


def test_places_and_posts_name_no_persons() -> None:
    shape = re.compile(r"^演示县[\u4e00-\u9fff]+$")
    assert all(shape.match(place.name) for place in PLACES)
    assert all(post.title.endswith("岗") for post in POSTS)
    assert {door.login for door in DOORS} <= {post.login for post in POSTS}


@pytest.mark.parametrize(
    ("name", "place"),
    [("图书馆免费开放资金", "演示县图书馆"), ("农村饮水安全巩固提升工程专项", "演示县水利局")],
)
def test_cases_come_to_the_organisation_of_their_field(name: str, place: str) -> None:
    case = next(case for case in bundled_cases() if case.project_name == name)
    assert place_of(case).name == place


def test_sources_are_units_and_departments() -> None:
    kinds = {source.place.kind for source in sources(bundled_cases())}
    assert kinds == {Kind.DEPARTMENT, Kind.UNIT}


def test_each_door_opens_without_a_password(demonstration_app: FastAPI) -> None:
    for door in DOORS:
        browser = TestClient(demonstration_app, follow_redirects=False)
        page = browser.get("/sign-in").text
        assert door.label in page
        answer = browser.post("/sign-in/demo", data={"login": door.login}, headers=HTMX)
        assert answer.status_code == 204, answer.text
        assert answer.headers["HX-Redirect"].startswith("/")
        assert "jixiao_session" in browser.cookies


def test_doors_refuse_unknown_posts_and_forms_of_other_sites(demonstration_app: FastAPI) -> None:
    browser = TestClient(demonstration_app, raise_server_exceptions=False)
    assert browser.post("/sign-in/demo", data={"login": "nobody"}, headers=HTMX).status_code == 401
    assert browser.post("/sign-in/demo", data={"login": "lead"}).status_code == 403
    assert "jixiao_session" not in browser.cookies


def test_a_real_installation_has_no_doors(installation: Workspace) -> None:
    for believed in (False, True):  # even where the service is told that it is a demonstration
        app = create_app(installation.settings, installation, demo=believed)
        browser = TestClient(app, raise_server_exceptions=False)
        answer = browser.post("/sign-in/demo", data={"login": "lead"}, headers=HTMX)
        assert answer.status_code == 403
        assert "jixiao_session" not in browser.cookies
    with installation.store.writing() as connection, pytest.raises(ForbiddenError):
        enter(connection, "lead", Seal())


def test_pages_say_that_they_show_a_demonstration(demonstration_app: FastAPI) -> None:
    assert "演示数据" in TestClient(demonstration_app).get("/sign-in").text


def test_auto_shows_it_until_the_installation_is_used_or_others_can_reach_it(
    tmp_path: Path, workspace: Workspace
) -> None:
    from corpus.workflow.audit import Scribe
    from corpus.workflow.organisations import add_organisation

    fresh = Workspace(Settings(home=tmp_path, encoder=str(workspace.settings.home / "encoder")))
    assert wanted(fresh, Mode.AUTO, alone=True)
    assert not wanted(fresh, Mode.AUTO, alone=False)
    assert not wanted(fresh, Mode.OFF, alone=True)
    with fresh.store.writing() as connection:
        add_organisation(Scribe(connection, SYSTEM), "某县财政局", Kind.BUREAU)
    assert not wanted(fresh, Mode.AUTO, alone=True)
    assert wanted(fresh, Mode.ON, alone=True)
    fresh.close()


def test_removing_deletes_everything_and_auto_leaves_it_removed(
    tmp_path: Path, workspace: Workspace
) -> None:
    settings = Settings(home=tmp_path, encoder=str(workspace.settings.home / "encoder"))
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "jixiao.db").touch()
    assert remove(settings)
    assert not (tmp_path / "demo").exists()
    assert is_removed(settings)
    assert not remove(settings)
    fresh = Workspace(settings)
    assert not wanted(fresh, Mode.AUTO, alone=True)
    assert wanted(fresh, Mode.ON, alone=True)
    fresh.close()


def test_the_command_removes_it(invoke: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    first = invoke("demo", "--remove", JIXIAO_HOME=str(tmp_path))
    assert first.exit_code == 0
    assert "已移除" in first.stderr
    assert "没有" in invoke("demo", "--remove", JIXIAO_HOME=str(tmp_path)).stderr


def test_the_demonstration_is_not_offered_to_others(invoke: Callable[..., Result]) -> None:
    result = invoke("serve", "--demo", "on", "--host", "192.0.2.1")
    assert result.exit_code == 2
    assert "只能在本机使用" in result.stderr

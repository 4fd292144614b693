from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from corpus.errors import JixiaoError
from corpus.records import Case, Indicator, SelfEvaluation
from corpus.store import (
    Store,
    StoreError,
    StoreLockedError,
    StoreUnreachableError,
    StoreVersionError,
    schema,
)
from corpus.store.engine import writing
from corpus.store.tables import Base


def test_the_migrations_make_exactly_the_declared_tables(store: Store) -> None:
    with store._engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_known_head_is_the_newest_revision(store: Store) -> None:
    with store._engine.connect() as connection:
        assert schema.current_revision(connection) == schema.HEAD
        assert max(schema.revisions(connection)) == schema.HEAD


def test_migrating_twice_is_harmless(store: Store) -> None:
    store.migrate()
    assert store.counts().types == 0


def test_downgrading_removes_all_and_migrating_brings_it_back(store: Store) -> None:
    store.seed_bundled()
    store.downgrade("base")
    assert set(inspect(store._engine).get_table_names()) <= {"alembic_version"}
    store.migrate()
    assert store.seed_bundled().added > 0


@pytest.mark.parametrize("revision", ["0003", "0004", "0005", "0006"])
def test_each_way_back_keeps_what_the_older_tables_hold(store: Store, revision: str) -> None:
    from corpus.workflow import submissions
    from corpus.workflow.actors import SYSTEM
    from corpus.workflow.audit import Scribe, verify
    from corpus.workflow.organisations import Kind, add_organisation
    from corpus.workflow.reviews import keep_review, newest_review
    from corpus.workflow.status import SubmissionKind

    store.add_cases([Case(project_name="农村公路养护", indicators=(Indicator(name="里程"),))])
    ranked = {"tier": "再评审", "score": 0.7}
    finding = {"code": "EZ01", "severity": "error"}
    review = {"risk": 0.5, "opinion": "pass", "rows": [], "findings": [finding], "triage": ranked}
    with store.writing() as connection:
        scribe = Scribe(connection, SYSTEM)
        bureau = add_organisation(scribe, "某县财政局", Kind.BUREAU)
        place = add_organisation(scribe, "交通运输局", Kind.DEPARTMENT, bureau.id)
        report = SelfEvaluation(project_name="村道养护")
        made = submissions.create(scribe, place.id, SubmissionKind.EVALUATION, report, "")
        keep_review(scribe, made.id, 1, review)
    store.downgrade(revision)
    store.migrate()
    with store.reading() as connection:
        found = submissions.submission(connection, SYSTEM, made.id)
        assert (found.tier, found.triage, found.risk) == ("再评审", 0.7, 0.5)
        kept = newest_review(connection, found)
        assert kept is not None
        assert kept.result == review
        assert verify(connection).intact
        rows = connection.execute(text("SELECT name FROM project_indicators")).scalars().all()
        assert rows == ["里程"]


def test_a_database_of_a_newer_program_is_refused(store: Store) -> None:
    with store._engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreVersionError, match="更新版本"):
        store.migrate()


def test_using_a_store_before_migrating_says_what_to_do(open_store: Callable[..., Store]) -> None:
    with pytest.raises(StoreVersionError, match="表结构"):
        open_store().knowledge()


def test_a_locked_database_is_reported_after_the_wait(
    store: Store, open_store: Callable[..., Store]
) -> None:
    waiting = open_store(busy_timeout=0.2)
    with writing(store._engine, 1.0), pytest.raises(StoreLockedError, match="占用"):
        waiting.add_cases([])


def test_an_unreachable_server_is_reported() -> None:
    with (
        Store("postgresql+psycopg://nobody@127.0.0.1:1/none") as store,
        pytest.raises(StoreUnreachableError, match="无法连接"),
    ):
        store.migrate()


def test_a_file_that_is_no_database_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("这不是数据库" * 100, encoding="utf-8")
    with Store(f"sqlite:///{path}") as store, pytest.raises(StoreError, match="不是数据库"):
        store.migrate()


@pytest.mark.parametrize(
    "address", ["not a url", "mysql+pymysql://u@h/d", "oracle://u@h/d", "nosuch://x"]
)
def test_other_databases_are_refused(address: str) -> None:
    with pytest.raises(JixiaoError) as caught:
        Store(address)
    assert caught.value.code.startswith("store")
    assert caught.value.hint


def test_a_password_never_shows_in_an_error() -> None:
    with (
        Store("postgresql+psycopg://nobody:geheim@127.0.0.1:1/none") as store,
        pytest.raises(StoreUnreachableError) as caught,
    ):
        store.migrate()
    assert "geheim" not in str(caught.value)


def test_the_plain_postgresql_scheme_uses_the_bundled_driver(postgres_url: str) -> None:
    plain = postgres_url.replace("postgresql+psycopg://", "postgresql://", 1)
    with Store(plain) as store:
        store.migrate()
        assert store.counts().cases == 0


def test_sqlite_runs_in_wal_mode_with_foreign_keys(tmp_path: Path) -> None:
    with Store(f"sqlite:///{tmp_path / 'a.db'}", busy_timeout=7) as store:
        store.migrate()
        with store._engine.connect() as connection:
            pragma = {
                name: connection.execute(text(f"PRAGMA {name}")).scalar()
                for name in ("journal_mode", "foreign_keys", "busy_timeout")
            }
    assert pragma == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 7000}


def test_the_workflows_tables_come_and_go_without_touching_the_knowledge(store: Store) -> None:
    from corpus.workflow.actors import SYSTEM
    from corpus.workflow.audit import Scribe
    from corpus.workflow.organisations import Kind, add_organisation

    store.add_cases([Case(project_name="农村公路养护")])
    with store.writing() as connection:
        add_organisation(Scribe(connection, SYSTEM), "某县财政局", Kind.BUREAU)
    store.downgrade("0002")
    assert store.counts().user_cases == 1
    assert "audit_log" not in inspect(store._engine).get_table_names()
    store.migrate()
    with store.writing() as connection:
        add_organisation(Scribe(connection, SYSTEM), "某县财政局", Kind.BUREAU)
    assert store.counts().user_cases == 1

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from corpus.errors import InputError
from corpus.records import Case
from corpus.store import Store, StoreError, StoreVersionError
from corpus.store.backup import back_up, restore
from corpus.store.tables import Base
from corpus.workflow import accounts, audit
from corpus.workflow.actors import SYSTEM, Role
from corpus.workflow.audit import Scribe
from corpus.workflow.organisations import Kind, add_organisation


@pytest.fixture
def filled(store: Store) -> Store:
    store.add_cases([Case(project_name="农村公路养护", year=2026, budget_wan=12.5)])
    with store.writing() as connection:
        scribe = Scribe(connection, SYSTEM)
        bureau = add_organisation(scribe, "某县财政局", Kind.BUREAU)
        division = add_organisation(scribe, "业务科", Kind.DIVISION, bureau.id)
        accounts.add_account(scribe, division.id, "reviewer", "审核岗", Role.REVIEWER)
    return store


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """An empty database of either kind, whatever the kind of the other."""
    if request.param == "sqlite":
        return Store(f"sqlite:///{tmp_path / 'other.db'}")
    return Store(str(request.getfixturevalue("another_postgres_url")))


def content(store: Store) -> dict[str, list[tuple[object, ...]]]:
    with store.reading() as connection:
        return {
            table.name: sorted(
                (
                    tuple(str(value).removesuffix("+00:00") for value in row)
                    for row in connection.execute(select(table))
                ),
            )
            for table in Base.metadata.sorted_tables
        }


def test_a_restored_database_holds_the_same(filled: Store, empty: Store, tmp_path: Path) -> None:
    made = back_up(filled, tmp_path / "backup.zip")
    assert made.rows["organisations"] == 2
    restore(empty, tmp_path / "backup.zip")
    assert content(empty) == content(filled)
    with empty.reading() as connection:
        assert audit.verify(connection).intact
    empty.close()


def test_an_earlier_versions_back_up_is_brought_up_to_date(
    store: Store, empty: Store, tmp_path: Path
) -> None:
    store.add_cases([Case(project_name="农村公路养护")])
    store.downgrade("0001")
    assert back_up(store, tmp_path / "backup.zip").revision == "0001"
    restore(empty, tmp_path / "backup.zip")
    assert empty.counts().cases == 1
    with empty.reading() as connection:
        assert audit.verify(connection).entries == 0
    empty.close()


def test_a_used_database_is_not_overwritten(filled: Store, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "backup.zip")
    with pytest.raises(StoreError, match="不是空的"):
        restore(filled, tmp_path / "backup.zip")


def test_a_file_is_not_overwritten(filled: Store, tmp_path: Path) -> None:
    (tmp_path / "backup.zip").write_text("mine")
    with pytest.raises(InputError, match="已存在"):
        back_up(filled, tmp_path / "backup.zip")
    assert (tmp_path / "backup.zip").read_text() == "mine"


def tampered(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    other = path.with_name("tampered.zip")
    with ZipFile(path) as old, ZipFile(other, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return other


def test_a_damaged_back_up_restores_nothing(filled: Store, empty: Store, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "backup.zip")
    changed = tampered(
        tmp_path / "backup.zip",
        lambda name, data: data.replace("业务科".encode(), "别的科".encode()),
    )
    with pytest.raises(InputError, match="与清单不符"):
        restore(empty, changed)
    with pytest.raises(InputError, match="不是完整的备份"):
        restore(empty, _torn(tmp_path / "backup.zip"))
    restore(empty, tmp_path / "backup.zip")  # nothing was left behind
    empty.close()


def test_a_back_up_of_a_newer_program_is_refused(
    filled: Store, empty: Store, tmp_path: Path
) -> None:
    back_up(filled, tmp_path / "backup.zip")
    newer = tampered(
        tmp_path / "backup.zip",
        lambda name, data: (
            data.replace(b'"revision": "0', b'"revision": "9') if name == "manifest.json" else data
        ),
    )
    with pytest.raises(StoreVersionError):
        restore(empty, newer)
    empty.close()


def _torn(path: Path) -> Path:
    torn = path.with_name("torn.zip")
    torn.write_bytes(path.read_bytes()[:200])
    return torn

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import delete, insert, text, update
from sqlalchemy.exc import DBAPIError

from corpus.store import Store, StoreError
from corpus.workflow import audit, organisations
from corpus.workflow.audit import Seal
from corpus.workflow.organisations import Kind
from corpus.workflow.tables import AuditRow, OrganisationRow


def unguard(store: Store) -> None:
    """Do what somebody with the database in hand could do."""
    with store.writing() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("ALTER TABLE audit_log DISABLE TRIGGER ALL"))
        else:
            connection.execute(text("DROP TRIGGER audit_log_guard_update"))
            connection.execute(text("DROP TRIGGER audit_log_guard_delete"))


def check(store: Store, seal: Seal, head: str | None = None) -> audit.Verification:
    with store.reading() as connection:
        return audit.verify(connection, seal, head)


def test_every_change_is_told_and_sealed(store: Store, region: Any, seal: Seal) -> None:
    found = check(store, seal)
    assert found.intact
    assert found.entries == 7
    with store.reading() as connection:
        first = next(audit.entries(connection))
    assert first["action"] == "organisation.add"
    assert first["actor"] == "system"
    assert first["request_id"] == "request-1"
    assert first["after"]["name"] == "某县财政局"


def test_a_change_tells_before_and_after(
    store: Store, writing: Any, region: Any, seal: Seal
) -> None:
    with writing() as scribe:
        organisations.set_active(scribe, region.units[0].id, False)
    with store.reading() as connection:
        last = list(audit.entries(connection))[-1]
    assert (last["before"]["active"], last["after"]["active"]) == (True, False)
    assert last["object"] == f"organisation:{region.units[0].id}"


@pytest.mark.parametrize(
    "statement",
    [update(AuditRow).values(actor="nobody"), delete(AuditRow)],
    ids=["change", "removal"],
)
def test_the_database_refuses_changes(store: Store, region: Any, statement: Any) -> None:
    with pytest.raises((DBAPIError, StoreError)), store.writing() as connection:
        connection.execute(statement)


def test_a_changed_entry_is_found(store: Store, region: Any, seal: Seal) -> None:
    unguard(store)
    with store.writing() as connection:
        connection.execute(
            update(AuditRow).where(AuditRow.seq == 3).values(after={"name": "别的单位"})
        )
    found = check(store, seal)
    assert (found.intact, found.broken_at) == (False, 3)


def test_a_missing_entry_is_found(store: Store, region: Any, seal: Seal) -> None:
    unguard(store)
    with store.writing() as connection:
        connection.execute(delete(AuditRow).where(AuditRow.seq == 3))
    assert check(store, seal).broken_at == 3


def test_a_cut_off_end_shows_against_a_noted_hash(store: Store, region: Any, seal: Seal) -> None:
    head = check(store, seal).head
    unguard(store)
    with store.writing() as connection:
        connection.execute(delete(AuditRow).where(AuditRow.seq == 7))
    assert check(store, seal).intact
    assert not check(store, seal, head).intact


def test_without_the_secret_the_log_cannot_be_made_anew(
    store: Store, region: Any, seal: Seal
) -> None:
    unguard(store)
    with store.writing() as connection:
        previous = audit.START
        for entry in list(audit.entries(connection)):
            forged = {**entry, "previous": previous}
            if entry["seq"] == 2:
                forged["actor"] = "account:someone-else"
            previous = Seal("a guess").of(forged)
            connection.execute(
                update(AuditRow)
                .where(AuditRow.seq == entry["seq"])
                .values({**forged, "hash": previous})
            )
    assert check(store, seal).broken_at == 1


def test_a_log_rewritten_without_the_secret_does_not_pass_for_checked(
    store: Store, region: Any, seal: Seal
) -> None:
    """SHA-256 anybody can make; whoever has the database may leave the key's name out."""
    unguard(store)
    with store.writing() as connection:
        rows = list(audit.entries(connection))
        connection.execute(delete(AuditRow))
        previous = audit.START
        for row in rows:
            forged = {**row, "key_id": None, "actor": "account:forged", "previous": previous}
            previous = Seal().of(forged)
            connection.execute(insert(AuditRow), {**forged, "hash": previous})
    found = check(store, seal)
    assert found.unchecked == found.entries == 7


def test_entries_of_another_secret_are_counted_as_unchecked(store: Store, region: Any) -> None:
    found = check(store, Seal("another secret that is long enough"))
    assert found.intact
    assert found.unchecked == 7


def test_a_step_that_fails_leaves_no_trace(store: Store, writing: Any, region: Any) -> None:
    def stumble() -> None:
        with writing() as scribe:
            organisations.add_organisation(scribe, "半途而废", Kind.UNIT, region.bureau.id)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        stumble()
    with store.reading() as connection:
        assert len(list(audit.entries(connection))) == 7
        names = connection.execute(OrganisationRow.__table__.select()).all()
    assert all("半途" not in row.name for row in names)

"""One's own password changed, and one-time links that no longer count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from corpus.errors import InputError
from corpus.store import Store
from corpus.workflow import accounts, links, sign_in
from corpus.workflow.attempts import TRIES
from corpus.workflow.errors import ConflictError, NotFoundError, UnauthenticatedError
from corpus.workflow.links import LinkState, PasswordLink, password_link
from corpus.workflow.moments import now
from corpus.workflow.passwords import prove
from corpus.workflow.tables import AccountRow, AuditRow, LinkRow
from tests.corpus.workflow.steps import Region, Writing, signed_in

OLD = "correct horse 电池"
NEW = "staple 订书机 2026"


@dataclass
class Holder:
    """An account of the first unit, in two browsers."""

    store: Store
    writing: Writing
    seal: Any
    id: str
    here: Any
    elsewhere: Any

    def change(self, current: str = OLD, new: str = NEW) -> bool:
        with self.writing(self.here.actor) as scribe:
            return accounts.change_password(scribe, self.here.token, current, new)

    def enter(self, password: str) -> Any:
        return signed_in(self.store, self.seal, "user.one", password)

    def is_in(self, session: Any) -> bool:
        with self.store.reading() as connection:
            try:
                sign_in.actor_of_session(connection, session.token)
            except UnauthenticatedError:
                return False
        return True


@pytest.fixture
def invited(writing: Writing, region: Region) -> tuple[str, str]:
    """An account without a password: its id, and the token of its link."""
    with writing() as scribe:
        added, token = accounts.add_account(
            scribe, region.units[0].id, "user.one", "填报岗", accounts.Role.AUTHOR
        )
    return added.id, token


@pytest.fixture
def holder(store: Store, writing: Writing, seal: Any, invited: tuple[str, str]) -> Holder:
    id_, token = invited
    with writing() as scribe:
        accounts.set_password(scribe, token, OLD)
    made = Holder(store, writing, seal, id_, None, None)
    made.here, made.elsewhere = made.enter(OLD), made.enter(OLD)
    return made


def test_a_changed_password_counts_and_ends_the_other_sessions(holder: Holder) -> None:
    assert holder.change()
    assert holder.is_in(holder.here)
    assert not holder.is_in(holder.elsewhere)
    assert holder.enter(OLD) is None
    assert holder.enter(NEW) is not None


def test_other_accounts_stay_signed_in(holder: Holder, region: Region) -> None:
    with holder.writing() as scribe:
        _, token = accounts.add_account(
            scribe, region.units[0].id, "user.two", "填报岗", accounts.Role.AUTHOR
        )
        accounts.set_password(scribe, token, OLD)
    other = signed_in(holder.store, holder.seal, "user.two", OLD)
    assert holder.change()
    assert holder.is_in(other)


def test_a_password_that_changed_since_it_was_compared_does_not_count(holder: Holder) -> None:
    with holder.store.reading() as connection:
        proof = prove(OLD, sign_in.kept_password(connection, "user.one"))
    assert holder.change()
    with holder.store.writing() as connection:
        assert sign_in.sign_in(connection, "user.one", proof, holder.seal) is None
    assert holder.enter(NEW) is not None


def test_a_wrong_current_password_changes_nothing(holder: Holder) -> None:
    assert not holder.change(current="wrong password")
    assert holder.is_in(holder.elsewhere)
    assert holder.enter(OLD) is not None


def test_wrong_current_passwords_rest_the_account_as_at_signing_in(holder: Holder) -> None:
    assert [holder.change(current="wrong password") for _ in range(TRIES)] == [False] * TRIES
    with pytest.raises(ConflictError, match="暂停验证"):
        holder.change()
    assert holder.enter(OLD) is None
    with holder.store.writing() as connection:  # the rest is over
        connection.execute(update(AccountRow).values(locked_until=now() - timedelta(seconds=1)))
    assert holder.change()


def test_a_right_password_begins_the_count_anew(holder: Holder) -> None:
    for _ in range(TRIES - 1):
        holder.change(current="wrong password")
    assert holder.change()
    assert not holder.change(current="wrong password")
    assert holder.enter(NEW) is not None


@pytest.mark.parametrize("new", ["short", "1" * 10, "x" * 129, "user.one2024", "1234567890", OLD])
def test_a_poor_new_password_is_refused(holder: Holder, new: str) -> None:
    with pytest.raises(InputError):
        holder.change(new=new)
    assert holder.enter(OLD) is not None


def test_an_account_without_a_password_has_none_to_change(
    store: Store, writing: Writing, seal: Any, invited: tuple[str, str]
) -> None:
    with store.writing() as connection:
        begun = sign_in.start_session(connection, "user.one", seal)
    assert begun is not None
    with pytest.raises(ConflictError, match="没有口令"), writing(begun.actor) as scribe:
        accounts.change_password(scribe, begun.token, "", NEW)


def test_a_change_is_in_the_audit_log_without_secrets(holder: Holder) -> None:
    assert holder.change()
    with holder.store.reading() as connection:
        entries = connection.execute(AuditRow.__table__.select()).all()
    last = max(entries, key=lambda entry: entry.seq)
    assert (last.action, last.object) == ("account.password_change", f"account:{holder.id}")
    assert last.actor == holder.here.actor.id
    for secret in (OLD, NEW, holder.here.token, "argon2"):
        assert secret not in repr(entries)


def test_a_link_handed_out_before_the_change_no_longer_counts(holder: Holder) -> None:
    with holder.writing() as scribe:
        token = accounts.renew_link(scribe, holder.id)
    assert holder.change()
    with pytest.raises(NotFoundError, match="已使用"), holder.writing() as scribe:
        accounts.set_password(scribe, token, OLD)


def seen(store: Store, token: str) -> PasswordLink:
    with store.reading() as connection:
        return password_link(connection, token)


def test_a_link_tells_for_whom_it_is_and_is_not_used_up_by_that(
    store: Store, writing: Writing, invited: tuple[str, str]
) -> None:
    _, token = invited
    for _ in range(2):
        found = seen(store, token)
        assert found == PasswordLink(LinkState.OPEN, "预算单位一", "填报岗", "user.one")
    with writing() as scribe:
        accounts.set_password(scribe, token, OLD)


def test_a_link_that_no_longer_counts_tells_why_and_not_for_whom(
    store: Store, writing: Writing, invited: tuple[str, str]
) -> None:
    id_, replaced = invited
    with writing() as scribe:
        late = accounts.renew_link(scribe, id_)
    with store.writing() as connection:
        set_up = links.new_link(connection, None)
    assert seen(store, replaced) == PasswordLink(LinkState.USED)
    assert seen(store, "guess") == seen(store, set_up) == PasswordLink(LinkState.UNKNOWN)
    with writing() as scribe:
        accounts.change_account(scribe, id_, active=False)
    assert seen(store, late) == PasswordLink(LinkState.CLOSED)
    with store.writing() as connection:
        connection.execute(
            update(LinkRow)
            .where(LinkRow.account_id == id_)
            .values(expires_at=now() - timedelta(seconds=1))
        )
    assert seen(store, late) == PasswordLink(LinkState.EXPIRED)
    with pytest.raises(NotFoundError, match="已过期"), writing() as scribe:
        accounts.set_password(scribe, late, OLD)

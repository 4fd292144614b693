"""Signing in, sessions, and keys of other systems: from a secret to the actor behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, func, insert, select, update
from ulid import ULID

from corpus.errors import InputError
from corpus.workflow.actors import ALLOWED, KEY_SCOPES, Action, Actor, Role
from corpus.workflow.attempts import count_failure, is_resting, reset_failures
from corpus.workflow.audit import Scribe, Seal
from corpus.workflow.errors import NotFoundError, UnauthenticatedError
from corpus.workflow.moments import Moment, now
from corpus.workflow.organisations import organisation
from corpus.workflow.passwords import Proof, new_token, token_hash
from corpus.workflow.tables import AccountRow, KeyRow, OrganisationRow, SessionRow

SESSION_LIFE = timedelta(hours=12)
KEY_PREFIX = "jx_"
LONGEST_KEY_LIFE = timedelta(days=366 * 2)


class ApiKey(BaseModel):
    """A key of another system, without its secret."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    id: str
    organisation_id: str
    name: str
    scopes: tuple[Action, ...]
    created_at: Moment
    expires_at: Moment
    revoked_at: Moment | None


@dataclass(frozen=True)
class SignedIn:
    """A new session."""

    token: str
    actor: Actor
    expires_at: Moment


def kept_password(connection: Connection, login: str) -> str | None:
    """Return what is kept of a login's password, for `passwords.prove`."""
    kept: str | None = connection.execute(
        select(AccountRow.password_hash).where(AccountRow.login == login.strip())
    ).scalar()
    return kept


def sign_in(
    connection: Connection, login: str, proof: Proof, seal: Seal, request_id: str | None = None
) -> SignedIn | None:
    """Start a session; returns None for a wrong login or password, which is counted.

    The password was compared before, so that nobody who writes waits for it; one that has changed
    since does not count. The caller commits either way, so that the count of wrong ones holds, and
    answers None by refusing.
    """
    row = connection.execute(
        select(AccountRow.__table__).where(AccountRow.login == login.strip()).with_for_update()
    ).first()
    if row is None or is_resting(row):
        return None
    if not row.active or not proof.holds(row.password_hash):
        count_failure(connection, row, seal, request_id)
        return None
    return start_session(connection, row.login, seal, request_id)


def start_session(
    connection: Connection, login: str, seal: Seal, request_id: str | None = None
) -> SignedIn | None:
    """Start a session for somebody known already; None where the account is closed or unknown."""
    row = connection.execute(
        select(AccountRow.__table__).where(AccountRow.login == login, AccountRow.active)
    ).first()
    actor = None if row is None else _actor_of_account(connection, row)
    if row is None or actor is None:
        return None
    token, moment = new_token(), now()
    expires = moment + SESSION_LIFE
    session = {"token_hash": token_hash(token), "account_id": row.id, "created_at": moment}
    connection.execute(insert(SessionRow), {**session, "expires_at": expires, "ended_at": None})
    reset_failures(connection, row.id)
    Scribe(connection, actor, seal, request_id).note("session.start", f"account:{row.id}")
    return SignedIn(token, actor, expires)


def sign_out(scribe: Scribe, token: str) -> None:
    """End a session."""
    scribe.connection.execute(
        update(SessionRow)
        .where(SessionRow.token_hash == token_hash(token), SessionRow.ended_at.is_(None))
        .values(ended_at=now())
    )
    scribe.note("session.end", scribe.actor.id)


def actor_of_session(connection: Connection, token: str) -> Actor:
    """Return who is signed in with a token."""
    row = connection.execute(
        select(AccountRow.__table__)
        .join(SessionRow, SessionRow.account_id == AccountRow.id)
        .where(
            SessionRow.token_hash == token_hash(token),
            SessionRow.ended_at.is_(None),
            SessionRow.expires_at > now(),
            AccountRow.active,
        )
    ).first()
    actor = None if row is None else _actor_of_account(connection, row)
    if actor is None:
        raise UnauthenticatedError("登录已失效", hint="请重新登录")
    return actor


def actor_of_key(connection: Connection, token: str) -> Actor:
    """Return the system behind a key."""
    row = connection.execute(
        select(KeyRow.__table__).where(
            KeyRow.token_hash == token_hash(token),
            KeyRow.revoked_at.is_(None),
            KeyRow.expires_at > now(),
        )
    ).first()
    path = None if row is None else _open_path(connection, row.organisation_id)
    if row is None or path is None:
        raise UnauthenticatedError(
            "接口密钥无效、已停用或已过期", hint="请向系统管理员申请新的密钥"
        )
    actions = frozenset(Action(scope) for scope in row.scopes)
    return Actor(f"key:{row.id}", row.organisation_id, path, None, actions)


def add_key(
    scribe: Scribe, organisation_id: str, name: str, scopes: Iterable[Action], life: timedelta
) -> tuple[ApiKey, str]:
    """Add a key; returns it with its secret, which is shown this once."""
    scribe.actor.require(Action.PEOPLE)
    wanted = tuple(sorted(set(scopes)))
    organisation(scribe.connection, scribe.actor, organisation_id)
    if not wanted or not set(wanted) <= KEY_SCOPES:
        known = "、".join(sorted(KEY_SCOPES))
        raise InputError("密钥的权限不对", hint=f"可选：{known}")
    if not timedelta(minutes=1) <= life <= LONGEST_KEY_LIFE:
        raise InputError("密钥的有效期须在两年以内", hint="请改写有效期")
    token, moment = new_token(KEY_PREFIX), now()
    added = ApiKey(
        id=str(ULID()),
        organisation_id=organisation_id,
        name=" ".join(name.split()),
        scopes=wanted,
        created_at=moment,
        expires_at=moment + life,
        revoked_at=None,
    )
    scribe.connection.execute(
        insert(KeyRow),
        {
            **added.model_dump(),
            "scopes": [str(scope) for scope in wanted],
            "token_hash": token_hash(token),
        },
    )
    scribe.note("key.add", f"key:{added.id}", after=_facts(added), organisation_id=organisation_id)
    return added, token


def keys(connection: Connection, actor: Actor) -> Sequence[ApiKey]:
    """Return the keys of every organisation that the actor sees, newest first."""
    actor.require(Action.PEOPLE)
    rows = connection.execute(
        select(KeyRow.__table__)
        .join(OrganisationRow, OrganisationRow.id == KeyRow.organisation_id)
        .where(OrganisationRow.path.startswith(actor.path or "", autoescape=True))
        .order_by(KeyRow.id.desc())
    )
    return [ApiKey.model_validate(row) for row in rows]


def revoke_key(scribe: Scribe, id_: str) -> ApiKey:
    """Make a key count no longer."""
    scribe.actor.require(Action.PEOPLE)
    row = scribe.connection.execute(select(KeyRow.__table__).where(KeyRow.id == id_)).first()
    if row is None:
        raise NotFoundError("没有这个密钥", hint="请检查密钥编号")
    before = ApiKey.model_validate(row)
    organisation(scribe.connection, scribe.actor, before.organisation_id)
    if before.revoked_at is not None:
        return before
    after = before.model_copy(update={"revoked_at": now()})
    scribe.connection.execute(
        update(KeyRow).where(KeyRow.id == id_).values(revoked_at=after.revoked_at)
    )
    scribe.note(
        "key.revoke",
        f"key:{id_}",
        before=_facts(before),
        after=_facts(after),
        organisation_id=before.organisation_id,
    )
    return after


def _open_path(connection: Connection, organisation_id: str) -> str | None:
    """Return the path of an organisation, None if it or one above it is closed."""
    path = connection.execute(
        select(OrganisationRow.path).where(OrganisationRow.id == organisation_id)
    ).scalar_one()
    closed = connection.execute(
        select(func.count())
        .select_from(OrganisationRow)
        .where(OrganisationRow.id.in_(path.strip("/").split("/")), ~OrganisationRow.active)
    ).scalar_one()
    return None if closed else str(path)


def _actor_of_account(connection: Connection, row: Any) -> Actor | None:
    path = _open_path(connection, row.organisation_id)
    if path is None:
        return None
    role = Role(row.role)
    return Actor(f"account:{row.id}", row.organisation_id, path, role, ALLOWED[role])


def _facts(key: ApiKey) -> dict[str, Any]:
    return key.model_dump(mode="json", exclude={"id", "organisation_id", "created_at"})

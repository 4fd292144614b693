"""Tables of the workflow: who may do what, what was submitted, reviewed and decided.

Rows of `submissions`, `accounts`, `organisations` and `api_keys` say how things stand now; every
change of them is told in `audit_log`. Versions, reviews, verdicts and the audit log are only ever
added to.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from corpus.store.tables import Base

_ID = String(26)
"""A ULID: ordered by the time it was made."""
_HASH = String(64)


class OrganisationRow(Base):
    """A finance bureau, one of its divisions, a department or a budget unit."""

    __tablename__ = "organisations"

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(String(12))
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("organisations.id"))
    path: Mapped[str] = mapped_column(index=True)
    """Ids from the root down, each followed by a slash: what lies below begins with it."""
    active: Mapped[bool]
    created_at: Mapped[datetime]


class AccountRow(Base):
    """A person's account: a post, not a name."""

    __tablename__ = "accounts"

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"), index=True)
    login: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    role: Mapped[str] = mapped_column(String(12))
    password_hash: Mapped[str | None]
    active: Mapped[bool]
    failed_logins: Mapped[int]
    locked_until: Mapped[datetime | None]
    created_at: Mapped[datetime]


class SessionRow(Base):
    """A signed-in browser; only a hash of its token is kept."""

    __tablename__ = "sessions"

    token_hash: Mapped[str] = mapped_column(_HASH, primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class LinkRow(Base):
    """A one-time link: the first set-up, or the password of an account."""

    __tablename__ = "links"

    token_hash: Mapped[str] = mapped_column(_HASH, primary_key=True)
    account_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    """The account whose password it sets; None for the set-up of the installation."""
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class KeyRow(Base):
    """A key of another system, for example the region's goal-declaration system."""

    __tablename__ = "api_keys"

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"), index=True)
    name: Mapped[str]
    token_hash: Mapped[str] = mapped_column(_HASH, unique=True)
    scopes: Mapped[list[str]]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class SubmissionRow(Base):
    """A project's declaration or self-evaluation on its way through the review."""

    __tablename__ = "submissions"

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12), index=True)
    external_id: Mapped[str | None] = mapped_column(index=True)
    """The calling system's own number, such as `pro_code`."""
    project_name: Mapped[str]
    department: Mapped[str | None]
    fiscal_year: Mapped[int | None] = mapped_column(index=True)
    function_code: Mapped[str | None]
    budget_wan: Mapped[float | None]
    author_status: Mapped[str] = mapped_column(String(12))
    review_status: Mapped[str] = mapped_column(String(12), index=True)
    version: Mapped[int]
    """Number of the newest version."""
    submitted_version: Mapped[int | None]
    assigned: Mapped[list[str]]
    """Accounts whose verdicts are awaited; anybody's in charge where empty."""
    due: Mapped[str | None] = mapped_column(String(10))
    risk: Mapped[float | None]
    opinion: Mapped[str | None] = mapped_column(String(8))
    tier: Mapped[str | None] = mapped_column(String(8))
    """How far a self-evaluation should be looked into again: 抽查复核, 再评审 or 再评价."""
    triage: Mapped[float | None]
    """Its place among others, 0 to 1; None for a declaration."""
    revision: Mapped[int]
    """Goes up with every change; the entity tag of the record."""
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class VersionRow(Base):
    """What a unit wrote, as it was saved."""

    __tablename__ = "versions"

    submission_id: Mapped[str] = mapped_column(ForeignKey("submissions.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    record: Mapped[dict[str, Any]] = mapped_column(JSON)
    note: Mapped[str]
    created_by: Mapped[str]
    created_at: Mapped[datetime]


class ReviewRow(Base):
    """What the program found in a version."""

    __tablename__ = "reviews"
    __table_args__ = (
        Index(
            "ix_reviews_figures",
            *("submission_id", "version", "id", "created_at"),
            *("rows", "vague", "qualitative", "easy"),
        ),
    )
    """Figures are counted from the index alone; the results beside them are long."""

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    submission_id: Mapped[str] = mapped_column(ForeignKey("submissions.id"), index=True)
    version: Mapped[int]
    result: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The shape of contract.md."""
    rows: Mapped[int]
    vague: Mapped[int]
    qualitative: Mapped[int]
    easy: Mapped[int]
    """How many rows carry each label."""
    created_by: Mapped[str]
    created_at: Mapped[datetime]


class ReviewFindingRow(Base):
    """How often a rule spoke in the newest review of a submission, for lists and statistics."""

    __tablename__ = "submission_findings"

    submission_id: Mapped[str] = mapped_column(ForeignKey("submissions.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(8), primary_key=True, index=True)
    severity: Mapped[str] = mapped_column(String(8))
    number: Mapped[int]


class FindingVerdictRow(Base):
    """What a reviewer makes of one finding."""

    __tablename__ = "finding_verdicts"

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    submission_id: Mapped[str] = mapped_column(ForeignKey("submissions.id"), index=True)
    version: Mapped[int]
    finding: Mapped[str] = mapped_column(String(16))
    """Key of the finding, see `corpus.workflow.findings`."""
    verdict: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str]
    wording: Mapped[str | None]
    """The opinion in the reviewer's own words."""
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    settles: Mapped[bool]
    created_at: Mapped[datetime]


class VerdictRow(Base):
    """A reviewer's verdict on a version as a whole."""

    __tablename__ = "verdicts"

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    submission_id: Mapped[str] = mapped_column(ForeignKey("submissions.id"), index=True)
    version: Mapped[int]
    verdict: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str]
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    settles: Mapped[bool]
    """Whether it is the final word over differing verdicts."""
    created_at: Mapped[datetime]


class AuditRow(Base):
    """One change: who changed what from what to what. See `corpus.workflow.audit`."""

    __tablename__ = "audit_log"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(32))
    """ISO time in UTC, as hashed."""
    actor: Mapped[str]
    """`account:<id>`, `key:<id>` or `system`."""
    organisation_id: Mapped[str | None] = mapped_column(_ID)
    action: Mapped[str] = mapped_column(String(32), index=True)
    object: Mapped[str] = mapped_column(index=True)
    """Kind and id: `submission:<id>`."""
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    request_id: Mapped[str | None]
    key_id: Mapped[str | None] = mapped_column(String(8))
    """Which secret the hash was made with; None for none."""
    previous: Mapped[str] = mapped_column(_HASH)
    hash: Mapped[str] = mapped_column(_HASH)


class JobRow(Base):
    """A batch that runs outside requests."""

    __tablename__ = "jobs"

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    organisation_id: Mapped[str | None] = mapped_column(String(26), index=True)
    """Whose it is; None for a job of an anonymous caller, known by its id alone."""
    created_by: Mapped[str]
    status: Mapped[str] = mapped_column(String(10), index=True)
    total: Mapped[int]
    done: Mapped[int]
    failed: Mapped[int]
    worker: Mapped[str | None]
    """Who works on it."""
    alive_at: Mapped[datetime | None]
    """When its worker was last heard of."""
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    error: Mapped[dict[str, Any] | None] = mapped_column(JSON)


class JobItemRow(Base):
    """One record of a batch with its answer."""

    __tablename__ = "job_items"

    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    record: Mapped[Any] = mapped_column(JSON)
    """The record as read, or {"error": …} for a line that could not be read."""
    done: Mapped[bool]
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class WebhookRow(Base):
    """An address that is told of finished jobs and decided submissions."""

    __tablename__ = "webhooks"

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"), index=True)
    url: Mapped[str]
    events: Mapped[list[str]]
    active: Mapped[bool]
    created_at: Mapped[datetime]


class DeliveryRow(Base):
    """One message to a webhook and what became of it."""

    __tablename__ = "deliveries"

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    webhook_id: Mapped[str] = mapped_column(ForeignKey("webhooks.id"), index=True)
    event: Mapped[str] = mapped_column(String(32))
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    attempts: Mapped[int]
    next_at: Mapped[datetime | None] = mapped_column(index=True)
    """When to try next; None when it is delivered or given up."""
    delivered_at: Mapped[datetime | None]
    status: Mapped[int | None]
    """HTTP status of the last answer, None where there was none."""
    created_at: Mapped[datetime]


class ReviewSettingRow(Base):
    """A threshold or switch of the review that was changed on the pages; others are not here."""

    __tablename__ = "review_settings"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    """Field of the review configuration."""
    value: Mapped[Any] = mapped_column(JSON)
    changed_by: Mapped[str]
    changed_at: Mapped[datetime]


class IdempotencyRow(Base):
    """The answer to a request that may be sent again."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (UniqueConstraint("caller", "key", name="uq_idempotency_keys"),)

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    caller: Mapped[str]
    key: Mapped[str]
    request_hash: Mapped[str] = mapped_column(_HASH)
    status: Mapped[int]
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(index=True)

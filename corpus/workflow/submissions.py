"""Submissions: what units write, version after version, until it is submitted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, insert, select, update

from corpus.errors import InputError
from corpus.records import SelfEvaluation
from corpus.store.preparing import storable
from corpus.workflow.actors import Action, Actor
from corpus.workflow.audit import Scribe
from corpus.workflow.errors import ConflictError, NotFoundError, StaleError
from corpus.workflow.moments import Moment
from corpus.workflow.organisations import Kind, organisation, organisations
from corpus.workflow.status import AuthorStatus, ReviewStatus, SubmissionKind
from corpus.workflow.tables import OrganisationRow, SubmissionRow, VersionRow

FILING = frozenset({Kind.DEPARTMENT, Kind.UNIT})
"""Kinds of organisations that submit projects."""


class Submission(BaseModel):
    """How a submission stands."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    id: str
    organisation_id: str
    kind: SubmissionKind
    external_id: str | None
    project_name: str
    department: str | None
    fiscal_year: int | None
    function_code: str | None
    budget_wan: float | None
    author_status: AuthorStatus
    review_status: ReviewStatus
    version: int
    submitted_version: int | None
    assigned: tuple[str, ...]
    due: str | None
    risk: float | None
    opinion: str | None
    tier: str | None = None
    """How far a self-evaluation should be looked into again."""
    triage: float | None = None
    revision: int
    created_at: Moment
    updated_at: Moment


class Version(BaseModel):
    """What a unit wrote, as it was saved."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    submission_id: str
    number: int
    record: dict[str, Any]
    note: str
    created_by: str
    created_at: Moment


def submission(connection: Connection, actor: Actor, id_: str) -> Submission:
    """Return a submission that the actor sees."""
    actor.require(Action.READ)
    row = connection.execute(
        select(SubmissionRow.__table__, OrganisationRow.path)
        .join(OrganisationRow, OrganisationRow.id == SubmissionRow.organisation_id)
        .where(SubmissionRow.id == id_)
    ).first()
    if row is None or not actor.sees(row.path):
        raise NotFoundError("没有这个项目", hint="请检查项目编号，或确认是否属于本单位管辖")
    return Submission.model_validate(row)


def version(connection: Connection, found: Submission, number: int | None = None) -> Version:
    """Return a version, the newest by default."""
    row = connection.execute(
        select(VersionRow.__table__).where(
            VersionRow.submission_id == found.id, VersionRow.number == (number or found.version)
        )
    ).first()
    if row is None:
        raise NotFoundError("没有这个版本", hint=f"版本号从 1 到 {found.version}")
    return Version.model_validate(row)


def versions(connection: Connection, found: Submission) -> Sequence[Version]:
    """Return all versions, oldest first."""
    rows = connection.execute(
        select(VersionRow.__table__)
        .where(VersionRow.submission_id == found.id)
        .order_by(VersionRow.number)
    )
    return [Version.model_validate(row) for row in rows]


def filing_unit(connection: Connection, actor: Actor, record: SelfEvaluation) -> str:
    """Return who a submission belongs to where the caller does not say.

    A person files for their own organisation. A system files for many: for the unit that the
    record names, as the tree has it, else for its own.
    """
    own = str(actor.organisation_id)
    if actor.account_id is not None:
        return own
    there = {item.name: item.id for item in organisations(connection, actor) if item.kind in FILING}
    for name in (record.implementing_unit, record.department):
        if name and name.strip() in there:
            return there[name.strip()]
    if own not in there.values():
        raise InputError(
            "没有写明填报单位",
            hint="请给出 organisation_id，或在记录中写明单位名称（implementing_unit 或"
            " agency_name），与系统中的单位名称一致",
        )
    return own


def create(
    scribe: Scribe, organisation_id: str, kind: SubmissionKind, record: SelfEvaluation, note: str
) -> Submission:
    """Begin a submission with its first version; `record.id` is kept as the caller's number."""
    scribe.actor.require(Action.WRITE)
    place = organisation(scribe.connection, scribe.actor, organisation_id)
    if place.kind not in FILING:
        raise InputError(f"{place.kind.label}不填报项目", hint="请给出主管部门或预算单位的编号")
    content = _content(record)
    _refuse_double(scribe.connection, organisation_id, kind, record)
    moment = scribe.now()
    made = Submission(
        id=scribe.new_id(),
        organisation_id=organisation_id,
        kind=kind,
        external_id=record.id,
        author_status=AuthorStatus.DRAFT,
        review_status=ReviewStatus.NONE,
        version=1,
        submitted_version=None,
        assigned=(),
        due=None,
        risk=None,
        opinion=None,
        revision=1,
        created_at=moment,
        updated_at=moment,
        **_facts_of(content),
    )
    scribe.connection.execute(
        insert(SubmissionRow), {**made.model_dump(), "assigned": list(made.assigned)}
    )
    _add_version(scribe, made, content, note)
    _note(scribe, "submission.create", None, made, place.id)
    return made


def save(
    scribe: Scribe, id_: str, record: SelfEvaluation, note: str, revision: int | None
) -> Submission:
    """Add a version; `revision` is that of the caller's copy, None to save whatever it was."""
    scribe.actor.require(Action.WRITE)
    before = locked(scribe, id_, revision)
    if record.id is None:
        record = record.model_copy(update={"id": before.external_id})
    elif before.external_id is not None and record.id != before.external_id:
        raise InputError(
            f"记录的编号“{record.id}”与项目的编号“{before.external_id}”不符",
            hint="请检查是否发送到了别的项目；不写编号则沿用原来的",
        )
    if before.author_status is AuthorStatus.SUBMITTED:
        raise ConflictError("项目已提交，不能修改", hint="请先撤回，或等待退回修改")
    content = _content(record)
    if content == version(scribe.connection, before).record:
        return before
    after = changed(
        scribe,
        before,
        "submission.save",
        version=before.version + 1,
        **_facts_of(content),
    )
    _add_version(scribe, after, content, note)
    return after


def submit(scribe: Scribe, id_: str, revision: int | None) -> Submission:
    """Hand the newest version in for review."""
    scribe.actor.require(Action.WRITE)
    before = locked(scribe, id_, revision)
    if before.author_status is AuthorStatus.SUBMITTED:
        raise ConflictError("项目已提交", hint="无须重复提交")
    if before.review_status is ReviewStatus.RETURNED and before.version == before.submitted_version:
        raise ConflictError("退回后尚未修改", hint="请按审核意见修改后再提交")
    return changed(
        scribe,
        before,
        "submission.submit",
        author_status=AuthorStatus.SUBMITTED,
        review_status=ReviewStatus.WAITING,
        submitted_version=before.version,
    )


def withdraw(scribe: Scribe, id_: str, revision: int | None) -> Submission:
    """Take a submission back before anybody has judged it."""
    scribe.actor.require(Action.WRITE)
    before = locked(scribe, id_, revision)
    if before.review_status is not ReviewStatus.WAITING:
        raise ConflictError("审核已开始或已结束，不能撤回", hint="请联系审核人员")
    return changed(
        scribe,
        before,
        "submission.withdraw",
        author_status=AuthorStatus.DRAFT,
        review_status=ReviewStatus.NONE,
        submitted_version=None,
    )


def locked(scribe: Scribe, id_: str, revision: int | None) -> Submission:
    """Return a submission that the actor may write or decide on, if the caller's copy is new."""
    found = submission(scribe.connection, scribe.actor, id_)
    if revision is not None and revision != found.revision:
        raise StaleError("项目已被他人更新", hint="请重新读取后再办理")
    return found


def changed(scribe: Scribe, before: Submission, action: str, **changes: Any) -> Submission:
    """Change a submission and say so in the audit log."""
    after = before.model_copy(
        update={**changes, "revision": before.revision + 1, "updated_at": scribe.now()}
    )
    values = after.model_dump(include={*changes, "revision", "updated_at"})
    if "assigned" in values:
        values["assigned"] = list(values["assigned"])
    scribe.connection.execute(
        update(SubmissionRow).where(SubmissionRow.id == before.id).values(**values)
    )
    _note(scribe, action, before, after, before.organisation_id)
    return after


def _content(record: SelfEvaluation) -> dict[str, Any]:
    """Return a record as stored: without personal data and places in the caller's file."""
    fields: dict[str, Any] = storable(record.model_dump(mode="json", exclude_defaults=True))
    for row in fields.get("indicators", []):
        row.pop("location", None)
    if not fields.get("project_name", "").strip():
        raise InputError("没有项目名称", hint="请填写 project_name")
    return fields


def _facts_of(content: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "project_name": content["project_name"],
        "department": content.get("department"),
        "fiscal_year": content.get("year"),
        "function_code": content.get("function_code"),
        "budget_wan": content.get("budget_wan"),
    }


def _refuse_double(
    connection: Connection, organisation_id: str, kind: SubmissionKind, record: SelfEvaluation
) -> None:
    """Refuse a second submission under the caller's own number."""
    if record.id is None:
        return
    there = connection.execute(
        select(SubmissionRow.id).where(
            SubmissionRow.organisation_id == organisation_id,
            SubmissionRow.kind == kind,
            SubmissionRow.external_id == record.id,
        )
    ).scalar()
    if there is not None:
        raise ConflictError(
            f"编号为“{record.id}”的项目已存在（{there}）", hint="请改为保存该项目的新版本"
        )


def _add_version(scribe: Scribe, found: Submission, content: dict[str, Any], note: str) -> None:
    scribe.connection.execute(
        insert(VersionRow),
        {
            "submission_id": found.id,
            "number": found.version,
            "record": content,
            "note": storable(note),
            "created_by": scribe.actor.id,
            "created_at": found.updated_at,
        },
    )


def _note(
    scribe: Scribe, action: str, before: Submission | None, after: Submission, owner: str
) -> None:
    """Tell only what differs; the versions themselves are kept whole elsewhere."""
    new = after.model_dump(mode="json", exclude={"id", "created_at", "updated_at"})
    old = None if before is None else before.model_dump(mode="json")
    names = [name for name in new if old is None or old[name] != new[name]]
    scribe.note(
        action,
        f"submission:{after.id}",
        before=None if old is None else {name: old[name] for name in names},
        after={name: new[name] for name in names},
        organisation_id=owner,
    )

"""Verdicts of reviewers: on findings and on submissions, alone, together and in bulk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, insert, select

from corpus.errors import InputError
from corpus.store.preparing import storable
from corpus.workflow.actors import Action, Actor
from corpus.workflow.audit import Scribe
from corpus.workflow.errors import ConflictError, ForbiddenError, NotFoundError
from corpus.workflow.findings import keyed_findings
from corpus.workflow.moments import Moment
from corpus.workflow.reviewers import check_reviewers
from corpus.workflow.reviews import newest_review
from corpus.workflow.status import (
    AuthorStatus,
    FindingVerdict,
    ReviewStatus,
    Verdict,
    outcome,
)
from corpus.workflow.submissions import Submission, changed, locked
from corpus.workflow.tables import FindingVerdictRow, VerdictRow


class GivenVerdict(BaseModel):
    """One reviewer's verdict on a version."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    id: str
    version: int
    verdict: Verdict
    reason: str
    account_id: str
    settles: bool
    created_at: Moment


class GivenFindingVerdict(BaseModel):
    """One reviewer's verdict on a finding."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    id: str
    version: int
    finding: str
    verdict: FindingVerdict
    reason: str
    wording: str | None
    account_id: str
    settles: bool
    created_at: Moment


@dataclass(frozen=True)
class Standing:
    """What reviewers have made of a finding so far."""

    verdict: FindingVerdict | None
    """None while nobody has spoken, or while they differ."""
    disputed: bool = False
    reason: str = ""
    wording: str | None = None


def judge(
    scribe: Scribe, id_: str, verdict: Verdict, reason: str, revision: int | None = None
) -> Submission:
    """Give a verdict on the submitted version; see `status.outcome` for what follows from it."""
    before = _under_review(scribe, id_, revision)
    reason = storable(reason.strip())
    if verdict is not Verdict.PASS and not reason:
        raise InputError(f"{verdict.label}须写明理由", hint="请填写 reason")
    lead = scribe.actor.may(Action.LEAD)
    settles = lead and before.review_status is ReviewStatus.DISPUTED
    given = GivenVerdict(
        id=scribe.new_id(),
        version=before.submitted_version or before.version,
        verdict=verdict,
        reason=reason,
        account_id=_account(scribe),
        settles=settles or (lead and bool(before.assigned) and _outsider(scribe, before)),
        created_at=scribe.now(),
    )
    scribe.connection.execute(insert(VerdictRow), {**given.model_dump(), "submission_id": id_})
    status = _standing(scribe.connection, before)
    author = before.author_status
    if status is ReviewStatus.RETURNED:
        author = AuthorStatus.REVISING
    scribe.note(
        "submission.verdict",
        f"submission:{id_}",
        after=given.model_dump(mode="json", exclude={"account_id", "created_at"}),
        organisation_id=before.organisation_id,
    )
    return changed(scribe, before, "submission.status", review_status=status, author_status=author)


def judge_finding(
    scribe: Scribe,
    id_: str,
    finding: str,
    verdict: FindingVerdict,
    reason: str = "",
    wording: str | None = None,
) -> GivenFindingVerdict:
    """Confirm a finding, in other words if so wished, or dismiss it with a reason."""
    before = _under_review(scribe, id_, None)
    number = before.submitted_version or before.version
    review = newest_review(scribe.connection, before, number)
    if review is None or finding not in keyed_findings(review.result):
        raise NotFoundError("没有这条意见", hint="请重新读取审核结果")
    reason = storable(reason.strip())
    if verdict is FindingVerdict.DISMISSED and not reason:
        raise InputError("不采纳意见须写明理由", hint="请填写 reason")
    given = GivenFindingVerdict(
        id=scribe.new_id(),
        version=number,
        finding=finding,
        verdict=verdict,
        reason=reason,
        wording=storable(wording.strip()) if wording and wording.strip() else None,
        account_id=_account(scribe),
        settles=scribe.actor.may(Action.LEAD),
        created_at=scribe.now(),
    )
    scribe.connection.execute(
        insert(FindingVerdictRow), {**given.model_dump(), "submission_id": id_}
    )
    scribe.note(
        "finding.verdict",
        f"submission:{id_}",
        after=given.model_dump(mode="json", exclude={"account_id", "created_at"}),
        organisation_id=before.organisation_id,
    )
    if before.review_status is ReviewStatus.WAITING:
        changed(scribe, before, "submission.status", review_status=ReviewStatus.REVIEWING)
    return given


def assign(
    scribe: Scribe, id_: str, account_ids: Iterable[str], due: str | None, revision: int | None
) -> Submission:
    """Say whose verdicts are awaited, and until when."""
    scribe.actor.require(Action.LEAD)
    before = locked(scribe, id_, revision)
    _require_other_organisation(scribe.actor, before)
    wanted = tuple(dict.fromkeys(account_ids))
    check_reviewers(scribe.connection, before, wanted)
    return changed(scribe, before, "submission.assign", assigned=wanted, due=due)


def verdicts(connection: Connection, found: Submission) -> Sequence[GivenVerdict]:
    """Return all verdicts on all versions, oldest first."""
    rows = connection.execute(
        select(VerdictRow.__table__)
        .where(VerdictRow.submission_id == found.id)
        .order_by(VerdictRow.id)
    )
    return [GivenVerdict.model_validate(row) for row in rows]


def finding_verdicts(connection: Connection, found: Submission) -> Sequence[GivenFindingVerdict]:
    """Return all verdicts on findings of all versions, oldest first."""
    rows = connection.execute(
        select(FindingVerdictRow.__table__)
        .where(FindingVerdictRow.submission_id == found.id)
        .order_by(FindingVerdictRow.id)
    )
    return [GivenFindingVerdict.model_validate(row) for row in rows]


def standings(given: Iterable[GivenFindingVerdict], number: int) -> dict[str, Standing]:
    """Return what has been made of each finding of a version.

    Of one reviewer the newest word counts; the newest settling word stands over all.
    """
    by_finding: dict[str, dict[str, GivenFindingVerdict]] = {}
    settled: dict[str, GivenFindingVerdict] = {}
    for item in given:
        if item.version != number:
            continue
        by_finding.setdefault(item.finding, {})[item.account_id] = item
        if item.settles:
            settled[item.finding] = item
    return {
        finding: _of_finding(list(words.values()), settled.get(finding))
        for finding, words in by_finding.items()
    }


def feedback(connection: Connection, found: Submission) -> list[dict[str, Any]]:
    """Return the findings that go to the unit: all but those dismissed, in reviewers' words."""
    if found.submitted_version is None:
        return []
    review = newest_review(connection, found, found.submitted_version)
    if review is None:
        return []
    stand = standings(finding_verdicts(connection, found), found.submitted_version)
    told = []
    for key, finding in keyed_findings(review.result).items():
        standing = stand.get(key, Standing(None))
        if standing.verdict is not FindingVerdict.DISMISSED:
            told.append(_worded(key, finding, standing))
    return told


def _worded(key: str, finding: Mapping[str, Any], standing: Standing) -> dict[str, Any]:
    return {"key": key, **finding, "message": standing.wording or finding["message"]}


def _of_finding(
    words: Sequence[GivenFindingVerdict], settled: GivenFindingVerdict | None
) -> Standing:
    if settled is None and len({item.verdict for item in words}) > 1:
        return Standing(None, disputed=True)
    item = settled or words[-1]
    return Standing(item.verdict, reason=item.reason, wording=item.wording)


def _under_review(scribe: Scribe, id_: str, revision: int | None) -> Submission:
    scribe.actor.require(Action.DECIDE)
    before = locked(scribe, id_, revision)
    _require_other_organisation(scribe.actor, before)
    if not before.review_status.open:
        raise ConflictError(
            f"项目目前为“{before.review_status.label}”，不能审核", hint="只有已送审的项目可以审核"
        )
    if before.assigned and _outsider(scribe, before) and not scribe.actor.may(Action.LEAD):
        raise ForbiddenError("项目已分派给其他审核人员", hint="请联系审核负责人")
    return before


def _require_other_organisation(actor: Actor, found: Submission) -> None:
    """Refuse to let anyone decide on what their own organisation submitted."""
    if actor.organisation_id == found.organisation_id:
        raise ForbiddenError("不能审核本单位提交的项目", hint="请由上级单位审核")


def _standing(connection: Connection, found: Submission) -> ReviewStatus:
    newest: dict[str, Verdict] = {}
    settled = None
    for item in verdicts(connection, found):
        if item.version == found.submitted_version:
            newest[item.account_id] = item.verdict
            if item.settles:
                settled = item.verdict
    return outcome(newest, found.assigned, settled)


def _account(scribe: Scribe) -> str:
    if scribe.actor.account_id is None:
        raise ForbiddenError("审核须由个人账号办理", hint="请登录后办理")
    return scribe.actor.account_id


def _outsider(scribe: Scribe, found: Submission) -> bool:
    return scribe.actor.account_id not in found.assigned

"""One submission on a reviewer's desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from api.web.desks.form import Form, form_of
from api.web.desks.remarks import Progress, Remark, progress, remarks
from corpus.workflow import organisations, submissions, verdicts
from corpus.workflow.actors import Action, Actor
from corpus.workflow.reviewers import Reviewer, fit_reviewers
from corpus.workflow.reviews import newest_review
from corpus.workflow.submissions import Submission, Version
from corpus.workflow.trail import names_of
from corpus.workflow.verdicts import GivenVerdict


@dataclass(frozen=True)
class Spoken:
    """A verdict with who gave it."""

    who: str
    given: GivenVerdict


@dataclass(frozen=True)
class Case:
    """Everything that the page of a submission shows at once."""

    item: Submission
    organisation: str
    version: Version
    """The one under review."""
    result: Mapping[str, Any] | None
    """What the program found in it."""
    form: Form
    remarks: tuple[Remark, ...]
    verdicts: tuple[Spoken, ...]
    """On this version, oldest first."""
    reviewers: tuple[str, ...]
    """Those whose verdicts are awaited."""
    candidates: Sequence[Reviewer]
    """Those who could be asked; only a lead is told."""
    refusal: str
    """Why the reader cannot judge it; empty where they can."""
    settles: bool
    """Whether the reader's verdict is the final word over differing ones."""

    @property
    def progress(self) -> Progress:
        """Return how many findings have been judged."""
        return progress(self.remarks)

    @property
    def may_decide(self) -> bool:
        """Tell whether the reader can judge it."""
        return not self.refusal


def case(connection: Connection, actor: Actor, id_: str) -> Case:
    """Gather what is known of a submission that the actor sees."""
    item = submissions.submission(connection, actor, id_)
    number = item.submitted_version or item.version
    version = submissions.version(connection, item, number)
    kept = newest_review(connection, item, number)
    given = verdicts.finding_verdicts(connection, item)
    spoken = [word for word in verdicts.verdicts(connection, item) if word.version == number]
    accounts = {*item.assigned, *(word.account_id for word in given)}
    accounts |= {word.account_id for word in spoken}
    names = names_of(connection, {f"account:{id_}" for id_ in accounts})
    found = remarks(kept.result, given, number, names, actor.account_id) if kept else ()
    lead = actor.may(Action.LEAD)
    return Case(
        item=item,
        organisation=organisations.organisation(connection, actor, item.organisation_id).name,
        version=version,
        result=kept.result if kept else None,
        form=form_of(version.record, found, kept.result.get("scoring") if kept else None),
        remarks=found,
        verdicts=tuple(Spoken(names.get(f"account:{w.account_id}", ""), w) for w in spoken),
        reviewers=tuple(names.get(f"account:{id_}", "") for id_ in item.assigned),
        candidates=fit_reviewers(connection, item) if lead and item.review_status.open else (),
        refusal=_refusal(actor, item),
        settles=lead and item.review_status.value == "disputed",
    )


def _refusal(actor: Actor, item: Submission) -> str:
    """Return why an actor cannot judge a submission, as `verdicts.judge` would refuse."""
    if not item.review_status.open:
        return f"项目目前为“{item.review_status.label}”，不能审核。"
    if not actor.may(Action.DECIDE):
        return "当前账号只能查看。"
    if actor.organisation_id == item.organisation_id:
        return "不能审核本单位提交的项目。"
    assigned = item.assigned and actor.account_id not in item.assigned
    if assigned and not actor.may(Action.LEAD):
        return "项目已分派给其他审核人员。"
    return ""

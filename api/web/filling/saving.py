"""Keeping a form: a version of its submission, with its review and what it tells of suggestions."""

from __future__ import annotations

from api.http.access import Desk
from api.http.reviewing import keep_if_new, review_of
from api.web.filling.deciding import decisions_of
from api.web.filling.posted import Posted
from api.web.filling.weighing import weighing_of
from corpus.errors import InputError
from corpus.records import SelfEvaluation
from corpus.workflow import submissions
from corpus.workflow.actors import Action
from corpus.workflow.submissions import Submission


def settled(desk: Desk, posted: Posted) -> SelfEvaluation:
    """Return the record with all weights; raises `InputError` where the form cannot be read."""
    posted.sound()
    return posted.weighed(weighing_of(desk.workspace, posted).shared_out)


def keep(desk: Desk, posted: Posted, note: str = "") -> Submission:
    """Save the form as a new version, or begin its submission.

    A form that says what is stored already makes no new version. Raises `StaleError` where
    somebody else has saved since.
    """
    desk.actor.require(Action.WRITE)
    if desk.actor.organisation_id is None:
        raise InputError("当前账号不属于任何单位，不能保存", hint="请用填报账号登录")
    record = settled(desk, posted)
    result = review_of(desk.workspace, posted.kind, record.model_dump())
    with desk.writing() as scribe:
        if posted.submission is None:
            owner = desk.actor.organisation_id
            saved = submissions.create(scribe, owner, posted.kind, record, note)
        else:
            saved = submissions.save(scribe, posted.submission, record, note, posted.revision)
        keep_if_new(scribe, saved, result)
        saved = submissions.submission(scribe.connection, desk.actor, saved.id)
    decided = decisions_of(posted)
    if decided is not None:
        desk.workspace.store.add_decisions([decided])
    return saved

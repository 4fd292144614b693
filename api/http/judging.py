"""Verdicts given, alone and in bulk, and told to other systems."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from fastapi import Request

from api.announcing import announce_status
from api.http.access import Desk
from corpus.errors import JixiaoError
from corpus.workflow import verdicts
from corpus.workflow.audit import Scribe
from corpus.workflow.status import Verdict
from corpus.workflow.submissions import Submission


@dataclass(frozen=True)
class Outcome:
    """What came of one of many."""

    id: str
    submission: Submission | None = None
    error: dict[str, Any] | None = None


def judge(
    scribe: Scribe, id_: str, verdict: Verdict, reason: str, revision: int | None = None
) -> Submission:
    """Give a verdict and tell other systems how the submission stands now."""
    after = verdicts.judge(scribe, id_, verdict, reason, revision)
    announce_status(scribe, after)
    return after


def each(
    found: Desk, request: Request, ids: Iterable[str], work: Callable[[Scribe, str], Submission]
) -> list[Outcome]:
    """Do a thing to many submissions, each by itself: what fails keeps no other from succeeding."""
    outcomes = []
    for id_ in dict.fromkeys(ids):
        try:
            with found.writing() as scribe:
                outcomes.append(Outcome(id_, work(scribe, id_)))
        except JixiaoError as error:
            outcomes.append(Outcome(id_, error=error.to_dict()))
    request.app.state.jobs.wake_deliverer()
    return outcomes

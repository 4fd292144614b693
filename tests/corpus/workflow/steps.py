"""The steps of a submission as one-line calls, and the small records that they handle."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from corpus.records import SelfEvaluation
from corpus.store import Store
from corpus.workflow import sign_in, submissions, verdicts
from corpus.workflow.actors import SYSTEM, Actor
from corpus.workflow.audit import Scribe, Seal
from corpus.workflow.findings import keyed_findings
from corpus.workflow.organisations import Organisation
from corpus.workflow.passwords import prove
from corpus.workflow.reviews import keep_review, newest_review
from corpus.workflow.sign_in import SignedIn
from corpus.workflow.status import FindingVerdict, SubmissionKind, Verdict
from corpus.workflow.submissions import Submission

Review = dict[str, Any]
Writing = Callable[..., AbstractContextManager[Scribe]]


@dataclass(frozen=True)
class Region:
    """A small region: a bureau, two divisions, a department and a unit below each."""

    bureau: Organisation
    divisions: tuple[Organisation, Organisation]
    departments: tuple[Organisation, Organisation]
    units: tuple[Organisation, Organisation]


def signed_in(store: Store, seal: Seal, login: str, password: str) -> SignedIn | None:
    """Sign in as the service does: the password is compared before the writers' turn."""
    with store.reading() as connection:
        kept = sign_in.kept_password(connection, login)
    proof = prove(password, kept)
    with store.writing() as connection:
        return sign_in.sign_in(connection, login, proof, seal)


def make_report(
    name: str = "农村公路养护", target: str = "≥100公里", **fields: Any
) -> SelfEvaluation:
    """A short declaration."""
    row = {"level1": "产出指标", "level2": "数量指标", "name": "养护里程", "target": target}
    return SelfEvaluation.model_validate({"project_name": name, "indicators": [row], **fields})


def make_review(*codes: str, risk: float = 0.5, labels: tuple[str, ...] = ("easy",)) -> Review:
    """A review in the shape of contract.md, as far as the workflow reads it."""
    return {
        "risk": risk,
        "opinion": "revise" if codes else "pass",
        "rows": [{"fingerprint": "f0", "labels": list(labels)}],
        "findings": [
            {"code": code, "severity": "error", "row": 0, "field": "target", "message": f"{code}。"}
            for code in codes
        ],
    }


@dataclass(frozen=True)
class Steps:
    """What people do with submissions, each step in a transaction of its own.

    `**fields` are those of `make_report`; an author writes for the own organisation.
    """

    writing: Writing
    moment: datetime | None = None
    """When it happens: now, unless told otherwise by `at`."""
    ticks: Iterator[int] = field(default_factory=count)
    """Milliseconds that make each moment at the same time a later one."""

    def at(self, moment: datetime) -> Steps:
        """The same steps at another time."""
        return replace(self, moment=moment)

    @contextmanager
    def acting(self, actor: Actor = SYSTEM) -> Iterator[Scribe]:
        """Opens a transaction in which somebody acts."""
        with self.writing(actor) as scribe:
            if self.moment is None:
                yield scribe
            else:
                begin = self.moment
                yield replace(
                    scribe, clock=lambda: begin + timedelta(milliseconds=next(self.ticks))
                )

    def draft(
        self,
        author: Actor,
        *,
        kind: SubmissionKind = SubmissionKind.DECLARATION,
        note: str = "",
        review: Review | None = None,
        **fields: Any,
    ) -> Submission:
        """Begin a submission, which the program reviews if a review is given."""
        with self.acting(author) as scribe:
            report = make_report(**fields)
            made = submissions.create(scribe, str(author.organisation_id), kind, report, note)
            if review is not None:
                keep_review(scribe, made.id, made.version, review)
        return made

    def save(
        self,
        author: Actor,
        made: Submission,
        *,
        revision: int | None = None,
        note: str = "",
        review: Review | None = None,
        **fields: Any,
    ) -> Submission:
        """Save another version, which the program reviews if a review is given."""
        with self.acting(author) as scribe:
            saved = submissions.save(scribe, made.id, make_report(**fields), note, revision)
            if review is not None:
                keep_review(scribe, made.id, saved.version, review)
        return saved

    def submit(self, author: Actor, made: Submission) -> Submission:
        with self.acting(author) as scribe:
            return submissions.submit(scribe, made.id, None)

    def withdraw(self, author: Actor, made: Submission) -> Submission:
        with self.acting(author) as scribe:
            return submissions.withdraw(scribe, made.id, None)

    def hand_in(self, author: Actor, review: Review | None = None, **draft: Any) -> Submission:
        """A submission that waits for review, with two findings unless told otherwise."""
        made = self.draft(author, review=review or make_review("EZ01", "MS01"), **draft)
        return self.submit(author, made)

    def judge(
        self, actor: Actor, made: Submission, verdict: Verdict, reason: str = "不具体"
    ) -> Submission:
        with self.acting(actor) as scribe:
            return verdicts.judge(scribe, made.id, verdict, reason)

    def assign(
        self, lead: Actor, made: Submission, *reviewers: Actor, due: str | None = None
    ) -> Submission:
        asked = [str(reviewer.account_id) for reviewer in reviewers]
        with self.acting(lead) as scribe:
            return verdicts.assign(scribe, made.id, asked, due, None)

    def judge_finding(
        self, actor: Actor, made: Submission, key: str, verdict: FindingVerdict, **words: str
    ) -> None:
        """Give a verdict on a finding; `words` are its `reason` and `wording`."""
        with self.acting(actor) as scribe:
            verdicts.judge_finding(scribe, made.id, key, verdict, **words)

    def keys(self, made: Submission) -> list[str]:
        """Keys of the findings of the newest review."""
        with self.acting() as scribe:
            review = newest_review(scribe.connection, made)
        assert review is not None
        return list(keyed_findings(review.result))

"""Which part of a queue a reviewer wants to see, as the address of a page says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlencode

from pydantic import Field, model_validator

from api.http.forms import Form
from corpus.workflow.actors import Actor
from corpus.workflow.listing import Filter, Order
from corpus.workflow.status import ReviewStatus, SubmissionKind

State = Literal[
    "open",
    "mine",
    "overdue",
    "unassigned",
    "waiting",
    "reviewing",
    "disputed",
    "returned",
    "passed",
    "rejected",
    "all",
]
_FLAGS: dict[str, dict[str, bool]] = {
    "open": {"open": True},
    "mine": {"open": True},
    "overdue": {"overdue": True},
    "unassigned": {"open": True, "unassigned": True},
}


@dataclass(frozen=True)
class Queue:
    """One of the two desks."""

    kind: SubmissionKind
    path: str
    section: str
    title: str
    order: Order
    """What it is sorted by unless asked otherwise."""


DESK = Queue(SubmissionKind.DECLARATION, "/desk", "desk", "审核工作台", "risk")
RECHECK = Queue(SubmissionKind.EVALUATION, "/recheck", "recheck", "自评复核", "triage")


def queue_of(kind: SubmissionKind) -> Queue:
    """Return the desk where a kind of submission is judged."""
    return RECHECK if kind is SubmissionKind.EVALUATION else DESK


class Asked(Form):
    """Filters, order and page; the address holds only what differs from the usual."""

    state: State = "open"
    department: str | None = None
    organisation_id: str | None = Field(default=None, max_length=26)
    fiscal_year: int | None = Field(default=None, ge=1949, le=2199)
    function_code: str | None = Field(default=None, max_length=3)
    finding: str | None = Field(default=None, max_length=8)
    tier: str | None = Field(default=None, max_length=8)
    budget_from: float | None = None
    budget_to: float | None = None
    text: str | None = Field(default=None, max_length=200)
    order: Order | None = None
    page: int = Field(default=1, ge=1, le=10_000)
    limit: Literal[20, 50, 100, 200] = 50
    done: str | None = Field(default=None, pattern=r"^[0-9A-Z]{26}$")
    """What has just been decided, to be said at the top."""

    @model_validator(mode="before")
    @classmethod
    def _without_blanks(cls, given: Any) -> Any:
        """Take an empty field of a form for one that was not filled in."""
        if not isinstance(given, dict):
            return given
        kept = {name: value for name, value in given.items() if value not in ("", [""], None)}
        if isinstance(kept.get("limit"), str) and kept["limit"].isdigit():
            kept["limit"] = int(kept["limit"])
        return kept

    def filter(self, kind: SubmissionKind, actor: Actor, *, any_state: bool = False) -> Filter:
        """Return what is asked for; `any_state` leaves open where the review stands."""
        fields = {
            name: getattr(self, name)
            for name in Filter.__dataclass_fields__
            if name in Asked.model_fields
        }
        if not any_state:
            fields |= _FLAGS.get(self.state, {})
            if self.state in set(ReviewStatus):
                fields["review_status"] = ReviewStatus(self.state)
            if self.state == "mine":
                fields["assigned_to"] = actor.account_id or ""
        return Filter(kind=kind, sent=True, **fields)

    def query(self, **changes: Any) -> str:
        """Return the part of an address behind the path, with its question mark."""
        fields = {**self.model_dump(exclude_defaults=True, exclude={"done"}), **changes}
        kept = {name: value for name, value in fields.items() if value not in (None, "")}
        if kept.get("page") == 1:
            del kept["page"]
        return f"?{urlencode(kept)}" if kept else ""

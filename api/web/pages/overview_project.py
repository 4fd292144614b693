"""One project as the bureau sees it: what was declared, what was found, what was decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from fastapi import APIRouter, Request, Response

from api.http.access import Desk, allowed
from api.web.rendering import Page, render
from corpus.workflow import organisations, submissions, trail, verdicts
from corpus.workflow.actors import Action
from corpus.workflow.reviews import newest_review
from corpus.workflow.status import SubmissionKind
from corpus.workflow.submissions import Submission
from corpus.workflow.verdicts import GivenVerdict

router = APIRouter(prefix="/overview/projects")
Caller = Annotated[Desk, allowed(Action.STATISTICS)]


@dataclass(frozen=True)
class Row:
    """An indicator as declared, with the rules that speak of it."""

    level1: str
    level2: str
    name: str
    target: str
    weight: float | None
    actual: str | None
    score: float | None
    codes: tuple[str, ...]


@dataclass(frozen=True)
class ProjectPage(Page):
    """A project, to be read."""

    template: ClassVar[str] = "overview/project.html"
    title: ClassVar[str] = "项目"
    section: ClassVar[str] = "overview"
    found: Submission
    organisation: str
    goal: str
    evaluation: bool
    rows: Sequence[Row]
    findings: Sequence[Mapping[str, Any]]
    verdicts: Sequence[tuple[GivenVerdict, str]]
    at_desk: bool
    """Whether the visitor may open it at the reviewers' desk."""
    desk_link: str


@router.get("/{id_}")
def project(request: Request, id_: str, found: Caller) -> Response:
    """Show the version under review, or the newest draft."""
    with found.reading() as connection:
        item = submissions.submission(connection, found.actor, id_)
        owner = organisations.organisation(connection, found.actor, item.organisation_id).name
        number = item.submitted_version or item.version
        record = submissions.version(connection, item, number).record
        review = newest_review(connection, item, number)
        given = verdicts.verdicts(connection, item)
        names = trail.names_of(connection, {f"account:{each.account_id}" for each in given})
    result = review.result if review else {"findings": []}
    evaluation = item.kind is SubmissionKind.EVALUATION
    desk = "/recheck" if evaluation else "/desk"
    page = ProjectPage(
        item,
        owner,
        str(record.get("goal") or ""),
        evaluation,
        _rows(record, result["findings"]),
        result["findings"],
        [(each, names.get(f"account:{each.account_id}", "")) for each in given],
        found.actor.may(Action.DECIDE) and item.review_status.open,
        f"{desk}/{item.id}",
    )
    return render(request, page)


def _rows(record: Mapping[str, Any], findings: Sequence[Mapping[str, Any]]) -> list[Row]:
    codes: dict[int, list[str]] = defaultdict(list)
    for finding in findings:
        if finding["row"] is not None and finding["code"] not in codes[finding["row"]]:
            codes[finding["row"]].append(finding["code"])
    return [
        Row(
            str(row.get("level1") or ""),
            str(row.get("level2") or ""),
            str(row.get("name") or ""),
            str(row.get("target") or ""),
            row.get("weight"),
            row.get("actual"),
            row.get("score"),
            tuple(codes[place]),
        )
        for place, row in enumerate(record.get("indicators") or ())
    ]

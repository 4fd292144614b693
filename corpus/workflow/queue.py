"""The queue of a reviewer: what waits, why it matters, and what comes before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Text, case, cast, func, select

from corpus.workflow.actors import Action, Actor
from corpus.workflow.listing import SORTED, Filter, Order, beyond, filtered, overdue
from corpus.workflow.status import ReviewStatus, SubmissionKind
from corpus.workflow.submissions import Submission
from corpus.workflow.tables import (
    OrganisationRow,
    ReviewFindingRow,
    ReviewRow,
    SubmissionRow,
)
from corpus.workflow.trail import names_of

_SEVERITIES = ("error", "warning", "info")


@dataclass(frozen=True)
class Waiting:
    """One submission of a queue, with what a reviewer looks at first."""

    submission: Submission
    organisation: str
    reviewers: tuple[str, ...]
    """Organisation and post of those whose verdicts are awaited."""
    overdue: bool
    risk_parts: Mapping[str, float] = field(default_factory=dict)
    """What the risk is made of; for a self-evaluation, what its place in the triage is made of."""
    reasons: tuple[str, ...] = ()
    """What weighs most in a self-evaluation."""
    scores: tuple[float | None, float | None] = (None, None)
    """Points that the unit gave itself, and counted again."""
    findings: Mapping[str, int] = field(default_factory=dict)
    """How many findings of each severity."""
    codes: tuple[tuple[str, str], ...] = ()
    """Rules that spoke with their severity, the severest first."""


@dataclass(frozen=True)
class Counts:
    """How many submissions a filter leaves, but for where their review stands."""

    total: int
    by_status: Mapping[ReviewStatus, int]
    mine: int
    """Open ones that are assigned to the actor."""
    overdue: int
    unassigned: int
    """Open ones that nobody in particular is to judge."""

    @property
    def open(self) -> int:
        """Return how many await a verdict."""
        return sum(number for status, number in self.by_status.items() if status.open)


@dataclass(frozen=True)
class Place:
    """Where a submission stands in a queue."""

    position: int
    """From 1."""
    total: int
    previous: str | None
    next: str | None


@dataclass(frozen=True)
class Choices:
    """What a queue can be filtered by."""

    departments: tuple[str, ...]
    organisations: tuple[tuple[str, str], ...]
    """Id and name of those that handed something in."""
    years: tuple[int, ...]
    codes: tuple[str, ...]


def queue(
    connection: Connection, actor: Actor, wanted: Filter, order: Order, limit: int, offset: int = 0
) -> Sequence[Waiting]:
    """Return part of a queue, highest first."""
    actor.require(Action.READ)
    columns = (SubmissionRow.__table__, OrganisationRow.name, overdue().label("overdue"))
    query = filtered(select(*columns).select_from(SubmissionRow), actor, wanted)
    rows = connection.execute(_sorted(query, order).limit(limit).offset(offset)).all()
    items = [Submission.model_validate(row) for row in rows]
    ids = [item.id for item in items]
    reviews, findings = _reviews(connection, ids), _findings(connection, ids)
    names = names_of(connection, {f"account:{id_}" for item in items for id_ in item.assigned})
    return [
        Waiting(
            item,
            row.name,
            tuple(names.get(f"account:{id_}", "") for id_ in item.assigned),
            bool(row.overdue),
            **reviews.get(item.id, {}),
            **findings.get(item.id, {}),
        )
        for item, row in zip(items, rows, strict=True)
    ]


def counts(connection: Connection, actor: Actor, wanted: Filter) -> Counts:
    """Count what a filter leaves by where the review stands, for which it should not ask."""
    mine = cast(SubmissionRow.assigned, Text).contains(f'"{actor.account_id}"', autoescape=True)
    alone = cast(SubmissionRow.assigned, Text) == "[]"
    columns = (func.count(), *map(_how_many, (mine, overdue(), alone)))
    query = filtered(select(SubmissionRow.review_status, *columns), actor, wanted)
    rows = connection.execute(query.group_by(SubmissionRow.review_status)).all()
    by_status = {ReviewStatus(row[0]): row for row in rows}
    open_ = [row for status, row in by_status.items() if status.open]
    return Counts(
        total=sum(row[1] for row in rows),
        by_status={status: row[1] for status, row in by_status.items()},
        mine=sum(row[2] for row in open_),
        overdue=sum(row[3] for row in open_),
        unassigned=sum(row[4] for row in open_),
    )


def place_of(
    connection: Connection, actor: Actor, wanted: Filter, order: Order, found: Submission
) -> Place:
    """Return where a submission stands in a queue, or would stand if it were part of it still."""
    value = SORTED.get(order)
    number = None
    if value is not None:
        number = connection.execute(select(value).where(SubmissionRow.id == found.id)).scalar_one()
    after = beyond(value, (number, found.id))
    others = SubmissionRow.id != found.id
    ids = filtered(select(SubmissionRow.id), actor, wanted).where(others)
    following = connection.execute(_sorted(ids.where(after), order).limit(1)).scalar()
    before = ids.where(~after)
    preceding = connection.execute(_sorted(before, order, backwards=True).limit(1)).scalar()
    counted = filtered(select(func.count(), _how_many(~after)), actor, wanted).where(others)
    total, earlier = connection.execute(counted).one()
    member = filtered(select(SubmissionRow.id), actor, wanted).where(SubmissionRow.id == found.id)
    own = connection.execute(member).first() is not None
    return Place(int(earlier or 0) + 1, total + own, preceding, following)


def choices(connection: Connection, actor: Actor, kind: SubmissionKind) -> Choices:
    """Return what the submissions that the actor sees can be filtered by."""
    wanted = Filter(kind=kind, sent=True)

    def distinct(column: Any) -> list[Any]:
        query = filtered(select(column).distinct(), actor, wanted)
        return [row[0] for row in connection.execute(query.where(column.is_not(None)))]

    named = select(OrganisationRow.id, OrganisationRow.name).select_from(SubmissionRow)
    owners = filtered(named.distinct(), actor, wanted)
    spoke = select(ReviewFindingRow.code).distinct()
    seen = filtered(select(SubmissionRow.id), actor, wanted)
    codes = connection.execute(spoke.where(ReviewFindingRow.submission_id.in_(seen)))
    return Choices(
        departments=tuple(sorted(distinct(SubmissionRow.department))),
        organisations=tuple(
            (row.id, row.name) for row in connection.execute(owners.order_by(OrganisationRow.name))
        ),
        years=tuple(sorted(distinct(SubmissionRow.fiscal_year), reverse=True)),
        codes=tuple(sorted(row.code for row in codes)),
    )


def _sorted(query: Select[Any], order: Order, backwards: bool = False) -> Select[Any]:
    columns = [column for column in (SORTED.get(order), SubmissionRow.id) if column is not None]
    return query.order_by(*(col.asc() if backwards else col.desc() for col in columns))


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _reviews(connection: Connection, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Return what the newest review of each submission says of its risk."""
    newest = (
        select(func.max(ReviewRow.id))
        .where(ReviewRow.submission_id.in_(ids))
        .group_by(ReviewRow.submission_id)
    )
    result = ReviewRow.result
    rows = connection.execute(
        select(
            ReviewRow.submission_id,
            result["risk_parts"].label("parts"),
            result["triage"].label("triage"),
            result[("scoring", "total_own")].label("own"),
            result[("scoring", "total_recomputed")].label("again"),
        ).where(ReviewRow.id.in_(newest))
    )
    return {
        row.submission_id: {
            "risk_parts": (row.triage or {}).get("parts") or row.parts or {},
            "reasons": tuple((row.triage or {}).get("reasons", ())),
            "scores": (row.own, row.again),
        }
        for row in rows
    }


def _findings(connection: Connection, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Count the findings on each submission, and name the rules that spoke."""
    table = ReviewFindingRow
    rows = connection.execute(
        select(table.submission_id, table.code, table.severity, table.number).where(
            table.submission_id.in_(ids)
        )
    ).all()
    found: dict[str, dict[str, Any]] = {}
    for row in sorted(rows, key=lambda row: (_SEVERITIES.index(row.severity), -row.number)):
        kept = found.setdefault(row.submission_id, {"findings": {}, "codes": ()})
        kept["findings"][row.severity] = kept["findings"].get(row.severity, 0) + row.number
        kept["codes"] += ((row.code, row.severity),)
    return found


def names(connection: Connection, actor: Actor, ids: Sequence[str]) -> dict[str, str]:
    """Return what some submissions are called, by id; those that the actor sees."""
    query = filtered(select(SubmissionRow.id, SubmissionRow.project_name), actor, Filter())
    rows = connection.execute(query.where(SubmissionRow.id.in_(ids)))
    return {row.id: row.project_name for row in rows}

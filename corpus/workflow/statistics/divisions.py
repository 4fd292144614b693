"""How well divisions review: counted openly, ranked by stated rules (济南: 审核质量排名)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Subquery,
    case,
    exists,
    func,
    select,
)
from sqlalchemy.orm import aliased

from corpus.workflow.actors import Actor
from corpus.workflow.listing import overdue
from corpus.workflow.statistics.scope import (
    Scope,
    Within,
    below,
    day_of,
    divisions,
    has_error,
    nothing_or,
    within,
)
from corpus.workflow.status import ReviewStatus
from corpus.workflow.tables import (
    AccountRow,
    FindingVerdictRow,
    OrganisationRow,
    SubmissionRow,
    VerdictRow,
)

FEWEST = 3
"""Submissions judged from which a division is ranked."""
WEIGHTS = {"sound": 30, "checked": 25, "timely": 25, "upheld": 20}
"""Points of each part; a part without any case is left out and the others count for it."""


@dataclass(frozen=True)
class Part:
    """Good cases out of all that could be counted."""

    good: int = 0
    of: int = 0

    @property
    def share(self) -> float | None:
        """Return the share, None where nothing could be counted."""
        return self.good / self.of if self.of else None


@dataclass(frozen=True)
class Quality:
    """How a division reviews."""

    division_id: str
    division: str
    judged: int = 0
    """Submissions with a verdict of the division."""
    returned: int = 0
    """Of these, sent back or refused at least once."""
    sound: Part = Part()
    """Passed without a finding that alone sends a declaration back."""
    checked: Part = Part()
    """Judged with a word on the program's findings, where there were any."""
    timely: Part = Part()
    """First judged by the deadline, of those judged after being given one or overdue unjudged."""
    upheld: Part = Part()
    """Verdicts that no lead settled otherwise."""
    rank: int | None = None

    @property
    def score(self) -> float | None:
        """Return the weighted points out of 100, None with too few submissions."""
        if self.judged < FEWEST:
            return None
        known = {name: getattr(self, name).share for name in WEIGHTS}
        weights = {name: WEIGHTS[name] for name, share in known.items() if share is not None}
        points = sum(weights[name] * (known[name] or 0.0) for name in weights)
        return 100 * points / sum(weights.values()) if weights else None


def quality(connection: Connection, actor: Actor, scope: Scope) -> Sequence[Quality]:
    """Return the divisions, the best first, then those with too few submissions."""
    seen = within(connection, actor, scope)
    found: dict[str, Quality] = {}
    for id_, name, values in (*_judged(connection, seen), *_upheld(connection, seen)):
        found[id_] = replace(found.get(id_, Quality(id_, name)), **values)
    for id_, (name, late) in _left_lying(connection, seen).items():
        before = found.get(id_, Quality(id_, name))
        timely = Part(before.timely.good, before.timely.of + late)
        found[id_] = replace(before, timely=timely)
    return _ranked(found.values())


Changes = list[tuple[str, str, dict[str, Any]]]


def _by_division() -> FromClause:
    """Return the verdicts with the division of whoever gave them."""
    division, place = divisions(), aliased(OrganisationRow)
    return (
        select(VerdictRow.__table__, division.c.id.label("division_id"), division.c.name)
        .select_from(VerdictRow)
        .join(AccountRow, AccountRow.id == VerdictRow.account_id)
        .join(place, place.id == AccountRow.organisation_id)
        .join(division, below(place.path, division))
        .subquery()
    )


def _pairs(seen: Within) -> Subquery:
    """Return each submission with each division that judged it."""
    given = _by_division()
    harsh = func.max(case((given.c.verdict != "pass", 1), else_=0))
    return (
        select(
            given.c.submission_id,
            given.c.division_id,
            given.c.name,
            harsh.label("harsh"),
            func.min(given.c.created_at).label("first_at"),
        )
        .where(seen(given.c.submission_id))
        .group_by(given.c.submission_id, given.c.division_id, given.c.name)
        .subquery()
    )


def _judged(connection: Connection, seen: Within) -> Changes:
    """Count in one walk what can be told of each submission that a division judged."""
    pair = _pairs(seen)
    passed = SubmissionRow.review_status == ReviewStatus.PASSED
    spoke = exists().where(FindingVerdictRow.submission_id == SubmissionRow.id)
    in_time = day_of(connection, pair.c.first_at) <= SubmissionRow.due
    query = (
        select(
            pair.c.division_id,
            pair.c.name,
            func.count(),
            func.sum(pair.c.harsh),
            _number(passed & ~has_error()),
            _number(passed),
            _number(nothing_or(spoke)),
            _number(SubmissionRow.due.is_not(None) & in_time),
            _number(SubmissionRow.due.is_not(None)),
        )
        .join(SubmissionRow, SubmissionRow.id == pair.c.submission_id)
        .group_by(pair.c.division_id, pair.c.name)
    )
    return [
        (
            id_,
            name,
            {
                "judged": judged,
                "returned": returned,
                "sound": Part(sound, passes),
                "checked": Part(checked, judged),
                "timely": Part(timely, timed),
            },
        )
        for id_, name, judged, returned, sound, passes, checked, timely, timed in (
            connection.execute(query)
        )
    ]


def _left_lying(connection: Connection, seen: Within) -> Mapping[str, tuple[str, int]]:
    """Return how many submissions are overdue without any verdict, by division in charge."""
    division, owner = divisions(), aliased(OrganisationRow)
    query = (
        select(division.c.id, division.c.name, func.count())
        .select_from(SubmissionRow)
        .join(owner, owner.id == SubmissionRow.organisation_id)
        .join(division, below(owner.path, division))
        .where(
            seen(SubmissionRow.id),
            overdue(),
            ~exists().where(VerdictRow.submission_id == SubmissionRow.id),
        )
        .group_by(division.c.id, division.c.name)
    )
    return {row[0]: (row[1], row[2]) for row in connection.execute(query)}


def _upheld(connection: Connection, seen: Within) -> Changes:
    given = _by_division()
    settling = aliased(VerdictRow)
    overruled = exists().where(
        settling.submission_id == given.c.submission_id,
        settling.version == given.c.version,
        settling.settles,
        settling.verdict != given.c.verdict,
    )
    query = (
        select(given.c.division_id, given.c.name, _number(~overruled), func.count())
        .where(seen(given.c.submission_id))
        .group_by(given.c.division_id, given.c.name)
    )
    return [(row[0], row[1], {"upheld": Part(row[2], row[3])}) for row in connection.execute(query)]


def _number(condition: ColumnElement[bool]) -> ColumnElement[Any]:
    return func.sum(case((condition, 1), else_=0))


def _ranked(found: Any) -> list[Quality]:
    """Give equal scores equal ranks; those without a score come last and have none."""
    ordered = sorted(found, key=lambda each: (-(each.score or -1.0), each.division))
    scores = [each.score for each in ordered if each.score is not None]
    return [
        each if each.score is None else replace(each, rank=scores.index(each.score) + 1)
        for each in ordered
    ]

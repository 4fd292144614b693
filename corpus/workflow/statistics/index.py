"""The monthly index of performance management (西藏: 绩效管理指数), by department.

Each part is a share between 0 and 1 of what departments first handed in during a month:

- measurable: targets that are not vague;
- demanding: targets that are not easy to meet;
- passed_first: decided submissions that passed in their first version;
- mended: returned submissions that were handed in again or passed.

The index is 100 times the weighted mean; a part that has no case in the month is left out and the
others count for it. Departments are ranked within the month, and graded by rank: the first 30%
优秀, the next 30% 良好, the next 30% 一般, the last 10% 较差. Source of the proportions: the
assessment rules of 西藏自治区财政厅 as reported; the parts are this program's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, exists, func, select

from corpus.workflow.actors import Actor
from corpus.workflow.statistics.scope import Scope, first_reviews, within
from corpus.workflow.status import ReviewStatus, Verdict
from corpus.workflow.tables import SubmissionRow, VerdictRow

WEIGHTS = {"measurable": 35, "demanding": 25, "passed_first": 20, "mended": 20}
FEWEST_TARGETS = 5
"""Targets in a month from which a department is ranked."""
GRADES = ((0.3, "优秀"), (0.6, "良好"), (0.9, "一般"), (1.0, "较差"))
"""Upper ends of the share of ranks, and the grade up to there."""
_ENDS = (ReviewStatus.PASSED, ReviewStatus.REJECTED)


@dataclass(frozen=True)
class Standing:
    """A department in a month."""

    department: str
    month: str
    submissions: int
    targets: int
    parts: Mapping[str, float | None]
    rank: int | None = None
    grade: str = ""
    change: float | None = None
    """Points more than the last month before in which it had an index."""

    @property
    def index(self) -> float | None:
        """Return the index, None with too few targets."""
        if self.targets < FEWEST_TARGETS:
            return None
        known = {name: share for name, share in self.parts.items() if share is not None}
        weights = sum(WEIGHTS[name] for name in known)
        return 100 * sum(WEIGHTS[name] * share for name, share in known.items()) / weights


def monthly_index(
    connection: Connection, actor: Actor, scope: Scope
) -> Mapping[str, Sequence[Standing]]:
    """Return the standings of every month, the earliest month first, the best first in each."""
    first = first_reviews(connection)
    judged = exists().where(VerdictRow.submission_id == SubmissionRow.id)
    returned = judged.where(VerdictRow.verdict == Verdict.RETURN)
    decided = SubmissionRow.review_status.in_(_ENDS)
    passed = SubmissionRow.review_status == ReviewStatus.PASSED
    department = func.coalesce(SubmissionRow.department, "").label("department")
    query = (
        select(
            department,
            first.c.month,
            func.count(),
            func.sum(first.c.rows),
            func.sum(first.c.vague),
            func.sum(first.c.easy),
            _number(decided),
            _number(and_(passed, ~returned)),
            _number(returned),
            _number(and_(returned, SubmissionRow.review_status != ReviewStatus.RETURNED)),
        )
        .join(first, first.c.submission_id == SubmissionRow.id)
        .where(within(connection, actor, scope)(SubmissionRow.id))
        .group_by(department, first.c.month)
    )
    months: dict[str, list[Standing]] = {}
    for row in connection.execute(query):
        standing = _standing(row)
        months.setdefault(standing.month, []).append(standing)
    return _with_changes({month: ranked(months[month]) for month in sorted(months)})


def ranked(standings: Sequence[Standing]) -> list[Standing]:
    """Rank the departments of a month and grade them; those without an index come last."""
    known = [standing for standing in standings if standing.index is not None]
    known.sort(key=lambda each: (-(each.index or 0.0), each.department))
    values = [standing.index for standing in known]
    graded = [
        replace(each, rank=(rank := values.index(each.index) + 1), grade=grade(rank, len(known)))
        for each in known
    ]
    rest = [standing for standing in standings if standing.index is None]
    return graded + sorted(rest, key=lambda each: each.department)


def grade(rank: int, number: int) -> str:
    """Return the grade of a rank among a number of departments.

    A rank belongs where its middle lies, so that ten departments give 3, 3, 3 and 1, and a lone
    department is not the worst of one.
    """
    share = (rank - 0.5) / number
    return next(word for end, word in GRADES if share <= end)


def _standing(row: Any) -> Standing:
    department, month, number, rows, vague, easy, decided, at_once, returned, mended = row
    return Standing(
        department,
        month,
        number,
        rows,
        {
            "measurable": _share(rows - vague, rows),
            "demanding": _share(rows - easy, rows),
            "passed_first": _share(at_once, decided),
            "mended": _share(mended, returned),
        },
    )


def _with_changes(months: Mapping[str, Sequence[Standing]]) -> dict[str, list[Standing]]:
    """Say how each department's index has changed since it last had one."""
    last: dict[str, float] = {}
    told: dict[str, list[Standing]] = {}
    for month, standings in months.items():
        told[month] = []
        for standing in standings:
            index, before = standing.index, last.get(standing.department)
            if index is not None:
                change = None if before is None else index - before
                standing = replace(standing, change=change)
                last[standing.department] = index
            told[month].append(standing)
    return told


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _number(condition: ColumnElement[bool]) -> ColumnElement[Any]:
    return func.sum(case((condition, 1), else_=0))

"""Measures what recommendations must never do: `python -m api.check_suggestions [EVERY]`.

Every bundled case (or every so-manieth) is recommended for as an installation would do it, its own
page left out. Counted are suggestions that our own full review would send back, targets outside
the range of five or more peers, and names that speak of places the project does not mention. A
target left open is blank to the review; that remark alone does not count.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field

from api.settings import Settings
from api.workspace import Workspace
from corpus.records import Case, Declaration, Indicator
from recommender import Recommendation
from recommender.config import RecommenderConfig
from recommender.foreign import places_of, speaks_of
from recommender.project import Project
from recommender.target_check import has_enough_peers, is_outside
from review.finding import Severity
from review.result import ReviewResult

_BLANK = "CP09"


@dataclass
class Counts:
    """What was seen so far; the lists hold what is wrong, in words."""

    cases: int = 0
    suggestions: int = 0
    opened: int = 0
    peered: int = 0
    flagged: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """Yield the report."""
        yield f"cases {self.cases}, suggestions {self.suggestions}, open targets {self.opened}"
        yield f"flagged by the full review: {len(self.flagged)}"
        yield f"targets with five peers: {self.peered}, outside their range: {len(self.outside)}"
        yield f"names of other places: {len(self.foreign)}"
        yield from (f"  {text}" for text in (*self.flagged, *self.outside, *self.foreign))


def submitted(declaration: Declaration, found: Recommendation) -> Declaration:
    """Return a declaration that holds a recommendation as its indicators."""
    rows = tuple(
        Indicator(
            level1=row.level1,
            level2=row.level2,
            name=row.name,
            target=row.target.suggested or "",
            weight=row.weight,
        )
        for row in found.suggestions
    )
    return declaration.model_copy(update={"indicators": rows, "report_text": None})


def flagged(found: Recommendation, result: ReviewResult) -> Iterator[str]:
    """Yield the errors and warnings on rows of a recommendation."""
    for finding in result.findings:
        if finding.row is None or finding.severity is Severity.INFO:
            continue
        row = found.suggestions[finding.row]
        if row.target.suggested is not None or finding.code != _BLANK:
            yield f"{finding.code} {row.name} {row.target.suggested or ''}"


def count(workspace: Workspace, case: Case, places: frozenset[str], counts: Counts) -> None:
    """Add what a case's recommendation shows."""
    found = workspace.recommend(case)
    project = Project.of(case, RecommenderConfig().text_limit)
    rows = found.suggestions
    counts.cases += 1
    counts.suggestions += len(rows)
    counts.opened += sum(row.target.suggested is None for row in rows)
    counts.peered += sum(map(has_enough_peers, rows))
    counts.flagged += flagged(found, workspace.review(submitted(case, found)))
    counts.outside += [
        f"{row.name} {row.target.suggested}"
        for row in rows
        if has_enough_peers(row) and is_outside(row)
    ]
    counts.foreign += [row.name for row in rows if speaks_of(row.name, places, project)]


def main(every: int = 1) -> None:
    """Print the counts over the bundled cases."""
    workspace = Workspace(Settings())
    cases = [case for case in workspace.parts.knowledge.cases if case.origin == "bundled"]
    places = frozenset().union(*map(places_of, cases))
    counts = Counts()
    for case in cases[::every]:
        count(workspace, case, places, counts)
    sys.stdout.write("\n".join(counts.lines()) + "\n")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))

"""What helps beside the form: suggestions, similar projects, remarks on every row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.web.filling.checklist import Check, checks_of, lacking, questions_of
from api.web.filling.offers import AlikeProject, OfferGroup, alike, offers_of, taken_row
from api.web.filling.posted import Fault, Posted
from api.web.filling.weighing import Weighing, weighing_of
from api.web.spread import Spread, spread_of
from api.wishes import Wishes
from corpus.history import with_history
from corpus.schemes import AUTO
from models.attainment_history import earlier_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.workspace import Workspace
    from corpus.records import Declaration, Indicator
    from recommender import Recommendation
    from review.finding import Finding
    from review.result import ReviewResult
    from review.scoring.rescoring import ScoredRow, Scoring


@dataclass(frozen=True)
class Hint:
    """A remark of the review, with a better row where it has one."""

    finding: Finding
    better: str
    """The row to take over as JSON, empty where the remark only advises."""
    better_text: str


@dataclass(frozen=True)
class LastYear:
    """The same measure in the project's latest earlier year."""

    year: int | None
    target: str
    actual: str | None


@dataclass(frozen=True)
class RowHelp:
    """What is said below one row."""

    key: str
    faults: tuple[Fault, ...]
    hints: tuple[Hint, ...]
    last: LastYear | None
    spread: Spread | None
    question: str
    recounted: ScoredRow | None
    """Its points counted again; None for a declaration."""


@dataclass(frozen=True)
class Help:
    """All of it."""

    offers: tuple[OfferGroup, ...]
    projects: tuple[AlikeProject, ...]
    notes: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[RowHelp, ...]
    general: tuple[Hint, ...]
    """Remarks on the form as a whole."""
    questions: tuple[tuple[str, str], ...]
    checks: tuple[Check, ...]
    weighing: Weighing
    remarks: int
    """How many remarks there are on rows and form."""
    scoring: Scoring | None
    reviewed: bool
    """Whether there was anything to review."""
    years: tuple[tuple[int | None, int], ...]
    """Earlier years of the project, each with the number of indicators that the form lacks."""

    @property
    def offered(self) -> int:
        """Return how many suggestions there are."""
        return sum(len(group.offers) for group in self.offers)


def help_with(workspace: Workspace, posted: Posted, own: Sequence[Declaration] = ()) -> Help:
    """Work out what helps with a form as it stands.

    `own` are the project's earlier years among what the unit has handed in.
    """
    record = _with_years(workspace, posted, own)
    weighing = weighing_of(workspace, posted)
    found = None if posted.is_evaluation else _recommended(workspace, posted)
    review = _reviewed(workspace, posted, weighing)
    findings = _ripe(review.findings, posted, weighing) if review else ()
    peers = workspace.parts.peers
    return Help(
        offers=offers_of(found, record, peers) if found else (),
        projects=alike(found.similar_projects) if found else (),
        notes=found.notes if found else (),
        types=tuple(hit.type.project_type for hit in found.matched_types[:3]) if found else (),
        rows=_rows(workspace, posted, record, review, findings),
        general=tuple(_hint(finding) for finding in findings if finding.row is None),
        questions=tuple(questions_of(posted, findings)),
        checks=tuple(checks_of(posted, weighing, findings)),
        weighing=weighing,
        remarks=len(findings),
        scoring=review.scoring if review else None,
        reviewed=review is not None,
        years=_lacked(record, posted),
    )


def earlier_years(
    workspace: Workspace, posted: Posted, own: Sequence[Declaration] = ()
) -> tuple[Declaration, ...]:
    """Return the project's earlier years that have indicators, latest first."""
    return _earlier(_with_years(workspace, posted, own))


def _with_years(workspace: Workspace, posted: Posted, own: Sequence[Declaration]) -> Declaration:
    """Return the record with its earlier years: as carried along, handed in, known as cases."""
    carried = {past.year for past in posted.record.history}
    added = tuple(past for past in own if past.year not in carried)
    history = (*posted.record.history, *added)
    record = posted.record.model_copy(update={"history": history})
    return with_history(record, workspace.parts.history)[0]


def _ripe(findings: Sequence[Finding], posted: Posted, weighing: Weighing) -> tuple[Finding, ...]:
    """Leave out what is said of weights that will shrink as soon as missing levels are filled."""
    if not lacking(findings):
        return tuple(findings)
    shared = {place for place, row in enumerate(posted.filled) if row.key in weighing.shared_out}
    return tuple(item for item in findings if item.field != "weight" or item.row not in shared)


def _recommended(workspace: Workspace, posted: Posted) -> Recommendation | None:
    if not posted.record.project_name.strip():
        return None
    wishes = Wishes(
        scheme=posted.scheme or AUTO,
        accepted=tuple(row for row in posted.record.indicators if row.name.strip()),
        rejected=tuple(_unwanted(posted)),
    )
    return workspace.recommend(posted.record, wishes=wishes)


def _unwanted(posted: Posted) -> list[str]:
    """Return the names refused, and those that an edited row stands in for."""
    refused = [origin.name for origin in posted.rejected]
    replaced = [
        row.origin.name
        for row in posted.filled
        if row.origin and row.origin.name != row.texts["name"]
    ]
    return refused + replaced


def _reviewed(workspace: Workspace, posted: Posted, weighing: Weighing) -> ReviewResult | None:
    if not posted.filled and not posted.record.report_text:
        return None
    record = posted.weighed(weighing.shared_out)
    return workspace.review_report(record) if posted.is_evaluation else workspace.review(record)


def _rows(
    workspace: Workspace,
    posted: Posted,
    record: Declaration,
    review: ReviewResult | None,
    findings: Sequence[Finding],
) -> tuple[RowHelp, ...]:
    past = next(iter(_earlier(record)), None)
    scored = {row.index: row for row in review.scoring.rows} if review and review.scoring else {}
    helps = {row.key: place for place, row in enumerate(posted.filled)}
    made = []
    for row in posted.rows:
        place = helps.get(row.key)
        faults = tuple(fault for fault in posted.faults if fault.row == row.key)
        if place is None:
            made.append(RowHelp(row.key, faults, (), None, None, "", None))
            continue
        indicator = posted.record.indicators[place]
        open_ = row.origin and not row.texts["target"].strip()
        made.append(
            RowHelp(
                key=row.key,
                faults=faults,
                hints=tuple(_hint(item) for item in findings if item.row == place),
                last=_last(indicator, past),
                spread=spread_of(indicator, record, workspace.parts.peers)
                if indicator.name.strip()
                else None,
                question=row.origin.question if row.origin and open_ else "",
                recounted=scored.get(place),
            )
        )
    return tuple(made)


def _hint(finding: Finding) -> Hint:
    better = finding.suggestion.indicator if finding.suggestion else None
    if not better or not better.get("name"):
        return Hint(finding, "", "")
    text = f"{better['name']} {better.get('target') or ''}".strip()
    return Hint(finding, taken_row(better), text)


def _last(indicator: Indicator, past: Declaration | None) -> LastYear | None:
    row = earlier_row(indicator, past) if past and indicator.name.strip() else None
    return LastYear(past.year, row.target, row.actual) if past and row else None


def _earlier(record: Declaration) -> tuple[Declaration, ...]:
    years = [
        past
        for past in record.history
        if past.indicators and not (record.year and past.year and past.year >= record.year)
    ]
    return tuple(sorted(years, key=lambda past: past.year or 0, reverse=True))


def _lacked(record: Declaration, posted: Posted) -> tuple[tuple[int | None, int], ...]:
    """Return the earlier years, each with the number of its indicators that the form lacks."""
    there = {row.texts["name"] for row in posted.filled}
    counts = [
        (past.year, sum(row.name not in there for row in past.indicators))
        for past in _earlier(record)
    ]
    return tuple((year, count) for year, count in counts if count)

"""What a saved form tells about the suggestions: taken over, changed or refused."""

from __future__ import annotations

from api.web.filling.posted import Origin, Posted
from corpus.decisions import ProjectDecisions, SuggestionDecision
from corpus.records import Indicator


def decisions_of(posted: Posted) -> ProjectDecisions | None:
    """Return the decisions that a form holds, None where it holds none."""
    decisions = [_refused(origin) for origin in posted.rejected]
    for line, row in zip(posted.filled, posted.record.indicators, strict=True):
        if line.origin is not None and row.name.strip():
            decisions.append(_kept(line.origin, row))
    if not decisions:
        return None
    return ProjectDecisions(declaration=posted.record, decisions=tuple(decisions))


def _refused(origin: Origin) -> SuggestionDecision:
    return SuggestionDecision(
        decision="rejected",
        source_key=origin.source_key,
        rank=origin.rank,
        suggested=origin.row,
    )


def _kept(origin: Origin, row: Indicator) -> SuggestionDecision:
    same = (origin.name, origin.target) == (row.name, row.target)
    edited = row.model_copy(update={"weight": None})
    return SuggestionDecision(
        decision="accepted" if same else "edited",
        source_key=origin.source_key,
        rank=origin.rank,
        suggested=origin.row,
        edited=None if same else edited,
    )

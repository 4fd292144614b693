"""What a re-check of a self-evaluation adds: points counted again, questions, materials."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from api.web.desks.case import Case
from corpus.records import SelfEvaluation
from corpus.workflow.status import FindingVerdict
from review.context import reports_midyear
from review.feedback.recheck import list_materials, list_questions
from review.finding import Finding
from review.stored import read_result


@dataclass(frozen=True)
class Points:
    """Totals, rows, and what to ask the unit."""

    scoring: Mapping[str, Any] | None
    """None for a monitoring table."""
    triage: Mapping[str, Any] | None
    rows: tuple[Mapping[str, Any], ...]
    """Rows with points, each with the `name` of its indicator."""
    questions: tuple[str, ...]
    materials: tuple[str, ...]
    monitoring: bool
    """Whether it is a mid-year table."""
    elapsed: float | None
    """Share of the year that had passed on the day of a monitoring table."""

    @property
    def gap(self) -> float | None:
        """Return by how many points the unit's own total is higher."""
        if not self.scoring:
            return None
        own, again = self.scoring["total_own"], self.scoring["total_recomputed"]
        return None if own is None or again is None else round(own - again, 2)


def points_of(opened: Case) -> Points:
    """Return what the stored review holds, without what reviewers dismissed."""
    result: Mapping[str, Any] = opened.result or {}
    record = SelfEvaluation.model_validate(opened.version.record)
    scoring = result.get("scoring")
    kept = _kept(opened, read_result(result, record).findings)
    return Points(
        scoring=scoring,
        triage=result.get("triage"),
        rows=tuple(
            {**row, "name": _name(row["index"], result["rows"])}
            for row in (scoring["rows"] if scoring else ())
        ),
        questions=list_questions(kept),
        materials=list_materials(kept),
        monitoring=reports_midyear(record),
        elapsed=_elapsed(record),
    )


def _kept(opened: Case, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(
        replace(finding, message=remark.message)
        for remark, finding in zip(opened.remarks, findings, strict=True)
        if remark.standing.verdict is not FindingVerdict.DISMISSED
    )


def _name(index: int | None, rows: list[Mapping[str, Any]]) -> str:
    return "预算执行率" if index is None else str(rows[index]["name"])


def _elapsed(record: SelfEvaluation) -> float | None:
    day = record.as_of
    return None if day is None else day.timetuple().tm_yday / 365

"""What a review says about one place of a declaration: data only, no presentation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from models.target_explanation import Reason


class Severity(StrEnum):
    """How much a finding weighs with a reviewer."""

    ERROR = "error"
    """A reviewer would send the declaration back for this alone."""
    WARNING = "warning"
    """Should be explained or improved."""
    INFO = "info"
    """A hint."""

    @property
    def rank(self) -> int:
        """Return 0 for error, 1 for warning, 2 for info."""
        return _RANKS[self]

    @property
    def words(self) -> str:
        """Return what people read for it."""
        return SEVERITY_WORDS[self.value]


SEVERITY_WORDS = {"error": "必须修改", "warning": "建议修改", "info": "提示"}
"""What every page, letter, document and command calls the severities."""
_RANKS = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One comparable indicator that a finding rests on."""

    project_id: str
    project_name: str
    name: str
    target: str
    actual: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the shape of the interface contract."""
        return {
            "project_id": self.project_id,
            "project_name": self.project_name,
            "name": self.name,
            "target": self.target,
            "actual": self.actual,
        }


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A concrete way out: a sentence, and where possible a whole replacement indicator."""

    text: str
    indicator: Mapping[str, Any] | None = None
    """Fields of an indicator row: level1, level2, name, target."""

    def to_dict(self) -> dict[str, Any]:
        """Return the shape of the interface contract."""
        return {"text": self.text, "indicator": dict(self.indicator or {})}


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark of a review, with its place, reason, authority and way out."""

    code: str
    name: str
    severity: Severity
    message: str
    why: str
    source: str
    confidence: float
    row: int | None = None
    """Index of the indicator; None for the declaration as a whole."""
    field: str | None = None
    """Field of the row, or of the declaration when `row` is None."""
    span: tuple[int, int] | None = None
    """Characters of the field, as the unit wrote it."""
    evidence: tuple[Evidence, ...] = ()
    suggestion: Suggestion | None = None
    reasons: tuple[Reason, ...] = ()
    """Words and figures that carry a label of the classifier, weightiest first."""
    question: str | None = None
    """What the reviewer should ask the unit, where the rule has a question."""

    def to_dict(self) -> dict[str, Any]:
        """Return the shape of the interface contract."""
        return {
            "code": self.code,
            "name": self.name,
            "severity": str(self.severity),
            "row": self.row,
            "field": self.field,
            "span": list(self.span) if self.span else None,
            "message": self.message,
            "why": self.why,
            "source": self.source,
            "confidence": round(self.confidence, 4),
            "evidence": [item.to_dict() for item in self.evidence],
            "suggestion": self.suggestion.to_dict() if self.suggestion else None,
            "question": self.question,
            "grounds": [_reason_to_dict(reason) for reason in self.reasons],
        }


def _reason_to_dict(reason: Reason) -> dict[str, Any]:
    """Return a reason with the places that it rests on."""
    places = [
        {"field": place.field, "span": list(place.span), "quote": place.quote}
        for place in reason.places
    ]
    return {"text": reason.text, "places": places}

"""The result of a review, and its shape on the outside."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from corpus.records import Declaration, ParsedTarget
from review.context import LABELS, Row
from review.engine import Notice
from review.finding import Finding, Severity
from review.opinion import Opinion, Risk
from review.scoring.rescoring import Scoring
from review.scoring.triage import Triage
from review.suppression import Suppressed, row_fingerprint

_ECHOED = (
    "project_name",
    "department",
    "year",
    "function_code",
    "budget_wan",
    "executed_wan",
    "goal",
)


@dataclass(frozen=True)
class ReviewResult:
    """Findings on one declaration or self-evaluation, with the verdict."""

    declaration: Declaration
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]
    opinion: Opinion
    risk: Risk
    notices: tuple[Notice, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    """Findings set aside with a reason; they count for nothing above."""
    scoring: Scoring | None = None
    """The points counted again; None for a declaration or a monitoring table."""
    triage: Triage | None = None
    """How much a self-evaluation is worth a second look; None for a declaration."""

    def of_row(self, index: int | None) -> tuple[Finding, ...]:
        """Return the findings on one row, or on the declaration as a whole for None."""
        return tuple(finding for finding in self.findings if finding.row == index)

    def counts(self) -> dict[Severity, int]:
        """Return how many findings there are of each severity."""
        found = Counter(finding.severity for finding in self.findings)
        return {severity: found[severity] for severity in Severity}

    def to_dict(self) -> dict[str, Any]:
        """Return the shape of the interface contract."""
        return {
            "id": self.declaration.id,
            "risk": self.risk.value,
            "risk_parts": dict(self.risk.parts),
            "opinion": self.opinion,
            "declaration": {name: getattr(self.declaration, name) for name in _ECHOED},
            "rows": [_row_to_dict(row) for row in self.rows],
            "findings": [finding.to_dict() for finding in self.findings],
            "suppressed": [item.to_dict() for item in self.suppressed],
            "notices": [notice.to_dict() for notice in self.notices],
            "scoring": self.scoring.to_dict() if self.scoring else None,
            "triage": self.triage.to_dict() if self.triage else None,
        }


def _row_to_dict(row: Row) -> dict[str, Any]:
    """Return one row as read, with its reading and labels."""
    indicator = row.indicator
    probabilities = row.probabilities
    return {
        "index": row.index,
        "level1": indicator.level1,
        "level2": indicator.level2,
        "name": indicator.name,
        "target": indicator.target,
        "actual": indicator.actual,
        "weight": indicator.weight,
        "score": indicator.score,
        "location": indicator.location,
        "fingerprint": row_fingerprint(row),
        "parsed": _parsed_to_dict(row.parsed),
        "probabilities": {label: round(float(getattr(probabilities, label)), 4) for label in LABELS}
        if probabilities is not None
        else None,
        "labels": list(row.labels),
        "unsure": list(row.unsure),
    }


def _parsed_to_dict(parsed: ParsedTarget) -> dict[str, Any]:
    """Return the reading of a target cell."""
    return {
        "kind": parsed.kind,
        "operator": parsed.operator,
        "value": parsed.value,
        "value_high": parsed.value_high,
        "unit": parsed.unit,
        "date": parsed.date,
    }

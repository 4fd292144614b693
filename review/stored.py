"""A review read back from the shape in which it was stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from corpus.records import Declaration
from review.context import Row, build_rows, parse_rows
from review.engine import Notice
from review.finding import Finding
from review.opinion import Risk
from review.result import ReviewResult
from review.scoring.rescoring import Scoring
from review.scoring.triage import Triage

_FINDINGS = TypeAdapter(tuple[Finding, ...])
_NOTICES = TypeAdapter(tuple[Notice, ...])
_SCORING: TypeAdapter[Scoring | None] = TypeAdapter(Scoring | None)
_TRIAGE: TypeAdapter[Triage | None] = TypeAdapter(Triage | None)


def read_result(stored: Mapping[str, Any], declaration: Declaration) -> ReviewResult:
    """Return the review that `ReviewResult.to_dict` gave, beside the declaration it is about.

    What was decided then stands, whatever rules and models say today. Left out are what only the
    making of a review needs: the classifier's probabilities and grounds, and findings set aside.
    """
    return ReviewResult(
        declaration=declaration,
        rows=_rows(stored["rows"], declaration),
        findings=_FINDINGS.validate_python(stored["findings"]),
        opinion=stored["opinion"],
        risk=Risk(stored["risk_parts"]),
        notices=_NOTICES.validate_python(stored["notices"]),
        scoring=_SCORING.validate_python(stored.get("scoring")),
        triage=_TRIAGE.validate_python(stored.get("triage")),
    )


def _rows(stored: list[Mapping[str, Any]], declaration: Declaration) -> tuple[Row, ...]:
    """Return the rows with the labels they were given."""
    parsed = parse_rows(declaration)
    labels = [tuple(row["labels"]) for row in stored]
    unsure = [tuple(row["unsure"]) for row in stored]
    return build_rows(declaration, parsed, [None] * len(parsed), labels, unsure)

"""The verdict on a whole declaration: opinion and risk.

The opinion follows the spirit of 财预〔2015〕88号, which sorts reviewed goals into those that enter
the budget, those to be improved, those to be revised and filed again, and those that are refused;
here `pass` covers the first, `revise` the middle two and `reject` the last. The risk only ranks
declarations for attention.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from review.finding import Finding, Severity
from review.settings.config import ReviewConfig

Opinion = Literal["pass", "revise", "reject"]

_POINTS = {Severity.ERROR: 1.0, Severity.WARNING: 0.3, Severity.INFO: 0.05}
_SATURATION = 3.0
"""Points at which the findings' part has covered 63% of its way to 1."""
_USUAL_ROWS = 10
_SHARES = {"findings": 0.7, "money": 0.2, "history": 0.1}
_SMALL_WAN, _LARGE_WAN = 10.0, 10_000.0
_MIN_ROWS = 4


@dataclass(frozen=True)
class Risk:
    """How much a declaration deserves attention, 0 to 1, as the sum of its parts."""

    parts: Mapping[str, float]

    @property
    def value(self) -> float:
        """Return the sum of the parts."""
        return round(sum(self.parts.values()), 4)


def assess_risk(
    findings: Sequence[Finding], rows: int, budget_wan: float | None, past: float = 0.0
) -> Risk:
    """Return the risk from what was found, the money at stake and the project's past, 0 to 1.

    Findings on rows count per ten rows, so that a long declaration is not risky for its length.
    Money counts on a logarithmic scale from 10万元 to 1亿元.
    """
    return Risk(
        {
            "findings": round(_SHARES["findings"] * saturated_points(findings, rows), 4),
            "money": round(_SHARES["money"] * money_scale(budget_wan), 4),
            "history": round(_SHARES["history"] * past, 4),
        }
    )


def saturated_points(findings: Sequence[Finding], rows: int) -> float:
    """Return 0 to 1 for findings by severity and confidence; those on rows count per ten rows."""
    scale = _USUAL_ROWS / max(_USUAL_ROWS, rows)
    points = sum(
        _POINTS[finding.severity] * finding.confidence * (1.0 if finding.row is None else scale)
        for finding in findings
    )
    return 1 - math.exp(-points / _SATURATION)


def money_scale(budget_wan: float | None) -> float:
    """Return 0 to 1 for an amount of money, on a logarithmic scale from 10万元 to 1亿元."""
    if not budget_wan or budget_wan <= _SMALL_WAN:
        return 0.0
    return min(1.0, math.log(budget_wan / _SMALL_WAN) / math.log(_LARGE_WAN / _SMALL_WAN))


def form_opinion(
    findings: Sequence[Finding], rows: int, fatal: Collection[str], config: ReviewConfig
) -> Opinion:
    """Return the opinion that the findings carry.

    Rejected: a fatal finding, or errors on at least `reject_share` of four rows or more.
    Revised: any other error, or more warnings than `pass_warnings`.
    """
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    if any(finding.code in fatal for finding in errors):
        return "reject"
    faulty = {finding.row for finding in errors if finding.row is not None}
    if rows >= _MIN_ROWS and len(faulty) / rows >= config.reject_share:
        return "reject"
    warnings = sum(finding.severity is Severity.WARNING for finding in findings)
    return "revise" if errors or warnings > config.pass_warnings else "pass"

"""Which self-evaluations of a batch are worth opening again, and how far.

Three tiers, after the practice of 闵行区: 抽查复核 asks for the evidence behind single rows, 再评审
goes through the whole table and scores it anew, 再评价 has the project evaluated afresh. The score
only ranks; the findings say what to look at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from review.finding import Finding, Severity
from review.opinion import money_scale, saturated_points
from review.scoring.rescoring import GRADES, Scoring
from review.settings.config import ReviewConfig

RECHECK, REREVIEW, REEVALUATION = "抽查复核", "再评审", "再评价"
SHARES = {"findings": 0.4, "inflation": 0.25, "money": 0.2, "history": 0.15}
_MOST_INFLATED = 10.0
"""Points too many from which inflation counts in full: the width of a grade."""
_ORDER = {grade: place for place, (_, grade) in enumerate(GRADES)}


@dataclass(frozen=True)
class Triage:
    """How much a self-evaluation is worth a second look, 0 to 1, as the sum of its parts."""

    parts: Mapping[str, float]
    tier: str | None
    """One of the three tiers; None where nothing calls for a second look."""
    reasons: tuple[str, ...] = ()

    @property
    def score(self) -> float:
        """Return the sum of the parts."""
        return round(sum(self.parts.values()), 4)

    def to_dict(self) -> dict[str, Any]:
        """Return the shape of the output."""
        return {
            "score": self.score,
            "tier": self.tier,
            "parts": dict(self.parts),
            "reasons": list(self.reasons),
        }


def triage(
    findings: Sequence[Finding],
    rows: int,
    budget_wan: float | None,
    scoring: Scoring | None,
    past: float,
    config: ReviewConfig,
) -> Triage:
    """Rank one self-evaluation.

    Findings count by severity and confidence, inflation by the points that recounting takes away,
    money on a logarithmic scale, the past by what the last reported year left undone.
    """
    inflation = scoring.inflation if scoring else 0.0
    values = {
        "findings": saturated_points(findings, rows),
        "inflation": min(1.0, inflation / _MOST_INFLATED),
        "money": money_scale(budget_wan),
        "history": past,
    }
    parts = {name: round(SHARES[name] * value, 4) for name, value in values.items()}
    score = sum(parts.values())
    serious = [finding for finding in findings if finding.severity is not Severity.INFO]
    lowered = _is_lowered(scoring)
    tier = None
    if serious or inflation:
        tier = RECHECK
        if score >= config.triage_review or lowered:
            tier = REREVIEW
        if score >= config.triage_evaluation:
            tier = REEVALUATION
    return Triage(parts, tier, tuple(_reasons(findings, inflation, lowered, scoring, past)))


def _is_lowered(scoring: Scoring | None) -> bool:
    """Tell whether recounting costs the unit its grade."""
    if scoring is None or scoring.grade_own is None or scoring.grade_recomputed is None:
        return False
    return _ORDER[scoring.grade_recomputed] > _ORDER[scoring.grade_own]


def _reasons(
    findings: Sequence[Finding],
    inflation: float,
    lowered: bool,
    scoring: Scoring | None,
    past: float,
) -> list[str]:
    """Return what weighs most, in words."""
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    warnings = sum(finding.severity is Severity.WARNING for finding in findings)
    found = [
        f"{severity.words}{count}项"
        for count, severity in ((errors, Severity.ERROR), (warnings, Severity.WARNING))
        if count
    ]
    reasons = ["、".join(found)] if found else []
    if inflation and scoring is not None:
        grades = f"，等级由{scoring.grade_own}降为{scoring.grade_recomputed}" if lowered else ""
        reasons.append(f"复算低{inflation:g}分{grades}")
    if past:
        reasons.append("以前年度有结余或未完成")
    return reasons

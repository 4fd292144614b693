"""Runs rules over one declaration and puts their findings in order."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from review.context import ReviewContext
from review.finding import Finding
from review.rule import Rule

logger = logging.getLogger(__name__)

_FIELDS = ("project_name", "budget_wan", "goal", "indicators", "weight", "report_text")
_ROW_FIELDS = ("level1", "level2", "name", "target", "weight", "actual", "score", "reason")


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about the review itself, not about the declaration."""

    code: str
    message: str

    def to_dict(self) -> dict[str, str]:
        """Return a plain mapping."""
        return {"code": self.code, "message": self.message}


def active_rules(rules: Sequence[Rule], switched_off: Sequence[str]) -> tuple[Rule, ...]:
    """Return the rules that no code, name or alias switches off."""
    if not switched_off:
        return tuple(rules)
    return tuple(rule for rule in rules if not any(map(rule.answers_to, switched_off)))


def speaks(rules: Sequence[Rule], context: ReviewContext) -> bool:
    """Tell whether any rule has something to say, without saying it; a failing rule is silent."""
    for rule in active_rules(rules, context.config.switched_off):
        try:
            if next(iter(rule.check(context)), None) is not None:
                return True
        except Exception:
            logger.exception("rule %s failed", rule.code)
    return False


def run_rules(
    rules: Sequence[Rule], context: ReviewContext
) -> tuple[tuple[Finding, ...], tuple[Notice, ...]]:
    """Return findings by position, and a notice for each rule that failed.

    A failing rule is logged and loses only its own findings.
    """
    findings: list[Finding] = []
    notices: list[Notice] = []
    for rule in active_rules(rules, context.config.switched_off):
        try:
            findings.extend([rule.finding(hit) for hit in rule.check(context)])
        except Exception:
            logger.exception("rule %s failed", rule.code)
            notices.append(Notice("rule_failed", f"规则 {rule.code} 运行出错，本次未执行该规则。"))
    kept = _without_general(findings, rules)
    return tuple(sorted(kept, key=position)), tuple(notices)


def _without_general(findings: Sequence[Finding], rules: Sequence[Rule]) -> list[Finding]:
    """Drop a general remark where a more specific rule speaks of the same row."""
    yields_to = {rule.code: rule.yields_to for rule in rules if rule.yields_to}
    spoken: dict[int | None, set[str]] = {}
    for finding in findings:
        spoken.setdefault(finding.row, set()).add(finding.code)
    return [
        finding
        for finding in findings
        if not spoken[finding.row].intersection(yields_to.get(finding.code, ()))
    ]


def position(finding: Finding) -> tuple[int, int, int, str]:
    """Return the sort key of a finding: the declaration first, then rows, fields, characters."""
    whole = finding.row is None
    fields = _FIELDS if whole else _ROW_FIELDS
    place = fields.index(finding.field) if finding.field in fields else len(fields)
    start = finding.span[0] if finding.span else 0
    return (-1 if finding.row is None else finding.row, place, start, finding.code)

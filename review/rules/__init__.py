"""All rules in the order they run: one visible tuple per kind of submission."""

from __future__ import annotations

from review.kinds import EachRow, Pattern
from review.rule import Rule
from review.rules.declarations import RULES
from review.rules.evaluations import MONITORING_RULES, REPORT_RULES

__all__ = ["ALL_RULES", "GROUPS", "MONITORING_RULES", "REPORT_RULES", "ROW_RULES", "RULES"]

ALL_RULES: tuple[Rule, ...] = tuple(
    {rule.code: rule for rule in (*RULES, *REPORT_RULES, *MONITORING_RULES)}.values()
)
"""Every rule once."""

GROUPS: tuple[tuple[str, tuple[Rule, ...]], ...] = (
    ("绩效目标申报", RULES),
    ("绩效自评", REPORT_RULES),
    ("绩效监控", tuple(rule for rule in MONITORING_RULES if rule not in REPORT_RULES)),
)
"""The rules under the headings of the manual, each once."""

ROW_RULES: tuple[Rule, ...] = tuple(
    rule for rule in RULES if isinstance(rule.check, EachRow | Pattern)
)
"""Rules that look at one indicator by itself."""

"""The problems of a feedback: findings of one rule as one item, and the table of rows to change.

All text that comes from the declaration is cleaned here: one line, no control characters, none
that XML or a terminal could trip over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from review.context import Row
from review.feedback.wording import Quoted, general_message, replacement
from review.finding import Finding, Severity
from review.result import ReviewResult
from review.wording import shorten

FOR_REVIEWERS = frozenset(
    {
        "measurability.unsure",
        "truth.all_copied",
        "truth.round_satisfaction",
        "monitoring.annual_result",
    }
)
"""Findings that tell the reviewer what to decide or to probe; they stay out of a unit's letter."""

_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)
_QUOTED = re.compile("“([^“”]*)”")
_EVIDENCE = 3


def plain(text: str | None, limit: int = 400) -> str:
    """Return untrusted text as one clean line of at most `limit` characters."""
    return shorten(_UNPRINTABLE.sub("", text or ""), limit)


@dataclass(frozen=True)
class Place:
    """One row, or the declaration as a whole, that an item is about."""

    number: int | None
    """Number of the indicator, from 1; None for the declaration as a whole."""
    name: str
    target: str
    remark: str = ""
    """What is wrong here, where the rows of an item differ."""
    wording: str = ""
    """What to write instead."""
    evidence: tuple[str, ...] = ()
    """Comparable indicators of other projects."""


@dataclass(frozen=True)
class Item:
    """One problem, on one row or on several."""

    code: str
    title: str
    problem: str
    """The problem in one sentence; empty where each place has its own remark."""
    basis: str
    advice: str
    """What to do, where it is the same for all places."""
    places: tuple[Place, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        """Return the numbers of the indicators concerned."""
        return tuple(dict.fromkeys(place.number for place in self.places if place.number))


@dataclass(frozen=True)
class Change:
    """One row of the table of indicators to be changed."""

    number: int
    name: str
    target: str
    problems: tuple[str, ...]
    wordings: tuple[str, ...]


@cache
def _summaries() -> dict[str, str]:
    """Return what each rule is about, by code."""
    from review.rules import ALL_RULES

    return {rule.code: rule.manual.summary for rule in ALL_RULES}


def _summary_of(finding: Finding) -> str:
    """Return what a finding is about, in a few words."""
    return _summaries().get(finding.code) or plain(finding.message)


def group_findings(result: ReviewResult, severity: Severity) -> tuple[Item, ...]:
    """Return the findings of a severity as items, one a rule, in the order of the first row."""
    groups: dict[str, list[Finding]] = {}
    for finding in result.findings:
        if finding.severity is severity and finding.name not in FOR_REVIEWERS:
            groups.setdefault(finding.code, []).append(finding)
    return tuple(_item(group, result) for group in groups.values())


def _item(findings: Sequence[Finding], result: ReviewResult) -> Item:
    """Return findings of one rule as an item."""
    first = findings[0]
    quoted = [_quoted(finding, result) for finding in findings]
    problem = general_message([finding.message for finding in findings], quoted)
    advice = {finding.suggestion.text if finding.suggestion else "" for finding in findings}
    shared = advice.pop() if len(advice) == 1 else ""
    return Item(
        code=first.code,
        title=_summary_of(first),
        problem=plain(problem),
        basis=plain(first.source).rstrip("。"),
        advice=plain(shared),
        places=tuple(_place(finding, result, not problem, not shared) for finding in findings),
    )


def _quoted(finding: Finding, result: ReviewResult) -> Quoted | None:
    """Return how a finding's message quotes its row."""
    if finding.row is None:
        return None
    row = result.rows[finding.row]
    return Quoted(row.quoted["name"], row.quoted["target"])


def _place(finding: Finding, result: ReviewResult, differs: bool, own_advice: bool) -> Place:
    """Return the place of a finding; `differs` and `own_advice` say what it keeps for itself."""
    row = None if finding.row is None else result.rows[finding.row]
    return Place(
        number=None if row is None else row.index + 1,
        name="" if row is None else plain(row.indicator.name, 60),
        target="" if row is None else plain(row.indicator.target, 60),
        remark=plain(finding.message) if differs else "",
        wording=_wording(finding, row, own_advice),
        evidence=tuple(
            f"{plain(peer.project_name, 40)}“{plain(peer.name, 40)}”{plain(peer.target, 40)}"
            for peer in finding.evidence[:_EVIDENCE]
        ),
    )


def _value(row: Row, with_actual: bool) -> str:
    """Return the target of a row, with its actual where results are looked at."""
    target, actual = plain(row.indicator.target, 60), plain(row.indicator.actual, 60)
    return f"{target}（完成{actual}）" if actual and with_actual else target


def _wording(finding: Finding, row: Row | None, with_text: bool) -> str:
    """Return what to write instead, from the suggestion's text and, if it says more, its row."""
    suggestion = finding.suggestion
    if suggestion is None:
        return ""
    text = plain(suggestion.text)
    concrete = plain(
        replacement(suggestion.indicator or {}, None if row is None else row.indicator)
    )
    said = all(value in text for value in _QUOTED.findall(concrete))
    parts = [text] if with_text else []
    parts += [] if said or not concrete else [f"{concrete}。"]
    return "".join(parts)


def list_changes(result: ReviewResult, with_actuals: bool) -> tuple[Change, ...]:
    """Return the rows with an error or a warning."""
    changes = []
    for row in result.rows:
        found = [
            finding
            for finding in result.of_row(row.index)
            if finding.severity is not Severity.INFO and finding.name not in FOR_REVIEWERS
        ]
        found.sort(key=lambda finding: finding.severity.rank)
        if found:
            wordings = dict.fromkeys(_wording(finding, row, with_text=True) for finding in found)
            changes.append(
                Change(
                    number=row.index + 1,
                    name=plain(row.indicator.name, 80) or "（空）",
                    target=_value(row, with_actuals) or "（空）",
                    problems=tuple(dict.fromkeys(_mark(finding) for finding in found)),
                    wordings=tuple(filter(None, wordings)),
                )
            )
    return tuple(changes)


def _mark(finding: Finding) -> str:
    """Return a problem of a row with how much it matters."""
    return f"【{finding.severity.words}】{_summary_of(finding)}"

"""Suppression of single findings with a reason (豁免): what is set aside, and what has gone stale.

A finding set aside no longer counts towards the opinion and the risk but stays listed. A
suppression that is tied to what a row says lapses when the row changes.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from corpus.records import Declaration
from corpus.text import normalise
from review.context import Row
from review.finding import Finding
from review.wording import shorten

if TYPE_CHECKING:
    from review.result import ReviewResult

    Reconsider = Callable[[ReviewResult, Sequence[Finding]], ReviewResult]

_FINGERPRINT_DIGITS = 16


@dataclass(frozen=True)
class Suppression:
    """One entry of a list of suppressions."""

    code: str
    """Code of the rule."""
    reason: str
    by: str
    """Who decided: an office or a post."""
    date: datetime.date
    id: str | None = None
    project_name: str | None = None
    department: str | None = None
    year: int | None = None
    row: int | None = None
    """Number of the indicator, from 1; None with `indicator` None means the whole declaration."""
    indicator: str | None = None
    """Name of the indicator."""
    target: str | None = None
    """Target that the decision was made for."""
    fingerprint: str | None = None
    """`row_fingerprint` of the row that the decision was made for."""
    line: int | None = None
    """Where the entry stands in its file."""

    def concerns(self, declaration: Declaration) -> bool:
        """Tell whether a declaration is the one that the entry names."""
        return (
            (self.id is None or self.id == declaration.id)
            and _same(self.project_name, declaration.project_name)
            and _same(self.department, declaration.department)
            and (self.year is None or self.year == declaration.year)
        )

    def points_at(self, row: Row | None) -> bool:
        """Tell whether the place of a finding is the one that the entry names."""
        if self.row is None and self.indicator is None:
            return row is not None or (self.target is None and self.fingerprint is None)
        return (
            row is not None
            and self.row in (None, row.index + 1)
            and _same(self.indicator, row.indicator.name)
        )

    def still_holds(self, row: Row | None) -> bool:
        """Tell whether a row still says what the decision was made for."""
        return row is None or (
            _same(self.target, row.indicator.target)
            and self.fingerprint in (None, row_fingerprint(row))
        )


def _same(wanted: str | None, text: str | None) -> bool:
    """Tell whether a text is the wanted one; None wants nothing."""
    return wanted is None or _bare(wanted) == _bare(text or "")


def _bare(text: str) -> str:
    """Return a text as it reads: width, traditional characters and blanks make no difference."""
    return "".join(normalise(text).split())


def row_fingerprint(row: Row) -> str:
    """Return a hash of what a row demands: its levels, name and target, however they are spaced."""
    parts = (row.level1, row.level2, _bare(row.name.text), _bare(row.target.text))
    content = "\x1f".join(parts)
    return hashlib.sha256(content.encode(errors="surrogatepass")).hexdigest()[:_FINGERPRINT_DIGITS]


@dataclass(frozen=True)
class Suppressed:
    """A finding set aside, with the decision."""

    finding: Finding
    suppression: Suppression

    def to_dict(self) -> dict[str, Any]:
        """Return the finding with reason, author and date of the decision."""
        entry = self.suppression
        decision = {"reason": entry.reason, "by": entry.by, "date": entry.date.isoformat()}
        return {**self.finding.to_dict(), "suppression": decision}


class State(StrEnum):
    """What has become of an entry in one run."""

    APPLIED = "applied"
    """It set a finding aside."""
    STALE = "stale"
    """Its declaration was reviewed, but the finding is gone or the row has changed."""
    UNSEEN = "unseen"
    """Its declaration was not among those reviewed."""


@dataclass(frozen=True)
class Status:
    """An entry with its state."""

    entry: Suppression
    state: State
    hits: int = 0
    note: str = ""
    """Why it is stale."""


class SuppressionList:
    """Applies entries to one review after another and keeps count."""

    def __init__(self, entries: Sequence[Suppression]) -> None:
        self.entries = tuple(entries)
        self._hits = [0] * len(self.entries)
        self._notes: dict[int, str] = {}
        self._by_id: dict[str, list[int]] = {}
        self._by_name: dict[str, list[int]] = {}
        for place, entry in enumerate(self.entries):
            if entry.id is not None:
                self._by_id.setdefault(entry.id, []).append(place)
            else:
                self._by_name.setdefault(_bare(entry.project_name or ""), []).append(place)

    def apply(self, result: ReviewResult, reconsider: Reconsider) -> ReviewResult:
        """Return the review without the findings set aside.

        `reconsider` gives opinion and risk for the findings that are left.
        """
        places = self._concerning(result.declaration)
        if not places:
            return result
        kept: list[Finding] = []
        aside: list[Suppressed] = []
        used: set[int] = set()
        for finding in result.findings:
            hits = [place for place in places if _covers(self.entries[place], finding, result)]
            used.update(hits)
            if hits:
                aside.append(Suppressed(finding, self.entries[hits[0]]))
            else:
                kept.append(finding)
        for place in places:
            if place in used:
                self._hits[place] += 1
            else:
                self._notes[place] = _why_stale(self.entries[place], result)
        return replace(reconsider(result, kept), suppressed=tuple(aside)) if aside else result

    def statuses(self) -> tuple[Status, ...]:
        """Return every entry with what has become of it so far, in the order of the file."""
        return tuple(
            Status(entry, self._state(place), self._hits[place], self._notes.get(place, ""))
            for place, entry in enumerate(self.entries)
        )

    def _state(self, place: int) -> State:
        if self._hits[place]:
            return State.APPLIED
        return State.STALE if place in self._notes else State.UNSEEN

    def _concerning(self, declaration: Declaration) -> list[int]:
        """Return the places of the entries that name a declaration."""
        named = self._by_name.get(_bare(declaration.project_name), ())
        identified = self._by_id.get(declaration.id or "", ())
        return sorted(
            place for place in (*named, *identified) if self.entries[place].concerns(declaration)
        )


def _row(finding: Finding, result: ReviewResult) -> Row | None:
    """Return the row that a finding is about."""
    return None if finding.row is None else result.rows[finding.row]


def _covers(entry: Suppression, finding: Finding, result: ReviewResult) -> bool:
    """Tell whether an entry sets a finding aside."""
    row = _row(finding, result)
    return entry.code == finding.code and entry.points_at(row) and entry.still_holds(row)


def _why_stale(entry: Suppression, result: ReviewResult) -> str:
    """Say why an entry sets nothing aside in its declaration."""
    named = entry.row is not None or entry.indicator is not None
    rows = [row for row in result.rows if entry.points_at(row)]
    if named and not rows:
        return "申报表中已没有这项指标"
    found = [_row(finding, result) for finding in result.findings if finding.code == entry.code]
    changed = [row for row in found if row is not None and entry.points_at(row)]
    if not changed:
        return "申报表中已没有这个问题"
    now = shorten(changed[0].indicator.target)
    return (
        f"指标内容已有变化（现为“{now}”），原豁免不再适用"
        if now
        else "指标内容已有变化，原豁免不再适用"
    )

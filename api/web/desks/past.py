"""Earlier years of a project beside the one under review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from api.web.wording import KINDS
from corpus.records import SelfEvaluation
from corpus.workflow.difference import pair_rows
from corpus.workflow.earlier import earlier
from corpus.workflow.submissions import Submission

if TYPE_CHECKING:
    from corpus.history import HistoryIndex


@dataclass(frozen=True)
class Paired:
    """An indicator this year and then."""

    now: Mapping[str, Any] | None
    """None for one that is no longer there."""
    then: Mapping[str, Any] | None
    """None for one that is new."""

    @property
    def name(self) -> str:
        """Return what it is called now, or was called then."""
        return str((self.now or self.then or {}).get("name") or "")

    @property
    def same(self) -> bool:
        """Tell whether the target was taken over as it was."""
        if self.now is None or self.then is None:
            return False
        return "".join(str(self.now.get("target")).split()) == "".join(
            str(self.then.get("target")).split()
        )


@dataclass(frozen=True)
class Past:
    """One earlier record of the project."""

    label: str
    source: str
    """Where it was found."""
    record: Mapping[str, Any]
    rows: tuple[Paired, ...]

    @property
    def reported(self) -> bool:
        """Tell whether it says what was reached."""
        return any(row.then and row.then.get("actual") for row in self.rows)


def past_of(
    connection: Connection, item: Submission, record: Mapping[str, Any], index: HistoryIndex
) -> tuple[Past, ...]:
    """Return what is known of earlier years, newest first.

    Taken from what the unit handed in here, from what it sent along, and from imported cases; of
    one year and kind each place is asked only where the one before it had nothing.
    """
    read = SelfEvaluation.model_validate(record)
    found: dict[tuple[int | None, bool], Past] = {}

    def add(label: str, source: str, then: Mapping[str, Any]) -> None:
        reported = any(row.get("actual") for row in then.get("indicators") or ())
        key = (then.get("year"), reported)
        if key not in found:
            found[key] = Past(label, source, then, _paired(record, then))

    for kept in earlier(connection, item):
        year = kept.submission.fiscal_year
        add(f"{year}年度{KINDS[kept.submission.kind]}", "本系统报送", kept.record)
    for sent in record.get("history") or ():
        add(f"{sent.get('year') or '以前'}年度资料", "随送审材料报送", sent)
    for case in index.years_of(read, same_year=item.kind.value == "evaluation"):
        add(f"{case.year}年度资料", "历史项目库", case.model_dump(mode="json"))
    return tuple(sorted(found.values(), key=lambda past: -(past.record.get("year") or 0)))


def _paired(now: Mapping[str, Any], then: Mapping[str, Any]) -> tuple[Paired, ...]:
    new: Sequence[Mapping[str, Any]] = now.get("indicators") or ()
    old: Sequence[Mapping[str, Any]] = then.get("indicators") or ()
    pairs = pair_rows(old, new)
    rows = [
        Paired(row, old[pairs[place]] if place in pairs else None) for place, row in enumerate(new)
    ]
    gone = sorted(set(range(len(old))) - set(pairs.values()))
    return (*rows, *(Paired(None, old[place]) for place in gone))

"""Findings with what reviewers made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.web.filling.posted import LABELS
from corpus.workflow.findings import keyed_findings
from corpus.workflow.status import FindingVerdict
from corpus.workflow.verdicts import GivenFindingVerdict, Standing, standings
from review.feedback.items import FOR_REVIEWERS

_OTHERS = {
    "indicators": "绩效指标",
    "grade": "评价等级",
    "funds": "资金来源",
    "as_of": "监控时点",
    "forecast": "全年预计完成",
    "region": "地区",
}
_NOTHING = Standing(None)


@dataclass(frozen=True)
class Word:
    """What one reviewer says of a finding."""

    who: str
    verdict: FindingVerdict
    reason: str
    wording: str | None
    settles: bool
    own: bool
    """Whether it is the reader's own word."""


@dataclass(frozen=True)
class Remark:
    """One finding on the version under review."""

    key: str
    number: int
    """From 1, in the order of the form."""
    finding: Mapping[str, Any]
    place: str
    """Where it stands, in words."""
    standing: Standing
    words: tuple[Word, ...]
    """The newest of each reviewer."""

    @property
    def severity(self) -> str:
        """Return how much it weighs."""
        return str(self.finding["severity"])

    @property
    def row(self) -> int | None:
        """Return the index of the indicator, None for the form as a whole."""
        return self.finding["row"]

    @property
    def message(self) -> str:
        """Return what the unit will read."""
        return self.standing.wording or str(self.finding["message"])

    @property
    def state(self) -> str:
        """Return confirmed, dismissed, disputed, or open while nobody has spoken."""
        if self.standing.disputed:
            return "disputed"
        return str(self.standing.verdict or "open")

    @property
    def internal(self) -> bool:
        """Tell whether it is for reviewers alone and stays out of letters."""
        return self.finding["name"] in FOR_REVIEWERS


@dataclass(frozen=True)
class Progress:
    """How many findings have been judged."""

    total: int
    confirmed: int
    dismissed: int
    disputed: int

    @property
    def open(self) -> int:
        """Return how many nobody has spoken of."""
        return self.total - self.confirmed - self.dismissed - self.disputed


def remarks(
    result: Mapping[str, Any],
    given: Sequence[GivenFindingVerdict],
    number: int,
    names: Mapping[str, str],
    reader: str | None,
) -> tuple[Remark, ...]:
    """Return the findings of a version's review in the order of the form.

    `names` says what accounts are called, `reader` is the account that looks.
    """
    stand = standings(given, number)
    newest: dict[str, dict[str, GivenFindingVerdict]] = {}
    for item in given:
        if item.version == number:
            newest.setdefault(item.finding, {})[item.account_id] = item
    return tuple(
        Remark(
            key,
            place,
            finding,
            place_of(finding, result["rows"]),
            stand.get(key, _NOTHING),
            tuple(_word(item, names, reader) for item in newest.get(key, {}).values()),
        )
        for place, (key, finding) in enumerate(keyed_findings(result).items(), 1)
    )


def progress(found: Sequence[Remark]) -> Progress:
    """Count what has been judged."""
    states = [remark.state for remark in found]
    return Progress(len(states), *map(states.count, ("confirmed", "dismissed", "disputed")))


def place_of(finding: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> str:
    """Return where a finding stands: row, name and field, or the field of the form."""
    field = finding["field"] or ""
    label = LABELS.get(field) or _OTHERS.get(field, "")
    row = finding["row"]
    if row is None or not 0 <= row < len(rows):
        return label or "整份材料"
    name = rows[row]["name"].strip() or "（未填名称）"
    return f"第{row + 1}行 {name}" + (f" · {label}" if label else "")


def _word(item: GivenFindingVerdict, names: Mapping[str, str], reader: str | None) -> Word:
    return Word(
        names.get(f"account:{item.account_id}", "审核人员"),
        item.verdict,
        item.reason,
        item.wording,
        item.settles,
        item.account_id == reader,
    )

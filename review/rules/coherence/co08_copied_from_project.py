"""CO08 coherence.copied_from_project — 指标与另一项目雷同

反例：
    8项指标中有7项的名称和目标值与另一项目完全相同，连“渠道衬砌23.6公里”这样的数字也一样。
正例：
    借用同类项目的指标名称，目标值按本项目的任务量、历史水平逐项测算。
理由：
    整套照抄说明指标没有结合本项目测算，目标值不能作为审核和评价的依据。
已知局限：
    只与库中已有的项目比较；同一项目的以前年度不算；名称和目标值都相同才计为雷同。
依据：
    财预〔2015〕88号：审核绩效目标的相关性和适当性，绩效目标应指向明确、合理可行、相应匹配。
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from corpus.text import normalise
from review.context import ReviewContext, Row
from review.facts.ease import peer_evidence
from review.facts.published import row_key
from review.facts.values import is_number
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.rule import Hit, Rule
from review.wording import enumerate_names, shorten

_SHARE, _LEAST, _LEAST_PARTICULAR = 0.6, 5, 2
_YEAR = re.compile(r"(?:19|20)\d{2}(?:[-~至](?:19|20)?\d{2})?年?度?|[\W_]")
_ROUND = {"%", "‰"}


@dataclass
class _Likeness:
    """The rows that one other project has in common with the declaration."""

    rows: list[Row] = field(default_factory=list)
    peers: list[Any] = field(default_factory=list)

    @property
    def particular(self) -> int:
        """Return how many common rows state an amount of work, not a percentage."""
        return sum(is_number(row.parsed) and row.parsed.unit not in _ROUND for row in self.rows)


def _title(name: str) -> str:
    """Return a project name without year and punctuation."""
    return _YEAR.sub("", normalise(name))


def _is_same_project(first: str, second: str) -> bool:
    """Tell whether two names are those of one project, perhaps of two years."""
    short, long = sorted((_title(first), _title(second)), key=len)
    return not short or short in long


def _common(context: ReviewContext, least: float) -> dict[str, _Likeness]:
    """Return, by project, the rows that a different project has word for word.

    Peers are asked for only where, and as long as, so many rows as `least` may be found elsewhere.
    """
    found: dict[str, _Likeness] = defaultdict(_Likeness)
    rows = [row for row in context.rows if _may_be_copied(context, row)]
    remaining = len(rows)
    for row in rows:
        if remaining < least:
            return {}
        seen: set[str] = set()
        key = row_key(row.indicator.name, row.indicator.target)
        for peer in context.peers(row):
            if peer.project_id not in seen and row_key(peer.name, peer.target) == key:
                seen.add(peer.project_id)
                found[peer.project_id].rows.append(row)
                found[peer.project_id].peers.append(peer)
        remaining -= not seen
    return found


def _may_be_copied(context: ReviewContext, row: Row) -> bool:
    """Tell whether a row with a target may stand in another project word for word."""
    if not row.target.text.strip():
        return False
    published = context.published_rows
    return published is None or published.has(row.indicator.name, row.indicator.target)


def _check(context: ReviewContext) -> Iterator[Hit]:
    least = max(_LEAST, _SHARE * len(context.rows))
    if len(context.rows) < _LEAST:
        return
    likest = max(_common(context, least).values(), key=lambda item: len(item.rows), default=None)
    if likest is None or len(likest.rows) < least or likest.particular < _LEAST_PARTICULAR:
        return
    other = likest.peers[0].project_name
    if _is_same_project(other, context.declaration.project_name):
        return
    yield Hit(
        field="indicators",
        values={
            "count": len(likest.rows),
            "total": len(context.rows),
            "other": shorten(other),
            "names": enumerate_names(
                [f"{row.quoted['name']} {row.quoted['target']}" for row in likest.rows], 3
            ),
        },
        evidence=tuple(peer_evidence(peer) for peer in likest.peers[:5]),
        suggestion=Suggestion("请按本项目的任务量、单位标准和历史水平逐项重新测算目标值。"),
    )


RULE = Rule(
    code="CO08",
    name="coherence.copied_from_project",
    severity=Severity.WARNING,
    message=(
        "{total}项指标中有{count}项（{names}）的名称和目标值与“{other}”完全相同，"
        "请结合本项目实际重新设定。"
    ),
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.9,
)

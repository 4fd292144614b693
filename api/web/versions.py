"""What differs between two versions, in words and values for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from api.web.filling.posted import LABELS
from corpus.importers.number_format import plain
from corpus.workflow.difference import RowChange, difference

_OTHERS = {"region": "地区", "id": "项目编号", "funds": "资金来源", "grade": "评价等级"}
_KINDS = {"added": "新增", "removed": "删除", "changed": "修改"}


@dataclass(frozen=True)
class ShownChange:
    """One value, before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class ShownRow:
    """One indicator: added, removed or changed."""

    kind: str
    word: str
    name: str
    summary: str
    """Level, target and weight of a row that was added or removed."""
    changes: tuple[ShownChange, ...]


@dataclass(frozen=True)
class Differences:
    """Everything that differs."""

    fields: tuple[ShownChange, ...]
    rows: tuple[ShownRow, ...]

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing differs that a form shows."""
        return not self.fields and not self.rows


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Differences:
    """Compare two stored records."""
    found = difference(before, after)
    fields = tuple(
        ShownChange(
            LABELS.get(item.field) or _OTHERS[item.field], _text(item.before), _text(item.after)
        )
        for item in found.fields
        if item.field in LABELS or item.field in _OTHERS
    )
    return Differences(fields, tuple(_row(item, before, after) for item in found.rows))


def _row(item: RowChange, before: Mapping[str, Any], after: Mapping[str, Any]) -> ShownRow:
    changes = tuple(
        ShownChange(LABELS[change.field], _text(change.before), _text(change.after))
        for change in item.changes
    )
    return ShownRow(item.kind, _KINDS[item.kind], item.name, _summary(item, before, after), changes)


def _summary(item: RowChange, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    if item.kind == "changed":
        return ""
    rows, place = (
        (after["indicators"], item.after_index)
        if item.kind == "added"
        else (before["indicators"], item.before_index)
    )
    row = rows[place]
    weight = row.get("weight")
    pieces = [row.get("level2") or row.get("level1") or "", row.get("target") or ""]
    pieces += [f"{_text(weight)}分"] if weight is not None else []
    return "，".join(piece for piece in pieces if piece)


def _text(value: Any) -> str:
    if value is None or value == "":
        return "（空）"
    if isinstance(value, float):
        return plain(value)
    return value if isinstance(value, str) else str(value) if isinstance(value, int) else "（略）"

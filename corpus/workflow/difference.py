"""What differs between two versions of a declaration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from typing import Any

_ROW_FIELDS = ("level1", "level2", "name", "target", "weight", "actual", "score", "reason")
_APART = frozenset({"indicators", "history"})
_ALIKE = 0.6
"""Share of common characters from which a row under another name is the same row renamed."""


@dataclass(frozen=True)
class Change:
    """One field, before and after."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class RowChange:
    """One indicator row: added, removed or changed."""

    kind: str
    before_index: int | None
    after_index: int | None
    name: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Difference:
    """Everything that differs between two records."""

    fields: tuple[Change, ...]
    rows: tuple[RowChange, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return asdict(self)


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> Difference:
    """Compare two records in the shape of contract.md."""
    names = dict.fromkeys([*before, *after])
    fields = tuple(
        Change(name, before.get(name), after.get(name))
        for name in names
        if name not in _APART and _value(before.get(name)) != _value(after.get(name))
    )
    old, new = before.get("indicators") or (), after.get("indicators") or ()
    return Difference(fields, tuple(_row_changes(old, new)))


def _row_changes(
    old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]
) -> list[RowChange]:
    pairs = pair_rows(old, new)
    changes = []
    for place, row in enumerate(new):
        partner = pairs.get(place)
        if partner is None:
            changes.append(RowChange("added", None, place, _name(row)))
            continue
        differing = tuple(
            Change(field, old[partner].get(field), row.get(field))
            for field in _ROW_FIELDS
            if _value(old[partner].get(field)) != _value(row.get(field))
        )
        if differing:
            changes.append(RowChange("changed", partner, place, _name(row), differing))
    gone = sorted(set(range(len(old))) - set(pairs.values()))
    return changes + [RowChange("removed", place, None, _name(old[place])) for place in gone]


def pair_rows(old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """Match new rows to old ones: by name, then by likeness of the names within a level."""
    pairs: dict[int, int] = {}
    free = list(range(len(old)))
    for place, row in enumerate(new):
        same = next((o for o in free if _identity(old[o]) == _identity(row)), None)
        if same is not None:
            pairs[place] = same
            free.remove(same)
    candidates = sorted(
        (
            (-_likeness(old[o], row), place, o)
            for place, row in enumerate(new)
            if place not in pairs
            for o in free
        ),
    )
    for likeness, place, o in candidates:
        if -likeness >= _ALIKE and place not in pairs and o in free:
            pairs[place] = o
            free.remove(o)
    return pairs


def _likeness(one: Mapping[str, Any], other: Mapping[str, Any]) -> float:
    if one.get("level1") != other.get("level1"):
        return 0.0
    return SequenceMatcher(None, _name(one), _name(other), autojunk=False).ratio()


def _identity(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row.get("level1"), row.get("level2"), _name(row)


def _name(row: Mapping[str, Any]) -> str:
    return str(row.get("name") or "")


def _value(value: Any) -> Any:
    """Return a value as compared: a missing one and an empty one are alike."""
    return None if value in ("", (), []) else value

"""How a feedback speaks of several rows at once, and of what to write instead."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.records import Indicator

_MOST_VALUES = 3


@dataclass(frozen=True)
class Quoted:
    """How a message quotes the name and the target of its row."""

    name: str
    target: str


def general_message(messages: Sequence[str], quoted: Sequence[Quoted | None]) -> str:
    """Return one sentence that says what all the messages say, or nothing if there is none.

    指标“甲”的指标值“提高”… and 指标“乙”的指标值“增强”… become 下列指标的指标值“提高”“增强”….
    """
    if len(messages) == 1:
        return messages[0]
    pairs = list(zip(messages, quoted, strict=True))
    if any(row is None for row in quoted):
        return messages[0] if len(set(messages)) == 1 else ""
    nameless = {_without_name(message, row.name) for message, row in pairs if row}
    if len(nameless) == 1:
        return nameless.pop()
    valueless = {
        _without_target(_without_name(message, row.name), row.target)
        for message, row in pairs
        if row
    }
    if len(valueless) != 1:
        return ""
    values = list(dict.fromkeys(f"“{row.target}”" for row in quoted if row and row.target))
    shown = "".join(values[:_MOST_VALUES]) + ("等" if len(values) > _MOST_VALUES else "")
    return valueless.pop().replace("\0", shown)


def _without_name(message: str, name: str) -> str:
    """Replace the quoted name by “these”."""
    return re.sub(
        rf"((?:数量|质量|效益)?指标(?:名称)?)“{re.escape(name)}”",
        r"下列\1",
        message.replace("\0", ""),
        count=1,
    )


def _without_target(message: str, target: str) -> str:
    """Put a mark where the target is quoted; drop it where it only stands in brackets."""
    if not target:
        return message
    return message.replace(f"（{target}）", "").replace(f"“{target}”", "\0")


def replacement(proposed: Mapping[str, Any], row: Indicator | None) -> str:
    """Say how a proposed indicator differs from a row, or that it should be added."""
    level2, name, target = (str(proposed.get(key) or "") for key in ("level2", "name", "target"))
    if not name:
        return ""
    if row is None:
        value = f"，指标值“{target}”" if target else "，指标值按实施计划填写"
        return f"可增设{level2}“{name}”{value}"
    parts = []
    if level2 and not _alike(level2, row.level2):
        parts.append(f"移至“{proposed.get('level1') or ''}—{level2}”")
    if not _alike(name, row.name):
        parts.append(f"名称改为“{name}”")
    if target and not _alike(target, row.target):
        parts.append(f"指标值改为“{target}”")
    return "，".join(parts)


def _alike(one: str, other: str) -> bool:
    """Tell whether two texts differ by blanks alone."""
    return "".join(one.split()) == "".join(other.split())

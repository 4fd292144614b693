"""The header block of a form: project, units, year, kind, and what the project is about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from corpus.importers.fields import function_class
from corpus.importers.grid import Cell
from corpus.importers.segment import Segment, split_label
from corpus.importers.vocabulary import bare_label, header_field

_YEAR = re.compile(r"((?:19|20)\d{2})\s*年")
_BARE_YEAR = re.compile(r"(?:19|20)\d{2}")
_CODE = re.compile(
    r"^(?:[\[【(（]\d{3,}[\]】)）][-－—_\s]*|\d{3,}[-－—_\s]+|\d{6,})(?=[^\d\s])"
    r"|\s*[\[【(（]\d{3,}[\]】)）]$"
)
_TICKS = "☑√✓✔■☒▣●🗹"
_CHECKED = re.compile(rf"[{_TICKS}]\s*([^\s{_TICKS}□○☐◻]+)")
_CHECKED_AFTER = re.compile(rf"([^\s{_TICKS}□○☐◻()（）]+)\s*[(（]?[{_TICKS}]")
_BOXES = re.compile(rf"[□○☐◻{_TICKS}]")
_MAX_UNIT = 200
_NO_PROJECT_TYPES = frozenset({"", "/", "-", "无"})


@dataclass(frozen=True)
class HeaderBlock:
    """Fields read from the header block, under the names of `Declaration`."""

    fields: dict[str, Any]
    title: str
    """All text above the first label, such as 项目支出绩效自评表（2023年度）."""


def read_header(segment: Segment) -> HeaderBlock:
    """Read the labelled fields above the indicator table."""
    found: dict[str, str] = {}
    about: list[tuple[str, str]] = []
    title: list[str] = []
    for cell in segment.header_cells():
        label, value = split_label(cell.text)
        field = header_field(label)
        if field is None:
            if not found:
                title.append(cell.text)
            continue
        text = value or _value_text(segment, cell)
        if field == "description" and text:
            about.append((bare_label(label), text))
        elif text:
            found.setdefault(field, text)
        else:
            found.setdefault(field, "")
    heading = " ".join(title)
    return HeaderBlock(_fields(found, about, heading), heading)


def _value_text(segment: Segment, label: Cell) -> str:
    value = segment.value_of(label)
    return value.text.strip() if value else ""


def _fields(found: dict[str, str], about: list[tuple[str, str]], title: str) -> dict[str, Any]:
    fields: dict[str, Any] = {
        name: found.get(name) or None
        for name in ("id", "project_name", "region", "department", "implementing_unit")
    }
    for name in ("department", "implementing_unit"):
        if fields[name]:
            fields[name] = without_code(fields[name])
    fields["project_type"] = checked_option(found.get("project_type", ""))
    fields["function_code"] = function_class(found.get("function_code") or None)
    fields["year"] = _year(found.get("year", ""), title)
    if len(about) == 1:
        fields["description"] = about[0][1]
    elif about:
        fields["description"] = "\n".join(f"{label}：{text}" for label, text in about)
    return fields


def without_code(unit: str) -> str:
    """Return a unit's name without the code that forms ask for beside it (101-某局 → 某局)."""
    return unit if len(unit) > _MAX_UNIT else _CODE.sub("", unit).strip() or unit


def checked_option(text: str) -> str | None:
    """Return the ticked option of “□新增项目 ☑延续项目”; plain text comes back as it is."""
    if text.strip() in _NO_PROJECT_TYPES:
        return None
    if not _BOXES.search(text):
        return text.strip()
    short = text.strip()[:_MAX_UNIT]
    pattern = _CHECKED if _BOXES.match(short) else _CHECKED_AFTER
    match = pattern.search(short)
    return match[1].strip(" ：:;；") if match else None


def _year(labelled: str, title: str) -> int | None:
    match = _BARE_YEAR.search(labelled)
    if match:
        return int(match.group())
    named = _YEAR.search(re.sub(r"\s", "", title))
    return int(named[1]) if named else None

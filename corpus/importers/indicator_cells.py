"""What one indicator cell says: numbering off, several indicators apart, name and target apart."""

from __future__ import annotations

import re

_MAX_SPLIT = 300
"""Longer cells are prose; and the patterns below are only safe on short text."""
_MAX_TEMPLATE = 40
_NUMBERED = re.compile(r"(?:^|(?<=[\s;；。]))指标 {0,3}\d{1,2} {0,3}(?:[:：.、．]|(?=\s|$))")
_LISTED = (
    re.compile(r"(?:^|(?<=[\s;；。，,、]))(\d{1,2}) {0,3}[.、．](?!\d)"),
    re.compile(r"[(（] {0,3}(\d{1,2}) {0,3}[)）]"),
    re.compile(r"([①-⑳])"),
)
"""Ways of numbering a list within a cell: 1. or 1、, (1), ①."""
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_NOTE_MARK = re.compile(r"(?<=[^\s①-⑳*＊])[①-⑳*＊]$")
_VALUE = re.compile(r"(?:[≥≤><=＝＞＜]+|不[低少高超]于?过?)?\s*\d[\d.,]*\s*[^\d\s]")
"""Begins a line that is a value of its own: an amount with a unit, a date."""
_CONTINUED = re.compile(r"[(（]续[表上页]?[)）]$")
_ONLY_TEMPLATE = re.compile(r"(?:指标)?\s*[\d一二三四五六七八九十]*\s*[:：.、．…\-—/*]*")
_DOTS = re.compile(r"[.…·。\s\-—/*]*")
_SIGN_TAIL = re.compile(
    r"^(?P<name>.*?[^\s:：(（])\s*[:：]?\s*(?P<target>(?:≥|≤|>=|<=|=|＝|>|<|＞|＜)\s*\d.*)$",
    re.DOTALL,
)
_WORD_TAIL = re.compile(
    r"^(?P<name>.*?[^\s:：])\s*[:：]?\s*"
    r"(?P<target>(?:不低于|不少于|不高于|不超过|不多于|大于等于|小于等于|大于|小于|达到|至少|控制在|达)\s*\d.*)$",
    re.DOTALL,
)  # fmt: skip
_COLON_TAIL = re.compile(r"^(?P<name>[^:：]{2,}?)\s*[:：]\s*(?P<target>\S.*)$", re.DOTALL)
_SPACED_TAIL = re.compile(r"^(?P<name>\D.*?)\s+(?P<target>\d\S*)$", re.DOTALL)
_NUMBER_TAIL = re.compile(
    r"^(?P<name>.*[^\d\sA-Za-z.,，。:：~\-—])\s*(?P<target>\d[\d.,]*\s*(?:[%％‰]|[万亿]?[^\d\s，。；、]{0,4}))$",
    re.DOTALL,
)


def split_numbered(text: str) -> list[str]:
    """Split “指标1：甲 指标2：乙” or “1.甲 2.乙” into its parts, numbering off.

    Other texts are one part.
    """
    marks = list(_NUMBERED.finditer(text)) or _list_marks(text)
    if not marks:
        return [text.strip()]
    head = text[: marks[0].start()].strip()
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    parts = [
        text[mark.end() : end].strip(" \t\r\n;；") for mark, end in zip(marks, ends, strict=True)
    ]
    return ([head] if head else []) + parts


def _list_marks(text: str) -> list[re.Match[str]]:
    """Return the numbering of a list that fills a text: from 1 on, without gaps, two at least."""
    for pattern in _LISTED:
        marks = list(pattern.finditer(text))
        numbers = [_CIRCLED.find(m[1]) + 1 or int(m[1]) for m in marks]
        counted = numbers == list(range(1, len(numbers) + 1))
        if counted and len(marks) > 1 and marks[0].start() == 0:
            return marks
    return []


def is_blank(text: str) -> bool:
    """Return whether a cell holds nothing, or only what the template left there (指标1：, ……)."""
    stripped = text.strip()
    if not stripped or _DOTS.fullmatch(stripped):
        return True
    if len(stripped) > _MAX_TEMPLATE:
        return False
    return not stripped.isdecimal() and bool(_ONLY_TEMPLATE.fullmatch(stripped))


def split_lines(text: str, count: int) -> list[str] | None:
    """Return the values of several indicators in one cell, None where they don't fit."""
    parts = split_numbered(text)
    if len(parts) == count:
        return parts
    for pattern in (r"\n+", r"[;；]\s*\n?"):
        lines = [line.strip() for line in re.split(pattern, text) if line.strip()]
        if len(lines) == count:
            return lines
    return None


def split_name(text: str, *, has_target_column: bool) -> tuple[str, str]:
    """Split a cell that holds name and target (硬化里程≥100公里); the target may be empty.

    Where the form has a target column that is blank in this row, only an explicit comparison sign
    counts as the beginning of a target.
    """
    patterns = (_SIGN_TAIL,) if has_target_column else (
        _SIGN_TAIL, _WORD_TAIL, _COLON_TAIL, _SPACED_TAIL, _NUMBER_TAIL
    )  # fmt: skip
    if len(text) > _MAX_SPLIT:
        return text, ""
    for pattern in patterns:
        match = pattern.match(text)
        if match:
            return match["name"].strip(), match["target"].strip()
    return text, ""


def split_pairs(name: str, target: str) -> list[str]:
    """Split a name of several lines of which each has its own value in the target cell.

    A name broken over lines by a narrow column stays whole: its value has no such lines, or lines
    that are no values (≥12 over 公里).
    """
    lines = [line.strip() for line in name.splitlines() if line.strip()]
    values = [line.strip() for line in target.splitlines() if line.strip()]
    apart = len(lines) > 1 and len(lines) == len(values) and all(map(_VALUE.match, values))
    return lines if apart else [name]


def without_note_mark(name: str) -> str:
    """Return a name without the mark of a footnote at its end (改造长度①)."""
    return _NOTE_MARK.sub("", name)


def clean_level(text: str) -> str:
    r"""Return a level without the spaces and line breaks of narrow columns (产出\n指标).

    Cells that were merged after each had been filled say the same twice; pages that continue a
    table say 续.
    """
    lines = list(dict.fromkeys(line.strip() for line in text.splitlines()))
    return _CONTINUED.sub("", re.sub(r"\s+", "", "".join(lines)))

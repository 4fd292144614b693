"""Numbers and dates of a spreadsheet as the unit saw them (0.95 shown as 95%)."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')
_DIGITS = re.compile(r"[#0?][#0?,.]*")
_DAY = re.compile(r"[dD]")
_TIME = re.compile(r"[hH]|s")


def shown_text(value: Any, number_format: str = "General") -> str:
    """Return a cell's value as text, in the way that its number format shows it.

    Percent formats and literals around the digits (0"公里", "≥"0) are kept, since they carry what
    the unit meant; rounding for display is not applied.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dt.datetime | dt.date):
        return _date(value, number_format)
    if isinstance(value, dt.time | dt.timedelta):
        return str(value)
    if isinstance(value, int | float):
        return _number(value, number_format)
    return str(value).replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")


def plain(value: float) -> str:
    """Return a number without float noise or a useless fraction (0.1+0.2 → 0.3, 5.0 → 5)."""
    if isinstance(value, int):
        return str(value) if abs(value) < 10**30 else f"{value:.6e}"
    text = f"{value:.12g}"
    return f"{value:.0f}" if "e+" in text and abs(value) < 1e15 else text


def _number(value: float, number_format: str) -> str:
    section = number_format.split(";")[0]
    if number_format in ("General", "@") or not section:
        return plain(value)
    bare = _LITERAL.sub("", section)
    if "%" in bare:
        return f"{plain(value * 100)}%"
    digits = _DIGITS.search(_LITERAL.sub(lambda m: "\x00" * len(m.group()), section))
    if digits is None:
        return plain(value)
    before, after = section[: digits.start()], section[digits.end() :]
    return f"{_literals(before)}{plain(value)}{_literals(after)}"


def _literals(text: str) -> str:
    """Return the quoted and escaped characters of a format, and comparison signs."""
    kept = [m[1] or m[2] or "" for m in _LITERAL.finditer(text)]
    bare = _LITERAL.sub("", text)
    signs = "".join(char for char in bare if char in "≥≤＞＜=><")
    return signs + "".join(kept).strip()


def _date(value: dt.date, number_format: str) -> str:
    bare = _LITERAL.sub("", number_format)
    text = f"{value.year}年{value.month}月"
    if _DAY.search(bare) or number_format == "General":
        text += f"{value.day}日"
    if isinstance(value, dt.datetime) and _TIME.search(bare) and (value.hour or value.minute):
        text += f"{value.hour}:{value.minute:02d}"
    return text

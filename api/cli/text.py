"""Pieces that every printed result shares: safe text, headers, short forms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


def safe(value: object) -> str:
    """Return a value as text that cannot steer a terminal; None is empty."""
    return "" if value is None else _UNPRINTABLE.sub("", str(value))


def one_line(value: object, most: int = 0) -> str:
    """Return a value as one line, cut to `most` characters."""
    text = " ".join(safe(value).split())
    return text if not most or len(text) <= most else text[: most - 1] + "…"


def number(value: float | None) -> str:
    """Return a number without needless digits."""
    return "" if value is None else f"{value:g}" if abs(value) < 1e6 else f"{value:,.0f}"


def styled(*pieces: str | tuple[str, str]) -> Text:
    """Return rich text from plain pieces and (text, style) pairs."""
    from rich.text import Text

    return Text.assemble(*pieces)


def table(*columns: str | tuple[str, dict[str, Any]], title: str = "") -> Table:
    """Return an empty table of the house style."""
    from rich import box
    from rich.table import Table

    made = Table(
        title=title or None,
        title_justify="left",
        title_style="bold",
        header_style="bold",
        box=box.SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
        pad_edge=False,
        show_edge=False,
        expand=False,
    )
    for column in columns:
        name, options = (column, {}) if isinstance(column, str) else column
        made.add_column(name, **{"overflow": "fold", **options})
    return made


def facts(declaration: Mapping[str, Any]) -> str:
    """Return the line under a project's name: unit, year, function, budget."""
    from corpus.taxonomy import function_name

    code = declaration.get("function_code")
    name = function_name(code) if code else None
    budget = declaration.get("budget_wan")
    year = declaration.get("year")
    parts = [
        one_line(declaration.get("department"), 40),
        f"{year}年" if year else "",
        f"{code} {name}" if name else "",
        f"预算 {number(budget)} 万元" if budget is not None else "",
    ]
    return " · ".join(part for part in parts if part)


def level(row: Mapping[str, Any]) -> str:
    """Return 产出·数量 for 产出指标 and 数量指标, 效益·经济 for 效益指标 and 经济效益指标."""
    first = one_line(row.get("level1")).removesuffix("指标")
    second = one_line(row.get("level2")).removesuffix("指标")
    if first and second != first:
        second = second.removesuffix(first)
    return "·".join(dict.fromkeys(part for part in (first, second) if part))

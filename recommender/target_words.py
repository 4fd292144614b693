"""How target values, thresholds and distributions are worded in Chinese."""

from __future__ import annotations

import re

from corpus.records import Direction, LibraryIndicator
from corpus.text import number
from recommender.choice import Choice

_CAPPED = re.compile(r"(?:率|度|比例|比重|占比)$")
_UNCAPPED = re.compile(r"增长|增幅|增速|提高|提升|下降|降低|节约|升幅|降幅|增收")


def written(name: str, direction: Direction, value: float, unit: str) -> str:
    """Return a value as a form writes it: ≥95%, ≤14元/件, 100%, 0起."""
    if is_capped(name, unit) and direction != "≤" and value >= 100:
        return "100%"
    sign = "" if direction in {"=", "定性"} or (direction == "≤" and value == 0) else direction
    return f"{sign}{number(value)}{unit}"


def is_capped(name: str, unit: str) -> bool:
    """Tell whether a share cannot exceed 100%."""
    return unit == "%" and _CAPPED.search(name) is not None and not _UNCAPPED.search(name)


def thresholds(library: LibraryIndicator, unit: str) -> str:
    """Return the library's three values in words, one where all are the same."""
    if library.weak == library.typical == library.strong and library.typical is not None:
        return f"一般{number(library.typical)}{unit}"
    named = (("较低", library.weak), ("一般", library.typical), ("较高", library.strong))
    return "、".join(f"{word}{number(value)}{unit}" for word, value in named if value is not None)


def question_for(choice: Choice) -> str:
    """Return what the unit must be asked where only its own plan can tell the target."""
    unit = f"（{choice.unit}）" if choice.unit else ""
    if choice.level1 == "成本指标":
        return f"“{choice.name}”的预算标准是多少{unit}？"
    if choice.level2 == "时效指标":
        return f"“{choice.name}”计划为多少{unit}？"
    return f"本年度“{choice.name}”计划达到多少{unit}？"

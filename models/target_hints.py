"""The labelling rubric as hints: plain reasons for a label that a row alone can give.

The classifier weighs hints with everything else it sees, and explanations quote their reasons;
alone they are the rule-only baseline of the evaluation.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from models.target_clues import Clue, Field
from models.target_rows import Form, Row, has_word, word_patterns

_TERMS = re.compile("经济(?:困难|作物|林|适用|普查|薄弱|开发区|合作社?)|发展改革")
MEASURED = frozenset({"number", "range"})


@dataclass(frozen=True)
class Hint:
    """One sentence of the rubric."""

    name: str
    holds: Callable[[Row, Form], bool]
    field: Field
    """Where the reason lies."""
    reason: str
    """What a reviewer would say."""
    clues: tuple[Clue, ...] = ()
    """Where the words and figures stand that it rests on; the whole of `field` without any."""


def is_measured(row: Row) -> bool:
    """Tell whether the value is a number or a range."""
    return row.parsed.kind in MEASURED


def plain_name(row: Row) -> str:
    """Return a name without fixed terms that only contain an abstract word."""
    return _TERMS.sub("", row.name)


def is_effect(row: Row) -> bool:
    """Tell whether a name speaks of an effect rather than of something countable."""
    if row.measure.family not in {"", "effect"} or "率" in row.name.replace("效率", ""):
        return False
    return has_word(row.name, "effect_verb") or has_word(plain_name(row), "abstract_noun")


def about_money(row: Row) -> bool:
    """Tell whether a name speaks of money."""
    return row.measure.family in {"cost", "money", "unit_cost"} or has_word(row.name, "fund")


def in_level2(row: Row, *words: str) -> bool:
    """Tell whether the 二级指标 has one of some words."""
    return any(word in row.indicator.level2 for word in words)


def is_observable(row: Row) -> bool:
    """Tell whether a name speaks of something that can be seen, and of nothing abstract."""
    patterns = word_patterns()
    seen = patterns["observable_noun"][1].sub("", row.name)
    return seen != row.name and not patterns["abstract_noun"][1].search(seen)

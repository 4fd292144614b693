"""A self-evaluation beside the declaration of the same year: which row became which."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from corpus.records import Declaration
from corpus.text import normalise
from models.measure import SAME, same_measure
from review.context import ReviewContext, Row, build_rows, parse_rows

_MEMO = "declared"
_ALIKE = 0.72
"""Likeness of two names, letter by letter, from which one is the other reworded."""
_OTHER_LEVEL = 0.9
"""What a pair under different first levels counts for."""
_MARKS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Pair:
    """One indicator as declared and as reported."""

    declared: Row
    reported: Row

    @property
    def is_renamed(self) -> bool:
        """Tell whether the name was changed by more than marks and spaces."""
        return bare(self.declared) != bare(self.reported)


@dataclass(frozen=True)
class Comparison:
    """A declaration and its self-evaluation, row by row."""

    declaration: Declaration
    pairs: tuple[Pair, ...]
    dropped: tuple[Row, ...]
    """Declared rows that the self-evaluation does not have."""
    added: tuple[Row, ...]
    """Reported rows that were not declared."""


def bare(row: Row) -> str:
    """Return a name without marks and spaces."""
    return _MARKS.sub("", normalise(row.indicator.name))


def declared_for(record: Declaration) -> Declaration | None:
    """Return the declaration of the same year from a record's history, None where there is none.

    A declaration has indicators and no results. Without a year on the self-evaluation, the only
    one there is counts.
    """
    plans = [
        past
        for past in record.history
        if past.indicators and not any(row.actual for row in past.indicators)
    ]
    if record.year is None:
        return plans[0] if len(plans) == 1 else None
    return next((plan for plan in plans if plan.year in (record.year, None)), None)


def compare_with_declared(context: ReviewContext) -> Comparison | None:
    """Return how the rows of a self-evaluation answer those declared, None without a declaration.

    The likest pairs are taken first; every row answers at most one.
    """
    if _MEMO not in context.memo:
        context.memo[_MEMO] = _compare(context)
    found: Comparison | None = context.memo[_MEMO]
    return found


def scoring_rule_of(context: ReviewContext, row: Row) -> str | None:
    """Return how a row loses points: by its own form, else by the declaration it answers."""
    if row.indicator.scoring_rule:
        return row.indicator.scoring_rule
    found = compare_with_declared(context)
    pairs = found.pairs if found else ()
    rules = (p.declared.indicator.scoring_rule for p in pairs if p.reported.index == row.index)
    return next(rules, None)


def _compare(context: ReviewContext) -> Comparison | None:
    """Work out the comparison."""
    declaration = declared_for(context.declaration)
    if declaration is None or not context.rows:
        return None
    parsed = parse_rows(declaration)
    none: list[tuple[str, ...]] = [()] * len(parsed)
    declared = build_rows(declaration, parsed, [None] * len(parsed), none, none)
    ranked = sorted(
        ((_likeness(a, b), a.index, b.index) for a in declared for b in context.rows),
        key=lambda item: (-item[0], item[1], item[2]),
    )
    left, right = {row.index: row for row in declared}, {row.index: row for row in context.rows}
    pairs = []
    for likeness, first, second in ranked:
        if likeness and first in left and second in right:
            pairs.append(Pair(left.pop(first), right.pop(second)))
    pairs.sort(key=lambda pair: pair.reported.index)
    return Comparison(declaration, tuple(pairs), tuple(left.values()), tuple(right.values()))


def _likeness(declared: Row, reported: Row) -> float:
    """Return how likely two rows are one indicator, 0 where they are not."""
    one, other = bare(declared), bare(reported)
    if not one or not other:
        return 0.0
    alike = 1.0 if one == other else _alike(declared, reported, one, other)
    return alike if declared.level1 == reported.level1 else _OTHER_LEVEL * alike


def _alike(declared: Row, reported: Row, one: str, other: str) -> float:
    """Return the likeness of two different names, 0 below what tells a rewording."""
    measure = same_measure(declared.indicator.name, reported.indicator.name)
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    close = matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE
    letters = matcher.ratio() if close else 0.0
    if measure < SAME and letters < _ALIKE:
        return 0.0
    return min(0.99, max(measure, letters))

"""Cells that hold what belongs into another column."""

from __future__ import annotations

import re

from review.context import ReviewContext

_MIN_ROWS = 4
_TOTALS = (100.0, 90.0)
_BARE = re.compile(r"^\d+(?:\.\d+)?$")


def holds_scores(context: ReviewContext) -> bool:
    """Tell whether the target column of a form holds its weights.

    Every target is a bare number, and together they make 100 or 90.
    """
    rows = context.rows
    if len(rows) < _MIN_ROWS or not all(_BARE.match(row.target.text.strip()) for row in rows):
        return False
    values = [row.parsed.value or 0.0 for row in rows]
    return sum(values) in _TOTALS and max(values) < max(_TOTALS)

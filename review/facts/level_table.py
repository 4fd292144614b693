"""Which second level an aspect belongs under, learned from the library.

The table is `aspect_levels.csv`, made by `python -m review.facts.level_table`; a test compares
it with the bundled library.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

from corpus.records import LibraryType
from corpus.taxonomy import canonical_levels
from models.measure import split_name

_MIN_COUNT = 25
"""Aspects that the library shows less often than this are left out."""
_AT_HOME = 0.6
"""Share of one second level from which an aspect belongs there."""
_FOREIGN = 0.015
"""Share below which a second level is foreign to an aspect."""
_FIELDS = ("aspect", "level2", "count")


def count_levels(types: Iterable[LibraryType]) -> dict[str, Counter[str]]:
    """Return how often each aspect stands under each second level."""
    counts: dict[str, Counter[str]] = {}
    for kind in types:
        for indicator in kind.indicators:
            aspect = split_name(indicator.name).aspect
            if aspect:
                level2 = canonical_levels(indicator.level1, indicator.level2)[1]
                counts.setdefault(aspect, Counter())[level2] += 1
    return {aspect: found for aspect, found in counts.items() if found.total() >= _MIN_COUNT}


def to_csv(counts: Mapping[str, Counter[str]]) -> str:
    """Return the table as text."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_FIELDS)
    for aspect in sorted(counts):
        for level2, count in sorted(counts[aspect].items()):
            writer.writerow((aspect, level2, count))
    return text.getvalue()


@cache
def _table() -> dict[str, Counter[str]]:
    """Read the table."""
    text = files("review.facts").joinpath("aspect_levels.csv").read_text(encoding="utf-8")
    counts: dict[str, Counter[str]] = {}
    for row in csv.DictReader(text.splitlines()):
        counts.setdefault(row["aspect"], Counter())[row["level2"]] = int(row["count"])
    return counts


def home_of(aspect: str, level2: str) -> str | None:
    """Return the second level where an aspect belongs when `level2` is foreign to it."""
    counts = _table().get(aspect)
    if not counts:
        return None
    total = counts.total()
    home, count = counts.most_common(1)[0]
    if count / total < _AT_HOME or counts[level2] / total >= _FOREIGN:
        return None
    return home


def _write(path: Path) -> None:
    """Write the table of the bundled library."""
    from corpus.bundle import bundled_library

    path.write_text(to_csv(count_levels(bundled_library())), encoding="utf-8")


if __name__ == "__main__":
    _write(Path(__file__).with_name("aspect_levels.csv"))

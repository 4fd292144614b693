"""Which indicators every project of a type wants, and which only one that has that part.

The library marks some as core. data/generality.csv corrects that by hand: 1 for what is not core
and yet fits every project of the type (its timeliness, its main quality), 0 for a core indicator
of a part that many such projects lack (免学杂费学生数 of 普通高中学生资助).
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from corpus.records import LibraryIndicator


@cache
def _corrections() -> dict[tuple[str, str], bool]:
    """Return what was corrected, by type and name."""
    text = files("recommender").joinpath("data/generality.csv").read_text(encoding="utf-8")
    return {
        (row["type"], row["indicator"]): row["general"] == "1"
        for row in csv.DictReader(text.splitlines())
    }


def is_general(type_id: str, row: LibraryIndicator) -> bool:
    """Tell whether every project of a type wants an indicator; of unknown ones the core."""
    return _corrections().get((type_id, row.name), row.core)

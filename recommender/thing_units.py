"""What a thing is usually counted in: roads in 公里, wells in 眼; data/thing_units.csv."""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache
from importlib.resources import files


@cache
def _units() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the ends of names of things and their unit, in the order of the file."""
    text = files("recommender").joinpath("data/thing_units.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return tuple((re.compile(f"(?:{row['ends']})$"), row["unit"]) for row in rows)


@lru_cache(maxsize=4096)
def unit_of(thing: str) -> str:
    """Return what a thing is usually counted in, empty where that is not clear."""
    return next((unit for pattern, unit in _units() if pattern.search(thing)), "")

"""Grades that we gave ourselves to suggestions that the given labels never judged.

They are kept apart from the labels and never used to fit anything: figures are reported without
them and with them. A line of `recommender/data/judged_suggestions.jsonl` has the fields of a label
(`case`, `key`, `grade`), the `name` as it was shown, which an adapted suggestion has of its own,
and `by`, who graded. `key` is empty where the project's own words alone speak of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from pydantic import Field

from corpus.records import Record

FILE = "judged_suggestions.jsonl"


class Shown(NamedTuple):
    """A suggestion as it is counted: its source and the name it was shown with."""

    key: str
    """`source_key`, empty for the project's own words without a source."""
    name: str

    @property
    def is_adapted(self) -> bool:
        """Whether the name is another than that of the source."""
        return self.key.partition(":")[2] != self.name


class OwnGrade(Record):
    """One line of the file."""

    case: str
    key: str
    name: str
    grade: int = Field(ge=0, le=2)
    by: str
    """Who graded."""


def as_it_stands(key: str) -> Shown:
    """Return an indicator under the name that its source gives it."""
    return Shown(key, key.partition(":")[2])


def grouped(grades: Iterable[OwnGrade]) -> dict[str, dict[Shown, int]]:
    """Return the grades by case and suggestion."""
    found: dict[str, dict[Shown, int]] = {}
    for line in grades:
        found.setdefault(line.case, {})[Shown(line.key, line.name)] = line.grade
    return found


@cache
def bundled_own_grades() -> Mapping[str, Mapping[Shown, int]]:
    """Return what ships with the program."""
    path = files("recommender").joinpath("data", FILE)
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return grouped(OwnGrade.model_validate(json.loads(line)) for line in lines)

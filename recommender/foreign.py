"""Tells when a name speaks of people or places that are not this project's own."""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache
from importlib.resources import files

from corpus.text import normalise
from recommender.deeds import is_of_other_deed
from recommender.project import Project

_DIGIT = re.compile(r"\d")
_PLACE = re.compile(
    r"[一-龥]{2,4}?(?:自治区|自治州|自治县|省|市|县|区|乡|镇|街道|村|州|旗)(?![级民容场管域镇委内])"
)
_PENALTY = 0.5
"""What a name's score is multiplied by for another project's people or setting."""
_OTHER_DEED = 0.6
"""The same for a deed that the project does not speak of."""


@cache
def _pattern() -> re.Pattern[str]:
    """Return the pattern of people and settings that tie an indicator to projects with them."""
    text = files("recommender").joinpath("data/groups.csv").read_text(encoding="utf-8")
    words = [row["word"] for row in csv.DictReader(text.splitlines())]
    return re.compile("|".join(sorted(words, key=len, reverse=True)))


@lru_cache(maxsize=65536)
def groups_of(text: str) -> frozenset[str]:
    """Return the people and settings that a name speaks of."""
    return frozenset(_pattern().findall(normalise(text)))


def ownness(name: str, project: Project, kind: str) -> float:
    """Return what a score is multiplied by: less than 1 where a name speaks of others.

    Others are people, settings and deeds. `kind` is the name of the best library type, whose people
    and settings count as the project's.
    """
    own = f"{project.text}\n{kind}"
    others = [group for group in groups_of(name) if group not in own]
    strange = is_of_other_deed(name, project.deeds)
    return (_PENALTY if others else 1.0) * (_OTHER_DEED if strange else 1.0)


def carries_foreign(name: str, project: Project) -> bool:
    """Tell whether a published name holds a number, year, place or people of others."""
    folded = normalise(name)
    if _DIGIT.search(folded):
        return True
    own = f"{project.text}\n{normalise(project.declaration.region or '')}"
    others = [*_PLACE.findall(folded), *groups_of(name)]
    return any(other not in own for other in others)

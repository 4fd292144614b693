"""Tells when a name speaks of people or places that are not this project's own."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files

from corpus.records import Declaration
from corpus.text import normalise
from recommender.deeds import is_of_other_deed
from recommender.project import Project, pairs

_DIGIT = re.compile(r"\d")
_PLACE = re.compile(
    r"[一-龥]{2,4}?(?:自治区|自治州|自治县|省|市|县|区|乡|镇|街道|村|州|旗)(?![级民容场管域镇委内])"
)
_ANY_PLACE = re.compile(
    r"^(?:本|全|各|该|辖|我|项目|城|郊|社|小|园|景|校|林|矿|库|灌|示范|服务|行政|自然|贫困|脱贫|年|普通|美丽|"
    r"棚户|移民|住房|经济|化工|增效|调出|及|央|自治$|\d)"
)
_PROPER = re.compile(
    r"(?P<name>[一-龥]{2,4}?)(?:维吾尔|壮族|回族|土家族|苗族|彝族|藏族|蒙古族)*"
    r"(?:自治[区州县]|省|市|县|区|乡|镇|街道)(?![级域际属民])"
)
_ORGANISATION = re.compile(
    r"[一-龥]{2,6}?(?:有限公司|集团|学院|大学|职业学校|第[一二三四五六七八九十]+(?:中|小)学|卫生院|福利院)"
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


def _places_in(name: str) -> list[str]:
    """Return the proper names of places in a name; 本市, 全县, 各乡镇 name none."""
    return [place for place in _PLACE.findall(name) if not _ANY_PLACE.match(place)]


@lru_cache(maxsize=16384)
def groups_of(text: str) -> frozenset[str]:
    """Return the people and settings that a name speaks of."""
    return frozenset(_pattern().findall(normalise(text)))


@cache
def _rivals() -> dict[str, dict[str, re.Pattern[str]]]:
    """Return the sets of things of which a project that names one does not mean the others."""
    text = files("recommender").joinpath("data/rivals.csv").read_text(encoding="utf-8")
    found: dict[str, dict[str, re.Pattern[str]]] = {}
    for row in csv.DictReader(text.splitlines()):
        found.setdefault(row["set"], {})[row["member"]] = re.compile(row["words"])
    return found


def rivals_of(name: str, project: Project) -> list[str]:
    """Return what a name speaks of in place of the like thing that the project names.

    初中 in a project of a 小学, whatever its type says; a project that names none may mean all.
    """
    meant = _meant(project.text)
    if not meant:
        return []
    found = []
    for kind, spoken in _members_in(name).items():
        mine = meant.get(kind)
        if mine and not mine & spoken:
            found += sorted(spoken)
    return found


def _find_members(text: str) -> dict[str, frozenset[str]]:
    """Return the rivals that a text speaks of, by their set; sets without any are left out."""
    found = {
        kind: frozenset(member for member, words in members.items() if words.search(text))
        for kind, members in _rivals().items()
    }
    return {kind: members for kind, members in found.items() if members}


_members_in = lru_cache(maxsize=16384)(_find_members)
"""The same for names, which come again and again."""
_meant = lru_cache(maxsize=64)(_find_members)
"""The same for the long texts of the projects at hand."""


def ownness(name: str, project: Project, kind: str) -> float:
    """Return what a score is multiplied by: less than 1 where a name speaks of others.

    Others are people, settings and deeds. `kind` is the name of the best library type, whose people
    and settings count as the project's.
    """
    text = project.text
    others = [each for each in groups_of(name) if each not in text and each not in kind]
    others = others or rivals_of(name, project)
    strange = is_of_other_deed(name, project.deeds)
    return (_PENALTY if others else 1.0) * (_OTHER_DEED if strange else 1.0)


def places_of(case: Declaration) -> frozenset[str]:
    """Return the proper names of the places that a declaration's region and names speak of.

    Without 省, 县 and so on, so that 宁乡 is found in 宁乡籍学生.
    """
    texts = (case.region, case.department, case.implementing_unit, case.project_name)
    found = (match for text in texts if text for match in _PROPER.finditer(normalise(text)))
    names = {match["name"] for match in found}
    return frozenset(name for name in names if not _ANY_PLACE.match(name))


def speaks_of(name: str, places: Iterable[str], project: Project) -> bool:
    """Tell whether a name speaks of one of some places which the project does not mention."""
    own = f"{project.text}\n{normalise(project.declaration.region or '')}"
    folded = normalise(name)
    return any(place in folded and place not in own for place in places)


def is_foreign_object(thing: str, known: frozenset[str]) -> bool:
    """Tell whether less than half of an object's words are known; a generic one is nobody's."""
    words = pairs(thing)
    return bool(words) and len(words & known) * 2 < len(words)


def carries_foreign(name: str, project: Project) -> bool:
    """Tell whether a published name holds a number, year, place or people of others."""
    folded = normalise(name)
    if _DIGIT.search(folded):
        return True
    own = f"{project.text}\n{normalise(project.declaration.region or '')}"
    others = [*_places_in(folded), *_ORGANISATION.findall(folded), *groups_of(name)]
    return any(other not in own for other in others)

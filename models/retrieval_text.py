"""Which texts of a record are searched, and which texts of a declaration ask."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.records import Case, Declaration, LibraryType
from corpus.text import normalise

_PASSAGE_CHARACTERS = 240
"""What the encoder reads of a body; more costs time and blurs the subject."""

_YEAR = re.compile(r"(?:19|20)\d{2}(?:\s*[-—~至]\s*(?:19|20)?\d{2})?年?度?")
_AREA = re.compile(r".{2,7}?(?:自治区|自治州|自治县|省|市|州|盟|地区|县|区|旗|乡|镇|街道)")
_BREAK = re.compile(r"[/()、,;\s]")
_EMPTY_BRACKETS = re.compile(r"\(\s*\)")
_SHORTEST_PLACE = 3
_SHORTEST_OFFICE = 4


@dataclass(frozen=True)
class Fields:
    """The searchable texts of a record, or the asking texts of a declaration."""

    title: str
    """What the thing is called."""
    body: str
    """What it does."""
    indicators: str = ""
    """Names of its indicators."""
    passage: str = ""
    """What the encoder reads."""

    @property
    def whole(self) -> str:
        """Title and body as one text."""
        return f"{self.title}。{self.body}" if self.body else self.title


def type_fields(kind: LibraryType) -> Fields:
    """Return the searchable texts of a library type."""
    return Fields(
        title=_join(kind.project_type, *kind.aliases),
        body=_join(kind.scope, *kind.activities, *kind.departments),
        indicators=_join(*(indicator.name for indicator in kind.indicators)),
        passage=_passage(kind.project_type, kind.scope),
    )


def case_fields(case: Case) -> Fields:
    """Return the searchable texts of a published case."""
    return query_fields(case)


def query_fields(declaration: Declaration) -> Fields:
    """Return the asking texts of a declaration, whose indicators may not be written yet."""
    name = subject(declaration)
    return Fields(
        title=name,
        body=_join(declaration.goal, declaration.description, declaration.department or ""),
        indicators=_join(*(indicator.name for indicator in declaration.indicators)),
        passage=_passage(name, _join(declaration.goal, declaration.description)),
    )


def subject(declaration: Declaration) -> str:
    """Return a project's name without years, its own region and its own department.

    These say where and when, not what; left in, they draw the search to namesakes.
    """
    name = _YEAR.sub("", normalise(declaration.project_name))
    for place in sorted(set(_own_places(declaration)), key=len, reverse=True):
        name = name.replace(place, "")
    name = _EMPTY_BRACKETS.sub("", name).strip(" -—、,的")
    return name if len(name) > 1 else declaration.project_name.strip()


def _own_places(declaration: Declaration) -> Iterator[str]:
    """Yield the region, its parts, and the offices' names with and without their places."""
    for part in _BREAK.split(normalise(declaration.region or "")):
        areas, _ = _split_areas(part)
        yield from (text for text in (part, *areas) if len(text) >= _SHORTEST_PLACE)
    for office in (declaration.department, declaration.implementing_unit):
        for part in _BREAK.split(normalise(office or "")):
            areas, rest = _split_areas(part)
            yield from (text for text in areas if len(text) >= _SHORTEST_PLACE)
            yield from (text for text in (part, rest) if len(text) >= _SHORTEST_OFFICE)


def _split_areas(text: str) -> tuple[list[str], str]:
    """Return the areas that a text begins with, such as 湖南省 and 岳阳县, and the rest."""
    areas = []
    position = 0
    while match := _AREA.match(text, position):
        areas.append(match.group())
        position = match.end()
    return areas, text[position:]


def _passage(title: str, body: str) -> str:
    return f"{title}。{body[:_PASSAGE_CHARACTERS]}" if body else title


def _join(*parts: str) -> str:
    return "，".join(part.strip() for part in parts if part.strip())

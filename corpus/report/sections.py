"""Sections of a report with their place, kind and text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.report.headings import LED, Heading, find_headings
from corpus.report.paragraphs import Paragraph
from corpus.report.section_names import Kind, kinds_of
from corpus.report.told_kinds import kinds_told


@dataclass(frozen=True)
class Section:
    """One section; positions count characters of the whole text as given."""

    title: str
    level: float
    kinds: frozenset[Kind]
    """What the heading says it is about, else what a main section tells or is due at its place."""
    within: frozenset[Kind]
    """The same, or what the section it stands in is about."""
    start: int
    heading_end: int
    """Where the heading ends and the text begins."""
    end: int
    """Where the next heading of any level begins."""
    whole_end: int
    """Where the next heading of the same or a higher level begins: subsections included."""

    @property
    def heading_span(self) -> tuple[int, int]:
        """Return where the heading stands."""
        return self.start, self.heading_end


def read_sections(paragraphs: tuple[Paragraph, ...], length: int) -> tuple[Section, ...]:
    """Return the sections of a report in order."""
    headings = find_headings(paragraphs)
    found: list[Section] = []
    path: list[tuple[float, frozenset[Kind]]] = []
    top = _top_level(headings)
    for index, heading in enumerate(headings):
        while path and path[-1][0] >= heading.level:
            path.pop()
        whole_end = _whole_end(headings, index, length)
        kinds = kinds_of(heading.title)
        if not kinds and heading.level <= top:
            kinds = kinds_told(_text(paragraphs, heading, whole_end))
        within = kinds or (path[-1][1] if path else frozenset())
        path.append((heading.level, within))
        found.append(
            Section(
                title=heading.title,
                level=heading.level,
                kinds=kinds,
                within=within,
                start=heading.start,
                heading_end=heading.end,
                end=headings[index + 1].start if index + 1 < len(headings) else length,
                whole_end=whole_end,
            )
        )
    return tuple(_by_place(found, top))


_ORDER: tuple[Kind, ...] = (
    "overview", "funds", "completion", "conclusion", "problems", "measures", "organisation",
)  # fmt: skip
_BY_PLACE: frozenset[Kind] = frozenset({"completion", "problems", "measures"})
"""Parts that a main section without a known name is taken for where it stands in their place."""
_ABOUT: frozenset[Kind] = frozenset({"overview", "background", "department", "goals"})
"""Kinds of which each may open a report."""
_MIN_PLACED = 12
"""Characters of a section; less is a closing word."""


def _by_place(sections: list[Section], top: float) -> Iterator[Section]:
    """Yield the sections; a main one that nothing tells is the absent part due at its place.

    The first of a report that has no account of the project is that account.
    """
    present = frozenset[Kind]().union(*(one.kinds for one in sections))
    main = [one for one in sections if one.level <= top]
    for section in sections:
        if "problems" not in present and _is_before_measures(main, section):
            problems = frozenset[Kind]({"problems"})
            present |= problems
            yield replace(section, kinds=problems, within=problems)
            continue
        if section.kinds or section not in main or section.end - section.start < _MIN_PLACED:
            yield section
            continue
        place = main.index(section)
        opens = not any(one.kinds for one in main[:place]) and any(
            one.kinds for one in main[place + 1 :]
        )
        if opens and section.level < LED and not present & _ABOUT:
            present |= {"overview"}
            whole = frozenset[Kind]({"overview"})
            yield replace(section, kinds=whole, within=whole)
            continue
        before = [one.kinds for one in main[:place] if one.kinds]
        behind = [one.kinds for one in main[place + 1 :] if one.kinds]
        first = max(map(_ORDER.index, before[-1] & set(_ORDER)), default=None) if before else None
        if first is None or (place and not main[place - 1].kinds):
            yield section
            continue
        stop = (
            min((_ORDER.index(kind) for kind in behind[0] & set(_ORDER)), default=len(_ORDER))
            if behind
            else len(_ORDER)
        )
        due = [k for k in _ORDER[first + 1 : stop] if k in _BY_PLACE - present][:1]
        yield replace(section, kinds=frozenset(due), within=frozenset(due) or section.within)


def _is_before_measures(main: Sequence[Section], section: Section) -> bool:
    """Tell whether two main sections in a row tell dated steps, the first under no known name.

    Problems that each name their remedy bear the marks of measures.
    """
    measures = frozenset[Kind]({"measures"})
    if section.kinds != measures or section.level >= LED or kinds_of(section.title):
        return False
    place = next((n for n, one in enumerate(main) if one is section), None)
    behind = main[place + 1 : place + 2] if place is not None else ()
    return any(one.kinds == measures for one in behind)


def _top_level(headings: Sequence[Heading]) -> float:
    """Return the level of a report's main sections: the highest with more than a title."""
    levels = Counter(heading.level for heading in headings)
    return min((level for level, count in levels.items() if count > 1), default=0)


def _text(paragraphs: Sequence[Paragraph], heading: Heading, end: int) -> str:
    """Return the folded text of a section, the line of its heading left out."""
    inside = [p for p in paragraphs if heading.start <= p.start < end and not p.is_table_row]
    is_own_line = bool(heading.title) and bool(inside) and heading.end >= inside[0].end
    return "\n".join(p.text for p in inside[is_own_line:])


def _whole_end(headings: Sequence[Heading], index: int, length: int) -> int:
    """Return where a section ends with all its subsections."""
    for later in headings[index + 1 :]:
        if later.level <= headings[index].level:
            return later.start
    return length

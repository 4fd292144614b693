"""Sections of a report with their place, kind and text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.report.headings import Heading, find_headings
from corpus.report.paragraphs import Paragraph
from corpus.report.section_names import Kind, kinds_of


@dataclass(frozen=True)
class Section:
    """One section; positions count characters of the whole text as given."""

    title: str
    level: float
    kinds: frozenset[Kind]
    """What the heading says it is about; empty for a heading with words of its own."""
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
    for index, heading in enumerate(headings):
        while path and path[-1][0] >= heading.level:
            path.pop()
        kinds = kinds_of(heading.title)
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
                whole_end=_whole_end(headings, index, length),
            )
        )
    return tuple(found)


def _whole_end(headings: Sequence[Heading], index: int, length: int) -> int:
    """Return where a section ends with all its subsections."""
    for later in headings[index + 1 :]:
        if later.level <= headings[index].level:
            return later.start
    return length

"""From a report's text to what it says: the facade of this package."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from corpus.report.figures import Figure, find_figures
from corpus.report.genre import ReportType, recognise
from corpus.report.paragraphs import Paragraph, split_paragraphs
from corpus.report.section_names import Kind
from corpus.report.sections import Section, read_sections
from corpus.report.sentences import Sentence, split_sentences
from corpus.text import normalise


@dataclass(frozen=True)
class Report:
    """A report with its parts; each is read when it is first asked for."""

    text: str
    """As it was given; all positions count its characters."""
    rows: int = 0
    """Indicators that came with it, read from a table."""

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Paragraphs and table rows in order."""
        return split_paragraphs(self.text)

    @cached_property
    def folded(self) -> str:
        """The folded paragraphs, one a line: for questions that need no position."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """Sections in order."""
        return read_sections(self.paragraphs, len(self.text))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Sentences in order."""
        return split_sentences(self.paragraphs)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Figures in order."""
        return find_figures(self.paragraphs)

    @cached_property
    def type(self) -> ReportType:
        """Genre and skeleton."""
        return recognise(self.folded, self.sections, self.rows)

    def sections_of(self, *kinds: Kind) -> tuple[Section, ...]:
        """Return the sections whose heading names one of some kinds."""
        return tuple(section for section in self.sections if section.kinds & set(kinds))

    def section_at(self, place: int) -> Section | None:
        """Return the innermost section that a place of the text stands in."""
        found = None
        for section in self.sections:
            if section.start <= place:
                found = section
        return found if found and place < found.end else None

    def is_within(self, place: int, *kinds: Kind) -> bool:
        """Tell whether a place stands in a section of one of some kinds, own or inherited."""
        section = self.section_at(place)
        return section is not None and bool(section.within & set(kinds))

    def sentences_of(self, section: Section) -> tuple[Sentence, ...]:
        """Return the sentences of a section with its subsections, headings left out.

        Of a sentence that runs on from its heading (存在问题：无) the part behind it is returned.
        """
        inside = [s for s in self.sections if section.start <= s.start < section.whole_end]
        headings = [s.heading_span for s in inside]
        found = (
            self._behind(sentence, headings)
            for sentence in self.sentences
            if section.start <= sentence.start < section.whole_end
        )
        return tuple(sentence for sentence in found if sentence is not None)

    def _behind(self, sentence: Sentence, headings: list[tuple[int, int]]) -> Sentence | None:
        """Return what of a sentence is no heading, None where nothing is left."""
        end = max((end for start, end in headings if start <= sentence.start < end), default=None)
        if end is None:
            return sentence
        rest = self.text[end : sentence.end]
        if not rest.strip():
            return None
        start = end + len(rest) - len(rest.lstrip())
        return Sentence(normalise(rest).strip(), start, sentence.end, sentence.in_table)


@lru_cache(maxsize=64)
def read_report(text: str, rows: int = 0) -> Report:
    """Return a report; reading the same text again costs nothing."""
    return Report(text, rows)

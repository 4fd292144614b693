"""Sentences of a report with their place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.report.paragraphs import Paragraph

_SENTENCE = re.compile(r"[^。!?;；\n|]+[。!?;；]?")


@dataclass(frozen=True)
class Sentence:
    """One sentence, folded; positions count characters of the whole text as given."""

    text: str
    start: int
    end: int
    in_table: bool = False

    @property
    def span(self) -> tuple[int, int]:
        """Return its place in the whole text."""
        return self.start, self.end


def split_sentences(paragraphs: tuple[Paragraph, ...]) -> tuple[Sentence, ...]:
    """Return the sentences of a report in order; cells of a table row count as sentences."""
    found: list[Sentence] = []
    for paragraph in paragraphs:
        for match in _SENTENCE.finditer(paragraph.text):
            text = match.group()
            start = match.start() + len(text) - len(text.lstrip())
            end = match.start() + len(text.rstrip())
            if end > start:
                first, last = paragraph.origin(start, end)
                kept = paragraph.text[start:end]
                found.append(Sentence(kept, first, last, paragraph.is_table_row))
    return tuple(found)

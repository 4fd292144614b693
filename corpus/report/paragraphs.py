"""Paragraphs of a report: lines joined where a line break fell inside a sentence.

Each paragraph is folded by itself, so that headings on their own lines survive folding, and knows
where its characters stood in the whole text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from statistics import quantiles

from corpus.report.section_names import is_plain_name
from corpus.target.broken import rejoin
from corpus.text import Folded, fold, normalise

MAX_CHARS = 120_000
"""Characters of a report that are read; no real report is nearly as long."""
_LINE = re.compile(r"[^\n\u2028\u2029\x0b\x0c\x85]+")
_ENDS = re.compile(r"[。！？；：:;!?]\s*[”’」』)）]*\s*$")
_BEGINS = re.compile(
    r"\s*(?:#|\*\*|【|第[一二三四五六七八九十\d]{1,3}(?:部分|章|节)|[一二三四五六七八九十]{1,3}[、.．]"
    r"|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}(?:[、．]|\.(?!\d))|[①-⑳]|[-•●■◆▲]|附件|目\s*录)"
)
_RESUMES = re.compile(r"\s*(?:[為为的和与及了，。；、）)%％]|万元|亿元)")
"""What no paragraph begins with."""
_PROSE = 20
"""Characters from which on a line with a comma is a sentence that must end."""
_PAUSE = re.compile(r"[，,；。]")
_MIN_WRAP = 18
"""Shorter typical lines are verse, lists or headings, not wrapped prose."""
_FULL_SHARE = 0.8


@dataclass(frozen=True)
class Paragraph:
    """One paragraph or table row: its folded text and its place in the whole text."""

    start: int
    end: int
    folded: Folded

    @property
    def text(self) -> str:
        """Return the folded text."""
        return self.folded.text

    @property
    def is_table_row(self) -> bool:
        """Tell whether the line is a row of a table: cells between bars or tabs."""
        line = self.folded.original.strip()
        return line.count("|") >= 2 or line.count("\t") >= 2

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Return where folded characters stood in the whole text."""
        first, last = self.folded.origin(start, end)
        return self.start + first, self.start + last


def split_paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a text in order, blank ones left out."""
    lines = [match.span() for match in _LINE.finditer(text[:MAX_CHARS]) if match.group().strip()]
    width = _wrap_width([end - start for start, end in lines])
    found: list[Paragraph] = []
    place = 0
    while place < len(lines):
        start, end = lines[place]
        while place + 1 < len(lines) and _continues(text, lines[place], lines[place + 1], width):
            place += 1
            end = lines[place][1]
        found.append(Paragraph(start, end, rejoin(fold(text[start:end]))))
        place += 1
    return tuple(found)


def _wrap_width(lengths: list[int]) -> float | None:
    """Return the line length of text with hard breaks, None where each line is a paragraph."""
    if len(lengths) < 8:
        return None
    widest = quantiles(lengths, n=10)[-1]
    full = sum(length >= _FULL_SHARE * widest for length in lengths)
    is_wrapped = _MIN_WRAP <= widest <= 60 and full >= 0.35 * len(lengths)
    return widest if is_wrapped else None


def _continues(
    text: str, line: tuple[int, int], after: tuple[int, int], width: float | None
) -> bool:
    """Tell whether a line break fell inside a sentence."""
    if text[line[1] : after[0]].count("\n") > 1:
        return False
    this, following = text[slice(*line)], text[slice(*after)]
    if "|" in this or "\t" in this.strip() or "|" in following or "\t" in following.strip():
        return False
    if _ENDS.search(this) or _BEGINS.match(following):
        return False
    if width is not None and line[1] - line[0] >= _FULL_SHARE * width:
        return True
    is_prose = len(this.strip()) >= _PROSE and bool(_PAUSE.search(this))
    is_title = is_plain_name(normalise(following).strip())
    is_heading = bool(_BEGINS.match(this)) and not _PAUSE.search(this)
    resumes = not is_heading and bool(_RESUMES.match(following))
    return (is_prose and not is_title) or resumes

"""Headings of a report: numbering styles, headings inside a line, tables of contents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.report.paragraphs import Paragraph
from corpus.report.section_names import is_plain_name, kinds_of
from corpus.text import normalise

_CN = "[一二三四五六七八九十]{1,3}"
_STYLES: tuple[tuple[str, float], ...] = (
    (r"#{1,6} *", 0),
    (rf"第(?:{_CN}|\d{{1,2}})(?:部分|章|篇)[、:.,]? *", 1),
    (rf"第(?:{_CN}|\d{{1,2}})节[、:.,]? *", 1.5),
    (rf"{_CN}(?:、|\.(?!\d)) *", 2),
    (rf"\({_CN}\)[、.]? *", 3),
    (r"\d{1,2}(?:\.\d{1,2}){1,3}[、.]? *(?![\d%个万亿元分年月日])", 5),
    (r"\d{1,2}(?:、|\.(?!\d)|(?= [\u4e00-\u9fff])) *", 4),
    (r"\(\d{1,2}\)[、.]? *", 6),
    (r"[①-⑳㈠-㈩⒈-⒛] *", 7),
)  # fmt: skip
_NUMBERED = re.compile("|".join(f"(?P<s{i}>{pattern})" for i, (pattern, _) in enumerate(_STYLES)))
_BRACKETED = re.compile(r"【([^【】]{2,24})】 *")
_BOLD = re.compile(r"\*\*([^*]{2,30})\*\*:? *$")
_INLINE = re.compile(
    rf"(?:(?<=[。;；:：])|(?<=[^\d]\s))(?P<mark>{_CN}、|[(（]{_CN}[)）])"
    r"(?P<title>[^\s。;；:：]{2,40}(?:[:：][^\s。;；:：]{4,24})?)(?P<stop>[。:：]|\s)"
)
"""A heading inside a line, on the text as given: folding drops the space that ends its title."""
_CONTENTS = re.compile(r"(?:\.{3,}|…+|·{3,}|—{3,}|\s{3,}|\t) *\d{1,3} *$")
_CONTENTS_TITLE = re.compile(r"^#* *目 ?录:?$")
_TITLE = re.compile(r"[^。;；!！?？]{2,40}")
_LEAD = re.compile(r"([^。;；:：,，]{2,24})[。:：]")
_SENTENCE = re.compile(r"[,，].*[,，]|^(?:一是|二是|三是)|^(?:是|为|对|以)[^\s]{12,}")
_LABEL = re.compile(r"([\u4e00-\u9fff、]{4,18}):(?=[^\s])")
"""A paragraph that names its section before a colon, in reports without headings."""
_UNNUMBERED, _LABELLED = 2, 8
LED = 9
"""Level of the words that lead a paragraph in a report without any heading."""
_VALUE = re.compile(r":.*\d")
"""What runs on from a label with a figure is no part of a title: 成本指标：每户11.5元."""
_ITEM = re.compile(
    r"\W*(?:[一二三四五六七八九十]{1,2}(?:[、.]|是)|其[一二三四]|第[一二三四五六]|\d{1,2}[、.)]|[①-⑳])"
)
_MAX_HEADINGS, _LEAD_CHARS, _MIN_LED, _MIN_PARAGRAPHS = 2000, 12, 6, 3


@dataclass(frozen=True)
class Heading:
    """A heading found in a paragraph; positions count characters of the whole text as given."""

    paragraph: int
    level: float
    """Smaller is higher; only the order of levels matters."""
    title: str
    start: int
    end: int
    """Where the heading's own text ends and the section's text begins."""


def find_headings(paragraphs: tuple[Paragraph, ...]) -> tuple[Heading, ...]:
    """Return the headings of a report in order; entries of a table of contents are none."""
    contents = _contents(paragraphs)
    found: list[Heading] = []
    for index, paragraph in enumerate(paragraphs):
        if index in contents or paragraph.is_table_row or len(found) >= _MAX_HEADINGS:
            continue
        found.extend(_of_paragraph(index, paragraph))
    return tuple(found or _leads(paragraphs))


def _leads(paragraphs: tuple[Paragraph, ...]) -> Iterator[Heading]:
    """Yield a heading for each paragraph of a report that has none, with the words that lead it.

    The words before a colon or full stop may name what the paragraph is about (丢分的地方有三处。);
    where they do not its title is empty. Items of a list belong to the paragraph above them.
    """
    if sum(len(p.text) >= _MIN_LED for p in paragraphs) < _MIN_PARAGRAPHS:
        return
    above = -1
    for index, paragraph in enumerate(paragraphs[:_MAX_HEADINGS]):
        text = paragraph.text
        match = _LEAD.match(text.strip())
        if paragraph.is_table_row or len(text) < _MIN_LED:
            continue
        start = len(text) - len(text.lstrip())
        words = match.group(1) if match is not None else ""
        if match and len(words) <= _LEAD_CHARS and kinds_of(words) and not re.search(r"\d", words):
            yield _heading(index, paragraph, LED, words, start, start + match.end())
            above = index if not text.strip()[match.end() :] else -1
        elif above != index - 1 or not _ITEM.match(text):
            yield _heading(index, paragraph, LED, "", start, start)
        else:
            above = index


def _of_paragraph(index: int, paragraph: Paragraph) -> Iterator[Heading]:
    """Yield the heading that a paragraph is or begins with, and those inside a long one."""
    text = paragraph.text
    first = _at(index, paragraph, len(text) - len(text.lstrip()))
    if first is not None:
        yield first
    if len(text) > 60:
        after = first.end if first else paragraph.start
        yield from (heading for heading in _inside(index, paragraph) if heading.start >= after)


def _inside(index: int, paragraph: Paragraph) -> Iterator[Heading]:
    """Yield the headings inside a line; one that a full stop ends must name a known section."""
    for match in _INLINE.finditer(paragraph.folded.original):
        title, end = normalise(match["title"]), match.end()
        if ":" in title and not match["stop"].isspace():  # 下一步措施：继续做好管护。
            title, end = title.partition(":")[0], match.start("title") + title.index(":") + 1
        if match["stop"].isspace() or kinds_of(title):
            level = 2 if match["mark"].endswith("、") else 3
            start = paragraph.start + match.start()
            yield Heading(index, level, title, start, paragraph.start + end)


def _at(index: int, paragraph: Paragraph, place: int) -> Heading | None:
    """Read a heading at the beginning of a paragraph."""
    text = paragraph.text
    for pattern in (_BRACKETED, _BOLD):
        match = pattern.match(text, place)
        if match and (kinds_of(match.group(1)) or _is_line_of_its_own(text, match)):
            return _heading(index, paragraph, 1, match.group(1), place, match.end())
    numbering = _NUMBERED.match(text, place)
    if numbering is None or not numbering.group():
        line = text[place:].strip().rstrip(":")
        if is_plain_name(line):
            return _heading(index, paragraph, _UNNUMBERED, line, place, len(text))
        lead = _LABEL.match(text, place)
        if lead and is_plain_name(lead.group(1)):
            return _heading(index, paragraph, _LABELLED, lead.group(1), place, lead.end())
        return None
    level = _level(numbering)
    read = _title(text, numbering.end(), marked=numbering.group().startswith("#"))
    if read is None:
        return None
    title, end = read
    return _heading(index, paragraph, level, title, place, end)


def _is_line_of_its_own(text: str, match: re.Match[str]) -> bool:
    """Tell whether words in brackets fill their line: a heading whatever they say."""
    return match.re is _BRACKETED and not text[match.end() :].strip()


def _level(numbering: re.Match[str]) -> float:
    """Return the level of a numbering style; Markdown counts its marks."""
    style = next(i for i in range(len(_STYLES)) if numbering.group(f"s{i}") is not None)
    return numbering.group().count("#") if style == 0 else _STYLES[style][1]


def _title(text: str, start: int, *, marked: bool) -> tuple[str, int] | None:
    """Return a heading's title and where it ends, None for the beginning of a sentence.

    A title fills its line; one that runs on into its section (存在问题：无) ends at a colon or a
    full stop and must name a known section.
    """
    rest = text[start:]
    whole = rest.strip()
    again = _NUMBERED.match(whole)
    if again and again.group()[:1] in "一二三四五六七八九十(第":
        whole = whole[again.end() :]  # “# 一、项目概况”
    bare = whole.rstrip(":。")
    runs_on = ":" in bare and (bool(kinds_of(bare.split(":")[0])) or bool(_VALUE.search(bare)))
    if _TITLE.fullmatch(bare) and not runs_on and not _SENTENCE.search(whole):
        ends_open = not whole.endswith("。") or (kinds_of(bare) and "," not in bare)
        if marked or (ends_open and (len(whole) <= 30 or kinds_of(whole))):
            return bare, len(text)
    lead = _LEAD.match(rest)
    if lead and kinds_of(lead.group(1)):
        return lead.group(1).strip(), start + lead.end()
    return None


def _heading(
    index: int, paragraph: Paragraph, level: float, title: str, start: int, end: int
) -> Heading:
    first, last = paragraph.origin(start, end)
    return Heading(index, level, title.strip(" *"), first, last)


def _contents(paragraphs: tuple[Paragraph, ...]) -> frozenset[int]:
    """Return the paragraphs that belong to a table of contents."""
    found = {i for i, p in enumerate(paragraphs) if len(p.text) < 80 and _CONTENTS.search(p.text)}
    for index, paragraph in enumerate(paragraphs):
        if _CONTENTS_TITLE.match(paragraph.text.strip()):
            found |= set(_entries(paragraphs, index))
            break
    return frozenset(found)


def _entries(paragraphs: tuple[Paragraph, ...], index: int) -> Iterator[int]:
    """Yield the title of a table of contents and its entries: up to where one comes again."""
    later = [_key(paragraph) for paragraph in paragraphs]
    yield index
    for place in range(index + 1, len(paragraphs)):
        key = later[place]
        if len(key) > 40 or key not in later[place + 1 :]:
            return
        yield place


def _key(paragraph: Paragraph) -> str:
    """Return an entry without dots, page number and spaces."""
    return re.sub(r"[\s.…·#*]+|\d{1,3}$", "", _CONTENTS.sub("", paragraph.text[:80]))

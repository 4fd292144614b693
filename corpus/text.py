"""Text folded for matching, with a map back to the text as it was given.

Budget texts arrive damaged: full-width digits, ㎡ as one character, traditional characters with
pinyin in parentheses (績(jī)效), line breaks inside words, zero-width characters. `fold` undoes
this one character at a time and remembers where every character came from, so that what is found
in the folded text can be shown in the original.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

_CJK = r"\u3007\u3400-\u4dbf\u4e00-\u9fff"
_TONED = r"āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ\u0300-\u030c"
_SPACE_IN_WORD = re.compile(rf"(?<=[{_CJK}])(?: +| *\n *)(?=[{_CJK}])")
_PINYIN = re.compile(rf"(?<=[{_CJK}])(?:\([a-zü{_TONED}]{{1,7}}\))+")
_TONE = re.compile(f"[{_TONED}]")
# Characters that carry no text: soft hyphen, joiners and directional marks, variation selectors.
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f\u00ad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]"
)
# Marks whose compatibility form would lose their meaning: ①, ㈠, ½, …, ´ and the like.
_KEPT = re.compile(
    "[\u00a8\u00af\u00b4\u00b8\u00bc-\u00be\u02d8-\u02dd\u2025\u2026\u2150-\u215f\u2189"
    "\u2460-\u24ff\u2776-\u2793\u3200-\u32fe]"
)
# A carriage return is only a space: before a line feed it must not make a paragraph break.
_LINE_BREAKS = "\n\u000b\u000c\u0085\u2028\u2029"
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")


@cache
def _simplifier() -> Any:
    """Return OpenCC's traditional-to-simplified converter, built once."""
    import opencc

    return opencc.OpenCC("t2s")


def _fold_character(char: str) -> str:
    """Return what one character is folded to: nothing, itself, or one to several characters."""
    if _INVISIBLE.match(char):
        return ""
    if char.isspace():
        return "\n" if char in _LINE_BREAKS else " "
    if _KEPT.match(char):
        return char
    if char == "℅":
        return "%"  # care-of, typed for the percent sign
    folded = _INVISIBLE.sub("", unicodedata.normalize("NFKC", char))
    return _HAN.sub(lambda match: _simplify(match.group()), folded)


def _simplify(han: str) -> str:
    """Return simplified characters, each by itself: phrase rules such as 乾隆 would not hold.

    Twice, because a few (藭) lead to one that is itself simplified further.
    """
    for _ in range(2):
        han = "".join(_simplifier().convert(char) for char in han)
    return han


class _Table(dict[str, str]):
    """Folded form of every character seen so far."""

    def __missing__(self, char: str) -> str:
        folded = self[char] = _fold_character(char)
        return folded


_TABLE = _Table()
_MARK = re.compile(r"[( \n]")
"""What pinyin residue and white space inside words begin with."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and where each of its characters stood in the original."""

    text: str
    original: str
    _starts: tuple[int, ...] | None = None
    """Original position of each folded character, then the original length; None if unchanged."""

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of the original that holds characters start to end (exclusive)."""
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"{start}:{end} is not within a text of {len(self.text)}")
        if self._starts is None:
            return start, end
        first = self._starts[start]
        return first, first if start == end else self._starts[end - 1] + 1

    def without(self, spans: list[tuple[int, int]]) -> Folded:
        """Return the text without some stretches, given in order."""
        if not spans:
            return self
        starts = None if self._starts is None else list(self._starts[:-1])
        text, kept = _drop(self.text, starts, spans)
        return Folded(text, self.original, (*(kept or ()), len(self.original)))


def fold(text: str) -> Folded:
    """Return the text folded for matching.

    Widths and compatibility characters (NFKC), traditional to simplified, pinyin residue and
    white space inside Chinese words removed; circled numbers and paragraph breaks are kept.
    """
    pieces = list(map(_TABLE.__getitem__, text))
    folded = "".join(pieces)
    if folded == text and not _MARK.search(folded):
        return Folded(text, text)  # most texts: nothing to fold
    lengths = [len(piece) for piece in pieces]
    starts: list[int] | None = None
    if min(lengths, default=1) != 1 or max(lengths, default=1) != 1:
        starts = [index for index, length in enumerate(lengths) for _ in range(length)]
    if "(" in folded:
        folded, starts = _drop(folded, starts, _pinyin_spans(folded, starts, text))
    if " " in folded or "\n" in folded:
        spans = [match.span() for match in _SPACE_IN_WORD.finditer(folded)]
        folded, starts = _drop(folded, starts, spans)
    return Folded(folded, text, None if starts is None else (*starts, len(text)))


@lru_cache(maxsize=16384)
def normalise(text: str) -> str:
    """Return the folded text alone."""
    return fold(text).text


def _pinyin_spans(folded: str, starts: list[int] | None, original: str) -> list[tuple[int, int]]:
    """Return where parentheses hold the pinyin of the character before them.

    Without a tone mark, as in 們(men), the character must have been a traditional one.
    """
    spans = []
    for match in _PINYIN.finditer(folded):
        before = match.start() - 1
        source = original[before if starts is None else starts[before]]
        if _TONE.search(match.group()) or _TABLE[source] != source:
            spans.append(match.span())
    return spans


def number(value: float) -> str:
    """Return a number with at most two decimals and none that are idle."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _drop(
    text: str, starts: list[int] | None, spans: list[tuple[int, int]]
) -> tuple[str, list[int] | None]:
    """Return the text and its positions without the given stretches."""
    if not spans:
        return text, starts
    kept, position = [], 0
    for start, end in spans:
        kept.append((position, start))
        position = end
    kept.append((position, len(text)))
    old = range(len(text)) if starts is None else starts
    return (
        "".join(text[start:end] for start, end in kept),
        [place for start, end in kept for place in old[start:end]],
    )

"""Folds Chinese text to a width as it is set: no line begins with a closing mark.

A Chinese character takes two columns of a terminal. Nothing here imports rich before it prints,
because help pages are folded too and must come at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from unicodedata import combining, east_asian_width

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.measure import Measurement

_CLOSING = frozenset("，。、；：？！）》】”’〉」』％…—%,.;:?!)]}")
_OPENING = frozenset("（《【“‘〈「『([{")
_CARRIED = 24
"""Characters that may move down so that a line does not begin or end badly."""


def width_of(text: str) -> int:
    """Return the number of terminal columns that a text takes."""
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    if combining(character):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def fold(text: str, width: int) -> Iterator[str]:
    """Yield the lines of a text, each at most `width` columns (at least two)."""
    for paragraph in text.split("\n"):
        line = paragraph
        while width_of(line) > width:
            cut = _cut(line, width)
            yield line[:cut].rstrip()
            line = line[cut:].lstrip()
        yield line


def _cut(line: str, width: int) -> int:
    """Return where a line is best broken."""
    full = _fitting(line, width)
    for cut in range(full, max(full - _CARRIED, 1) - 1, -1):
        if line[cut] not in _CLOSING and line[cut - 1] not in _OPENING and not _inside(line, cut):
            return cut
    return full


def _fitting(line: str, width: int) -> int:
    """Return how many characters fit, at least one."""
    used = 0
    for place, character in enumerate(line):
        used += _columns(character)
        if used > width:
            return max(place, 1)
    return len(line)


def _inside(line: str, cut: int) -> bool:
    """Tell whether a place is inside a number, a Latin word or an option."""
    before, after = line[cut - 1], line[cut]
    return before.isascii() and after.isascii() and not before.isspace() and not after.isspace()


class Folded:
    """A text that folds to the width it is given."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Render the folded lines."""
        from rich.text import Text

        yield Text("\n".join(fold(self._text, options.max_width)), no_wrap=True, overflow="ignore")

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """Return the narrowest and the widest useful width."""
        from rich.measure import Measurement

        widest = max(map(width_of, self._text.split("\n")), default=0)
        return Measurement(min(widest, 2), widest).with_maximum(options.max_width)

"""Folds Chinese text to a width without beginning a line with a closing mark.

Terminals count a Chinese character as two columns; rich knows that but breaks anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.text import Text

_CLOSING = frozenset("，。、；：？！）》】”’〉」』％%,.;:?!)]}")
_OPENING = frozenset("（《【“‘〈「『([{")
_CARRIED = 8
"""Characters that may move down so that a line does not begin or end badly."""


def fold(text: str, width: int) -> Iterator[str]:
    """Yield the lines of a text, each at most `width` columns."""
    for paragraph in text.split("\n"):
        line = paragraph
        while cell_len(line) > width:
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
        used += cell_len(character)
        if used > width:
            return max(place, 1)
    return len(line)


def _inside(line: str, cut: int) -> bool:
    """Tell whether a place is inside a number or a Latin word."""
    before, after = line[cut - 1], line[cut]
    return before.isascii() and after.isascii() and before.isalnum() and after.isalnum()


class Folded:
    """A text that folds to the width it is given."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Render the folded lines."""
        yield Text("\n".join(fold(self._text, options.max_width)), no_wrap=True, overflow="ignore")

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """Return the narrowest and the widest useful width."""
        widest = max(map(cell_len, self._text.split("\n")), default=0)
        return Measurement(min(widest, 2), widest).with_maximum(options.max_width)

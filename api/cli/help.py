"""Help pages for Chinese readers: lines are wrapped by display width, not by character count."""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import east_asian_width

import click

_WORD = re.compile(r"\s+|[^\s\u2e80-\uffef]+|.", re.DOTALL)
_BETWEEN_CHINESE = re.compile(r"(?<=[\u2e80-\uffef]) (?=[\u2e80-\uffef])")
_NOT_AT_START = "，。、；：？！）”’》】…—"
_NOT_AT_END = "（“‘《【"


def width_of(text: str) -> int:
    """Return the number of terminal columns that `text` takes."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def _units(text: str) -> list[str]:
    """Split `text` into pieces between which a line may break."""
    units: list[str] = []
    for piece in _WORD.findall(" ".join(text.split())):
        joins = units and (piece[0] in _NOT_AT_START or units[-1][-1] in _NOT_AT_END)
        if joins:
            units[-1] += piece
        else:
            units.append(piece)
    return units


def wrap(text: str, width: int) -> list[str]:
    """Break one paragraph into lines of at most `width` columns."""
    lines = [""]
    for unit in _units(text):
        if lines[-1] and width_of(lines[-1] + unit.rstrip()) > width:
            lines.append("")
        lines[-1] += unit if lines[-1] else unit.lstrip()
    return [line.rstrip() for line in lines]


def _paragraphs(text: str) -> list[list[str]]:
    """Split help text at blank lines."""
    return [block.splitlines() for block in re.split(r"\n\s*\n", text.strip("\n")) if block.strip()]


class HelpFormatter(click.HelpFormatter):
    """click's formatter with widths that are right for Chinese."""

    def write_heading(self, heading: str) -> None:
        """Write a section's heading."""
        self.write(f"{'':>{self.current_indent}}{heading}：\n")

    def write_text(self, text: str) -> None:
        """Write paragraphs; one that starts with a backspace line keeps its line breaks."""
        indent = " " * self.current_indent
        for number, lines in enumerate(_paragraphs(text)):
            if number:
                self.write("\n")
            if lines[0].strip() == "\b":
                wrapped = lines[1:]
            else:
                joined = _BETWEEN_CHINESE.sub("", " ".join(line.strip() for line in lines))
                wrapped = wrap(joined, self.width - len(indent))
            self.write("".join(f"{indent}{line}".rstrip() + "\n" for line in wrapped))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write two aligned columns: terms and their descriptions."""
        rows = list(rows)
        widest = max((width_of(term) for term, _ in rows), default=0)
        column = min(widest, col_max) + col_spacing
        indent = " " * self.current_indent
        for term, description in rows:
            lines = wrap(description, max(self.width - len(indent) - column, 20))
            if width_of(term) + col_spacing > column:
                self.write(f"{indent}{term}\n")
                first = " " * column
            else:
                first = term + " " * (column - width_of(term))
            self.write(f"{indent}{first}{lines[0]}".rstrip() + "\n")
            self.write("".join(f"{indent}{' ' * column}{line}\n" for line in lines[1:]))


class Context(click.Context):
    """A context whose help pages use the formatter above."""

    formatter_class = HelpFormatter


class Command(click.Command):
    """A command whose own words are Chinese."""

    context_class = Context

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("options_metavar", "[选项]")
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]


class WholeNumber(click.IntRange):
    """A whole number within a range, named in Chinese by error messages."""

    name = "整数"

"""Help pages for Chinese readers: lines are wrapped by display width, not by character count."""

from __future__ import annotations

import re
from collections.abc import Iterable

import click

from api.cli.folding import fold, width_of

_BETWEEN_CHINESE = re.compile(r"(?<=[\u2e80-\uffef]) (?=[\u2e80-\uffef])")


def wrap(text: str, width: int) -> list[str]:
    """Break one paragraph into lines of at most `width` columns."""
    return list(fold(" ".join(text.split()), width))


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

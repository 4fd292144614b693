"""A command group that imports a command only when it is called."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from typing import Any

import click

from api.cli.help import Context
from corpus.errors import JixiaoError


@dataclass(frozen=True)
class Entry:
    """A command in the table of `api.cli`: what `--help` lists without importing anything."""

    name: str
    summary: str
    section: str

    def load(self) -> click.Command:
        """Import the command from its module (`review-report` lives in `review_report.py`)."""
        module = self.name.replace("-", "_")
        if module == "import":  # a keyword
            module = "import_"
        command: click.Command = import_module(f"api.cli.commands.{module}").command
        return command


class LazyGroup(click.Group):
    """A group whose commands come from a tuple of entries, listed by section in that order."""

    context_class = Context

    def __init__(self, *args: object, entries: tuple[Entry, ...] = (), **kwargs: object) -> None:
        kwargs.setdefault("options_metavar", "[选项]")
        kwargs.setdefault("subcommand_metavar", "命令 …")
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._entries = {entry.name: entry for entry in entries}

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; an error meant for the user is said in one line, exit status 2."""
        try:
            return super().invoke(ctx)
        except JixiaoError as error:
            click.echo(f"错误：{error}", err=True)
            ctx.exit(2)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table."""
        return list(self._entries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return the command called `cmd_name`."""
        entry = self._entries.get(cmd_name)
        return entry.load() if entry else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or name the one that was probably meant."""
        name = args[0]
        if name not in self._entries and not name.startswith("-"):
            close = get_close_matches(name, self._entries, n=1)
            ctx.fail(f"没有命令“{name}”。" + (f"是否想输入：{close[0]}？" if close else ""))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write one list a section, without importing the commands."""
        sections: dict[str, list[tuple[str, str]]] = {}
        for entry in self._entries.values():
            sections.setdefault(entry.section, []).append((entry.name, entry.summary))
        for title, rows in sections.items():
            with formatter.section(title):
                formatter.write_dl(rows)

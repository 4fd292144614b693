"""Where results go: standard output or a file that appears only when it is complete."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, TextIO

import click

if TYPE_CHECKING:
    from rich.console import Console

_WIDEST, _NO_TERMINAL = 140, 100


@contextmanager
def open_output(path: Path | None) -> Iterator[TextIO]:
    """Open a file for writing in one piece, or standard output.

    The file replaces an older one only when the block ends without an exception.
    """
    if path is None:
        yield sys.stdout
        return
    target = path.resolve()
    if target.exists() and not target.is_file():  # a device or a pipe
        with target.open("w", encoding="utf-8", errors="backslashreplace") as sink:
            yield sink
        return
    with NamedTemporaryFile(
        "w",
        encoding="utf-8",
        errors="backslashreplace",
        dir=target.parent,
        prefix=f".{target.name}.",
        delete=False,
    ) as sink:
        try:
            yield sink  # type: ignore[misc]
            sink.flush()
            Path(sink.name).chmod(new_file_mode(target))
            Path(sink.name).replace(target)
        except BaseException:
            Path(sink.name).unlink(missing_ok=True)
            raise


def new_file_mode(target: Path) -> int:
    """Return the permissions of the file to be replaced, or those of a new file."""
    if target.exists():
        return target.stat().st_mode & 0o777
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask


def console_for(sink: TextIO) -> Console:
    """Return a console that writes to `sink`, wide enough for tables, plain where it must be."""
    from rich.console import Console

    console = Console(file=sink, highlight=False, markup=False, emoji=False)
    if sink.isatty() or "COLUMNS" in os.environ:
        console.width = min(console.width, _WIDEST)
    else:
        console.width = _NO_TERMINAL
    return console


def rendered(console: Console, paint: Callable[[Console], None]) -> str:
    """Return what `paint` prints, without the blanks that fill tables up."""
    with console.capture() as capture:
        paint(console)
    return "".join(f"{line.rstrip()}\n" for line in capture.get().splitlines())


def say(message: str) -> None:
    """Write one line to standard error."""
    click.echo(message, file=sys.stderr)

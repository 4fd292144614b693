"""What a command is given: paths, folders or “-”, read one record at a time in input order."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from api.reading import Failure, Warn, records_of
from corpus.errors import InputError, JixiaoError, Location

if TYPE_CHECKING:
    from corpus.records import Declaration

STDIN = "-"
SUFFIXES = (
    ".json", ".jsonl", ".ndjson", ".csv", ".xlsx", ".xls", ".docx", ".doc", ".pdf", ".txt", ".md",
)  # fmt: skip
_PEEK = 1 << 16
_REASONS: dict[type[OSError], str] = {
    FileNotFoundError: "文件不存在",
    PermissionError: "没有读取权限",
}


def expand(paths: Iterable[str]) -> list[str]:
    """Replace each folder by the readable files under it, in name order."""
    found: list[str] = []
    for name in paths:
        path = Path(name)
        if name == STDIN or not path.is_dir():
            found.append(name)
            continue
        files = sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
        found += [str(p) for p in files if not p.name.startswith(("~$", "."))]
    return found


def read_records(names: Iterable[str], lines: bool, warn: Warn) -> Iterator[Declaration | Failure]:
    """Yield every record of every input in order, with a Failure wherever one was lost.

    `lines` says that standard input holds one record a line. What was understood only in part is
    passed to `warn`. JSONL is streamed; other formats are read a file at a time.
    """
    for name in names:
        try:
            yield from _read(name, lines, warn)
        except JixiaoError as error:
            yield Failure(None, error.to_dict())


def _read(name: str, lines: bool, warn: Warn) -> Iterator[Declaration | Failure]:
    """Yield the records of one input."""
    with _open(name) as stream:
        piped = name == STDIN
        yield from records_of(
            "标准输入" if piped else Path(name).name, stream, lines and piped, warn
        )


def _open(name: str) -> BufferedReader:
    """Open an input as bytes."""
    if name == STDIN:
        return _peekable(sys.stdin.buffer)
    try:
        return _peekable(Path(name).open("rb", buffering=_PEEK))
    except OSError as error:
        reason = _REASONS.get(type(error), error.strerror or str(error))
        raise InputError(
            f"无法打开：{reason}",
            hint="请核对路径",
            where=Location(file=name),
            code="unreadable",
        ) from error


def _peekable(stream: IO[bytes]) -> BufferedReader:
    """Return the stream itself where it can peek, as files and pipes can."""
    if isinstance(stream, BufferedReader):
        return stream
    return BufferedReader(cast("RawIOBase", stream))

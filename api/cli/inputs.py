"""What a command is given: paths, folders or “-”, read one record at a time in input order."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from corpus.errors import InputError, JixiaoError, Location

if TYPE_CHECKING:
    from corpus.importers import ImportProblem
    from corpus.records import Declaration

STDIN = "-"
SUFFIXES = (
    ".json", ".jsonl", ".ndjson", ".csv", ".xlsx", ".xls", ".docx", ".doc", ".pdf", ".txt", ".md",
)  # fmt: skip
_LINES = (".jsonl", ".ndjson")
_PEEK = 1 << 16
_PRETTY_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\[|\{\s*\n)")
_TWO_RECORDS = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{[^\n]+\n\s*\{")
_REASONS: dict[type[OSError], str] = {
    FileNotFoundError: "文件不存在",
    PermissionError: "没有读取权限",
}
_LIST_INDEX = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True)
class Failure:
    """A record that could not be read or worked on; it is reported in the record's place."""

    id: str | None
    error: dict[str, str]
    """Code, message (with its place) and hint."""

    def to_dict(self) -> dict[str, object]:
        """Return the error record of the contract."""
        return {"id": self.id, "error": self.error}


Warn = Callable[["ImportProblem"], None]


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
        shown = "标准输入" if name == STDIN else Path(name).name
        if _holds_lines(name, stream.peek(_PEEK), lines):
            yield from _read_lines(shown, stream)
        else:
            yield from _read_whole(shown, stream, warn)


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


def _holds_lines(name: str, head: bytes, lines: bool) -> bool:
    """Tell whether an input holds one JSON record a line, by what it says or how it begins."""
    if name == STDIN and lines:
        return not _PRETTY_JSON.match(head)
    return Path(name).suffix.lower() in _LINES or _TWO_RECORDS.match(head) is not None


def _read_lines(shown: str, stream: BufferedReader) -> Iterator[Declaration | Failure]:
    from corpus.importers import LineError, iter_jsonl

    empty = True
    for item in iter_jsonl(stream):
        empty = False
        if isinstance(item, LineError):
            yield Failure(item.id, item.to_problem(shown).to_dict())
        else:
            yield item
    if empty:
        raise _empty(shown)


def _read_whole(shown: str, stream: BufferedReader, warn: Warn) -> Iterator[Declaration | Failure]:
    from corpus.importers import read_declarations
    from corpus.importers.safety import DEFAULT_LIMITS

    result = read_declarations((shown, stream.read(DEFAULT_LIMITS.max_file_bytes + 1)))
    if not result.records and not result.problems:
        raise _empty(shown)
    lost = {place: problem for problem in result.problems if (place := _lost(problem)) is not None}
    for problem in result.problems:
        if result.records and _lost(problem) is None:
            warn(problem)
    records = iter(result.records)
    for place in range(len(result.records) + len(lost)):
        if place in lost:
            yield Failure(lost[place].id, lost[place].to_dict())
        else:
            yield next(records)
    if not result.records and not lost:
        yield from (Failure(problem.id, problem.to_dict()) for problem in result.problems)


def _empty(shown: str) -> InputError:
    return InputError("没有任何记录", where=Location(file=shown), code="empty_file")


def _lost(problem: ImportProblem) -> int | None:
    """Return the place in a JSON list of the record that a problem made unreadable."""
    match = _LIST_INDEX.match(problem.location.field or "")
    return int(match.group(1)) if match else None

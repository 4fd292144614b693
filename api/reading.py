"""Records from a stream of any accepted format, one at a time, in input order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import InputError, Location

if TYPE_CHECKING:
    from corpus.importers import ImportProblem
    from corpus.records import Declaration

_LINES = (".jsonl", ".ndjson")
_PEEK = 1 << 16
_PRETTY_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\[|\{\s*\n)")
# The first line is closed: else it is the beginning of one record with its rows below.
_TWO_RECORDS = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{[^\n]*\}[^\S\n]*\n\s*\{")
_LIST_INDEX = re.compile(r"\[(\d+)\]")

Warn = Callable[["ImportProblem"], None]


@dataclass(frozen=True)
class Failure:
    """A record that could not be read or worked on; it is reported in the record's place."""

    id: str | None
    error: dict[str, str]
    """Code, message (with its place) and hint."""

    def to_dict(self) -> dict[str, object]:
        """Return the error record of the contract."""
        return {"id": self.id, "error": self.error}


def unheard(problem: ImportProblem) -> None:
    """Take no notice of what was understood only in part."""


def records_of(
    shown: str, stream: BufferedReader, lines: bool = False, warn: Warn = unheard
) -> Iterator[Declaration | Failure]:
    """Yield the records of one input, a Failure wherever one was lost.

    `shown` is the name that messages give; its ending tells the format, as far as the content
    does not. `lines` says that the input holds one record a line unless it plainly does not.
    JSONL is streamed; other formats are read whole.
    """
    if _holds_lines(shown, stream.peek(_PEEK), lines):
        yield from _read_lines(shown, stream)
    else:
        yield from _read_whole(shown, stream, warn)


def _holds_lines(name: str, head: bytes, lines: bool) -> bool:
    """Tell whether an input holds one JSON record a line, by what it says or how it begins."""
    if lines:
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

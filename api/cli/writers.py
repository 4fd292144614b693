"""The three ways to write results: tables for people, JSON, one JSON object a line."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol, TextIO

from api.cli.output import console_for, rendered, say

if TYPE_CHECKING:
    from rich.console import Console

    from api.reading import Failure
    from corpus.records import Declaration


class Format(StrEnum):
    """How results are written."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"


class Result(Protocol):
    """What a recommendation and a review have in common."""

    def to_dict(self) -> dict[str, Any]:
        """Return the shape of the contract."""
        ...


Show = Callable[["Console", "Declaration", Any], None]
"""Prints one result for people."""


def to_json(value: Any, indent: int | None = None) -> str:
    """Return strict JSON with Chinese as it is."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)


class Writer(ABC):
    """Writes results and failures in the order they come.

    Rendering is apart from writing so that a result that cannot be shown fails on its own.
    """

    def __init__(self, sink: TextIO) -> None:
        self._sink = sink

    @abstractmethod
    def render(self, record: Declaration, result: Result) -> str:
        """Return the text of a result."""

    @abstractmethod
    def write(self, text: str) -> None:
        """Write a rendered result."""

    @abstractmethod
    def failure(self, failure: Failure) -> None:
        """Write a failure in its record's place."""

    def conclude(self, show: Callable[[Console], None]) -> None:  # noqa: B027
        """Print what a run says at its end; only tables for people have such a place."""

    def close(self) -> None:
        """Write what is still held back."""
        self._sink.flush()


class TextWriter(Writer):
    """Tables for people; failures go to standard error."""

    def __init__(self, sink: TextIO, show: Show) -> None:
        super().__init__(sink)
        self._console = console_for(sink)
        self._show = show

    def render(self, record: Declaration, result: Result) -> str:
        """Return what `show` prints."""
        return rendered(self._console, lambda console: self._show(console, record, result))

    def write(self, text: str) -> None:
        """Write the tables of one record."""
        self._sink.write(text)
        self._sink.flush()

    def conclude(self, show: Callable[[Console], None]) -> None:
        """Write what `show` prints, below the last record."""
        self.write(rendered(self._console, show))

    def failure(self, failure: Failure) -> None:
        """Say on standard error what went wrong and what to do."""
        error = failure.error
        say(f"错误：{error['message']}" + (f"（{error['hint']}）" if error["hint"] else ""))


class JsonlWriter(Writer):
    """One object a line, each written at once so that a pipe is answered line by line."""

    def render(self, record: Declaration, result: Result) -> str:
        """Return the line of a result."""
        return to_json(result.to_dict())

    def write(self, text: str) -> None:
        """Write one line."""
        self._sink.write(text + "\n")
        self._sink.flush()

    def failure(self, failure: Failure) -> None:
        """Write an error record."""
        self.write(to_json(failure.to_dict()))


class JsonWriter(Writer):
    """One object for one record, a list for several; holds back only the first."""

    def __init__(self, sink: TextIO) -> None:
        super().__init__(sink)
        self._first = ""
        self._count = 0

    def render(self, record: Declaration, result: Result) -> str:
        """Return the indented object of a result."""
        return to_json(result.to_dict(), indent=2)

    def write(self, text: str) -> None:
        """Write an element of the list, or hold it back if it may be the only one."""
        if self._count == 0:
            self._first = text
        elif self._count == 1:
            self._sink.write(f"[\n{self._first},\n{text}")
        else:
            self._sink.write(f",\n{text}")
        self._count += 1

    def failure(self, failure: Failure) -> None:
        """Write an error record."""
        self.write(to_json(failure.to_dict(), indent=2))

    def close(self) -> None:
        """End the list, or write the only object."""
        if self._count <= 1:
            self._sink.write(f"{self._first or '[]'}\n")
        else:
            self._sink.write("\n]\n")
        super().close()


def writer_for(form: Format, sink: TextIO, show: Show) -> Writer:
    """Return the writer of a format."""
    if form is Format.JSON:
        return JsonWriter(sink)
    if form is Format.JSONL:
        return JsonlWriter(sink)
    return TextWriter(sink, show)

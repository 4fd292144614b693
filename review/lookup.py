"""Asks for the peers and library indicators of one declaration's rows, each once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from corpus.knowledge import Knowledge
from corpus.records import Declaration, Indicator

_PEERS = 20


class Peers(Protocol):
    """What a review needs of `models.peers.PeerIndex`."""

    knowledge: Knowledge

    def peers(
        self,
        indicator: Indicator,
        declaration: Declaration,
        k: int = ...,
        exclude_source: str | None = ...,
    ) -> Sequence[Any]:
        """Return indicators of other projects that measure the same, nearest first."""
        ...

    def library(
        self, indicator: Indicator, declaration: Declaration, k: int = ...
    ) -> Sequence[Any]:
        """Return library indicators that measure the same, nearest first."""
        ...


class Lookup:
    """Remembers what was found, for one declaration only: rows are told apart by their wording."""

    def __init__(self, peers: Peers, exclude_source: str | None) -> None:
        self._peers = peers
        self._source = exclude_source
        self._found: dict[tuple[str, str, str], Sequence[Any]] = {}

    def peers(self, row: Indicator, record: Declaration) -> Sequence[Any]:
        """Return the peers of a row, without the page that the declaration was seen on."""
        key = ("peers", row.name, row.target)
        if key not in self._found:
            self._found[key] = self._peers.peers(row, record, k=_PEERS, exclude_source=self._source)
        return self._found[key]

    def library(self, row: Indicator, record: Declaration) -> Sequence[Any]:
        """Return the library indicators of a row."""
        key = ("library", row.name, row.target)
        if key not in self._found:
            self._found[key] = self._peers.library(row, record)
        return self._found[key]

"""Texts cut where findings begin and end, so that each piece can be marked.

Places are counted in characters as Python counts them (code points), the way the rules count: a
full-width figure or an emoji is one. The pieces are cut here, for browsers count otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

RANKS = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True)
class Mark:
    """A finding on part of a text; on all of it where no place is given."""

    key: str
    severity: str
    span: tuple[int, int] | None = None


@dataclass(frozen=True)
class Piece:
    """Part of a text, with the findings on it."""

    text: str
    keys: tuple[str, ...] = ()
    severity: str = ""
    """That of the gravest finding; empty where there is none."""


def cut(text: str, marks: Sequence[Mark]) -> tuple[Piece, ...]:
    """Return a text in pieces; joined, they are the text. Places outside of it are ignored."""
    spans = [(mark, _within(mark.span, len(text))) for mark in marks]
    edges = {0, len(text), *(edge for _, span in spans if span for edge in span)}
    ordered = sorted(edges)
    return tuple(
        _piece(text[start:end], [mark for mark, span in spans if _covers(span, start, end)])
        for start, end in pairwise(ordered)
    )


def gravest(severities: Sequence[str]) -> str:
    """Return the gravest of some severities, empty for none."""
    return min(severities, key=RANKS.__getitem__, default="")


def _within(span: tuple[int, int] | None, length: int) -> tuple[int, int] | None:
    """Return the part of a place that lies in a text; None where nothing of it does."""
    if span is None:
        return (0, length) if length else None
    start, end = max(0, span[0]), min(length, span[1])
    return (start, end) if start < end else None


def _covers(span: tuple[int, int] | None, start: int, end: int) -> bool:
    return span is not None and span[0] <= start and end <= span[1]


def _piece(text: str, marks: Sequence[Mark]) -> Piece:
    severity = gravest([mark.severity for mark in marks])
    return Piece(text, tuple(dict.fromkeys(mark.key for mark in marks)), severity)

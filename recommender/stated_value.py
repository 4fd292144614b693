"""A value that the project's own text states for a measure."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.records import Direction


@dataclass(frozen=True)
class StatedValue:
    """A share or a standard of payment as the text states it."""

    value: float
    unit: str
    direction: Direction
    clause: str
    """The words that state it."""

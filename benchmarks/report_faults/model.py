"""What the suite is made of: bases that are in order, and instances with one fault each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Split = Literal["dev", "voices", "fresh", "held_out", "unseen"]
SPLITS: tuple[Split, ...] = ("dev", "voices", "fresh", "held_out", "unseen")
"""Learning from all but `held_out` is allowed; that is only counted.

Tables and monitoring tables have `dev` and `held_out` only.
"""
LEARNED: tuple[Split, ...] = ("dev", "voices", "fresh", "unseen")
"""The splits whose misses may be read."""
Form = Literal["docx", "pdf", "txt", "xlsx", "json"]


@dataclass(frozen=True)
class Document:
    """One self-evaluation as a unit would send it: a record or a text, and the kind of file."""

    form: Form
    record: Mapping[str, Any] | None = None
    """Fields of `SelfEvaluation`; None for a narrative."""
    text: str | None = None
    """A narrative in Markdown: `#` headings and `|` tables."""
    declared: Mapping[str, Any] | None = None
    """The declaration of the same project, where the reviewer has it."""


@dataclass(frozen=True)
class Base:
    """A document without faults."""

    id: str
    split: Split
    subject: Literal["table", "report", "monitoring"]
    document: Document
    facts: Mapping[str, Any] = field(default_factory=dict)
    """The sidecar of a report; for tables the case it was made from."""


@dataclass(frozen=True)
class Instance:
    """A base with one fault, and where a reviewer must be pointed to."""

    kind: str
    base: Base
    document: Document
    rows: tuple[str, ...] = ()
    """Names of the indicators at fault; a finding on one of them is in the right place."""
    passages: tuple[str, ...] = ()
    """Passages of the narrative at fault; a finding in the same paragraph is in the right place."""
    note: str = ""
    """What was done, for the list of misses."""

    @property
    def is_placed(self) -> bool:
        """Tell whether a finding must stand at a place rather than anywhere."""
        return bool(self.rows or self.passages)

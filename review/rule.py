"""A rule: identity, severity, check, message and manual page."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from models.target_explanation import Reason
from review.finding import Evidence, Finding, Severity, Suggestion
from review.manual import Manual, parse_manual

if TYPE_CHECKING:
    from review.context import ReviewContext


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where a rule applies, with what its message needs to say."""

    row: int | None = None
    field: str | None = None
    span: tuple[int, int] | None = None
    values: Mapping[str, object] = dataclasses.field(default_factory=dict)
    confidence: float | None = None
    """None takes the rule's own."""
    evidence: tuple[Evidence, ...] = ()
    suggestion: Suggestion | None = None
    grounds: str = ""
    """What in the row shows it, a sentence that follows the rule's reason."""
    reasons: tuple[Reason, ...] = ()
    """The same as data."""


class Check(Protocol):
    """What looks for the places where a rule applies."""

    def __call__(self, context: ReviewContext) -> Iterator[Hit]:
        """Iterate over the hits in a declaration."""
        ...


@dataclass(frozen=True)
class Rule:
    """One rule; most are data, with the logic in one of the kinds of `review.kinds`."""

    code: str
    """Two letters and two digits; a code is never reused."""
    name: str
    """Dotted readable name, `topic.name`."""
    severity: Severity
    message: str
    """Template of the remark, filled from the hit's values."""
    check: Check
    manual_text: str | None
    """The module's docstring."""
    aliases: tuple[str, ...] = ()
    """Former codes or names that configuration may still use."""
    confidence: float = 0.9
    """How often such a remark is right, as far as known."""
    yields_to: tuple[str, ...] = ()
    """Codes of more specific rules; this one is silent on a row where one of them speaks."""
    question: str | None = None
    """Template of the question to the unit, filled from the same values as the message."""
    fatal: bool = False
    """Whether the remark alone means that the declaration is rejected."""

    @cached_property
    def manual(self) -> Manual:
        """Return the manual page."""
        return parse_manual(self.manual_text)

    def answers_to(self, key: str) -> bool:
        """Tell whether a code, name or alias means this rule."""
        return key in (self.code, self.name, *self.aliases)

    def finding(self, hit: Hit) -> Finding:
        """Turn a hit into a finding."""
        values: dict[str, Any] = dict(hit.values)
        return Finding(
            code=self.code,
            name=self.name,
            severity=self.severity,
            message=self.message.format_map(values),
            why=self.manual.why + hit.grounds,
            source=self.manual.source,
            confidence=self.confidence if hit.confidence is None else hit.confidence,
            row=hit.row,
            field=hit.field,
            span=hit.span,
            evidence=hit.evidence,
            suggestion=hit.suggestion,
            reasons=hit.reasons,
            question=None if self.question is None else self.question.format_map(values),
        )

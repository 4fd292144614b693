"""What units did with suggestions: accepted as they stand, edited, or rejected.

A decision is about an indicator for a project, never about a person: the project's facts and the
rows before and after are kept, nobody's name is.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from corpus.records import Declaration, Indicator, OptionalText, Record

Verdict = Literal["accepted", "rejected", "edited"]

FACTS = (
    "id",
    "project_name",
    "department",
    "implementing_unit",
    "region",
    "year",
    "function_code",
    "project_type",
    "budget_wan",
    "description",
    "goal",
)
"""What is kept of a project: what the suggestions were made from."""


def _in_utc(moment: datetime | None) -> datetime | None:
    """Return a time in UTC; one without a zone is taken as UTC."""
    if moment is None:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class SuggestionDecision(Record):
    """What became of one suggestion."""

    decision: Verdict
    source_key: OptionalText = None
    """The suggestion's `source_key`; None for one made from the project's own words."""
    rank: int | None = Field(default=None, ge=1, le=10_000)
    suggested: Indicator
    """The row as it was suggested."""
    edited: Indicator | None = None
    """The row as the unit wrote it in its place; given with `edited` and only then."""
    decided_at: Annotated[datetime | None, AfterValidator(_in_utc)] = None

    @model_validator(mode="after")
    def _check(self) -> SuggestionDecision:
        if not self.suggested.name.strip():
            raise ValueError("缺少所推荐指标的名称（suggested.name）")
        if (self.edited is not None) != (self.decision == "edited"):
            raise ValueError("decision 为 edited 时须给出修改后的指标 edited，其他情形不应给出")
        if self.edited is not None and not self.edited.name.strip():
            raise ValueError("缺少修改后指标的名称（edited.name）")
        return self

    @property
    def grade(self) -> int:
        """Return the grade that the decision stands for, on the scale of the graded suggestions.

        Accepted is 2, fits as it stands; rejected is 0. An edited one is 1, must be adapted,
        unless only its value was changed: the grades judge the indicator, not its target.
        """
        if self.edited is not None:
            same = _plain(self.edited.name) == _plain(self.suggested.name)
            return 2 if same else 1
        return 2 if self.decision == "accepted" else 0


class ProjectDecisions(Record):
    """A project and what was decided about its suggestions, in order."""

    declaration: Declaration
    """The project's facts (`FACTS`); other fields are not kept."""
    decisions: tuple[SuggestionDecision, ...] = ()

    @property
    def grades(self) -> dict[str, int]:
        """Return the grade of every suggestion by its source key; the last decision counts."""
        return {
            decision.source_key: decision.grade
            for decision in self.decisions
            if decision.source_key is not None
        }


def facts_of(declaration: Declaration) -> Declaration:
    """Return a declaration reduced to what is kept of it."""
    return Declaration(**{name: getattr(declaration, name) for name in FACTS})


def _plain(name: str) -> str:
    return "".join(name.split())

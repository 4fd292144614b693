"""A candidate on its way to a suggestion: its score, and what of the project's own it carries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from recommender.candidates import Candidate
from recommender.deadlines import Deadline
from recommender.deliverable import Deliverable
from recommender.stated_value import StatedValue

Origin = Literal["case", "library", "description"]


@dataclass(frozen=True)
class Choice:
    """An indicator with its score; names may have been adapted to the project's own objects."""

    level1: str
    level2: str
    name: str
    unit: str
    score: float
    """0 (does not fit) to 1 (fits as it stands)."""
    candidate: Candidate | None = None
    """What it was made from; None when only the description speaks of it."""
    deliverable: Deliverable | None = None
    deadline: Deadline | None = None
    stated: StatedValue | None = None
    """A share or standard that the project's own text states for it."""
    part: str = ""
    """The sub-project it belongs to, empty for the whole."""
    leads: bool = False
    """Whether it is the best of its sub-project on a level that each should have."""

    @property
    def origin(self) -> Origin:
        """Where the indicator comes from: its own words, a case or the library."""
        if self.candidate is None or not self.as_it_stands:
            return "description"
        return "library" if self.candidate.library else "case"

    @property
    def as_it_stands(self) -> bool:
        """Whether it keeps the name of what it was made from."""
        return self.candidate is not None and self.name == self.candidate.name

    @property
    def source_key(self) -> str | None:
        """The indicator it was made from, None if from the description alone."""
        return self.candidate.source_key if self.candidate else None

    @property
    def core(self) -> bool:
        """Whether the library marks it as nearly always wanted."""
        return self.candidate is not None and self.candidate.core

    @property
    def place(self) -> int:
        """Rank of the type or case it comes from."""
        return self.candidate.place if self.candidate else 0


def choice_of(candidate: Candidate, score: float) -> Choice:
    """Return a candidate as it stands."""
    return Choice(
        candidate.level1, candidate.level2, candidate.name, candidate.unit, score, candidate
    )

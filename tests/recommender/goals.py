"""A project by its goal, and what stands beside it, for tests of what a goal says."""

from __future__ import annotations

from corpus.records import Declaration, LibraryIndicator
from recommender import Recommender, Suggestion
from recommender.candidates import Candidate
from recommender.choice import Choice, choice_of
from recommender.project import Project


def project(goal: str, name: str = "某项目") -> Project:
    return Project.of(Declaration(project_name=name, goal=goal), 6000)


def library_choice(name: str, thing: str, unit: str) -> Choice:
    """Return an open count of the library."""
    line = LibraryIndicator(
        level1="产出指标", level2="数量指标", name=name, object=thing, unit=unit, direction="≥"
    )
    candidate = Candidate("x", line.level1, line.level2, name, thing, "", unit, "≥", line)
    return choice_of(candidate, 0.7)


def rows(recommender: Recommender, **fields: object) -> dict[str, Suggestion]:
    found = recommender.recommend(Declaration.model_validate(fields))
    return {row.name: row for row in found.suggestions}

"""What is known of which candidates fit a project: examples that a ranking is learned from.

Three kinds. *graded*: an expert judged the candidates; unjudged ones count as unfit, but for
projects of which only a list was graded. *decided*: the
unit accepted, edited or rejected what was suggested; what it was not shown tells nothing. *used*:
the unit's own form, whose rows say what the project needed; a candidate that measures what a row
measures fits (2), one that comes near must be adapted (1), any other did not get into the form (0).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Literal

import numpy as np

from corpus.knowledge import Knowledge
from corpus.labels import SuggestionLabel
from corpus.quality import row_fault
from corpus.records import Case
from models.measure import SAME, same_measure
from recommender.candidates import Pool
from recommender.pipeline import Recommender

Kind = Literal["graded", "decided", "used"]

NEAR = 0.4
"""From this likeness on, the mean grade of a candidate rises (docs/region-training.md)."""
_LEAST_JUDGED = 2
"""Candidates with a grade below which there is no order to learn."""


@dataclass(frozen=True)
class Evidence:
    """A project, and what is known of its candidates."""

    case: Case
    kind: Kind
    grades: Mapping[str, int] | None = None
    """Grade by source key; None for a form, whose rows are compared."""
    complete: bool = True
    """Whether a candidate without a grade counts as unfit, rather than as unknown."""


@dataclass(frozen=True)
class Example:
    """The candidates of one project that something is known of."""

    case: Case
    kind: Kind
    keys: tuple[str, ...]
    matrix: np.ndarray
    """Features, float32 (n, len(FEATURES))."""
    grades: np.ndarray
    """0, 1 or 2, int (n,)."""


def graded(knowledge: Knowledge, labels: Iterable[SuggestionLabel]) -> list[Evidence]:
    """Return graded suggestions as evidence, by case; those of unknown cases are left out."""
    grades: dict[str, dict[str, int]] = {}
    for label in labels:
        if label.case_id in knowledge.cases_by_id:
            grades.setdefault(label.case_id, {})[label.key] = label.grade
    return [
        Evidence(knowledge.cases_by_id[case_id], "graded", known)
        for case_id, known in grades.items()
    ]


def listed(knowledge: Knowledge) -> list[Evidence]:
    """Return projects of which only what was shown of them was graded, from the judging sheets.

    Published cases, and projects made up for a sheet. Nothing that is reported as measured on a
    sheet is of a ranking that was fitted to it (docs/suggestion-figures.md).
    """
    text = files("recommender").joinpath("data/graded_projects.jsonl").read_text(encoding="utf-8")
    found = []
    for line in map(json.loads, text.splitlines()):
        made_up = line.get("project")
        case = Case(id=line["case"], **made_up) if made_up else None
        case = case or knowledge.cases_by_id.get(line["case"])
        if case is not None:
            found.append(Evidence(case, "graded", line["grades"], complete=False))
    return found


def used(case: Case) -> Evidence:
    """Return a published or imported form as evidence."""
    return Evidence(case, "used")


def decided(case: Case, grades: Mapping[str, int]) -> Evidence:
    """Return what a unit decided on its suggestions as evidence."""
    return Evidence(case, "decided", grades, complete=False)


def examples(
    recommender: Recommender,
    found: Iterable[Evidence],
    kin: Mapping[str, Collection[str]] | None = None,
) -> Iterator[Example]:
    """Yield an example for every project that teaches something.

    `kin` names the cases that are not searched for a project (by its id) beside its own source:
    the same project seen elsewhere or in another year would give its form away.
    """
    for evidence in found:
        case = evidence.case
        pool = recommender.pool(case, exclude_source=case.source)
        example = _example(recommender, _without(pool, (kin or {}).get(str(case.id), ())), evidence)
        if example is not None:
            yield example


def _without(pool: Pool, ids: Collection[str]) -> Pool:
    """Return a pool without some cases and what was taken from them."""
    if not ids:
        return pool
    return replace(
        pool,
        cases=[hit for hit in pool.cases if str(hit.case.id) not in ids],
        candidates=[
            each for each in pool.candidates if each.case is None or str(each.case.id) not in ids
        ],
    )


def _example(recommender: Recommender, pool: Pool, evidence: Evidence) -> Example | None:
    """Return what a project teaches, None if nothing."""
    keys = tuple(candidate.source_key for candidate in pool.candidates)
    known = _from_rows(pool, evidence.case) if evidence.grades is None else evidence.grades
    kept = [place for place, key in enumerate(keys) if evidence.complete or key in known]
    grades = np.array([known.get(keys[place], 0) for place in kept], dtype=int)
    if not grades.any() or (not evidence.complete and len(kept) < _LEAST_JUDGED):
        return None
    matrix = recommender.features.matrix(pool)[kept]
    return Example(evidence.case, evidence.kind, tuple(keys[i] for i in kept), matrix, grades)


def _from_rows(pool: Pool, case: Case) -> dict[str, int]:
    """Return the grades that a form's own rows give the candidates."""
    names = [row.name for row in case.indicators if not row_fault(row)]
    alike = {
        each.source_key: max((same_measure(each.name, name) for name in names), default=0.0)
        for each in pool.candidates
    }
    return {key: 2 if value >= SAME else 1 for key, value in alike.items() if value >= NEAR}

"""Ranking quality against graded suggestions: nDCG@10 and the share that fits as it stands."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from corpus.bundle import bundled_labels
from corpus.knowledge import Knowledge
from corpus.labels import SuggestionLabel
from corpus.records import Case
from recommender.own_grades import Shown, bundled_own_grades

DEPTH = 10

Grades = Mapping[str, int]
"""source_key → grade of one case."""


def ndcg(keys: Sequence[str], grades: Grades, depth: int = DEPTH) -> float:
    """Return Σ grade(i)÷log2(i+1) over the first `depth`, divided by the best possible.

    A case without any fitting candidate counts 0.
    """
    best = dcg(sorted(grades.values(), reverse=True)[:depth])
    return dcg([grades.get(key, 0) for key in keys[:depth]]) / best if best else 0.0


def dcg(gains: Sequence[int]) -> float:
    """Return Σ gain(i)÷log2(i+1) of a ranking, first place first."""
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains))


@dataclass(frozen=True)
class Judged:
    """The graded suggestions by case."""

    grades: Mapping[str, Grades]
    knowledge: Knowledge
    own: Mapping[str, Mapping[Shown, int]] = field(default_factory=dict)
    """Our own grades by case, kept apart."""

    @classmethod
    def of(cls, knowledge: Knowledge, labels: Sequence[SuggestionLabel] | None = None) -> Judged:
        """Group labels by case; the bundled ones by default. Unknown cases are left out."""
        grouped: dict[str, dict[str, int]] = defaultdict(dict)
        for label in labels if labels is not None else bundled_labels("suggestions"):
            if label.case_id in knowledge.cases_by_id:
                grouped[label.case_id][label.key] = label.grade
        return cls(grouped, knowledge, bundled_own_grades())

    def cases(self) -> Iterator[Case]:
        """Yield the judged cases."""
        return (self.knowledge.cases_by_id[case_id] for case_id in self.grades)


@dataclass(frozen=True)
class Evaluation:
    """Figures of one way to suggest over all judged cases."""

    name: str
    ndcg: float
    """Mean nDCG@10, unjudged suggestions counted as unfit."""
    fit_share: float
    """Share of grade 2 among the first ten, unjudged counted as unfit."""
    fit_share_judged: float
    """Share of grade 2 among those of the first ten that were judged."""
    unjudged: float
    """Share of the first ten that nobody judged."""
    cases: Sequence[float] = field(repr=False, default=())
    """nDCG@10 of every case, in order."""
    with_own: Evaluation | None = None
    """The same with our own grades where the labels have none."""


Suggested = Mapping[str, Sequence[Shown]]
"""Suggestions per case, best first."""


def measure(name: str, suggested: Suggested, judged: Judged) -> Evaluation:
    """Return the figures for what was suggested per case, without and with our own grades."""
    given = {
        case_id: [(shown.key, grades.get(shown.key)) for shown in suggested[case_id][:DEPTH]]
        for case_id, grades in judged.grades.items()
    }
    bare = _figures(name, given, judged.grades)
    if not any(case_id in judged.own for case_id in judged.grades):
        return bare
    rows, ideals = {}, {}
    for case_id, grades in judged.grades.items():
        own = judged.own.get(case_id, {})
        rows[case_id] = [
            (shown.key, own.get(shown, grades.get(shown.key)))
            for shown in suggested[case_id][:DEPTH]
        ]
        ideals[case_id] = _best(grades, own)
    return replace(bare, with_own=_figures(name, rows, ideals))


def _best(grades: Grades, own: Mapping[Shown, int]) -> dict[str, int]:
    """Return the best grade that each source, or each name without one, can have."""
    best = dict(grades)
    for shown, grade in own.items():
        key = shown.key or shown.name
        best[key] = max(grade, best.get(key, 0))
    return best


def _figures(
    name: str,
    rows: Mapping[str, Sequence[tuple[str, int | None]]],
    ideals: Mapping[str, Grades],
) -> Evaluation:
    """Return the figures for the grades of the first ten, None where nobody judged."""
    rows = {case_id: list(_counted_once(graded)) for case_id, graded in rows.items()}
    values = []
    for case_id, graded in rows.items():
        best = dcg(sorted(ideals[case_id].values(), reverse=True)[:DEPTH])
        values.append(dcg([grade or 0 for _, grade in graded]) / best if best else 0.0)
    known = [grade for graded in rows.values() for _, grade in graded if grade is not None]
    shown = DEPTH * len(rows)
    twos = known.count(2)
    return Evaluation(
        name=name,
        ndcg=float(np.mean(values)) if values else 0.0,
        fit_share=twos / shown if shown else 0.0,
        fit_share_judged=twos / len(known) if known else 0.0,
        unjudged=1 - len(known) / shown if shown else 0.0,
        cases=values,
    )


def _counted_once(
    graded: Sequence[tuple[str, int | None]],
) -> Iterator[tuple[str, int | None]]:
    """Yield the grades; a source that was suggested before, under another name, is worth 0."""
    seen: set[str] = set()
    for key, grade in graded:
        yield key, 0 if key in seen else grade
        if key:
            seen.add(key)

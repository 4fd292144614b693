"""Ranking quality against graded suggestions: nDCG@10 and the share that fits as it stands."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from corpus.bundle import bundled_labels
from corpus.knowledge import Knowledge
from corpus.labels import SuggestionLabel
from corpus.records import Case

DEPTH = 10

Grades = Mapping[str, int]
"""source_key → grade of one case."""


def ndcg(keys: Sequence[str], grades: Grades, depth: int = DEPTH) -> float:
    """Return Σ grade(i)÷log2(i+1) over the first `depth`, divided by the best possible.

    A case without any fitting candidate counts 0.
    """
    best = _gain(sorted(grades.values(), reverse=True)[:depth])
    return _gain([grades.get(key, 0) for key in keys[:depth]]) / best if best else 0.0


def _gain(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains))


@dataclass(frozen=True)
class Judged:
    """The graded suggestions by case."""

    grades: Mapping[str, Grades]
    knowledge: Knowledge

    @classmethod
    def of(cls, knowledge: Knowledge, labels: Sequence[SuggestionLabel] | None = None) -> Judged:
        """Group labels by case; the bundled ones by default. Unknown cases are left out."""
        grouped: dict[str, dict[str, int]] = defaultdict(dict)
        for label in labels if labels is not None else bundled_labels("suggestions"):
            if label.case_id in knowledge.cases_by_id:
                grouped[label.case_id][label.key] = label.grade
        return cls(grouped, knowledge)

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


def measure(name: str, keys: Mapping[str, Sequence[str]], judged: Judged) -> Evaluation:
    """Return the figures for source keys suggested per case."""
    values, twos, known, shown = [], 0, 0, 0
    for case_id, grades in judged.grades.items():
        first = keys[case_id][:DEPTH]
        values.append(ndcg(first, grades))
        twos += sum(grades.get(key, 0) == 2 for key in first)
        known += sum(key in grades for key in first)
        shown += DEPTH
    return Evaluation(
        name=name,
        ndcg=float(np.mean(values)) if values else 0.0,
        fit_share=twos / shown if shown else 0.0,
        fit_share_judged=twos / known if known else 0.0,
        unjudged=1 - known / shown if shown else 0.0,
        cases=values,
    )

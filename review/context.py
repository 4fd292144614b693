"""One declaration made ready for the rules: folded texts, canonical levels, parsed values."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, Protocol

from corpus.records import Case, Declaration, Indicator, LibraryType, ParsedTarget, SelfEvaluation
from corpus.target import parse_target
from corpus.taxonomy import canonical_levels
from corpus.text import Folded, fold
from models.attainment import Attainment
from models.attainment_reading import Reading, read_row
from models.target_explanation import Explanation
from review.facts.library_words import LibraryWords
from review.facts.published import PublishedRows
from review.facts.shared_reports import SharedReports
from review.settings.config import ReviewConfig
from review.wording import shorten

LABELS = ("vague", "qualitative", "easy")
_LONGEST = 2000
"""Characters of a cell that the rules look at: patterns take more time than text is long."""
EXCERPT_KINDS = frozenset({"评价报告", "其他", "监控表"})
"""Kinds of source whose rows were picked from a narrative: what is absent was not stated."""


_folded = lru_cache(maxsize=16_384)(fold)
"""Folds a cell; forms repeat names and values."""


class Probabilities(Protocol):
    """What the target classifier says about one row."""

    @property
    def vague(self) -> float:
        """Probability of 模糊."""
        ...

    @property
    def qualitative(self) -> float:
        """Probability of 定性."""
        ...

    @property
    def easy(self) -> float:
        """Probability of 易完成."""
        ...


@dataclass(frozen=True)
class Row:
    """One indicator with everything the rules ask of it."""

    index: int
    indicator: Indicator
    level1: str
    """Canonical first level, for example 产出指标."""
    level2: str
    """Canonical second level, for example 数量指标."""
    parsed: ParsedTarget
    probabilities: Probabilities | None = None
    labels: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    """Labels that the classifier leaves to a person."""
    evidence: Attainment | None = None
    """How easy the target is by what the classifier was told of its peers, where it was."""

    def is_labelled(self, label: str) -> bool:
        """Tell whether the classifier gives a label and stands by it."""
        return label in self.labels and label not in self.unsure

    @cached_property
    def name(self) -> Folded:
        """Return the folded name, the beginning of one longer than any form has."""
        return _folded(self.indicator.name[:_LONGEST])

    @cached_property
    def target(self) -> Folded:
        """Return the folded target, the beginning of one longer than any form has."""
        return _folded(self.indicator.target[:_LONGEST])

    @cached_property
    def actual(self) -> ParsedTarget | None:
        """Return the parsed actual, None where none was given."""
        text = self.indicator.actual
        return None if text is None else parse_target(text, self.indicator.name)

    @cached_property
    def reading(self) -> Reading:
        """Return the row as it is compared with others."""
        return read_row(self.indicator, self.parsed)

    @cached_property
    def quoted(self) -> dict[str, str]:
        """Return what every message may quote: name, number, target, actual, levels."""
        return {
            "name": shorten(self.indicator.name) or f"第{self.index + 1}项",
            "number": str(self.index + 1),
            "target": shorten(self.indicator.target),
            "actual": shorten(self.indicator.actual or ""),
            "level1": self.level1.removesuffix("指标"),
            "level2": self.level2.removesuffix("指标") or self.level1.removesuffix("指标"),
        }

    def is_level(self, word: str) -> bool:
        """Tell whether the row stands under a first level: 成本, 产出, 效益 or 满意度."""
        return word in self.level1

    def is_aspect(self, *words: str) -> bool:
        """Tell whether the row stands under one of these second levels, such as 数量 or 质量."""
        return any(word in self.level2 for word in words)


@dataclass(frozen=True)
class ReviewContext:
    """What the rules see of one declaration."""

    declaration: Declaration
    rows: tuple[Row, ...]
    config: ReviewConfig
    today: datetime.date
    suggest: Callable[[Declaration, str], Mapping[str, Any] | None] | None = None
    """Proposes an indicator for a missing second level; None offline or in batch."""
    peer_source: Callable[[Indicator, Declaration], Sequence[Any]] | None = None
    library_source: Callable[[Indicator, Declaration], Sequence[Any]] | None = None
    library_words: LibraryWords | None = None
    published_rows: PublishedRows | None = None
    """The rows of known projects; None leaves it to their peers to tell."""
    shared_reports: SharedReports | None = None
    """Reports of other projects and years, to find copied sentences in."""
    case_source: Callable[[str], Case | None] | None = None
    """Looks up a peer's whole project by its id."""
    explainer: Callable[[Any, Any], Explanation | None] | None = None
    """Says why the classifier gives a row a label, from the row's probabilities."""
    memo: dict[str, Any] = field(default_factory=dict, repr=False)
    """What several rules work out of the whole record, kept under a name of their own."""

    @cached_property
    def is_excerpt(self) -> bool:
        """Tell whether rows and blanks of the record mean “not stated” rather than “not set”."""
        declaration = self.declaration
        return isinstance(declaration, Case) and declaration.source_kind in EXCERPT_KINDS

    @cached_property
    def evaluation(self) -> SelfEvaluation | None:
        """Return the record as a self-evaluation when it is one."""
        return self.declaration if isinstance(self.declaration, SelfEvaluation) else None

    @cached_property
    def nearest_type(self) -> LibraryType | None:
        """Return the library type that the project's name speaks of, None where that is open."""
        return self.library_words.nearest(self.declaration) if self.library_words else None

    @cached_property
    def goal(self) -> Folded:
        """Return the folded goal."""
        return fold(self.declaration.goal)

    @cached_property
    def project_name(self) -> Folded:
        """Return the folded project name."""
        return fold(self.declaration.project_name)

    def is_stated(self, row: Row) -> bool:
        """Tell whether a row has a target, or lacks one that it should have."""
        return row.parsed.kind != "blank" or not self.is_excerpt

    def rows_of(self, level1: str = "", *aspects: str) -> Iterator[Row]:
        """Iterate over the rows under a first level and, where given, one of some second levels."""
        for row in self.rows:
            if row.is_level(level1) and (not aspects or row.is_aspect(*aspects)):
                yield row

    def explain(self, row: Row, label: str) -> Explanation | None:
        """Return what speaks for a label of a row, None without a classifier."""
        if self.explainer is None or row.probabilities is None:
            return None
        return self.explainer(row.probabilities, label)

    def peers(self, row: Row) -> Sequence[Any]:
        """Return comparable indicators of other projects, nearest first."""
        return self.peer_source(row.indicator, self.declaration) if self.peer_source else ()

    def library(self, row: Row) -> Sequence[Any]:
        """Return library indicators that measure the same, nearest first."""
        return self.library_source(row.indicator, self.declaration) if self.library_source else ()


def reports_midyear(record: Declaration) -> bool:
    """Tell whether a record is a monitoring table: by its stage, or by the kind of its source."""
    staged = isinstance(record, SelfEvaluation) and record.stage == "monitoring"
    return staged or (isinstance(record, Case) and record.source_kind == "监控表")


def parse_rows(declaration: Declaration) -> tuple[ParsedTarget, ...]:
    """Read the target of every indicator."""
    return tuple(parse_target(row.target, row.name) for row in declaration.indicators)


def build_rows(
    declaration: Declaration,
    parsed: Sequence[ParsedTarget],
    probabilities: Sequence[Probabilities | None],
    labels: Sequence[tuple[str, ...]],
    unsure: Sequence[tuple[str, ...]],
    evidence: Sequence[Attainment | None] | None = None,
) -> tuple[Row, ...]:
    """Put together what is known of each indicator; without `evidence` nothing of its peers."""
    rows = []
    for index, indicator in enumerate(declaration.indicators):
        level1, level2 = canonical_levels(indicator.level1, indicator.level2)
        rows.append(
            Row(
                index=index,
                indicator=indicator,
                level1=level1,
                level2=level2,
                parsed=parsed[index],
                probabilities=probabilities[index],
                labels=labels[index],
                unsure=unsure[index],
                evidence=evidence[index] if evidence else None,
            )
        )
    return tuple(rows)

"""The curated library, over 10,000 well-formed indicators, hardly sets off a rule."""

from __future__ import annotations

from collections import Counter

import pytest

from corpus.bundle import bundled_library
from corpus.records import Declaration, Indicator
from corpus.text import normalise
from review.engine import run_rules
from review.facts.direction import wanted_direction
from review.facts.level_table import count_levels, to_csv
from review.facts.values import written_target
from review.finding import Severity
from review.reviewer import Reviewer
from review.rules import ROW_RULES

_SOME_QUANTITY = "12"
ERROR_SHARE, WARNING_SHARE = 0.0005, 0.01


def as_declaration(kind, row):
    target = written_target(row) or f"{row.direction}{_SOME_QUANTITY}{row.unit}"
    indicator = Indicator(level1=row.level1, level2=row.level2, name=row.name, target=target)
    return Declaration(
        project_name=kind.project_type, budget_wan=999, year=2024, indicators=(indicator,)
    )


@pytest.fixture(scope="module")
def findings():
    reviewer = Reviewer()
    return [
        finding
        for kind in bundled_library()
        for row in kind.indicators
        for finding in run_rules(ROW_RULES, reviewer._context(as_declaration(kind, row), None))[0]
    ]


def test_library_indicators_set_off_next_to_nothing(findings):
    total = sum(len(kind.indicators) for kind in bundled_library())
    counts = Counter(finding.severity for finding in findings)
    assert counts[Severity.ERROR] <= ERROR_SHARE * total
    assert counts[Severity.WARNING] <= WARNING_SHARE * total


def test_wanted_directions_agree_with_the_library():
    pairs = [
        (row.direction, wanted_direction(normalise(row.name)))
        for kind in bundled_library()
        for row in kind.indicators
    ]
    against = [pair for pair in pairs if pair in {("≥", "down"), ("≤", "up")}]
    known = [pair for pair in pairs if pair[1] is not None]
    assert len(known) > len(pairs) / 5
    assert len(against) <= 0.002 * len(known)


def test_the_level_table_is_up_to_date():
    from importlib.resources import files

    text = files("review.facts").joinpath("aspect_levels.csv").read_text(encoding="utf-8")
    assert text == to_csv(count_levels(bundled_library()))

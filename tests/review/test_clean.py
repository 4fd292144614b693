"""Well-written declarations stay clean."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.records import Declaration
from review.finding import Severity
from review.reviewer import Reviewer

FILES = sorted((Path(__file__).parent / "clean").glob("*.json"))
WARNINGS_EACH = 2
WARNINGS_ON_AVERAGE = 0.5


def read(path):
    return Declaration.model_validate_json(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def reviewer(classifier, peer_index):
    return Reviewer(classifier, peer_index)


def test_the_corpus_covers_many_sectors():
    declarations = [read(path) for path in FILES]
    assert len(declarations) >= 42
    assert len({declaration.function_code for declaration in declarations}) >= 16
    assert len({declaration.project_name for declaration in declarations}) == len(declarations)
    assert all(len(declaration.indicators) >= 9 for declaration in declarations)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_clean_declaration_passes(path, reviewer):
    result = reviewer.review(read(path))
    serious = [finding.message for finding in result.findings if finding.severity is Severity.ERROR]
    warnings = [
        finding.message for finding in result.findings if finding.severity is Severity.WARNING
    ]
    assert not result.notices
    assert not serious
    assert len(warnings) <= WARNINGS_EACH, warnings
    assert result.opinion == "pass"


def test_there_are_few_warnings_in_all(reviewer):
    counts = [reviewer.review(read(path)).counts()[Severity.WARNING] for path in FILES]
    assert sum(counts) <= WARNINGS_ON_AVERAGE * len(FILES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_rules_alone_find_nothing_serious(path):
    counts = Reviewer().review(read(path)).counts()
    assert counts[Severity.ERROR] == 0
    assert counts[Severity.WARNING] == 0

"""Well-written reports of every skeleton stay clean, and each is read for what it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.importers import read_declarations
from corpus.records import SelfEvaluation
from corpus.report import read_report
from review.finding import Severity
from review.reviewer import Reviewer

FILES = sorted(path for path in (Path(__file__).parent / "clean_reports").iterdir())
WRONG_EACH = 0.3


def read(path: Path) -> SelfEvaluation:
    (record,) = read_declarations(path).records
    assert isinstance(record, SelfEvaluation)
    return record


def test_every_skeleton_is_there() -> None:
    assert len(FILES) >= 8
    kinds = {read_report(read(path).report_text or "").type.skeleton for path in FILES}
    assert {"A", "B", "C", "F", "G", "department"} <= kinds


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_clean_report_is_read_whole(path: Path) -> None:
    record = read(path)
    assert record.project_name
    assert record.year in (2022, 2023)
    assert record.budget_wan
    assert record.executed_wan
    assert record.report_text


def test_there_are_hardly_any_remarks() -> None:
    results = [Reviewer().review_report(read(path)) for path in FILES]
    assert not any(result.notices for result in results)
    serious = [f for result in results for f in result.findings if f.severity is Severity.ERROR]
    assert not serious
    found = [finding.message for result in results for finding in result.findings]
    assert len(found) <= WRONG_EACH * len(FILES), found

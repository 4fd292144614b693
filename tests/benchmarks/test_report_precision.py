"""The sheet of hand-judged findings on real self-evaluations is complete, and so is its figure."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks.report_precision import FIELDS, SHEET, collect, key, precision, sample
from review.judged_sheet import read_sheet

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def sheet():
    return read_sheet(DOCS / SHEET)


@pytest.fixture(scope="module")
def current():
    return collect()


def test_the_sheet_covers_what_is_said_today(sheet, current):
    """A changed rule brings a few findings that wait for a person, and leaves a few behind."""
    assert tuple(sheet[0]) == FIELDS
    listed, said = {key(line) for line in sheet}, {key(line) for line in sample(current)}
    assert len(said - listed) <= 0.05 * len(said), said - listed
    assert len(listed - said) <= 0.05 * len(listed), listed - said


def test_every_line_is_judged(sheet):
    assert {line["right"] for line in sheet} <= {"0", "1"}
    assert all(line["note"] for line in sheet if line["right"] == "0")


def test_the_published_precision_is_that_of_the_sheet(sheet):
    right, judged = precision(sheet)
    text = (DOCS / "report-faults.md").read_text(encoding="utf-8")
    shown = re.search(r"(\d+) of (\d+) findings are right, precision (\d\.\d+)", text)
    assert shown is not None
    assert (int(shown[1]), int(shown[2])) == (right, judged)
    assert float(shown[3]) == pytest.approx(right / judged, abs=0.0005)
    assert right / judged >= 0.85

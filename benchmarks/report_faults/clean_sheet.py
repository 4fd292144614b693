"""The findings on documents that are in order, each judged by hand once.

`clean_findings.csv` holds a line per finding; `right` is 1 where a reviewer would agree although
the base was meant to be clean, 0 where the finding is wrong. An unjudged finding counts as wrong.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from benchmarks.report_faults.model import Base
from benchmarks.report_faults.subject import Answer
from review.judged_sheet import read_sheet, write_sheet

SHEET = Path(__file__).parent / "clean_findings.csv"
FIELDS = ("base", "split", "subject", "code", "row", "message", "right", "note")
_KEY = FIELDS[:1] + FIELDS[3:6]


def update(answers: Iterable[tuple[Base, Answer]]) -> list[dict[str, str]]:
    """Return the sheet for the current findings; judgements of unchanged findings stay."""
    judged = {tuple(row[key] for key in _KEY): row for row in read_sheet(SHEET)}
    rows = []
    for base, answer in answers:
        for remark in answer.remarks:
            values = (base.id, base.split, base.subject, remark.code, remark.row, remark.message)
            row = dict(zip(FIELDS, (*values, "", ""), strict=True))
            old = judged.get(tuple(row[key] for key in _KEY))
            rows.append(old or row)
    return rows


def write(rows: Iterable[dict[str, str]]) -> None:
    """Write the sheet."""
    write_sheet(SHEET, FIELDS, rows)

"""Writes the figures into `docs/report-faults.md`, between its two marks."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.report_faults.model import Split

DOCUMENT = Path(__file__).parents[2] / "docs" / "report-faults.md"
_COLUMNS: tuple[Split, ...] = ("dev", "held_out")
"""Splits of all three sorts of document; those of reports only have a table of their own."""
_KINDS = Path(__file__).parent / "kinds.csv"
_BETWEEN = re.compile(r"(<!-- figures -->\n).*(<!-- end -->)", re.DOTALL)


def publish(report: dict[str, Any]) -> None:
    """Put the tables of a whole run into the document."""
    figures = "\n".join(_tables(report))
    text = DOCUMENT.read_text(encoding="utf-8")
    DOCUMENT.write_text(_BETWEEN.sub(lambda m: f"{m[1]}\n{figures}\n\n{m[2]}", text), "utf-8")


def meanings() -> dict[str, str]:
    """Return what each kind of fault is."""
    with _KINDS.open(encoding="utf-8", newline="") as file:
        return {row["kind"]: row["fault"] for row in csv.DictReader(file)}


def _tables(report: dict[str, Any]) -> Iterator[str]:
    told = meanings()
    yield "| kind | fault | development | held out |\n|---|---|---|---|"
    for kind, row in report["recall"].items():
        cells = " | ".join(f"{row[one]['found']}/{row[one]['planted']}" for one in _COLUMNS)
        yield f"| {kind if kind == 'all' else f'`{kind}`'} | {told.get(kind, '')} | {cells} |"
    yield "\n| recall | development | held out |\n|---|---|---|"
    for subject in ("table", "report", "monitoring", ""):
        chosen = [r for kind, r in report["recall"].items() if kind.startswith(f"{subject}.")]
        rows = chosen or [report["recall"]["all"]]
        cells = " | ".join(f"{_recall(rows, split):.3f}" for split in _COLUMNS)
        yield f"| {subject or 'all together'} | {cells} |"
    yield ""
    yield "| clean documents | split | documents | wrong findings | per document |"
    yield "|---|---|---|---|---|"
    for name, row in report["clean"].items():
        subject, split = name.split(".")
        if split not in _COLUMNS:
            continue
        cells = " | ".join(str(value) for value in row.values())
        yield f"| {subject} | {split} | {cells} |"


def _recall(rows: Sequence[dict[str, Any]], split: str) -> float:
    found = sum(row[split]["found"] for row in rows)
    return float(found / sum(row[split]["planted"] for row in rows))

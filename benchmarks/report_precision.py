"""Every finding on the real self-evaluation tables, judged by hand.

    python -m benchmarks.report_precision [FOLDER]

reviews the bundled cases that report results and brings `report-precision.csv` in FOLDER (docs by
default) up to date: judged findings stay, new ones wait with an empty `right`, those that are no
longer made go. A person fills in `right` with 1 or 0 and notes why a 0. Where there are more than
`LIMIT` findings, a seeded sample is kept that holds at least `_AT_LEAST` of every code.
"""

from __future__ import annotations

import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from corpus.bundle import bundled_cases, bundled_library
from corpus.knowledge import Knowledge
from models.peers import PeerIndex
from review.judged_sheet import read_sheet, write_sheet
from review.reviewer import Reviewer

SHEET = "report-precision.csv"
FIELDS = ("code", "case", "row", "message", "right", "note")
LIMIT = 400
_AT_LEAST = 8
_SEED = 31
Line = dict[str, str]


def collect() -> list[Line]:
    """Return the findings on all bundled cases with results, in order."""
    cases = bundled_cases()
    reviewer = Reviewer(None, PeerIndex(Knowledge(types=bundled_library(), cases=cases)))
    lines = []
    for case in cases:
        if any(row.actual for row in case.indicators):
            for finding in reviewer.review_report(case).findings:
                row = "" if finding.row is None else str(finding.row)
                values = (finding.code, str(case.id), row, finding.message, "", "")
                lines.append(dict(zip(FIELDS, values, strict=True)))
    return lines


def sample(lines: Sequence[Line]) -> list[Line]:
    """Return all lines, or a seeded sample of them with some of every code."""
    if len(lines) <= LIMIT:
        return list(lines)
    by_code: dict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        by_code[line["code"]].append(index)
    chosen: set[int] = set()
    for code, indices in sorted(by_code.items()):
        draw = random.Random(f"{_SEED}{code}")  # noqa: S311
        share = max(_AT_LEAST, LIMIT * len(indices) // len(lines))
        chosen.update(draw.sample(indices, min(share, len(indices))))
    return [lines[index] for index in sorted(chosen)]


def update_sheet(path: Path, lines: Iterable[Line]) -> list[Line]:
    """Write the sheet for the current findings, keeping what was judged."""
    judged = {key(line): line for line in read_sheet(path)}
    rows = [judged.get(key(line), line) for line in lines]
    rows.sort(key=lambda line: (line["code"], line["case"], int(line["row"] or -1)))
    write_sheet(path, FIELDS, rows)
    return rows


def key(line: Line) -> tuple[str, str, str, str]:
    """Return what tells one finding from another; a reworded one is judged anew."""
    return line["code"], line["case"], line["row"], line["message"]


def precision(lines: Iterable[Line]) -> tuple[int, int]:
    """Return how many judged findings are right, and how many were judged."""
    verdicts = [line["right"] for line in lines if line["right"]]
    return verdicts.count("1"), len(verdicts)


def main() -> None:
    """Bring the sheet up to date and print what it says."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("docs")
    rows = update_sheet(folder / SHEET, sample(collect()))
    judged = Counter(row["code"] for row in rows if row["right"])
    right = Counter(row["code"] for row in rows if row["right"] == "1")
    for code, count in sorted(Counter(row["code"] for row in rows).items()):
        print(f"{code}  {count:4d} 条  判断 {judged[code]:4d}  正确 {right[code]:4d}")
    good, total = precision(rows)
    share = good / max(total, 1)
    print(f"合计 {len(rows)} 条，判断 {total} 条，正确 {good} 条，准确率 {share:.3f}")


if __name__ == "__main__":
    main()

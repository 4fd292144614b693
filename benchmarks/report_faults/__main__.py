"""Plants faults and reports how many were found, and how often a clean document is blamed.

    python -m benchmarks.report_faults [--split SPLIT] [--kind PREFIX] [--json FILE]
                                       [--misses FILE] [--update-sheet] [--publish]

`--update-sheet` renews `clean_findings.csv`, `--publish` the tables of `docs/report-faults.md`.
`--misses` lists what was not found, for development bases only: the others are for counting.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks.report_faults.clean_sheet import update, write
from benchmarks.report_faults.measure import Outcome, all_bases, instances, judge
from benchmarks.report_faults.model import LEARNED, SPLITS, Base, Split
from benchmarks.report_faults.publish import publish
from benchmarks.report_faults.subject import Answer, ask

_ERR = Console(stderr=True)


def main() -> None:
    """Run the suite and print both tables."""
    options = _options()
    splits = SPLITS if options.split is None else (options.split,)
    bases = [base for base in all_bases() if base.split in splits]
    clean = {base.id: ask(base.document, base) for base in _tracked(bases, "完好材料")}
    chosen = [
        one for one in instances() if one.base.split in splits and one.kind.startswith(options.kind)
    ]
    outcomes = [
        judge(one, ask(one.document, one.base), clean[one.base.id])
        for one in _tracked(chosen, "植入差错")
    ]
    sheet = update((base, clean[base.id]) for base in bases)
    if options.update_sheet:
        write(sheet)
    report = _summary(outcomes, bases, sheet)
    _print(report)
    if options.publish:
        publish(report)
    if options.json:
        options.json.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", "utf-8")
    if options.misses:
        options.misses.write_text(_misses(outcomes, bases, clean), "utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.report_faults")
    parser.add_argument("--split", choices=SPLITS)
    parser.add_argument("--kind", default="", help="only kinds that begin so, such as table.")
    parser.add_argument("--json", type=Path, help="write the figures to a file")
    parser.add_argument("--misses", type=Path, help="list what was missed on development bases")
    parser.add_argument("--update-sheet", action="store_true", help="renew clean_findings.csv")
    parser.add_argument("--publish", action="store_true", help="renew docs/report-faults.md")
    options = parser.parse_args()
    if (options.update_sheet or options.publish) and (options.split or options.kind):
        parser.error("sheet and document cover all kinds on both splits")
    return options


def _tracked(items: Sequence[Any], label: str) -> Any:
    return track(items, label, console=_ERR, transient=True)


def _summary(
    outcomes: Sequence[Outcome], bases: Sequence[Base], sheet: Sequence[dict[str, str]]
) -> dict[str, Any]:
    """Return recall per kind and split, and wrong findings per clean document."""
    counts = Counter((o.instance.kind, o.instance.base.split, o.found) for o in outcomes)
    kinds = list(dict.fromkeys(outcome.instance.kind for outcome in outcomes))
    present = {base.split for base in bases}
    splits = [split for split in SPLITS if split in present]
    recall: dict[str, Any] = {
        kind: {split: _share(counts, kind, split) for split in splits} for kind in kinds
    }
    recall["all"] = {
        split: {
            part: sum(recall[kind][split][part] for kind in kinds) for part in ("found", "planted")
        }
        for split in splits
    }
    wrong = Counter((row["subject"], row["split"]) for row in sheet if row["right"] != "1")
    sizes = Counter((base.subject, base.split) for base in bases)
    clean = {
        f"{subject}.{split}": {
            "documents": size,
            "wrong": wrong[subject, split],
            "wrong_per_document": round(wrong[subject, split] / size, 3),
        }
        for (subject, split), size in sizes.items()
    }
    unjudged = sum(row["right"] == "" for row in sheet)
    return {"recall": recall, "clean": clean, "findings_on_clean": len(sheet), "unjudged": unjudged}


def _share(counts: Counter[tuple[str, Split, bool]], kind: str, split: Split) -> dict[str, int]:
    found, missed = counts[kind, split, True], counts[kind, split, False]
    return {"found": found, "planted": found + missed}


def _print(report: dict[str, Any]) -> None:
    console = Console()
    splits = list(report["recall"]["all"])
    table = Table("差错种类", *splits, title="查出的植入差错")
    for kind, row in report["recall"].items():
        table.add_row(kind, *(_shown(row[split]) for split in splits))
    console.print(table)
    table = Table("完好材料", "份数", "误报", "每份误报", title="完好材料上的误报")
    for name, row in report["clean"].items():
        table.add_row(name, *(str(value) for value in row.values()))
    console.print(table)
    if report["unjudged"]:
        console.print(f"其中 {report['unjudged']} 条尚未人工判断，按误报计。")


def _shown(cell: dict[str, int]) -> str:
    share = cell["found"] / cell["planted"] if cell["planted"] else 0.0
    return f"{cell['found']}/{cell['planted']}  {share:.2f}"


def _misses(outcomes: Sequence[Outcome], bases: Sequence[Base], clean: dict[str, Answer]) -> str:
    """Return what was missed and what was said of clean documents, development bases only."""
    lines = ["# 开发用材料：未查出的差错", ""]
    for outcome in outcomes:
        one = outcome.instance
        if one.base.split in LEARNED and not outcome.found:
            place = "；".join(one.rows) or "；".join(text[:60] for text in one.passages)
            said = " / ".join(f"{r.code} {r.row or r.quote[:24]}" for r in outcome.remarks[:6])
            lines.append(
                f"- {one.kind} · {one.base.id}.{one.document.form} · {one.note[:80]!r}"
                f" · 位置：{place}"
                f" · 新增意见：{said or '无'}{' · ' + outcome.trouble if outcome.trouble else ''}"
            )
    lines += ["", "# 开发用材料：完好材料上的意见（原则上应为零）", ""]
    for base in bases:
        if base.split in LEARNED:
            lines += [
                f"- {base.id}.{base.document.form} · {remark.code} · {remark.message}"
                for remark in clean[base.id].remarks
            ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()

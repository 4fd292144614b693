"""How often each rule speaks on the bundled cases, and how often it is right by hand.

`python -m review.statistics docs` reviews every case with a classifier that never saw it, brings
`rule-precision.csv` up to date (judged remarks stay, new ones wait with an empty `right`) and
writes `rule-statistics.md` from it. A person fills in `right` with 1 or 0 and may add a note.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.bundle import bundled_cases, bundled_library
from corpus.knowledge import Knowledge
from corpus.records import Case
from models.case_groups import case_groups
from models.peers import PeerIndex
from models.target_classifier import TargetClassifier
from models.train_targets import group_folds, train
from review.finding import Finding
from review.judged_sheet import read_sheet, write_sheet
from review.reviewer import Reviewer
from review.rules import ALL_RULES

SHEET, TABLE = "rule-precision.csv", "rule-statistics.md"
FIELDS = ("code", "case", "row", "message", "right", "note")
_SAMPLE = 30
"""Remarks of one rule that are judged at most."""
_SEED = 20
_FOLDS = 5


@dataclass(frozen=True)
class Remark:
    """One finding on one case."""

    case: str
    finding: Finding

    @property
    def key(self) -> tuple[str, str, str]:
        """Return code, case and row, which tell one remark from another."""
        row = self.finding.row
        return self.finding.code, self.case, "" if row is None else str(row)


def held_out_reviewers(cases: Sequence[Case]) -> Iterator[tuple[Reviewer, list[Case]]]:
    """Yield, fold by fold, a reviewer trained on the other groups and the fold's cases."""
    peers = PeerIndex(Knowledge(types=bundled_library(), cases=tuple(cases)))
    folds = group_folds(case_groups(cases), _FOLDS, _SEED).tolist()
    for number in range(_FOLDS):
        inside = [case for case, fold in zip(cases, folds, strict=True) if fold != number]
        outside = [case for case, fold in zip(cases, folds, strict=True) if fold == number]
        with tempfile.TemporaryDirectory() as folder:
            train(Path(folder) / "targets", inside)
            classifier = TargetClassifier.load(Path(folder) / "targets")
        yield Reviewer(classifier, peers), outside


def collect() -> list[Remark]:
    """Return all findings on the bundled cases, by case."""
    cases = bundled_cases()
    found: dict[str, list[Remark]] = {}
    for reviewer, outside in held_out_reviewers(cases):
        for case in outside:
            name = str(case.id)
            results = (reviewer.review(case), reviewer.review_report(case))
            found[name] = [
                Remark(name, finding) for result in results for finding in result.findings
            ]
    return [remark for case in cases for remark in found[str(case.id)]]


def sample(remarks: Iterable[Remark]) -> list[Remark]:
    """Return at most `_SAMPLE` remarks of each rule, the same ones every time."""
    by_code: dict[str, list[Remark]] = defaultdict(list)
    for remark in remarks:
        by_code[remark.finding.code].append(remark)
    chosen: list[Remark] = []
    for code in sorted(by_code):
        group = by_code[code]
        if len(group) > _SAMPLE:
            group = random.Random(f"{_SEED}{code}").sample(group, _SAMPLE)  # noqa: S311
        chosen += sorted(group, key=lambda remark: remark.key)
    return chosen


def update_sheet(path: Path, remarks: Sequence[Remark]) -> list[dict[str, str]]:
    """Write the sheet for the current remarks, keeping what was judged."""
    old = {(row["code"], row["case"], row["row"]): row for row in read_sheet(path)}
    current = {remark.key for remark in remarks}
    kept = {key for key, row in old.items() if key in current and row["right"]}
    chosen = kept | {remark.key for remark in sample(remarks)}
    rows = []
    for remark in remarks:
        if remark.key in chosen:
            judged = old.get(remark.key, {})
            verdict = (judged.get("right", ""), judged.get("note", ""))
            values = (*remark.key, remark.finding.message, *verdict)
            rows.append(dict(zip(FIELDS, values, strict=True)))
    rows.sort(key=lambda row: (row["code"], row["case"], int(row["row"] or -1)))
    write_sheet(path, FIELDS, rows)
    return rows


def render_table(remarks: Sequence[Remark], sheet: Iterable[Mapping[str, str]]) -> str:
    """Return the statistics as Markdown."""
    spoken = Counter(remark.finding.code for remark in remarks)
    cases = defaultdict(set)
    for remark in remarks:
        cases[remark.finding.code].add(remark.case)
    judged, right = Counter[str](), Counter[str]()
    for row in sheet:
        if row["right"]:
            judged[row["code"]] += 1
            right[row["code"]] += row["right"] == "1"
    lines = [
        "# 规则在随附案例上的表现",
        "",
        "由 `python -m review.statistics docs` 生成。随附案例逐一审核，分类模型按来源交叉训练，",
        "不含被审核的案例。每条规则最多抽 30 条意见人工判断对错，逐条见 `rule-precision.csv`。",
        "案例多为公开材料的节选，判断以所给内容为准；部分规则依据首轮判断修改过，准确率偏乐观。",
        "",
        "| 规则 | 程度 | 提示条数 | 涉及案例 | 判断条数 | 正确 | 准确率 |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    for rule in ALL_RULES:
        code, level = rule.code, rule.severity.words
        totals[level].update(spoken=spoken[code], judged=judged[code], right=right[code])
        counts = f"{spoken[code]} | {len(cases[code])} | {judged[code]} | {right[code]}"
        share = f"{right[code] / judged[code]:.2f}" if judged[code] else "—"
        lines.append(f"| {code} {rule.name} | {level} | {counts} | {share} |")
    for level, total in totals.items():
        share = f"{total['right'] / total['judged']:.2f}" if total["judged"] else "—"
        counts = f"{total['spoken']} | — | {total['judged']} | {total['right']}"
        lines.append(f"| **合计** | {level} | {counts} | {share} |")
    return "\n".join(lines) + "\n"


def _write(folder: Path) -> None:
    """Bring sheet and table up to date."""
    remarks = collect()
    sheet = update_sheet(folder / SHEET, remarks)
    (folder / TABLE).write_text(render_table(remarks, sheet), encoding="utf-8")


if __name__ == "__main__":
    _write(Path(sys.argv[1]))

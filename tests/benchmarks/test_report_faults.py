"""The suite of planted faults is sound, and a sample of it is found."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.report_faults.clean_sheet import SHEET
from benchmarks.report_faults.measure import all_bases, instances, judge, mapping
from benchmarks.report_faults.publish import meanings
from benchmarks.report_faults.reports import report_bases
from benchmarks.report_faults.subject import ask
from benchmarks.report_faults.tables import table_bases
from review.judged_sheet import read_sheet
from review.rules import MONITORING_RULES, REPORT_RULES

DOCS = Path(__file__).parents[2] / "docs"
RECALL = re.compile(r"^\| `?([\w.]+)`? \|[^|]*\| (\d+)/(\d+) \| (\d+)/(\d+) \|$", re.MULTILINE)
WRONG = re.compile(r"^\| (\w+) \| (dev|held_out) \| (\d+) \| (\d+) \| [\d.]+ \|$", re.MULTILINE)
CODES = {rule.code for rule in (*REPORT_RULES, *MONITORING_RULES)}


@pytest.fixture(scope="module")
def planted():
    return list(instances())


def table_rows(text):
    rows = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows]


def test_every_kind_is_planted_ten_times_on_either_side_and_oftener_for_learning(planted):
    counts = Counter((one.kind, one.base.split) for one in planted)
    kinds = {one.kind for one in planted}
    assert len(kinds) >= 25
    of_reports = {
        "dev": (20, 40), "voices": (11, 24), "fresh": (4, 10), "held_out": (10, 10),
        "unseen": (3, 10),
    }  # fmt: skip
    for (kind, split), number in counts.items():
        fewest, most = of_reports[split] if kind.startswith("report.") else (10, 10)
        assert fewest <= number <= most, (kind, split)
    reports = sum(kind.startswith("report.") for kind in kinds)
    assert len(counts) == 2 * len(kinds) + 3 * reports


def test_no_two_instances_are_alike_and_none_is_its_base(planted):
    assert all(one.document != one.base.document for one in planted)
    seen = [(one.kind, one.document) for one in planted]
    assert all(seen.count(item) == 1 for item in seen[::40])


def test_bases_keep_to_their_side():
    sides = {base.id: base.split for base in all_bases()}
    assert all(sides[key.removeprefix("m-")] == side for key, side in sides.items())
    assert Counter(base.split for base in report_bases()) == {
        "dev": 40,
        "voices": 12,
        "held_out": 10,
        "fresh": 6,
        "unseen": 6,
    }


@pytest.mark.parametrize("base", report_bases(), ids=lambda base: base.id)
def test_a_clean_report_adds_up(base):
    facts, text = base.facts, base.document.text
    assert 500 <= len(re.sub(r"\s", "", text)) <= 3500
    assert facts["executed_wan"] / facts["budget_wan"] * 100 == pytest.approx(
        facts["rate"], abs=0.005
    )
    head = next((r for r in table_rows(text) if {"得分", "自评得分"} & set(r)), None)
    if head is None:
        return
    rows = table_rows(text)
    rows = rows[rows.index(head) + 2 :]
    last = next(index for index, row in enumerate(rows) if row[0] in ("合计", "总分"))
    weight = next(i for i, cell in enumerate(head) if cell in ("分值", "权重"))
    score = next(i for i, cell in enumerate(head) if "得分" in cell)
    assert sum(float(row[weight]) for row in rows[:last]) == pytest.approx(100)
    assert sum(float(row[score]) for row in rows[:last]) == pytest.approx(facts["total"])


@pytest.mark.parametrize("base", table_bases()[::3], ids=lambda base: base.id)
def test_a_repaired_table_adds_up(base):
    record = base.document.record
    rows = record["indicators"]
    assert record["execution_weight"] + sum(row["weight"] for row in rows) == 100
    assert record["execution_score"] + sum(row["score"] for row in rows) == pytest.approx(
        record["total_score"]
    )
    for part in ("budget_wan", "executed_wan"):
        total = sum(fund[part] for fund in record["funds"])
        assert not record["funds"] or total == pytest.approx(record[part])
    assert all((row["score"] < row["weight"]) == bool(row["reason"]) for row in rows)


def test_the_mapping_names_kinds_and_rules_that_exist(planted):
    kinds = {one.kind for one in planted}
    assert set(meanings()) == kinds
    assert set(mapping()) <= kinds
    assert {code for codes in mapping().values() for code in codes} <= CODES


def test_a_fault_of_nearly_every_kind_is_found(planted):
    """One development instance of each kind, those of reports on one report to keep it cheap."""
    sample = {}
    for one in planted:
        if one.base.split == "dev" and (one.base.subject != "report" or one.base.id == "d08"):
            sample.setdefault(one.kind, one)
    missed = []
    clean = {}
    for kind, one in sample.items():
        if one.base.id not in clean:
            clean[one.base.id] = ask(one.base.document, one.base)
        answer = ask(one.document, one.base)
        assert not answer.trouble
        if not judge(one, answer, clean[one.base.id]).found:
            missed.append(kind)
    assert len(missed) <= 0.05 * len(sample), missed


def test_published_recall_adds_up():
    text = (DOCS / "report-faults.md").read_text(encoding="utf-8")
    rows = RECALL.findall(text)
    figures = {name: [int(value) for value in values] for name, *values in rows}
    total = figures.pop("all")
    assert set(figures) == {one.kind for one in instances()}
    assert [sum(column) for column in zip(*figures.values(), strict=True)] == total


def test_published_false_findings_are_those_of_the_sheet():
    text = (DOCS / "report-faults.md").read_text(encoding="utf-8")
    wrong = Counter(
        (row["subject"], row["split"]) for row in read_sheet(SHEET) if row["right"] != "1"
    )
    rows = WRONG.findall(text)
    assert len(rows) == 6
    for subject, split, size, shown in rows:
        documents = [b for b in all_bases() if (b.subject, b.split) == (subject, split)]
        assert (len(documents), wrong[subject, split]) == (int(size), int(shown))


def test_every_finding_on_a_clean_document_is_judged():
    with SHEET.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(row["right"] in {"0", "1"} and row["note"] for row in rows)

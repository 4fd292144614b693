"""The grammar against judgements on every cell of the bundled cases."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.bundle import bundled_cases
from corpus.target import report

HERE = Path(__file__).parent
GOAL = 0.98


@pytest.fixture(scope="module")
def rows():
    return report.read_rows(bundled_cases(), report.load_gold(HERE / "gold.jsonl"))


def test_every_cell_has_been_judged(rows):
    unjudged = sorted({(row.field, row.text) for row in rows if row.gold is None})
    assert unjudged == []


@pytest.mark.parametrize("field", ["target", "actual"])
def test_cells_are_read_as_judged(rows, field):
    chosen = [row for row in rows if row.field == field]
    rest = [row for row in chosen if not row.agrees]
    listing = "\n".join(
        f"{row.text!r}: judged {report.describe(row.gold)}, read {report.describe(row.parsed)}"
        for row in rest
    )
    assert 1 - len(rest) / len(chosen) >= GOAL, listing


def test_no_judgement_is_left_over(rows):
    used = {json.dumps(row.gold, ensure_ascii=False) for row in rows if row.gold}
    gold = report.load_gold(HERE / "gold.jsonl").values()
    assert [g["text"] for g in gold if json.dumps(g, ensure_ascii=False) not in used] == []


def test_a_wrong_reading_is_noticed(rows):
    row = next(row for row in rows if row.text == "≥95%")
    for facet, wrong in [("kind", "range"), ("operator", ">"), ("value", 94), ("unit", "分")]:
        assert not report.matches(row.parsed, {**row.gold, facet: wrong})
    assert report.matches(row.parsed, row.gold)


def test_the_published_figures_are_current():
    assert report.main(["--check"]) == 0, "run: python -m corpus.target.report"


def test_stale_figures_are_noticed_and_rewritten(tmp_path, monkeypatch):
    document = tmp_path / "grammar.md"
    document.write_text(f"before\n{report.BEGIN}\nstale\n{report.END}\nafter\n", encoding="utf-8")
    monkeypatch.setattr(report, "DOCUMENT", document)
    assert report.main(["--check"]) == 1
    assert report.main([]) == 0
    assert report.main(["--check"]) == 0
    assert "stale" not in document.read_text(encoding="utf-8")

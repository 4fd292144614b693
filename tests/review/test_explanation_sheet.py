"""The sheet of explanations keeps judgements only for as long as they apply."""

from pathlib import Path

import pytest

from corpus.records import Case, Indicator
from review.explanation_sheet import (
    EARLIER,
    FIELDS,
    JUDGEMENTS,
    LABELS,
    Shown,
    draw,
    render_summary,
    update_sheet,
)
from review.finding import Finding, Severity
from review.judged_sheet import read_sheet

SHEET = Path(__file__).parents[2] / "docs" / "explanations.csv"


def shown(case="甲", row=0, why="某理由。具体表现：名称“数量”（没有对象）。", code="MS02"):
    rows = tuple(Indicator(name=f"指标{place}", target="1") for place in range(3))
    finding = Finding(code, "a.b", Severity.WARNING, "意见", why, "依据文件", 0.9, row, "name")
    return Shown(Case(id=case, indicators=rows), finding)


def test_the_same_findings_are_drawn_whatever_their_order():
    every = [shown(f"案例{number}") for number in range(200)]
    drawn = draw(every)
    assert len(drawn) == 60
    assert draw(every[::-1]) == drawn
    kept = {item.key for item in draw(every[:190])}
    assert len(kept & {item.key for item in drawn}) >= 50


@pytest.mark.parametrize(
    ("why", "judgement"),
    [
        ("别的理由。具体表现：名称“数量”（没有对象）。", "right"),
        ("具体表现：名称“量”（没有对象）。", ""),
    ],
)
def test_a_judgement_holds_as_long_as_the_explanation_does(tmp_path, why, judgement):
    sheet = tmp_path / "sheet.csv"
    (row,) = update_sheet(sheet, [shown()])
    assert (row["row"], row["label"], row["judgement"]) == ("甲#0", "vague", "")
    text = sheet.read_text("utf-8").replace("（没有对象）。,,", "（没有对象）。,right,好")
    sheet.write_text(text, "utf-8")
    (row,) = update_sheet(sheet, [shown(why=why)])
    assert row["judgement"] == judgement
    assert read_sheet(sheet) == [row]


def test_summary_counts_judged_and_unjudged():
    rows = [
        dict.fromkeys(FIELDS, "") | {"label": "easy", "judgement": judgement}
        for judgement in ("right", "right", "wrong", "")
    ]
    text = render_summary(rows, 9, {"首轮": rows[:3]})
    assert "| easy | 4 | 3 | 2 | 0 | 1 |" in text
    assert "| 合计 | 4 | 3 | 2 | 0 | 1 |" in text
    assert "- 首轮：right 2，partly 0，wrong 1。" in text


@pytest.mark.parametrize("file", [SHEET.name, *EARLIER.values()])
def test_the_published_sheets_are_judged_in_full(file):
    rows = read_sheet(SHEET.with_name(file))
    assert len(rows) == 60
    assert {row["judgement"] for row in rows} <= set(JUDGEMENTS)
    assert {row["label"] for row in rows} <= set(LABELS.values())
    assert all(row["note"] for row in rows if row["judgement"] != "right")

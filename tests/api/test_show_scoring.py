"""What a re-check prints: recounted points, questions, and a batch in the order of its triage."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from api.cli.reviewing import run_reviews
from api.cli.show_review import show_review
from api.cli.show_scoring import Ranking
from corpus.importers import declaration_from_dict
from review.reviewer import Reviewer

ROW = {"level1": "产出指标", "level2": "数量指标", "name": "养护里程", "target": "≥100公里"}
SOUND = {"project_name": "危桥改造", "budget_wan": 20, "indicators": [{**ROW, "actual": "104公里"}]}
FALSE = {
    "project_name": "农村公路日常养护",
    "department": "县交通运输局",
    "budget_wan": 8000,
    "executed_wan": 8000,
    "execution_weight": 10,
    "execution_score": 10,
    "indicators": [{**ROW, "actual": "40公里", "weight": 90, "score": 90}],
}


def printed(paint, width: int = 100) -> str:
    console = Console(file=io.StringIO(), width=width, highlight=False, markup=False)
    paint(console)
    return console.file.getvalue()


@pytest.mark.parametrize("width", [80, 100])
def test_points_beside_the_units_own_and_the_question(width):
    record = declaration_from_dict(FALSE)
    result = Reviewer().review_report(record)
    text = printed(lambda console: show_review(console, record, result), width)
    assert "合计：自评 100 分（优），复算 46 分（差）" in text
    assert "可问 “养护里程”没有完成，为什么给满分90分？" in text
    assert "复核：再评价" in text
    assert "退回重新自评" in text or "退回修改" in text
    assert all(cell_len(line) <= width for line in text.splitlines())


def ranking_of(*records, top=None):
    ranking = Ranking(top)
    for record in records:
        ranking.add(Reviewer().review_report(declaration_from_dict(record)))
    return ranking


def test_the_most_doubtful_comes_first():
    text = printed(ranking_of(SOUND, FALSE).show)
    assert "共 2 份；再评价 1 份" in text
    assert text.index("农村公路日常养护") < text.index("危桥改造")
    assert "100→46" in text
    assert all(cell_len(line) <= 100 for line in text.splitlines())


def test_only_so_many_are_listed():
    text = printed(ranking_of(SOUND, FALSE, top=1).show)
    assert "列出前 1 份" in text
    assert "危桥改造" not in text


def test_a_single_record_is_not_ranked():
    assert printed(ranking_of(FALSE).show) == ""


def test_declarations_are_not_ranked():
    ranking = Ranking()
    ranking.add(Reviewer().review(declaration_from_dict(FALSE)))
    assert ranking.items == []


@pytest.mark.parametrize(("form", "feedback"), [("json", False), (None, True)])
def test_a_ranking_is_for_tables_only(form, feedback):
    import click

    extras = {
        "suppressions": None, "letter": None, "issuer": "", "due": None, "feedback": feedback,
        "top": 5,
    }  # fmt: skip
    with pytest.raises(click.UsageError, match="--top"):
        run_reviews((str(Path(__file__)),), "report", form, None, **extras)

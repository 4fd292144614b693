"""Points counted again stand beside the unit's own, and say where they cannot be counted."""

from __future__ import annotations

import pytest

from review.scoring.rescoring import grade_of

ROWS = [
    {"at": "数量", "name": "养护里程", "target": "≥100公里", "actual": "80公里", "weight": 30},
    {"at": "质量", "name": "合格率", "target": "≥95%", "actual": "97%", "weight": 20},
    {"at": "社会效益", "name": "出行条件", "target": "改善", "actual": "改善", "weight": 30},
    {"at": "满意度", "name": "满意度", "target": "≥90%", "actual": "92%", "weight": 10},
]
FUNDS = {"executed_wan": 400, "execution_weight": 10, "execution_score": 10}


@pytest.fixture
def score(make_reviewer, make_declaration):
    def build(rows, project=None, **evaluation):
        record = make_declaration(
            rows=rows,
            project={"budget_wan": 500, **(project or {})},
            evaluation={**FUNDS, **evaluation},
        )
        return make_reviewer().review_report(record).scoring

    return build


def full_marks(rows):
    return [{**row, "score": row["weight"]} for row in rows]


def test_rows_and_execution_rate_are_counted_again(score):
    scoring = score(full_marks(ROWS), total_score=100)
    by_index = {row.index: row for row in scoring.rows}
    assert by_index[None].recomputed == pytest.approx(10 * 400 / 500)
    assert by_index[0].recomputed == pytest.approx(30 * 80 / 100)
    assert by_index[0].difference == pytest.approx(30 - 24)
    assert by_index[1].recomputed == 20
    assert by_index[2].recomputed is None
    assert "定性指标" in by_index[2].rule
    assert (scoring.total_own, scoring.total_recomputed) == (100, pytest.approx(100 - 2 - 6))
    assert scoring.inflation == pytest.approx(8)
    assert (scoring.grade_own, scoring.grade_recomputed) == ("优", "优")


def test_the_rate_never_earns_more_than_its_points(score):
    scoring = score(full_marks(ROWS), executed_wan=600)
    assert scoring.rows[0].recomputed == 10


def test_the_rate_among_the_indicators_is_counted_once(score):
    rate = {"at": "数量", "name": "预算执行率", "target": "100%", "actual": "80%"}
    scoring = score([{**rate, "weight": 10, "score": 10}, *full_marks(ROWS)])
    assert [row.index for row in scoring.rows] == [0, 1, 2, 3, 4]
    assert scoring.rows[0].recomputed == pytest.approx(8)
    assert scoring.total_own == 100


@pytest.mark.parametrize(
    ("actual", "band"), [("基本完成", (18, 24)), ("尚未完成", (0, 18)), ("改善", None)]
)
def test_words_allow_a_band(score, actual, band):
    row = {**ROWS[2], "actual": actual, "score": 30}
    scored = score([row]).rows[1]
    assert scored.recomputed is None
    assert scored.band == band
    assert scored.difference == (None if band is None else 30 - band[1])


def test_a_late_date_loses_points_only_by_a_rule_that_says_how_many(score):
    row = {"at": "时效", "name": "完工时间", "target": "2024年6月底前", "actual": "2024年8月"}
    row |= {"weight": 10, "score": 10}
    assert score([row]).rows[1].recomputed is None
    assert score([{**row, "scoring_rule": "逾期不得分"}]).rows[1].recomputed == 0


def test_without_the_whole_scheme_there_is_no_grade(score):
    scoring = score(full_marks(ROWS[:2]))
    assert scoring.grade_own is None
    assert scoring.grade_recomputed is None


def test_rows_without_own_points_do_not_enter_the_totals(score):
    scoring = score([*full_marks(ROWS[:2]), ROWS[3]])
    assert scoring.total_own == 10 + 30 + 20
    assert any("没有自评得分" in note for note in scoring.notes)


def test_a_stated_total_that_is_wrong_does_not_hide_in_the_recount(score):
    scoring = score(full_marks(ROWS), total_score=105)
    assert scoring.total_own == 105
    assert scoring.total_recomputed == pytest.approx(100 - 2 - 6)


@pytest.mark.parametrize(
    ("total", "grade"),
    [(90, "优"), (89.9, "良"), (80, "良"), (60, "中"), (59.9, "差"), (None, None)],
)
def test_grades(total, grade):
    assert grade_of(total) == grade


def test_a_declaration_and_a_monitoring_table_have_no_points(make_reviewer, make_declaration):
    reviewer = make_reviewer()
    assert reviewer.review(make_declaration(rows=ROWS)).to_dict()["scoring"] is None
    record = make_declaration(rows=ROWS, evaluation={"stage": "monitoring", "executed_wan": 1})
    result = reviewer.review_report(record).to_dict()
    assert result["scoring"] is None
    assert result["triage"] is not None

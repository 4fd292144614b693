"""The feedback on a self-evaluation adds recounted points, questions and materials to fetch."""

from __future__ import annotations

import datetime
import io

import pytest
from docx import Document

from review.feedback.content import compose_feedback
from review.feedback.letter import letter_name, write_letter
from review.feedback.text import to_text

ROWS = [
    {
        "at": "数量",
        "name": "养护里程",
        "target": "≥100公里",
        "actual": "80公里",
        "weight": 90,
        "score": 90,
    },
    {"at": "满意度", "name": "群众满意度", "target": "≥90%", "actual": "100%"},
]
COPIED = [
    {"at": "数量", "name": f"养护{part}里程", "target": f"{n}公里", "actual": f"{n}公里"}
    for n, part in enumerate("东西南北中", 11)
]  # fmt: skip
DAY = datetime.date(2025, 3, 5)


@pytest.fixture
def feedback_on(make_reviewer, make_declaration):
    def build(rows, **evaluation):
        record = make_declaration(
            rows=rows, evaluation={"executed_wan": 500, **evaluation}, project={"budget_wan": 500}
        )
        return compose_feedback(make_reviewer().review_report(record), "report", date=DAY)

    return build


def test_points_questions_and_materials(feedback_on):
    feedback = feedback_on(ROWS, execution_weight=10, execution_score=10)
    recheck = feedback.recheck
    assert [(line.name, line.own, line.recomputed) for line in recheck.lines] == [
        ("预算执行率", "10", "10"),
        ("养护里程", "90", "72"),
        ("合计", "100", "82"),
    ]
    assert any("养护里程" in question for question in recheck.questions)
    assert "满意度问卷样卷、发放回收登记和汇总表" in recheck.materials
    text = to_text(feedback)
    for heading in ("得分复算", "请说明的问题", "请提供的材料", "附件1　得分复算表"):
        assert heading in text


def test_the_letter_holds_both_tables(feedback_on):
    feedback = feedback_on(ROWS, execution_weight=10, execution_score=10)
    document = Document(io.BytesIO(write_letter(feedback)))
    _, scores, changes = document.tables
    assert [cell.text for cell in scores.rows[2].cells][:5] == ["1", "养护里程", "90", "90", "72"]
    assert changes.rows[1].cells[1].text == "养护里程"
    assert letter_name(feedback).endswith("自评复核意见")


def test_what_is_said_to_the_reviewer_stays_out_of_the_letter(feedback_on, make_reviewer):
    feedback = feedback_on(COPIED)
    assert "疑似照抄" not in to_text(feedback)
    assert not feedback.should


def test_a_monitoring_table_gets_a_letter_of_its_own(feedback_on):
    feedback = feedback_on(ROWS[:1], stage="monitoring", as_of="2024-07-31")
    assert feedback.kind == "monitoring"
    assert "绩效运行监控" in feedback.title
    assert "重新评分" not in to_text(feedback)
    assert letter_name(feedback).endswith("监控审核意见")


def test_a_feedback_on_a_declaration_has_no_recheck(make_reviewer, make_declaration):
    feedback = compose_feedback(make_reviewer().review(make_declaration(rows=ROWS)), date=DAY)
    assert feedback.recheck is None

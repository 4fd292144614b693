"""The triage ranks what is worth opening again and shows what its score is made of."""

from __future__ import annotations

import pytest

from review.scoring.triage import SHARES

SOUND = {"at": "数量", "name": "养护里程", "target": "≥100公里", "actual": "103公里"}
FALSE = {**SOUND, "actual": "40公里", "weight": 90, "score": 90}


@pytest.fixture
def rank(make_reviewer, make_declaration):
    def build(*rows, history=(), budget=500, **evaluation):
        record = make_declaration(
            rows=list(rows),
            project={"budget_wan": budget, "history": list(history)},
            evaluation={"executed_wan": budget, **evaluation},
        )
        return make_reviewer().review_report(record).triage

    return build


def test_nothing_found_is_no_case_for_a_tier(rank):
    ranked = rank(SOUND)
    assert ranked.tier is None
    assert ranked.parts["findings"] == 0
    assert ranked.score == pytest.approx(sum(ranked.parts.values()))


def test_inflated_points_and_findings_lead_to_the_highest_tier(rank):
    ranked = rank(FALSE, execution_weight=10, execution_score=10, budget=8000)
    assert ranked.tier == "再评价"
    assert ranked.parts["inflation"] == SHARES["inflation"]
    assert any("等级由优降为差" in reason for reason in ranked.reasons)


def test_a_warning_is_re_checked(rank):
    ranked = rank({**SOUND, "actual": "≥100公里"}, budget=20)
    assert ranked.tier == "抽查复核"
    assert ranked.reasons == ("建议修改1项",)


def test_more_money_ranks_higher(rank):
    assert rank(FALSE, budget=5000).score > rank(FALSE, budget=50).score


def test_a_troubled_past_ranks_higher(rank):
    past = {"year": 2023, "budget_wan": 500, "executed_wan": 200}
    ranked = rank(FALSE, history=[past])
    assert ranked.parts["history"] == pytest.approx(SHARES["history"] * 0.6)
    assert "以前年度有结余或未完成" in ranked.reasons


def test_setting_findings_aside_ranks_again(make_reviewer, make_declaration):
    reviewer = make_reviewer()
    record = make_declaration(
        rows=[{**SOUND, "actual": "≥100公里"}], evaluation={"executed_wan": 1}
    )
    result = reviewer.review_report(record)
    assert result.triage.tier == "抽查复核"
    assert reviewer.reconsider(result, ()).triage.tier is None

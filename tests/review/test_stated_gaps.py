"""Gaps and contents that plan and result do not allow, and the year that the dates call for."""

from __future__ import annotations

import pytest

from corpus.records import SelfEvaluation
from review.reviewer import Reviewer

REPORT = """霞浦坪镇{title}年蓄水池维修项目绩效自评报告
一、项目概况
镇水利站实施蓄水池维修项目，{contents}，服务周边农户生产用水。
二、资金情况
全年预算90万元，支出81万元，执行率90%，余款9万元为未到期的质量保证金。
三、目标完成情况
维修蓄水池目标36口，实际31口；铺设引水管目标12公里，实际12公里。
用水户满意度目标90%，实际93%，{survey}镇水利站电话访问200户，186户满意。
四、自评得分
执行率9分，产出46分，效益30分，满意度10分，合计95分，等级为优。
五、存在的问题
蓄水池少修{gap}口，扣4分，5口池的坝体渗漏，须先做灌浆。
六、改进措施
余下蓄水池由镇水利站在2025年5月底前修完。
七、自评工作
{made}，镇财政所和水利站开展自评，核对了验收单和付款凭证。
"""
SOUND = {
    "title": "2024",
    "contents": "维修蓄水池36口",
    "survey": "2024年11月",
    "gap": "5",
    "made": "2025年2月",
}


def said(code: str, **changed: str) -> list[str]:
    record = SelfEvaluation.model_validate(
        {
            "project_name": "蓄水池维修",
            "department": "霞浦坪镇水利站",
            "report_text": REPORT.format(**SOUND | changed),
        }
    )
    found = Reviewer().review_report(record).findings
    return [finding.message for finding in found if finding.code == code]


def test_a_report_whose_figures_agree_is_left_alone() -> None:
    assert not said("NR01")
    assert not said("NR13")


@pytest.mark.parametrize("gap", ["3", "6", "15"])
def test_a_gap_that_is_not_plan_less_result_is_found(gap: str) -> None:
    assert any("5口（目标与实际相差）" in message for message in said("NR01", gap=gap))


@pytest.mark.parametrize("contents", ["维修蓄水池63口", "维修农用蓄水池39口", "维修28口蓄水池"])
def test_contents_that_are_neither_planned_nor_done_are_found(contents: str) -> None:
    assert any("目标36、实际31口" in message for message in said("NR01", contents=contents))


def test_parts_that_make_up_the_plan_are_no_conflict() -> None:
    assert not said("NR01", contents="维修蓄水池20口，另维修蓄水池16口")


@pytest.mark.parametrize(
    "stale",
    [
        {"title": "2023", "survey": "2023年11月"},
        {"survey": "2023年11月", "made": "2024年2月"},
        {"survey": "2023年11月"},
    ],
)
def test_dates_that_only_allow_an_earlier_year_are_found(stale: dict[str, str]) -> None:
    assert any("2024年" in message for message in said("NR13", **stale))


def test_a_survey_early_in_the_next_year_is_no_other_year() -> None:
    assert not said("NR13", survey="2025年1月")

"""A report in headings and verbs of its own is not blamed for them, and its faults are found."""

from __future__ import annotations

import pytest

from corpus.records import SelfEvaluation
from review.reviewer import Reviewer

REPORT = """云坪县农产品服务中心2024年晾晒场补助绩效自评报告
【来龙】
{about}
【账目】
{funds}
【交账】
{results}
【量一量】
{scores}
【亏在哪】
{problems}
【补哪里】
{measures}
【谁来评】
2025年2月10日至18日，业务股和财务股自评，逐个量场地、核付款回单，自评稿报县财政局。
"""
SOUND = {
    "about": "县里对合作社修建晾晒场给予补助，由中心经手，合作社自行修建，晒粮、晒菌都用得上。",
    "funds": "可用180万元，中央给120万元，县里给60万元。兑现162万元，兑现率90%，留存18万元，"
    "涉及3个晒场，土地手续办妥后在2025年4月前兑现。",
    "results": "晒场约定修30个，修成27个；顶棚约定搭12座，搭起12座；护栏约定装900米，装了900米；"
    "农户约定惠及800户，惠及846户；损耗约定压到6%，压到5.8%；用户满意度约定90%，测得94%。"
    "业务股2024年12月电话回访200户，打通190户，179户满意。",
    "scores": "兑现9分、产出46分、效益30分、满意度10分，总分计95分，等第优。",
    "problems": "壹、晒场欠3个，掉4分；选址压占林地，林业部门8月责令停工另选。\n"
    "贰、兑现率低，掉1分，3个晒场的补助未兑。",
    "measures": "壹、3个晒场另选村集体建设用地，2025年3月底前拿到批文，9月建成，业务股经手。",
}


def said(**changed: str) -> dict[str, str]:
    text = REPORT.format(**SOUND | changed)
    record = SelfEvaluation.model_validate(
        {"project_name": "晾晒场补助", "report_text": text, "year": 2024}
    )
    return {one.code: one.message for one in Reviewer().review_report(record).findings}


def test_parts_under_headings_of_their_own_are_not_missing() -> None:
    assert "RC01" not in said()


def test_a_part_of_the_score_under_a_name_of_its_own_counts_for_the_total() -> None:
    assert "NR12" not in said()
    assert "NR12" in said(scores=SOUND["scores"].replace("总分计95分", "总分计97分"))


def test_problems_that_take_points_off_tell_of_the_deductions() -> None:
    assert "NR07" not in said()


def test_a_loss_on_payment_needs_no_reason_of_its_own() -> None:
    assert "NR17" not in said()


def test_what_is_not_done_yet_may_be_told_as_a_count() -> None:
    assert "NR01" not in said()


def test_a_method_may_be_told_by_what_was_measured() -> None:
    assert "RC05" not in said()


def test_points_lost_are_no_score_of_the_row() -> None:
    table = "\n| 考核点 | 约定 | 办成 | 得分 |\n|---|---|---|---|\n| 兑现率 | 100% | 90% | 9 |\n"
    problems = SOUND["problems"].replace("兑现率低，掉1分", "兑现率失1分")
    assert "NR02" not in said(results=SOUND["results"] + table, problems=problems)


def test_a_table_of_plans_and_results_tells_the_goals() -> None:
    rows = "".join(f"| 第{place}项 | {place * 9}台 | {place * 9}台 |\n" for place in range(2, 8))
    text = SOUND["results"].replace("约定", "")
    found = said(results=f"| 事项 | 约定 | 办成 |\n|---|---|---|\n{rows}{text}")
    assert "绩效目标" not in found.get("RC01", "")


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("RC01", {"measures": "略"}),
        ("NR05", {"problems": "经对照检查，各事项照约定落实，没有需要反映的情况。"}),
        ("NR07", {"problems": "食堂餐具消毒登记有漏填，后勤人手紧，春节前后值班表也排得不够细。"}),
        ("NR08", {"measures": "3个晒场另选村集体建设用地，拿到批文后建成，业务股经手。"}),
        ("NR09", {"problems": "壹、晒场欠3个，掉4分；主要是客观条件摆在那里。"}),
        ("NR11", {"scores": SOUND["scores"].replace("等第优", "等第良")}),
        ("NR01", {"problems": SOUND["problems"].replace("晒场欠3个", "晒场欠5个")}),
    ],
)
def test_faults_are_found_under_any_heading(code: str, changed: dict[str, str]) -> None:
    assert code in said(**changed)


PLANNED = """2024年某县供水工程绩效自评报告
一、项目概况
建设内容为改造供水管网86公里，新建蓄水池12座，年底前完成全部建设内容。
二、资金情况
全年预算2360万元，支出{spent}万元，执行率{rate}%。
三、绩效目标完成情况
改造供水管网{done}公里，新建蓄水池12座，全面完成年度任务。
四、存在的问题
两个标段进场晚，{problem}管护制度还没有发到村。
五、改进措施
由县水利局在2025年3月底前把管护制度发到村。
六、自评结论
自评得分98分，等级为优。
"""


def of_plan(**changed: str) -> dict[str, str]:
    values = {"spent": "2242", "rate": "95", "done": "86", "problem": ""} | changed
    record = SelfEvaluation(report_text=PLANNED.format(**values), year=2024)
    return {one.code: one.message for one in Reviewer().review_report(record).findings}


def test_less_than_planned_is_no_full_completion() -> None:
    assert "86公里" in of_plan(done="81")["NR01"]
    assert "NR01" not in of_plan()


def test_a_shortfall_that_the_report_admits_is_no_contradiction() -> None:
    assert "NR01" not in of_plan(done="81", problem="管网少改5公里，扣2分，")


def test_everything_done_with_a_third_unspent_asks_where_the_money_is() -> None:
    assert "NR19" in of_plan(spent="1610", rate="68.2")
    assert "NR19" not in of_plan()

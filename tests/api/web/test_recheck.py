"""自评复核: self-evaluations with points counted again, reports, monitoring tables."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

Make = Callable[..., dict[str, Any]]

REPORT = (
    "一、项目概况\n😀本项目于2025年实施。\n二、存在问题\n无。\n三、满意度\n问卷显示满意度为97％。"
)


@pytest.fixture
def evaluated(region: Any) -> Make:
    """Makes a self-evaluation of the first unit that waits for review."""

    def make(name: str = "农村公路日常养护自评", **fields: Any) -> dict[str, Any]:
        rows = [
            ("产出指标", "数量指标", "日常养护里程", "≥680公里", 40, "510公里", 40),
            ("产出指标", "质量指标", "养护路段优良率", "≥95%", 20, "96%", 20),
            ("效益指标", "社会效益指标", "通行中断次数", "≤3次", 20, "2次", 20),
            ("满意度指标", "服务对象满意度指标", "群众满意度", "≥90%", 10, "≥90%", 10),
        ]
        names = ("level1", "level2", "name", "target", "weight", "actual", "score")
        record = {
            "project_name": name,
            "year": 2025,
            "budget_wan": 854.0,
            "executed_wan": 640.0,
            "execution_weight": 10,
            "execution_score": 10,
            "total_score": 100,
            "report_text": REPORT,
            "indicators": [dict(zip(names, row, strict=True)) for row in rows],
            **fields,
        }
        author = region.people["author1"]
        body = {"kind": "evaluation", "record": record}
        made = author.post("/submissions", body)
        assert made.status_code == 201, made.text
        return dict(author.post(f"/submissions/{made.json()['id']}/submit").json())

    return make


def test_units_and_other_divisions_see_no_recheck(open_page: Any, evaluated: Make) -> None:
    made = evaluated()
    assert open_page("author1", f"/recheck/{made['id']}").status_code == 403
    assert open_page("reviewer2", f"/recheck/{made['id']}").status_code == 404
    assert made["id"] not in open_page("reviewer2", "/recheck", limit=200).text


def test_each_kind_has_a_desk_of_its_own(open_page: Any, evaluated: Make, submitted: Make) -> None:
    report, declared = evaluated(), submitted()
    assert declared["id"] not in open_page("reviewer1", "/recheck", limit=200).text
    assert report["id"] not in open_page("reviewer1", "/desk", limit=200).text
    for path, other in (
        (f"/desk/{report['id']}", "/recheck/"),
        (f"/recheck/{declared['id']}", "/desk/"),
    ):
        assert open_page("reviewer1", path).headers["location"].startswith(other)


def test_the_queue_shows_tier_and_both_totals(open_page: Any, evaluated: Make) -> None:
    made = evaluated(name="虚高自评")
    assert made["tier"] in ("再评审", "再评价")
    page = open_page("reviewer1", "/recheck", text="虚高自评", tier=made["tier"]).text
    assert made["tier"] in page
    assert re.search(r"100 → <span class=\"lowered\">\d+(\.\d+)?</span>", page)
    assert "复算低" in page
    assert made["id"] not in open_page("reviewer1", "/recheck", tier="抽查复核", limit=200).text


def test_points_counted_again_stand_beside_the_units_own(open_page: Any, evaluated: Make) -> None:
    made = evaluated()
    page = open_page("reviewer1", f"/recheck/{made['id']}").text
    form, panel = page.split('id="panel-points"')[0], page.split('id="panel-points"')[1]
    assert "实际完成值" in form
    assert re.search(r'<div class="lowered">\+10</div>', form)  # 510 of 680 km for 40 points
    assert re.search(r"日常养护里程</td>.*?>40</td>.*?>30</td>.*?\+10", panel, re.DOTALL)
    assert "预算执行率" in panel
    assert "请单位说明的问题" in panel
    assert "请单位提供的材料" in panel


def test_the_report_is_marked_where_findings_speak_of_it(open_page: Any, evaluated: Make) -> None:
    made = evaluated(name="<b>报告</b>")
    page = open_page("reviewer1", f"/recheck/{made['id']}").text
    narrative = re.search(r'aria-label="自评报告正文">(.*?)</section>', page, re.DOTALL)
    assert narrative is not None
    text = re.sub(r"<[^>]+>", "", narrative[1].split('class="pre">')[1])
    assert text == REPORT
    marks = re.findall(r'<mark class="[^"]*" data-findings="([^"]+)">', narrative[1])
    assert marks
    for key in " ".join(marks).split():
        assert f'id="finding-{key}"' in page
    assert "<b>报告" not in page


def test_the_declaration_of_the_year_is_shown_beside(
    open_page: Any, evaluated: Make, submitted: Make
) -> None:
    submitted(name="县道养护", year=2025)
    made = evaluated(name="县道养护")
    past = open_page("reviewer1", f"/desk/{made['id']}/past").text
    assert "2025年度绩效目标申报" in past


def test_a_monitoring_table_is_held_against_the_year(open_page: Any, evaluated: Make) -> None:
    made = evaluated(
        name="年中监控",
        stage="monitoring",
        as_of="2025-07-02",
        total_score=None,
        executed_wan=170.8,
        forecast_wan=800,
    )
    page = open_page("reviewer1", f"/recheck/{made['id']}").text
    assert "监控进度" in page
    paper = page.split('id="panel-remarks"')[0]
    assert "监控时点" in paper
    assert "全年预计执行（万元）" in paper
    panel = page.split('id="panel-points"')[1].split("</div>")[0]
    assert "2025-07-02" in panel
    assert re.search(r"时间进度</dt><dd>50%", panel)
    assert re.search(r"支付进度</dt><dd>20%", panel)


def test_the_opinion_of_a_recheck_holds_points_and_questions(
    open_page: Any, evaluated: Make
) -> None:
    made = evaluated()
    shown = open_page("reviewer1", f"/desk/{made['id']}/letter").text
    assert "绩效自评的复核意见" in shown
    assert "得分复算表" in shown
    assert "请说明的问题" in shown
    word = open_page("reviewer1", f"/desk/{made['id']}/letter.docx")
    assert word.content[:2] == b"PK"

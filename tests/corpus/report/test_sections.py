"""Sections are found under many names and numbering styles, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.report import read_report
from corpus.report.section_names import kinds_of

REPORTS = Path(__file__).parents[2] / "review" / "clean_reports"
BODY = "项目按计划实施，全年完成了各项任务，资金按规定拨付。"


def titles(text: str) -> list[str]:
    return [section.title for section in read_report(text).sections]


@pytest.mark.parametrize(
    "heading",
    [
        "一、项目资金情况", "（一）项目资金情况", "(一)项目资金情况", "1.项目资金情况",
        "1、项目资金情况",
        "（1）项目资金情况", "①项目资金情况", "第一部分 项目资金情况", "第二章　项目资金情况",
        "【项目资金情况】", "## 项目资金情况", "**项目资金情况**", "2.1 项目资金情况",
        "项目资金情况",
        "一．项目资金情况", "一、項目資金情況", "１．项目资金情况", "项目资金情况：",
    ],
)  # fmt: skip
def test_numbering_styles(heading: str) -> None:
    text = f"某项目绩效自评报告\n{heading}\n{BODY}\n"
    (section,) = read_report(text).sections
    assert section.kinds == {"funds"}
    assert text[slice(*section.heading_span)].strip() == heading
    assert text[section.heading_end : section.end].strip() == BODY


@pytest.mark.parametrize(
    ("title", "kinds"),
    [
        ("存在的问题及原因", {"problems"}),
        ("存在的问题和改进措施", {"problems", "measures"}),
        ("偏离绩效目标的原因和下一步改进措施", {"deviation", "measures"}),
        ("绩效目标完成情况分析", {"completion"}),
        ("绩效自评结果拟应用和公开情况", {"results_use"}),
        ("绩效自评工作开展情况", {"organisation"}),
        ("综合评价情况及评价结论", {"conclusion"}),
        ("其他需要说明的问题", {"other"}),
        ("下一步工作打算", {"measures"}),
        ("立项背景和依据", {"background"}),
        ("沿途风光", set()),
    ],
)
def test_names(title: str, kinds: set[str]) -> None:
    assert kinds_of(title) == kinds


def test_a_table_of_contents_holds_no_sections() -> None:
    text = (
        "某项目自评报告\n目 录\n一、项目概况……1\n二、资金情况……3\n"
        f"一、项目概况\n{BODY}\n二、资金情况\n{BODY}\n"
    )
    sections = read_report(text).sections
    assert [section.title for section in sections] == ["项目概况", "资金情况"]
    assert sections[0].start == text.rindex("一、项目概况")


def test_a_table_of_contents_without_dots() -> None:
    text = f"目录\n一、项目概况\n二、存在问题\n一、项目概况\n{BODY}\n二、存在问题\n{BODY}\n"
    assert titles(text) == ["项目概况", "存在问题"]


def test_headings_inside_a_line() -> None:
    text = (
        "某局关于项目的自评情况报告如下： 一、项目基本情况 本项目由某局实施，资金到位。 "
        "二、绩效完成情况 全部任务完成。三、存在问题：无。四、下一步措施：继续做好管护。"
    )
    sections = read_report(text).sections
    assert [section.title for section in sections] == [
        "项目基本情况", "绩效完成情况", "存在问题", "下一步措施",
    ]  # fmt: skip
    assert text[sections[2].heading_end : sections[2].end].strip() == "无。"


def test_a_heading_that_runs_on_into_its_text() -> None:
    text = "一、存在的问题。资金拨付较慢，部分项目未完工。\n二、对策与建议：加快拨付进度。\n"
    report = read_report(text)
    assert [section.title for section in report.sections] == ["存在的问题", "对策与建议"]
    assert text[slice(report.sections[0].heading_end, report.sections[0].end)].startswith("资金")


@pytest.mark.parametrize(
    "line",
    [
        "一是加强资金管理，二是强化监督，三是及时支付。",
        "1.5万元用于购置设备。",
        "（三）班学生获得市级奖励，参加了多次比赛，全体教师都表示满意。",
        "2023年资金使用情况良好，项目按期完成，取得了较好效果。",
    ],
)
def test_sentences_are_no_headings(line: str) -> None:
    assert titles(f"{line}\n{BODY}\n") == []


def test_subsections_inherit_what_they_are_about() -> None:
    text = f"一、存在的问题\n（一）末级渠系破损\n{BODY}\n二、建议\n{BODY}\n"
    first, second, third = read_report(text).sections
    assert second.kinds == set()
    assert second.within == first.kinds == {"problems"}
    assert first.whole_end == third.start


@pytest.mark.parametrize(
    ("name", "skeleton"),
    [
        ("farmland_a.txt", "A"), ("rescue_b.txt", "B"), ("school_c.txt", "C"), ("short_f.txt", "F"),
        ("streetlight_g.txt", "G"), ("dept_whole.txt", "department"),
    ],
)  # fmt: skip
def test_skeletons_of_full_reports(name: str, skeleton: str) -> None:
    kind = read_report((REPORTS / name).read_text(encoding="utf-8")).type
    assert (kind.genre, kind.skeleton) == ("self_evaluation", skeleton)
    assert kind.confidence > 0.8


def test_a_work_report_of_a_government_is_no_self_evaluation() -> None:
    text = (
        "2023年，全市持续深化预算绩效管理，现将有关情况汇报如下：一、主要目标全部实现 "
        "全市各部门共申报绩效目标2437个，涉及资金265亿元。全区各镇、各街道完成自评2158个项目。"
        "二、重点改革 全市开展成本绩效试点30个。三、存在问题 部分单位自评质量不高。"
    ) * 3
    kind = read_report(text).type
    assert kind.genre == "other"
    assert not kind.is_reviewable

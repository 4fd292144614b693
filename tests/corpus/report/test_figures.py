"""Figures are read with role, unit, year and their place in the text as given."""

from __future__ import annotations

import pytest

from corpus.report import Figure, read_report
from corpus.report.facts import read_facts
from corpus.report.principal import statements


def figure(text: str, place: int = 0) -> Figure:
    return read_report(text).figures[place]


@pytest.mark.parametrize(
    ("text", "role", "value", "unit"),
    [
        ("项目年初预算1800万元。", "initial_budget", 1800, "万元"),
        ("调整后全年预算为1,860万元。", "budget", 1860, "万元"),
        ("实际到位资金1860万元。", "allocated", 1860, "万元"),
        ("截至年底，实际支出1767.5万元。", "executed", 1767.5, "万元"),
        ("年末结余93万元。", "surplus", 93, "万元"),
        ("节约资金12万元。", "saved", 12, "万元"),
        ("预算执行率为95.03%。", "rate", 95.03, "%"),
        ("群众满意度达到96.5%。", "satisfaction", 96.5, "%"),
        ("发放问卷220份。", "sample", 220, "份"),
        ("自评得分93.5分。", "score", 93.5, "分"),
        ("该项指标分值5分。", "weight", 5, "分"),
        ("未按期完工，扣2分。", "deduction", 2, "分"),
        ("年度目标为培训600人。", "target", 600, "人"),
        ("实际培训612人。", "actual", 612, "人"),
        ("预算资金３００万元。", "budget", 300, "万元"),
    ],
)
def test_roles(text: str, role: str, value: float, unit: str) -> None:
    found = figure(text)
    assert (found.role, found.value, found.unit) == (role, value, unit)


def test_positions_count_the_text_as_given() -> None:
    text = "項目預(yù)算執(zhí)行率\n為９５．５％，實(shí)際支出1 767\n万元；满意度\n96%。"
    for found in read_report(text).figures:
        assert found.span[0] < found.span[1] <= len(text)
    rate = figure(text)
    assert rate.role == "rate"
    assert text[slice(*rate.span)] == "９５．５％"


def test_line_breaks_inside_a_number_of_wrapped_text() -> None:
    line = "本项目在全县各个乡镇同时组织实施，由各乡镇人民政府负责"
    text = "\n".join([line] * 9) + "，全年实际支出\n1767万元。"
    found = figure(text)
    assert found.role == "executed"
    assert text[slice(*found.span)] == "1767万元"


def test_years_and_bounds() -> None:
    assert figure("2022年支出300万元。").year == 2022
    assert figure("上年支出300万元。").year == -1
    assert figure("支出约300万元。").is_exact is False
    assert figure("不少于300人。").is_exact is False


@pytest.mark.parametrize(
    "text", ["2023年12月31日", "财预〔2020〕10号", "第3季度", "（一）项目", "3年级"]
)
def test_no_figures(text: str) -> None:
    assert read_report(text).figures == ()


def test_figures_of_the_whole_project_leave_parts_out() -> None:
    report = read_report(
        "全年预算1860万元，其中中央财政资金1200万元、县级配套资金180万元。"
        "实际支出1767万元，比上年支出增加20万元，预算执行率95%。自评得分93.5分，其中产出指标得分48分。"
    )
    assert [(item.quantity, item.value) for item in statements(report)] == [
        ("budget", 1860), ("executed", 1767), ("rate", 95), ("score", 93.5),
    ]  # fmt: skip


def test_facts_leave_out_what_is_contradicted() -> None:
    facts = read_facts(
        read_report(
            "青山县水利局2023年河道清淤项目绩效自评报告\n全年预算500万元，实际支出480万元。\n"
            "二、结论\n项目实际支出450万元，自评得分98分。\n"
        )
    )
    assert facts == {
        "project_name": "河道清淤项目",
        "department": "青山县水利局",
        "year": 2023,
        "budget_wan": 500,
        "total_score": 98,
    }


@pytest.mark.parametrize(
    ("title", "project", "unit"),
    [
        ("青山县水利局2023年河道清淤项目绩效自评报告", "河道清淤项目", "青山县水利局"),
        ("河道清淤项目2023年度绩效自评情况说明", "河道清淤项目", None),
        ("青山县水利局2023年度部门整体支出绩效自评报告", "青山县水利局整体支出", "青山县水利局"),
        ("2023年河道清淤项目支出绩效自评报告", "河道清淤项目", None),
    ],
)
def test_titles(title: str, project: str, unit: str | None) -> None:
    facts = read_facts(read_report(f"{title}\n一、项目概况\n项目按计划实施。\n"))
    assert (facts["project_name"], facts.get("department"), facts["year"]) == (project, unit, 2023)


def test_a_number_that_a_line_break_parts_is_one() -> None:
    text = (
        "施工单位按照批复的方案施工，全年完成村内道路硬化1\n"
        "59公里，经县级组织验收，群众对项目的满意度为9\n"
        "6%，资金全部拨付到位。"
    )
    found = read_report(text).figures
    assert [(each.value, each.unit) for each in found] == [(159, "公里"), (96, "%")]
    assert text[found[0].start : found[0].end] == "1\n59公里"

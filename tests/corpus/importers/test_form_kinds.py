"""Forms of other kinds than the declaration of one project, and several at once."""

from __future__ import annotations

import pytest

from corpus.importers.forms import read_forms
from corpus.records import SelfEvaluation
from tests.corpus.importers.layouts import HEADING, rows_of

EVALUATION = [
    ["项目支出绩效自评表", "<", "<", "<", "<", "<", "<", "<", "<"],
    ["（2023年度）", "<", "<", "<", "<", "<", "<", "<", "<"],
    ["项目名称", "基层文化活动", "<", "<", "<", "<", "<", "<", "<"],
    ["主管部门", "文旅局", "<", "<", "实施单位", "<", "文化馆", "<", "<"],
    ["项目资金（元）", "", "", "年初预算数", "全年预算数(A)", "全年执行数（B）", "分值",
     "执行率（B/A)", "得分"],
    ["^", "年度资金总额", "<", "1,000,000.00", "1200000", "1140000", "10", "95.00%", "9.5"],
    ["^", "其中：当年财政拨款", "<", "1000000", "1200000", "1140000", "—", "95%", "—"],
    ["^", "上年结转资金", "<", "", "", "", "—", "", "—"],
    ["年度总体目标", "预期目标", "<", "<", "<", "实际完成情况", "<", "<", "<"],
    ["^", "办活动40场", "<", "<", "<", "办活动38场", "<", "<", "<"],
    ["绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分",
     "偏差原因分析及改进措施"],
    ["^", "产出指标(50分)", "数量指标", "活动场次", "40场", "38场", "20", "19", "天气原因"],
    ["^", "满意度指标", "服务对象满意度指标", "群众满意度", "≥90%", "92%", "10分", "10", ""],
    ["总分", "<", "<", "<", "<", "<", "100", "98.5", ""],
    ["注：得分一档最高不能超过该指标分值上限。", "<", "<", "<", "<", "<", "<", "<", "<"],
    ["填报人：", "", "", "", "联系电话：", "", "", "", ""],
]  # fmt: skip


def test_self_evaluation(record_of):
    record = record_of(EVALUATION)
    assert type(record) is SelfEvaluation
    assert record.initial_budget_wan == 100
    assert record.budget_wan == 120
    assert record.executed_wan == 114
    assert record.execution_rate == 95
    assert record.execution_weight == 10
    assert record.execution_score == 9.5
    assert record.goal == "办活动40场"
    assert record.actual_summary == "办活动38场"
    assert record.total_score == 98.5
    first, second = record.indicators
    assert (first.actual, first.weight, first.score, first.reason) == ("38场", 20, 19, "天气原因")
    assert (second.name, second.weight, second.location) == ("群众满意度", 10, "表!D13")


def test_monitoring_form(record_of):
    record = record_of(
        [
            ["项目支出绩效目标执行监控表", "<", "<", "<", "<", "<", "<", "<"],
            ["项目名称", "监测站运行", "<", "<", "<", "<", "<", "<"],
            ["项目资金（万元）", "", "年初预算数", "1-7月执行数", "1-7月执行率", "全年预计执行数",
             "<", "<"],
            ["^", "年度资金总额：", "50", "20", "40%", "50", "<", "<"],
            ["年度总体目标", "监测水质12次", "<", "<", "<", "<", "<", "<"],
            ["绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "1-7月执行情况",
             "全年预计完成情况", "偏差原因分析"],
            ["^", "产出指标", "数量指标", "监测次数", "12次", "7次", "12次", ""],
        ]
    )  # fmt: skip
    assert record.executed_wan == 20
    assert record.initial_budget_wan == 50
    assert (record.indicators[0].target, record.indicators[0].actual) == ("12次", "7次")


def test_forms_stacked_in_one_sheet(grid_of):
    def form(name, budget):
        return [
            ["项目支出绩效目标申报表", "<", "<", "<", "<"],
            [f"（{2020 + budget}年度）", "<", "<", "<", "<"],
            ["项目名称", name, "<", "<", "<"],
            ["项目资金（万元）", "年度资金总额", "<", str(budget), "<"],
            ["年度总体目标", f"{name}的目标", "<", "<", "<"],
            HEADING,
            ["^", "产出指标", "数量指标", f"{name}数量", f"{budget}个"],
            ["其他说明：无", "<", "<", "<", "<"],
            ["", "", "", "", ""],
        ]

    records = read_forms(grid_of([*form("甲", 1), *form("乙", 2), *form("丙", 3)]))
    assert [(r.project_name, r.year, r.budget_wan, r.goal) for r in records] == [
        ("甲", 2021, 1, "甲的目标"),
        ("乙", 2022, 2, "乙的目标"),
        ("丙", 2023, 3, "丙的目标"),
    ]
    assert [len(r.indicators) for r in records] == [1, 1, 1]


def test_blank_template_yields_no_rows_and_no_noise(grid_of):
    grid = grid_of(
        [
            ["项目名称", "", "", ""],
            ["主管部门及代码", "", "实施单位", ""],
            ["年度总体目标", "目标1：\n目标2：\n……", "<", "<"],
            ["一级指标", "二级指标", "三级指标", "指标值"],
            ["产出指标", "数量指标", "指标1：", ""],
            ["", "", "指标2：", ""],
            ["", "", "……", ""],
        ]
    )
    assert read_forms(grid) == []
    assert not grid.problems


def test_form_of_a_whole_department(record_of):
    record = record_of(
        [
            ["部门整体支出绩效目标表", "<", "<", "<", "<"],
            ["部门名称", "某市水利局", "<", "<", "<"],
            HEADING,
            ["^", "产出指标", "数量指标", "河道巡查", "12次"],
        ]
    )
    assert record.project_name == "某市水利局整体支出"


def test_transfer_payment_self_evaluation(record_of):
    record = record_of(
        [
            ["转移支付区域（项目）绩效自评表", "<", "<", "<", "<", "<"],
            ["转移支付（项目）名称", "残疾人事业补助", "<", "<", "<", "<"],
            ["中央主管部门", "残联", "<", "<", "<", "<"],
            ["资金情况（万元）", "", "全年预算数（A）", "全年执行数（B）", "预算执行率（B/A×100%）",
             "<"],
            ["^", "年度资金总额：", "60", "54", "90%", "<"],
            ["^", "其中：中央财政资金", "60", "54", "90%", "<"],
            ["总体目标完成情况", "总体目标", "<", "全年实际完成情况", "<", "<"],
            ["^", "康复服务300人", "<", "服务310人", "<", "<"],
            ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "全年实际完成值"],
            ["^", "产出指标", "数量指标", "服务人数", "≥300人", "310人"],
        ]
    )  # fmt: skip
    assert record.project_name == "残疾人事业补助"
    assert (record.budget_wan, record.executed_wan, record.execution_rate) == (60, 54, 90)
    assert (record.goal, record.actual_summary) == ("康复服务300人", "服务310人")
    assert record.description == ""
    assert record.indicators[0].actual == "310人"


@pytest.mark.parametrize("swapped", [False, True])
def test_targets_of_both_periods_beside_one_name(record_of, swapped):
    periods = [("实施期指标值", "6座"), ("年度指标值", "2座")]
    (first, a), (second, b) = reversed(periods) if swapped else periods
    record = record_of(
        [
            ["项目名称", "水库", "<", "<", "<"],
            ["一级指标", "二级指标", "三级指标", first, second],
            ["产出指标", "数量指标", "加固座数", a, b],
        ]
    )
    assert rows_of(record) == [("产出指标", "数量指标", "加固座数", "2座")]


def test_rate_written_as_a_share(record_of):
    rows = [[cell.replace("95.00%", "0.95") for cell in row] for row in EVALUATION]
    record = record_of(rows)
    assert record.execution_rate == 95

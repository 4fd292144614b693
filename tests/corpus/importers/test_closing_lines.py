"""What a self-evaluation form says beside its rows: sources of money, grade, problems, rules."""

from __future__ import annotations

import pytest

from corpus.errors import InputError
from corpus.importers import declaration_from_dict

FORM = [
    ["项目支出绩效自评表", "<", "<", "<", "<", "<", "<"],
    ["项目名称", "基层文化活动", "<", "<", "<", "<", "<"],
    ["项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "得分"],
    ["^", "年度资金总额", "100", "120", "114", "10", "9.5"],
    ["^", "其中：财政拨款", "80", "100", "98", "—", "—"],
    ["^", "其他资金", "20", "20", "16", "—", "—"],
    ["一级指标", "三级指标", "年度指标值", "实际完成值", "评分标准", "分值", "得分"],
    ["产出指标", "活动场次", "40场", "38场", "每少1场扣0.5分", "20", "19"],
    ["总分", "<", "<", "<", "<", "100", "98.5"],
]


def test_sources_and_scoring_rule_are_read(record_of):
    record = record_of(FORM)
    assert [(fund.source, fund.budget_wan, fund.executed_wan) for fund in record.funds] == [
        ("其中：财政拨款", 100, 98),
        ("其他资金", 20, 16),
    ]
    assert record.indicators[0].scoring_rule == "每少1场扣0.5分"
    assert record.grade is None
    assert record.problems is None


@pytest.mark.parametrize(
    ("line", "grade"),
    [
        (["自评等级：优", "<", "<", "<", "<", "<", "<"], "优"),
        (["评价等级", "□优 ☑良 □中 □差", "<", "<", "<", "<", "<"], "良"),
        (["评价结论", "良好", "<", "<", "<", "<", "<"], "良"),
        (["评价等级", "□优 □良 □中 □差", "<", "<", "<", "<", "<"], None),
    ],
)
def test_grade_below_the_table(record_of, line, grade):
    record = record_of([*FORM, line])
    assert record.grade == grade
    assert len(record.indicators) == 1


@pytest.mark.parametrize(
    "line",
    [["存在问题", "无", "<", "<", "<", "<", "<"], ["存在问题：无", "<", "<", "<", "<", "<", "<"]],
)
def test_problems_below_the_table(record_of, line):
    record = record_of([*FORM, line])
    assert record.problems == "无"


def test_json_gives_the_same_fields():
    record = declaration_from_dict(
        {
            "project_name": "基层文化活动",
            "funds": [{"资金来源": "财政拨款", "全年预算数": "100万元", "全年执行数": 98}],
            "grade": "优",
            "indicators": [{"name": "活动场次", "评分标准": "每少1场扣0.5分"}],
        }
    )
    assert record.funds[0].budget_wan == 100
    assert record.grade == "优"
    assert record.indicators[0].scoring_rule == "每少1场扣0.5分"


def test_funds_that_are_no_list_are_refused():
    with pytest.raises(InputError, match="应为列表"):
        declaration_from_dict({"project_name": "甲", "funds": "100万元"})


@pytest.mark.parametrize("heading", ["说明", "备注", "扣分说明"])
def test_a_remark_behind_the_results_is_their_reason(record_of, heading):
    rows = [
        ["一级指标", "三级指标", "指标说明", "年度指标值", "实际完成值", "得分", heading],
        ["产出指标", "活动场次", "全年举办场次", "40场", "38场", "19", "两场因大风取消"],
    ]
    record = record_of([["项目名称", "文化活动", "<", "<", "<", "<", "<"], *rows])
    assert record.indicators[0].reason == "两场因大风取消"
    assert record.indicators[0].definition == "全年举办场次"


def test_a_remark_of_a_declaration_is_no_reason(record_of):
    rows = [["一级指标", "三级指标", "指标值", "备注"], ["产出指标", "活动场次", "40场", "全年"]]
    record = record_of([["项目名称", "文化活动", "<", "<"], *rows])
    assert record.indicators[0].reason is None

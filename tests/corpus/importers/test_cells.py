"""Single cells: amounts, numbers, numbering, names with targets, tick boxes, unit codes."""

from __future__ import annotations

import pytest

from corpus.importers.amounts import amount_wan, plain_number, unit_factor
from corpus.importers.grid import column_letters
from corpus.importers.header_block import checked_option, without_code
from corpus.importers.indicator_cells import is_blank, split_lines, split_name, split_numbered
from corpus.importers.vocabulary import bare_label, fund_label, header_field, indicator_column


@pytest.mark.parametrize(
    ("text", "wan"),
    [
        ("854.00", 854), (" 1,200 ", 1200), ("１２００万元", 1200), ("5000元", 0.5),
        ("1.2亿", 12000),
        ("-3", -3), ("—", None), ("/", None), ("", None), ("无", None), ("人民币50万元整", 50),
    ],
)  # fmt: skip
def test_amounts(text, wan):
    assert amount_wan(text) == wan


@pytest.mark.parametrize("text", ["详见附件", "约十万", "1.2.3", "5个", "1e9999"])
def test_no_amounts(text):
    with pytest.raises(ValueError, match="不是金额"):
        amount_wan(text)


def test_numbers():
    assert plain_number("10分") == 10
    assert plain_number("98.5％") == 98.5
    assert plain_number("—") is None
    with pytest.raises(ValueError, match="不是数字"):
        plain_number("优")


@pytest.mark.parametrize(
    ("text", "factor"),
    [
        ("项目资金（万元）", 1), ("单位：元", 1e-4), ("（金额单位：亿元）", 1e4),
        ("项目资金(人民币元)", 1e-4),
        ("项目资金", None), ("实施单位：公路局", None), ("（元旦活动）", None),
    ],
)  # fmt: skip
def test_units_in_labels(text, factor):
    assert unit_factor(text) == factor


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("指标1：甲", ["甲"]),
        ("指标 1: 甲\n指标2:乙", ["甲", "乙"]),
        ("指标1：甲；指标2：乙；", ["甲", "乙"]),
        ("甲", ["甲"]),
        ("指标1：\n指标2：", ["", ""]),
        ("考核指标3项", ["考核指标3项"]),
        ("", [""]),
    ],
)
def test_numbered_names(text, parts):
    assert split_numbered(text) == parts


@pytest.mark.parametrize("text", ["", " ", "指标1：", "……", "...", "指标", "1.", "—", "/", "指标2"])
def test_blanks(text):
    assert is_blank(text)


@pytest.mark.parametrize("text", ["0", "12", "甲", "指标1：甲", "5%"])
def test_no_blanks(text):
    assert not is_blank(text)


def test_values_of_several_indicators():
    assert split_lines("指标1：3期\n指标2：5人", 2) == ["3期", "5人"]
    assert split_lines("3期\n\n5人", 2) == ["3期", "5人"]
    assert split_lines("3期；5人", 2) == ["3期", "5人"]
    assert split_lines("100%", 2) is None


@pytest.mark.parametrize(
    ("text", "beside", "split"),
    [
        ("里程≥100公里", True, ("里程", "≥100公里")),
        ("里程 >= 100公里", True, ("里程", ">= 100公里")),
        ("里程不少于100公里", True, ("里程不少于100公里", "")),
        ("里程不少于100公里", False, ("里程", "不少于100公里")),
        ("成活率：95%以上", False, ("成活率", "95%以上")),
        ("里程100公里", False, ("里程", "100公里")),
        ("群众满意度", False, ("群众满意度", "")),
        ("PM2.5浓度", False, ("PM2.5浓度", "")),
        ("满意度(≥**%)", True, ("满意度(≥**%)", "")),
    ],
)
def test_names_with_targets(text, beside, split):
    assert split_name(text, has_target_column=beside) == split


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("延续性项目", "延续性项目"),
        ("☑新增项目 □延续项目", "新增项目"),
        ("□新增项目  √延续项目", "延续项目"),
        ("新增项目□ 延续项目☑", "延续项目"),
        ("新增项目（√）延续项目（ ）", "新增项目"),
        ("□新增项目 □延续项目", None),
        ("", None),
        ("/", None),
    ],
)
def test_tick_boxes(text, option):
    assert checked_option(text) == option


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("[137]交通运输局", "交通运输局"), ("137-交通运输局", "交通运输局"),
        ("137001 公路中心", "公路中心"), ("137001公路中心", "公路中心"),
        ("公路中心（137001）", "公路中心"), ("交通运输局", "交通运输局"),
        ("120急救中心", "120急救中心"),
        ("137", "137"),
    ],
)  # fmt: skip
def test_unit_codes(text, unit):
    assert without_code(text) == unit


def test_labels():
    assert bare_label(" 一、项 目\n资 金（万元）：") == "项目资金"
    assert header_field("项目名称：") == "project_name"
    assert header_field("项目名称编制说明与填报口径及其他若干注意事项的说明文字很长很长") is None
    assert fund_label("其中：本年财政拨款") == "source"
    assert fund_label("实施期资金总额：") == "period"
    assert indicator_column("年度指标值（A）") == "target"
    assert indicator_column("全年实际完成值(B)") == "actual"
    assert indicator_column("得分") == "score"
    assert indicator_column("评分标准") == "scoring_rule"


def test_column_letters():
    assert [column_letters(i) for i in (0, 25, 26, 701, 702, 16383)] == [
        "A", "Z", "AA", "ZZ", "AAA", "XFD",
    ]  # fmt: skip

"""Cells that are not among the bundled cases but are written by real budget units."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.target import parse_target
from corpus.target.report import describe, matches

TABLE = [
    json.loads(line)
    for line in (Path(__file__).parent / "table.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize(
    "row", TABLE, ids=[f"{row['text']}|{row.get('name', '')}".encode().hex()[:60] for row in TABLE]
)
def test_cell(row):
    parsed = parse_target(row["text"], row.get("name", ""))
    assert matches(parsed, row), f"{row['text']!r}: {describe(row)}, read {describe(parsed)}"
    assert len(parsed.parts) == len(row.get("parts", ()))


def test_the_table_has_no_cell_twice():
    keys = [(row["text"], row.get("name")) for row in TABLE]
    assert len(keys) == len(set(keys)) > 300


@pytest.mark.parametrize(
    ("text", "stretch"),
    [
        ("≥95%", "≥95%"),
        ("  ≥９５ ％ ", "≥９５ ％"),
        ("不少于项目区的30%", "不少于项目区的30%"),
        ("控制在 5% 以内,超出不补", "控制在 5% 以内"),
        ("达90%以上", "达90%以上"),
        ("每生每年3000元、2000元", "每生每年3000元"),
        ("面积３０㎡", "３０㎡"),
        ("于2023年12月底前完成", "2023年12月底前"),
        ("效果明显 ", "效果明显"),
        ("XX%", "XX%"),
        ("5%≤逾期率≤10%", "5%≤逾期率≤10%"),
        ("12次以上/年", "12次以上/年"),
    ],
)
def test_span(text, stretch):
    start, end = parse_target(text).span
    assert text[start:end] == stretch


def test_a_blank_has_no_span():
    assert [parse_target(text).span for text in (None, "", "  \n")] == [None] * 3


@pytest.mark.parametrize(
    ("text", "name", "unit"),
    [
        ("12", "受益县(区)", None),
        ("12", "受益户数(户)(试点)", "户"),
        ("12", "改造(新建)校舍面积(㎡)", "平方米"),
        ("12", "资金(万元)", "万元"),
        ("12", "", None),
    ],
)
def test_unit_lent_by_the_name(text, name, unit):
    assert parse_target(text, name).unit == unit


def test_the_cell_decides_over_the_name():
    parsed = parse_target(">=5300元/户", "救助标准(<**元/户·年)")
    assert (parsed.operator, parsed.unit) == ("≥", "元/户")

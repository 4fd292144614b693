from __future__ import annotations

import pytest

from corpus.bundle import bundled_library
from corpus.target import parse_target
from corpus.target.lexicon import read_table
from corpus.target.units import comparable, is_money, standard_unit, to_base

ROWS = read_table("units.csv")


def test_no_spelling_stands_for_two_units():
    spellings = [
        spelling
        for row in ROWS
        for spelling in (row["unit"], *row["aliases"].split("|"))
        if spelling
    ]
    assert sorted({s for s in spellings if spellings.count(s) > 1}) == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["unit"])
def test_every_alias_reads_as_its_unit(row):
    for alias in filter(None, row["aliases"].split("|")):
        if row["role"] == "denominator":
            assert standard_unit(f"元/{alias}") == f"元/{row['unit']}"
        else:
            assert standard_unit(alias) == row["unit"]


@pytest.mark.parametrize(
    ("written", "standard"),
    [
        ("％", "%"),
        ("百分比", "%"),
        ("㎡", "平方米"),
        ("km²", "平方公里"),
        ("m³", "立方米"),
        ("KM", "公里"),
        ("台（套）", "台套"),
        ("套（间）", "套(间)"),
        ("人/次", "人次"),
        ("元/人/年", "元/人·年"),
        ("元/年/人", "元/人·年"),
        ("元/人*年", "元/人·年"),
        ("元/人年", "元/人·年"),
        ("元每人每年", "元/人·年"),
        ("元/人天", "元/人·天"),
        ("元/人·日", "元/人·天"),
        ("元/100km", "元/100公里"),
        ("次/10万公顷", "次/10万公顷"),
        ("元/(立方米·日)", "元/立方米·天"),
        ("万元/人（家）·年", "万元/人(家)·年"),
        ("万亩", "万亩"),
        ("mg/L", "毫克/升"),
        ("不是单位", None),
        ("", None),
    ],
)
def test_standard_spelling(written, standard):
    assert standard_unit(written) == standard


def test_the_units_of_the_library_are_known():
    units = {row.unit for entry in bundled_library() for row in entry.indicators if row.unit}
    unknown = {unit for unit in units if standard_unit(unit) is None}
    assert len(unknown) / len(units) < 0.05, sorted(unknown)


def test_a_target_in_a_unit_of_the_library_is_read_with_that_unit():
    units = {row.unit for entry in bundled_library() for row in entry.indicators if row.unit}
    for unit in sorted(units):
        standard = standard_unit(unit)
        if standard is None or standard[0] in "万亿千百":
            continue
        parsed = parse_target(f"≥12{unit}")
        assert (parsed.value, parsed.unit) == (12, standard), unit


@pytest.mark.parametrize(
    ("value", "unit", "base"),
    [
        (3, "公里", (3000, "米")),
        (3, "亩", (2000, "平方米")),
        (1, "公顷", (10_000, "平方米")),
        (5, "‰", (0.5, "%")),
        (2, "亿元", (2e8, "元")),
        (1, "万美元", (10_000, "美元")),
        (36, "小时", (1.5, "天")),
        (2, "吨", (2000, "千克")),
        (1, "TB", (1024, "GB")),
        (500, "元/100公里", (0.005, "元/米")),
        (365, "元/人·年", (1, "元/人·天")),
        (7, "个", (7, "个")),
        (7, "未知", (7, "未知")),
        (7, None, (7, None)),
        (2, "万人次", (20_000, "人")),
    ],
)
def test_to_base(value, unit, base):
    found, name = to_base(value, unit)
    assert (pytest.approx(found), name) == base


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("公里", "米", True),
        ("亩", "公顷", True),
        ("人", "人次", True),
        ("元", "万元", True),
        ("元", "美元", False),
        ("%", "‰", True),
        ("%", "百分点", False),
        ("%", "个", False),
        ("个", "家", True),
        ("家", "户", False),
        ("台", "套", True),
        ("台", "台(套)", True),
        ("天", "工作日", False),
        ("元/人·月", "万元/人·年", True),
        ("元/人", "元/户", False),
        ("元/人", "元", False),
        ("元/个", "元/家", False),
        (None, "%", True),
        (None, None, True),
        ("未知", "未知", True),
        ("未知", "个", False),
    ],
)
def test_comparable(a, b, expected):
    assert comparable(a, b) is expected
    assert comparable(b, a) is expected


@pytest.mark.parametrize(
    ("unit", "expected"),
    [("元", True), ("万元/公里", True), ("万美元", True), ("%", False), (None, False)],
)
def test_is_money(unit, expected):
    assert is_money(unit) is expected

from __future__ import annotations

import pytest

from corpus.target import parse_target
from corpus.target.compare import bounds, harder, satisfies


@pytest.mark.parametrize(
    ("actual", "target", "direction", "met"),
    [
        ("95%", "≥95%", None, True),
        ("94.9%", "≥95%", None, False),
        ("95", "≥95%", None, True),
        ("0.038‰", "控制在1‰以内", None, True),
        ("2%", "≤15‰", None, False),
        ("1.5公里", "≥1200米", None, True),
        ("1公顷", "≥16亩", None, False),
        ("280人次", "50人", "≥", True),
        ("7架", "8架", "≥", False),
        ("7架", "8架", "≤", True),
        ("7架", "8架", "=", False),
        ("8架", "=8架", None, True),
        ("9架", "=8架", "≥", True),
        ("92%", ">92%", None, False),
        ("3起", "<3起", None, False),
        ("200余人", "200", "≥", True),
        ("2%", "±3%以内", None, True),
        ("-4%", "±3%以内", None, False),
        ("85%", "80%-90%", None, True),
        ("14个以上", "10个", "≥", True),
        ("100%", "全覆盖", "≥", True),
        ("0起", "零事故", "≤", True),
        ("1起", "零事故", "≤", False),
        ("10月", "11月底前", None, True),
        ("12月", "11月底前", None, False),
        ("2023年10月", "2023年12月", None, True),
        ("2023年10月", "12月底前", None, True),
        ("2024年1月", "2023年12月底前", None, False),
        ("15日前", "12月底前", None, None),
        ("95%", "100个", "≥", None),
        ("效果明显", "≥95%", None, None),
        ("95%", "显著", "≥", None),
        ("95%", "", "≥", None),
        ("95%", "12月底前", "≥", None),
        ("7架", "8架", None, None),
        ("7架", "8架", "定性", None),
    ],
)
def test_satisfies(actual, target, direction, met):
    assert satisfies(parse_target(actual), parse_target(target), direction) is met


@pytest.mark.parametrize(
    ("a", "b", "direction", "expected"),
    [
        ("≥95%", "≥90%", "≥", True),
        ("≥90%", "≥95%", "≥", False),
        ("≥95%", "95%", "≥", False),
        ("≤5%", "≤8%", "≤", True),
        ("≤80‰", "≤5%", "≤", False),
        ("≤5‰", "≤5%", "≤", True),
        ("2公里", "1500米", "≥", True),
        ("80%-90%", "≥85%", "≥", False),
        ("6月底前", "12月底前", "≤", True),
        ("12月底前", "6月底前", "≤", False),
        ("≥95%", "100个", "≥", None),
        ("≥95%", "显著", "≥", None),
        ("≥95%", "≥90%", "定性", None),
        ("≥95%", "≥90%", None, None),
    ],
)
def test_harder(a, b, direction, expected):
    assert harder(parse_target(a), parse_target(b), direction) is expected


def test_no_target_is_harder_than_itself():
    for text in ("≥95%", "≤5天", "80%-90%", "12月底前"):
        for direction in ("≥", "≤", "="):
            assert harder(parse_target(text), parse_target(text), direction) is False


def test_bounds_are_in_base_units():
    assert bounds(parse_target("1-2公里")) == (1000, 2000)
    assert bounds(parse_target("≥5‰")) == (0.5, 0.5)
    assert bounds(parse_target("12月底前")) is None

"""Convenient figures are noticed only where there are more than chance would bring."""

from __future__ import annotations

import pytest

from corpus.records import Indicator
from corpus.target import parse_target
from models.attainment_reading import read_row
from models.bunching import bunch, convenience, usual_share


def form(*targets: str) -> tuple[list[Indicator], list]:
    rows = [Indicator(name=f"第{place}类服务覆盖率", target=t) for place, t in enumerate(targets)]
    return rows, [parse_target(item.target, item.name) for item in rows]


@pytest.mark.parametrize(
    ("target", "kind", "answer"),
    [
        ("200公里", "round", True),
        ("217公里", "round", False),
        ("5公里", "round", None),
        ("200万元", "round", None),
        ("200元/人", "round", None),
        ("90%", "grade", True),
        ("百分之九十以上", "grade", True),
        ("91%", "grade", False),
        ("100%", "grade", None),
        ("≤60%", "grade", None),
        ("效果明显", "grade", None),
    ],
)
def test_convenience(target, kind, answer):
    reading = read_row(Indicator(name="巡查道路", target=target))
    assert convenience(reading, kind) is answer


def test_a_form_bunches_below_one_in_a_hundred():
    found = bunch(*form("90%", "80%", "≥90%", "60%", "不低于90%"), "grade")
    assert found.places == (0, 1, 2, 3, 4)
    assert found.chance == pytest.approx(usual_share("grade") ** 5)


def test_a_mixed_form_does_not_bunch():
    assert bunch(*form("90%", "80%", "≥90%", "93%", "95%", "98%"), "grade") is None
    assert bunch(*form("90%", "90%", "90%"), "grade") is None
    assert bunch([], [], "round") is None

"""A row's own 评分标准 is read where it says how points are lost."""

from __future__ import annotations

import pytest

from review.scoring.points import points_of_missed, read_rule


@pytest.fixture
def missed(make_reviewer, make_declaration):
    def build(**fields):
        record = make_declaration(rows=[{"at": "数量", **fields}], evaluation={"executed_wan": 1})
        return make_reviewer().review_report(record).rows[0]

    return build


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (None, "default"),
        ("  ", "default"),
        ("完成率×分值", "ratio"),
        ("达标得满分，未达标按比例扣分", "ratio"),
        ("合格率≥95%得满分，否则不得分", "zero"),
        ("逾期完成不得分", "zero"),
        ("每降低1个百分点扣0.5分，扣完为止", "per"),
        ("每少完成1公里扣2分", "per"),
        ("未达到目标酌情扣分", "unclear"),
        ("由领导小组评定", "unclear"),
    ],
)
def test_kinds_of_rule(text, kind):
    assert read_rule(text).kind == kind


def test_proportion_of_the_target_by_default(missed):
    row = missed(name="培训人数", target="≥1000人", actual="600人", weight=10)
    assert points_of_missed(row, read_rule(None)) == pytest.approx(10 * 600 / 1000)


def test_less_is_better_turns_the_proportion_round(missed):
    row = missed(name="安全事故起数", target="≤2起", actual="5起", weight=10)
    assert points_of_missed(row, read_rule(None)) == pytest.approx(10 * 2 / 5)


def test_steps_in_percentage_points(missed):
    row = missed(name="验收合格率", target="≥95%", actual="91%", weight=10)
    rule = read_rule("每降低1个百分点扣0.5分")
    assert points_of_missed(row, rule) == pytest.approx(10 - 4 * 0.5)


def test_steps_in_the_unit_of_the_row(missed):
    row = missed(name="养护里程", target="≥100公里", actual="97公里", weight=10)
    assert points_of_missed(row, read_rule("每少1公里扣2分")) == pytest.approx(10 - 3 * 2)


def test_steps_in_percent_of_the_weight(missed):
    row = missed(name="养护里程", target="≥100公里", actual="90公里", weight=20)
    rule = read_rule("完成率每降低1%扣权重分的2%")
    assert points_of_missed(row, rule) == pytest.approx(20 - 10 * 0.02 * 20)


def test_points_never_fall_below_zero(missed):
    row = missed(name="验收合格率", target="≥95%", actual="50%", weight=10)
    assert points_of_missed(row, read_rule("每降低1个百分点扣1分，扣完为止")) == 0


def test_a_discretionary_rule_gives_no_points(missed):
    row = missed(name="验收合格率", target="≥95%", actual="50%", weight=10)
    assert points_of_missed(row, read_rule("酌情扣分")) is None


def test_other_units_than_those_of_the_row_give_no_points(missed):
    row = missed(name="养护里程", target="≥100公里", actual="90公里", weight=10)
    assert points_of_missed(row, read_rule("每少1座扣1分")) is None


def test_a_step_of_nothing_is_a_step_of_one(missed):
    row = missed(name="养护里程", target="≥100公里", actual="97公里", weight=10)
    assert points_of_missed(row, read_rule("每少0公里扣2分")) == pytest.approx(10 - 3 * 2)

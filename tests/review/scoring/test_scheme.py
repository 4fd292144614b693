"""The weight scheme is read from the table, and said to be unknown where it cannot be."""

from __future__ import annotations

import datetime

import pytest

from review.context import ReviewContext, build_rows, parse_rows
from review.scoring.scheme import recognise_scheme
from review.settings.config import ReviewConfig


def row(at, weight, **more):
    return {"at": at, "name": f"{at}指标项", "target": "≥10次", "weight": weight, **more}


@pytest.fixture
def context_of(make_declaration):
    def build(rows, **evaluation):
        record = make_declaration(rows=rows, evaluation={"executed_wan": 1, **evaluation})
        parsed = parse_rows(record)
        none = [()] * len(parsed)
        rows = build_rows(record, parsed, [None] * len(parsed), none, none)
        return ReviewContext(record, rows, ReviewConfig(), datetime.date(2024, 3, 1))

    return build


NATIONAL = [row("数量", 20), row("质量", 30), row("社会效益", 30), row("满意度", 10)]


def test_national_form_with_the_row_of_the_execution_rate(context_of):
    scheme = recognise_scheme(context_of(NATIONAL, execution_weight=10))
    assert scheme.recognised
    assert scheme.name == "财预〔2020〕10号自评表"
    assert (scheme.execution, scheme.total) == (10, 100)
    assert [(block.level, block.weight) for block in scheme.blocks] == [
        ("产出", 50),
        ("效益", 30),
        ("满意度", 10),
    ]


def test_cost_form_of_2021(context_of):
    rows = [row("经济成本", 20), row("数量", 40), row("社会效益", 20), row("满意度", 10)]
    scheme = recognise_scheme(context_of(rows, execution_weight=10))
    assert scheme.name == "财预〔2021〕101号（设成本指标）"


def test_a_local_form_is_named_by_what_it_is_made_of(context_of):
    scheme = recognise_scheme(
        context_of([row("数量", 50), row("社会效益", 30)], execution_weight=20)
    )
    assert scheme.recognised
    assert scheme.name == "本地表式：执行率20＋产出50＋效益30"


def test_an_older_form_counts_process_rows_among_the_hundred(context_of):
    rows = [
        {**row("数量", 40), "at": "产出/数量"},
        {**row("数量", 25), "at": "过程/资金管理"},
        {**row("数量", 35), "at": "效益/社会效益"},
    ]
    scheme = recognise_scheme(context_of(rows))
    assert scheme.name == "本地表式：产出40＋过程25＋效益35"


def test_the_national_form_without_the_row_of_the_execution_rate(context_of):
    scheme = recognise_scheme(context_of(NATIONAL))
    assert scheme.recognised
    assert scheme.execution is None
    assert "表中未读到该行" in scheme.note


def test_the_execution_rate_as_one_of_the_indicators(context_of):
    rate = {**row("数量", 10), "name": "预算执行率"}
    scheme = recognise_scheme(context_of([rate, *NATIONAL], execution_weight=10))
    assert scheme.name == "财预〔2020〕10号自评表"
    assert (scheme.execution, scheme.total) == (10, 100)


def test_points_printed_at_the_first_level_are_kept(context_of):
    rows = [{**row("数量", 45), "at": "产出指标（50分）/数量"}, row("社会效益", 45)]
    assert recognise_scheme(context_of(rows)).blocks[0].stated == 50


@pytest.mark.parametrize(
    ("rows", "evaluation", "why"),
    [
        ([row("数量", None)], {}, "没有指标分值"),
        ([row("数量", 20), row("质量", None)], {}, "1项指标没有分值"),
        (
            [row("数量", 70), row("社会效益", 20), row("满意度", 10)],
            {"execution_weight": 10},
            "合计110分",
        ),
        ([row("数量", 50), row("社会效益", 30)], {}, "指标分值80分"),
    ],
)
def test_what_cannot_be_recognised_says_why(context_of, rows, evaluation, why):
    scheme = recognise_scheme(context_of(rows, **evaluation))
    assert not scheme.recognised
    assert why in scheme.note

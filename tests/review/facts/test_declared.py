"""A self-evaluation finds the declaration of its year, and each row its counterpart."""

from __future__ import annotations

import datetime

import pytest

from corpus.errors import InputError
from corpus.importers import declaration_from_dict
from review.context import ReviewContext, build_rows, parse_rows
from review.facts.declared import compare_with_declared, declared_for
from review.settings.config import ReviewConfig

PLAN = [
    {"level1": "产出指标", "level2": "数量指标", "name": "培训农民人数", "target": "≥500人"},
    {"level1": "产出指标", "level2": "质量指标", "name": "培训合格率", "target": "≥95%"},
    {"level1": "效益指标", "level2": "社会效益指标", "name": "带动就业人数", "target": "≥80人"},
]


def evaluation(rows, **fields):
    return declaration_from_dict(
        {"project_name": "农民培训", "year": 2024, "executed_wan": 9, "indicators": rows, **fields}
    )


def compare(record):
    parsed = parse_rows(record)
    none = [()] * len(parsed)
    rows = build_rows(record, parsed, [None] * len(parsed), none, none)
    context = ReviewContext(record, rows, ReviewConfig(), datetime.date(2025, 3, 1))
    return compare_with_declared(context)


def test_the_declaration_sent_along_counts_for_the_same_year():
    record = evaluation([], declaration={"project_name": "农民培训", "indicators": PLAN})
    plan = declared_for(record)
    assert plan.year == 2024
    assert len(plan.indicators) == 3


def test_a_declaration_that_is_no_object_is_refused():
    with pytest.raises(InputError, match="应为对象"):
        evaluation([], declaration="申报表")


def test_other_years_and_years_with_results_are_no_declaration():
    done = [{**PLAN[0], "actual": "510人"}]
    history = [
        {"project_name": "农民培训", "year": 2023, "indicators": PLAN},
        {"project_name": "农民培训", "year": 2024, "indicators": done},
    ]
    assert declared_for(evaluation([], history=history)) is None


def test_rows_are_matched_by_likeness_each_once():
    reported = [
        {**PLAN[1], "actual": "96%"},
        {**PLAN[0], "name": "农民培训人数", "actual": "520人"},
        {"level1": "产出指标", "level2": "数量指标", "name": "编印教材", "target": "300册"},
    ]
    found = compare(
        evaluation(reported, declaration={"project_name": "农民培训", "indicators": PLAN})
    )
    pairs = {pair.declared.indicator.name: pair for pair in found.pairs}
    assert set(pairs) == {"培训合格率", "培训农民人数"}
    assert not pairs["培训合格率"].is_renamed
    assert pairs["培训农民人数"].is_renamed
    assert [row.indicator.name for row in found.dropped] == ["带动就业人数"]
    assert [row.indicator.name for row in found.added] == ["编印教材"]


def test_without_a_declaration_there_is_nothing_to_compare():
    assert compare(evaluation([{**PLAN[0], "actual": "520人"}])) is None

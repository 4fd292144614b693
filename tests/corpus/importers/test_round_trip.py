"""What is written as a standard form is read back equal, for every bundled case."""

from __future__ import annotations

from itertools import product

import pytest

from corpus.importers import read_declarations
from corpus.importers.form_layout import declaration_form, evaluation_form, two_period_form
from tests.corpus.importers.layouts import stacked

HEADER = (
    "project_name", "department", "implementing_unit", "year", "function_code", "project_type",
    "budget_wan", "goal",
)  # fmt: skip
RESULTS = (
    "project_name", "department", "year", "budget_wan", "executed_wan", "goal", "actual_summary",
    "initial_budget_wan", "execution_rate", "execution_weight", "execution_score", "total_score",
)  # fmt: skip
ROW = ("level1", "level2", "name", "target")
LAYOUTS = {
    "2021": (declaration_form, HEADER, (*ROW, "weight")),
    "2015": (two_period_form, HEADER, ROW),
    "自评": (evaluation_form, RESULTS, (*ROW, "weight", "actual", "score", "reason")),
}


def facts(record, header, row):
    """Return the fields that a form carries; a blank is a blank, null or empty."""
    return (
        [(name, getattr(record, name, None) or None) for name in header],
        [[getattr(i, name) or None for name in row] for i in record.indicators],
    )


def drawable(cases):
    """Cases for PDF: the fixture's font lacks ² and ·, which the files of real units have."""
    return [case for case in cases if not set("²·") & set(case.model_dump_json())]


PICKED = {
    "xlsx": lambda cases: cases[::2],
    "xls": lambda cases: cases[:50],
    "docx": lambda cases: cases[1::5],
    "pdf": lambda cases: drawable(cases)[:25],
}
"""The cases that are written as each kind of file."""


def check_round_trip(kind, layout, some, write_forms):
    form, header, row = LAYOUTS[layout]
    result = read_declarations(write_forms(kind, [form(case) for case in some]))
    assert not result.problems
    assert len(result.records) == len(some)
    for record, case in zip(result.records, some, strict=True):
        assert facts(record, header, row) == facts(case, header, row)


def test_every_case(cases, write_forms):
    check_round_trip("xlsx", "2021", cases, write_forms)


@pytest.mark.parametrize(
    ("kind", "layout"), [each for each in product(PICKED, LAYOUTS) if each != ("xlsx", "2021")]
)
def test_every_kind_and_layout(kind, layout, cases, write_forms):
    check_round_trip(kind, layout, PICKED[kind](cases), write_forms)


@pytest.mark.parametrize("kind", PICKED)
def test_points_and_total_of_a_self_evaluation(kind, cases, write_forms):
    """Which no published case states."""
    stated = {"execution_rate": 95.5, "execution_weight": 10.0, "execution_score": 9.5}
    update = {**stated, "initial_budget_wan": 120.0, "total_score": 97.25}
    some = [case.model_copy(update=update) for case in PICKED[kind](cases)[:6]]
    check_round_trip(kind, "自评", some, write_forms)


@pytest.mark.parametrize("kind", ["xlsx", "xls", "docx"])
def test_forms_stacked_in_one_sheet_or_table(kind, cases, write_forms):
    some = cases[10:30]
    forms = [
        (declaration_form, two_period_form, evaluation_form)[index % 3](case)
        for index, case in enumerate(some)
    ]
    result = read_declarations(write_forms(kind, [stacked(forms)]))
    assert [r.project_name for r in result.records] == [c.project_name for c in some]
    assert [facts(r, (), ROW) for r in result.records] == [facts(c, (), ROW) for c in some]

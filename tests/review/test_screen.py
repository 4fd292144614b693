"""Screening one row: what was found for one project never decides for another."""

from __future__ import annotations

import pytest

from corpus.bundle import bundled_cases
from corpus.records import Declaration, Indicator
from review.context import ReviewContext, Row
from review.engine import speaks
from review.finding import Severity
from review.kinds import EachRow
from review.reviewer import Reviewer
from review.rule import Hit, Rule
from review.rules import ROW_RULES
from review.screen import Screen

SERIOUS = tuple(rule for rule in ROW_RULES if rule.severity is not Severity.INFO)


@pytest.fixture(scope="module")
def reviewer(classifier, peer_index):
    return Reviewer(classifier, peer_index)


def _asked_anew(reviewer: Reviewer, project: Declaration, row: Indicator) -> bool:
    """Ask every rule, with nothing remembered."""
    alone = project.model_copy(update={"indicators": (row,)})
    return not speaks(SERIOUS, reviewer._context(alone, peers=None))


def test_a_row_is_screened_alike_whatever_was_asked_before(reviewer):
    cases = [case for case in bundled_cases() if case.indicators][:24]
    later = [case.model_copy(update={"year": 2031, "budget_wan": 0.5}) for case in cases[:6]]
    rows = [row for case in cases for row in case.indicators[:6]]
    answers = set()
    for project in (cases[0], *later, cases[-1]):
        for row in rows:
            found = reviewer.acceptable(project, row)
            assert found == _asked_anew(reviewer, project, row), (project.id, row)
            answers.add(found)
    assert answers == {True, False}


def _rule(function) -> Rule:
    return Rule("ZZ99", "test.rule", Severity.ERROR, "{name}", EachRow(function), None)


def _always(context: ReviewContext, row: Row) -> Hit | None:
    return Hit(row=row.index)


def _by_year(context: ReviewContext, row: Row) -> Hit | None:
    return Hit(row=row.index) if context.declaration.year == 2024 else None


def _by_label(context: ReviewContext, row: Row) -> Hit | None:
    return Hit(row=row.index) if row.is_labelled("vague") else None


def _broken(context: ReviewContext, row: Row) -> Hit | None:
    raise ValueError(row.indicator.name)


@pytest.mark.parametrize(
    ("function", "against", "open_"),
    [
        (_always, 1, 0),
        (lambda context, row: None, 0, 0),
        (_by_year, 0, 1),
        (_by_label, 0, 1),
        (lambda context, row: _by_year(context, row) if row.index else None, 0, 0),
        (_broken, 0, 1),
    ],
)
def test_only_what_looks_at_the_row_alone_is_decided(function, against, open_):
    found = Screen([_rule(function)]).verdict(Indicator(name="养护里程", target="≥10公里"))
    assert (len(found.against), len(found.open)) == (against, open_)


def test_a_rule_that_is_switched_off_refuses_nothing(reviewer, make_declaration):
    project = make_declaration(rows=[])
    row = Indicator(level1="产出指标", level2="数量指标", name="肥料利用率", target="≥5组")
    refusing = [rule.code for rule in reviewer._screen.verdict(row).against]
    off = reviewer._config.overridden({"switched_off": refusing})
    assert refusing
    assert not reviewer.acceptable(project, row)
    assert Reviewer(peers=reviewer._peers, config=off).acceptable(project, row)

"""Opinion and risk follow from findings, rows and money."""

from __future__ import annotations

import math

import pytest

from review.finding import Finding, Severity
from review.opinion import assess_risk, form_opinion
from review.settings.config import ReviewConfig


def finding(severity, row=None, code="AA01"):
    return Finding(code, "a.b", severity, "", "", "", 1.0, row=row)


ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


def opinion(findings, rows=10, fatal=(), **config):
    return form_opinion(findings, rows, fatal, ReviewConfig(**config))


def test_few_warnings_pass():
    assert opinion([]) == "pass"
    assert opinion([finding(INFO)] * 9 + [finding(WARNING)] * 2) == "pass"
    assert opinion([finding(WARNING)] * 3) == "revise"
    assert opinion([finding(WARNING)] * 3, pass_warnings=5) == "pass"


def test_an_error_means_revision():
    assert opinion([finding(ERROR, row=0)]) == "revise"
    assert opinion([finding(ERROR)]) == "revise"


def test_a_fatal_finding_means_rejection():
    assert opinion([finding(ERROR, code="ZZ01")], fatal={"ZZ01"}) == "reject"
    assert opinion([finding(WARNING, code="ZZ01")], fatal={"ZZ01"}) == "pass"


def test_errors_on_half_of_the_rows_mean_rejection():
    assert opinion([finding(ERROR, row=row) for row in range(5)], rows=10) == "reject"
    assert opinion([finding(ERROR, row=row) for row in range(4)], rows=10) == "revise"
    assert opinion([finding(ERROR, row=0)] * 5, rows=10) == "revise"
    assert opinion([finding(ERROR, row=row) for row in range(2)], rows=3) == "revise"


def test_risk_is_the_sum_of_its_parts():
    risk = assess_risk([finding(ERROR)] * 3, rows=10, budget_wan=1000.0, past=0.5)
    assert risk.parts["findings"] == pytest.approx(0.7 * (1 - math.exp(-1)), abs=1e-4)
    assert risk.parts["money"] == pytest.approx(0.2 * math.log(100) / math.log(1000), abs=1e-4)
    assert risk.parts["history"] == pytest.approx(0.05)
    assert risk.value == pytest.approx(sum(risk.parts.values()), abs=1e-4)


def test_risk_grows_with_severity_and_money():
    worse = [assess_risk([finding(level)], 10, 100.0).value for level in (INFO, WARNING, ERROR)]
    assert worse == sorted(worse)
    richer = [assess_risk([], 10, amount).value for amount in (None, 5.0, 50.0, 1e4, 1e6)]
    assert richer == sorted(richer)
    assert richer[0] == richer[1] == 0.0
    assert richer[-1] == richer[-2] == pytest.approx(0.2)


def test_a_long_declaration_is_not_risky_for_its_length():
    short = assess_risk([finding(WARNING, row=0)] * 2, rows=10, budget_wan=None)
    long = assess_risk([finding(WARNING, row=0)] * 4, rows=20, budget_wan=None)
    assert long.value == pytest.approx(short.value, abs=1e-4)

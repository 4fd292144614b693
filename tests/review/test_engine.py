"""The engine runs rules in order, sorts what they find and survives a rule that fails."""

from __future__ import annotations

import dataclasses
import logging

import pytest

from review.engine import active_rules, position, run_rules
from review.finding import Finding, Severity
from review.kinds import Whole
from review.rule import Hit, Rule
from review.rules import RULES

PAGE = """{code} topic.name — 摘要

反例：
    甲
正例：
    乙
理由：
    丙
    丁
已知局限：
    戊
依据：
    己
"""


def rule(code, hits, **options):
    return Rule(
        code=code,
        name="topic.name",
        severity=Severity.WARNING,
        message="第{place}处",
        check=Whole(lambda context: iter(hits)),
        manual_text=PAGE.format(code=code),
        **options,
    )


@pytest.fixture
def context(make_reviewer, make_declaration):
    return make_reviewer()._context(
        make_declaration(rows=[{"name": "甲", "target": "1个"}] * 3), None
    )


def test_findings_are_sorted_by_position(context):
    rules = [
        rule("AA01", [Hit(row=1, field="target", values={"place": 1})]),
        rule("AA02", [Hit(row=1, field="name", values={"place": 2})]),
        rule("AA03", [Hit(field="goal", values={"place": 3})]),
        rule("AA04", [Hit(row=0, field="reason", values={"place": 4})]),
    ]
    findings, _ = run_rules(rules, context)
    assert [finding.code for finding in findings] == ["AA03", "AA04", "AA02", "AA01"]


def test_a_failing_rule_becomes_a_notice_and_loses_nothing_else(context, caplog):
    def fail(context):
        raise ZeroDivisionError

    broken = dataclasses.replace(rule("AA01", []), check=Whole(fail))
    with caplog.at_level(logging.ERROR):
        findings, notices = run_rules([broken, rule("AA02", [Hit(values={"place": 1})])], context)
    assert [finding.code for finding in findings] == ["AA02"]
    assert [notice.code for notice in notices] == ["rule_failed"]
    assert "AA01" in notices[0].message
    assert "AA01" in caplog.text


def test_a_message_that_lacks_a_value_is_a_failure_of_the_rule(context):
    _, notices = run_rules([rule("AA01", [Hit()])], context)
    assert len(notices) == 1


def test_a_general_rule_yields_on_the_same_row_only(context):
    general = rule(
        "AA01",
        [Hit(row=0, values={"place": 1}), Hit(row=1, values={"place": 2})],
        yields_to=("AA02",),
    )
    specific = rule("AA02", [Hit(row=1, values={"place": 3})])
    findings, _ = run_rules([general, specific], context)
    assert [(finding.code, finding.row) for finding in findings] == [("AA01", 0), ("AA02", 1)]


def test_reason_and_authority_come_from_the_manual(context):
    findings, _ = run_rules([rule("AA01", [Hit(values={"place": 1})])], context)
    assert (findings[0].why, findings[0].source) == ("丙丁", "己")


@pytest.mark.parametrize("key", ["CR01", "correctness.direction_reversed", "direction"])
def test_rules_are_switched_off_by_code_name_or_alias(key):
    named = [
        dataclasses.replace(item, aliases=("direction",)) if item.code == "CR01" else item
        for item in RULES
    ]
    assert len(active_rules(named, [key])) == len(RULES) - 1


def test_user_text_in_braces_is_not_taken_for_a_template(make_reviewer, make_declaration):
    declaration = make_declaration(rows=[{"name": "{row.__class__}", "target": ""}])
    result = make_reviewer().review(declaration)
    assert not result.notices
    assert any("{row.__class__}" in finding.message for finding in result.findings)


def test_position_puts_unknown_fields_last():
    def finding(field):
        return Finding("AA01", "a.b", Severity.INFO, "", "", "", 1.0, row=0, field=field)

    assert position(finding("reason")) < position(finding("else"))

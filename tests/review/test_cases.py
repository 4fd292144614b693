"""Every rule speaks where its cases say so and is silent where they say so."""

from __future__ import annotations

from review.rules import ALL_RULES

ALL = {rule.code: rule for rule in ALL_RULES}


def test_rule_case(rule_case, review_rule_case):
    code, side, key, case = rule_case
    result = review_rule_case(case, code.split("_")[0])
    codes = [finding.code for finding in result.findings]
    assert not result.notices
    if side == "together":
        assert sorted(set(codes)) == sorted(case["expect"]), key
    else:
        assert (code in codes) == (side == "fail"), (key, codes)


def test_findings_of_cases_are_complete(rule_case, review_rule_case):
    code, _, _, case = rule_case
    for finding in review_rule_case(case, code.split("_")[0]).findings:
        assert finding.message
        assert "{" not in finding.message
        assert finding.why
        assert finding.source
        assert 0 < finding.confidence <= 1


def test_spans_lie_within_the_field_as_given(rule_case, review_rule_case):
    code, _, _, case = rule_case
    result = review_rule_case(case, code.split("_")[0])
    for finding in result.findings:
        if finding.span is None:
            continue
        record = result.declaration if finding.row is None else result.rows[finding.row].indicator
        text = getattr(record, finding.field)
        start, end = finding.span
        assert 0 <= start < end <= len(text), (finding.code, finding.field, text)

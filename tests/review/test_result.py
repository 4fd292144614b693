"""The result has the shape of the interface contract."""

from __future__ import annotations

import json

import pytest

from review.finding import Severity

ROWS = [
    {"at": "数量", "name": "养护里程", "target": "≥159公里", "weight": 20},
    {"at": "满意度", "name": "群众满意度", "target": "≥80%", "weight": 10, "labels": ["easy"]},
]


@pytest.fixture
def result(make_reviewer, make_declaration):
    labels = [row.get("labels", ()) for row in ROWS]
    declaration = make_declaration(rows=ROWS, project={"id": "甲-1"})
    return make_reviewer(labels=labels).review(declaration)


def test_the_shape(result):
    shape = result.to_dict()
    assert shape["id"] == "甲-1"
    assert 0 <= shape["risk"] <= 1
    assert shape["risk"] == pytest.approx(sum(shape["risk_parts"].values()), abs=1e-4)
    assert shape["opinion"] in ("pass", "revise", "reject")
    assert set(shape["declaration"]) == {
        "project_name", "department", "year", "function_code", "budget_wan", "executed_wan", "goal",
    }  # fmt: skip
    assert json.loads(json.dumps(shape, ensure_ascii=False)) == shape


def test_rows_echo_what_was_read(result):
    row = result.to_dict()["rows"][1]
    assert row["index"] == 1
    assert (row["name"], row["target"], row["weight"]) == ("群众满意度", "≥80%", 10)
    assert row["parsed"]["kind"] == "number"
    assert (row["parsed"]["operator"], row["parsed"]["value"], row["parsed"]["unit"]) == (
        "≥", 80, "%",
    )  # fmt: skip
    assert row["probabilities"]["easy"] == pytest.approx(0.95)
    assert (row["labels"], row["unsure"]) == (["easy"], [])


def test_findings_carry_all_fields(result):
    for finding in result.to_dict()["findings"]:
        assert set(finding) == {
            "code", "name", "severity", "row", "field", "span", "message", "why", "source",
            "confidence", "evidence", "suggestion", "grounds", "question",
        }  # fmt: skip
        assert finding["severity"] in ("error", "warning", "info")


def test_without_a_classifier_rows_have_no_labels(make_reviewer, make_declaration):
    shape = make_reviewer().review(make_declaration(rows=ROWS)).to_dict()
    assert [row["probabilities"] for row in shape["rows"]] == [None, None]
    assert [row["labels"] for row in shape["rows"]] == [[], []]


def test_follow_up_questions(result):
    assert {finding.row for finding in result.of_row(1)} == {1}
    assert all(finding.row is None for finding in result.of_row(None))
    assert sum(result.counts().values()) == len(result.findings)
    assert set(result.counts()) == set(Severity)

"""The facade: real classifier and peers, suggestions, acceptable indicators."""

from __future__ import annotations

import pytest

from corpus.bundle import bundled_cases
from corpus.records import Indicator
from review.reviewer import Reviewer


@pytest.fixture(scope="module")
def reviewer(classifier, peer_index):
    return Reviewer(classifier, peer_index)


def test_every_bundled_case_is_reviewed_without_a_notice(reviewer):
    for case in bundled_cases():
        for result in (reviewer.review(case), reviewer.review_report(case)):
            assert not result.notices, case.id
            assert len(result.rows) == len(case.indicators)


def test_a_review_is_repeatable(reviewer):
    case = bundled_cases()[1]
    assert reviewer.review(case).to_dict() == reviewer.review(case).to_dict()


def test_an_own_source_is_no_evidence(reviewer):
    for case in bundled_cases():
        for finding in reviewer.review(case).findings:
            assert all(item.project_id != case.id for item in finding.evidence)


def test_labels_lead_to_findings(reviewer):
    """A row that is labelled beyond doubt is remarked upon."""
    silent = []
    for case in bundled_cases():
        result = reviewer.review(case)
        if "CR16" in {finding.code for finding in result.findings}:
            continue  # scores in place of targets: said once of the whole table
        for row in result.rows:
            stands = [label for label in row.labels if label not in row.unsure]
            stated = row.parsed.kind != "blank"
            if stated and {"vague", "qualitative"} & set(stands) and not result.of_row(row.index):
                silent.append((case.id, row.index, stands))
    assert not silent


@pytest.mark.parametrize(
    ("level2", "name", "target", "expected"),
    [
        ("数量指标", "县乡公路日常养护里程", "≥212公里", True),
        ("数量指标", "肥料利用率", "≥5组", False),
        ("经济成本指标", "年度预算执行率", "≥90%", False),
        ("质量指标", "设备更新验收合格率", "292%", False),
    ],
)
def test_acceptable_looks_at_the_indicator_alone(
    reviewer, make_declaration, level2, name, target, expected
):
    level1 = "成本指标" if "成本" in level2 else "产出指标"
    indicator = Indicator(level1=level1, level2=level2, name=name, target=target)
    assert reviewer.acceptable(make_declaration(rows=[]), indicator) is expected


def test_objections_see_what_does_not_belong_to_the_project(reviewer, make_declaration):
    rows = [
        Indicator(level1="产出指标", level2="数量指标", name=name, target=target)
        for name, target in (("县乡公路养护里程", "≥212公里"), ("疫木除治株数", "≥300株"))
    ]
    declaration = make_declaration(rows=[]).model_copy(
        update={
            "project_name": "农村公路日常养护",
            "goal": "完成县乡公路日常养护，保持路面清洁和安全畅通",
            "indicators": tuple(rows),
        }
    )
    assert reviewer.objections(declaration) == ((1, "name"),)


def test_a_missing_level_gets_an_indicator_from_the_recommender(make_declaration):
    asked = []

    def suggest(declaration, level2):
        asked.append(level2)
        return {"level1": "效益指标", "level2": level2, "name": "受益农户数", "target": "≥320户"}

    rows = [{"at": "数量", "name": "养护里程", "target": "≥159公里"}] * 4
    result = Reviewer(suggest=suggest).review(make_declaration(rows=rows))
    (finding,) = [item for item in result.findings if item.code == "CP03"]
    assert "社会效益指标" in asked
    assert finding.suggestion.indicator["name"] == "受益农户数"
    assert "受益农户数 ≥320户" in finding.suggestion.text


def test_without_a_recommender_advice_is_given(make_declaration):
    rows = [{"at": "数量", "name": "养护里程", "target": "≥159公里"}] * 4
    result = Reviewer().review(make_declaration(rows=rows))
    (finding,) = [item for item in result.findings if item.code == "CP03"]
    assert finding.suggestion.text
    assert not finding.suggestion.to_dict()["indicator"]


def test_below_peers_shows_whom_it_is_below(make_reviewer, make_declaration):
    declaration = make_declaration(rows=[{"at": "满意度", "name": "群众满意度", "target": "≥88%"}])
    peers = [{"target": f"≥{value}%"} for value in (95, 95, 92, 92, 90, 86)]
    result = make_reviewer(peers=peers).review(declaration)
    (finding,) = [item for item in result.findings if item.code == "EZ01"]
    assert "6个同类项目中5个" in finding.message
    assert [item.target for item in finding.evidence] == ["≥95%", "≥95%", "≥92%", "≥92%", "≥90%"]
    assert finding.suggestion.indicator["target"] == "≥92%"

"""Rewording never clears a finding that a target is easy; a better target or a reason does."""

from __future__ import annotations

import pytest

from corpus.records import Declaration, Indicator
from review.reviewer import Reviewer
from review.settings.config import ReviewConfig

PROJECT = {"project_name": "农村公路日常养护", "department": "县交通运输局", "function_code": "214"}
TOO_EASY = {"EZ01", "EZ02", "EZ10", "EZ11"}
WORDINGS = [
    ("群众满意度", "≥85%"),
    ("群众满意度", "不低于85%"),
    ("群众满意度", "85%以上"),
    ("群众满意度", "百分之八十五以上"),
    ("群众满意度", "力争达到 85 ％ 及以上"),
    ("群众满意度", "≥85分"),
    ("群众满意度", "0.85"),
    ("受益群众满意程度", "≥85%"),
    ("服务对象对项目实施的满意率", "≥85%"),
    ("社会公众对本项目的满意比例", "大于等于85%"),
    ("老百姓满意情况", "85%"),
    ("群众不满意率", "≤15%"),
]


@pytest.fixture(scope="module")
def review(peer_index):
    """Return a function that reviews one satisfaction row against the bundled peers."""
    reviewer = Reviewer(peers=peer_index, config=ReviewConfig())

    def run(name, target, history=(), **fields):
        row = Indicator(level1="满意度指标", name=name, target=target, **fields)
        declaration = Declaration(**PROJECT, year=2024, indicators=(row,), history=history)
        return [item for item in reviewer.review(declaration).findings if item.code in TOO_EASY]

    return run


@pytest.mark.parametrize(("name", "target"), WORDINGS)
def test_a_reworded_easy_target_stays_easy(review, name, target):
    findings = review(name, target)
    assert [finding.code for finding in findings] == ["EZ01"]
    assert "个同类项目中" in findings[0].message
    assert len(findings[0].evidence) == 5
    assert findings[0].evidence[0].target


@pytest.mark.parametrize(("name", "target"), WORDINGS)
def test_a_reworded_ratchet_stays_a_ratchet(review, name, target):
    past = Declaration(
        project_name="农村公路日常养护",
        year=2023,
        indicators=(Indicator(name="群众满意度", target="≥85%", actual="96.4%"),),
    )
    assert "EZ10" in [finding.code for finding in review(name, target, (past,))]


@pytest.mark.parametrize("name", ["群众满意度", "老百姓满意情况"])
def test_a_better_target_clears_it(review, name):
    assert review(name, "≥95%") == []


def test_the_suggested_target_clears_it(review):
    suggested = review("群众不满意率", "≤15%")[0].suggestion.indicator
    assert review(suggested["name"], suggested["target"]) == []


def test_a_stated_reason_clears_it(review):
    reason = "沿线三个村因国道封闭施工绕行，较上年下调"
    assert review("群众满意度", "≥85%", definition=reason) == []
    assert review("群众满意度", "≥85%", reason=reason) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"definition": "满意人数占被调查人数的比例"},
        {"definition": "反映群众对项目的满意程度"},
        {"reason": "无"},
        {"reason": "无偏差"},
        {"reason": "因为问卷回收少，未达到", "actual": "80%"},
    ],
)
def test_words_that_give_no_reason_clear_nothing(review, fields):
    assert [finding.code for finding in review("群众满意度", "≥85%", **fields)] == ["EZ01"]


@pytest.mark.parametrize(
    ("goal", "target", "easy"),
    [
        ("购置64排CT一台，年检查6000人次。", "≥1台", False),
        ("购置64排CT1台，年检查6000人次。", "1台", False),
        ("提升诊疗能力，方便群众就医。", "≥1台", True),
        ("购置64排CT一台，年检查6000人次。", "1批", True),
    ],
)
def test_one_piece_is_trivial_unless_the_plan_names_it(
    classifier, peer_index, make_declaration, goal, target, easy
):
    rows = [{"at": "数量", "name": "购置CT设备", "target": target}]
    project = {"project_name": "县医院CT设备购置", "goal": goal, "function_code": "210"}
    result = Reviewer(classifier, peer_index).review(make_declaration(rows=rows, project=project))
    found = {finding.code for finding in result.of_row(0)} & {"EZ04", "EZ06"}
    assert bool(found) == easy
    assert ("easy" in result.rows[0].labels) == easy

"""The rules: lists, manual pages, switches and thresholds that take effect at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.web.rule_words import TOPICS
from api.workspace import Workspace
from corpus.records import Declaration
from corpus.workflow import audit, review_settings
from corpus.workflow.actors import SYSTEM
from corpus.workflow.audit import Scribe
from review.rules import ALL_RULES

Enter = Callable[[str], TestClient]
HTMX = {"HX-Request": "true"}
SHORT = {
    "project_name": "农村公路养护",
    "indicators": [
        {
            "level1": "满意度指标",
            "level2": "服务对象满意度指标",
            "name": "群众满意度",
            "target": "≥88%",
        }
    ],
}


@pytest.fixture
def lead(post_of: Enter) -> TestClient:
    return post_of("lead")


@pytest.fixture(autouse=True)
def restored(demonstration: Workspace) -> Iterator[None]:
    """Takes back what a test changed."""
    yield
    with demonstration.store.writing() as connection:
        scribe = Scribe(connection, SYSTEM)
        for name in review_settings.changed(connection):
            review_settings.reset(scribe, name)


def found(workspace: Workspace) -> set[str]:
    result = workspace.review(Declaration.model_validate(SHORT))
    return {finding.code for finding in result.findings}


def test_all_rules_are_listed_under_their_topics(lead: TestClient) -> None:
    page = lead.get("/rules").text
    for rule in ALL_RULES:
        assert f'href="/rules/{rule.code}"' in page
    headings = re.findall(r"<h2>(.+?) <span", page)
    assert headings == list(TOPICS.values())


@pytest.mark.parametrize(
    ("query", "code", "other"),
    [
        ({"q": "满意度"}, "EZ05", "WT01"),
        ({"q": "ez05"}, "EZ05", "EZ01"),
        ({"q": "财预〔2021〕101号 满意度"}, "CP04", "WT01"),
        ({"topic": "weights"}, "WT01", "EZ01"),
        ({"severity": "error"}, "CP01", "CP16"),
    ],
)
def test_rules_are_searched_and_filtered(
    lead: TestClient, query: dict[str, str], code: str, other: str
) -> None:
    for headers in ({}, HTMX):
        page = lead.get("/rules", params=query, headers=headers).text
        assert f'href="/rules/{code}"' in page
        assert f'href="/rules/{other}"' not in page
        assert ("<html" in page) is (headers == {})


def test_going_back_restores_the_whole_page(lead: TestClient) -> None:
    headers = {**HTMX, "HX-History-Restore-Request": "true"}
    assert "<html" in lead.get("/rules?q=满意度", headers=headers).text


def test_nothing_found_says_so(lead: TestClient) -> None:
    assert "没有符合条件的规则" in lead.get("/rules?q=没有这样的规则").text


def test_every_rule_has_its_manual_page(lead: TestClient) -> None:
    for rule in ALL_RULES:
        page = lead.get(f"/rules/{rule.code}").text
        for heading, _ in rule.manual.sections:
            assert f"<h2>{heading}</h2>" in page


def test_names_lead_to_a_rule_and_others_to_none(lead: TestClient) -> None:
    assert (
        lead.get(f"/rules/{ALL_RULES[0].name}").headers["location"] == f"/rules/{ALL_RULES[0].code}"
    )
    assert lead.get("/rules/ez01").headers["location"] == "/rules/EZ01"
    assert lead.get("/rules/ZZ99").status_code == 404


def test_how_often_a_rule_speaks_is_told_to_who_may_see_figures(
    post_of: Enter, lead: TestClient
) -> None:
    told = re.search(r"个项目中的 (\d+) 个，共 (\d+) 处", lead.get("/rules/EZ03").text)
    assert told is not None
    assert 0 < int(told[1]) <= int(told[2])
    assert "本地发现" not in post_of("unit10").get("/rules/EZ03").text
    assert "本地发现" not in post_of("unit10").get("/rules").text


def test_anonymous_visitors_may_read_but_not_change(demonstration_app: Any) -> None:
    browser = TestClient(demonstration_app, follow_redirects=False)
    page = browser.get("/rules/EZ05").text
    assert "停用这条规则" not in page
    assert browser.get("/rules/settings").status_code == 303


def test_a_rule_is_switched_off_and_on_at_once(lead: TestClient, demonstration: Workspace) -> None:
    with demonstration.store.reading() as connection:
        before = len(review_settings.changed(connection))
    assert "CP12" in found(demonstration)
    assert lead.post("/rules/CP12/switch", data={"on": "false"}, headers=HTMX).status_code == 204
    assert "CP12" not in found(demonstration)
    assert "已停用" in lead.get("/rules/CP12").text
    assert 'href="/rules/CP12"' in lead.get("/rules?state=off").text
    lead.post("/rules/CP12/switch", data={"on": "true"}, headers=HTMX)
    assert "CP12" in found(demonstration)
    with demonstration.store.reading() as connection:
        assert len(review_settings.changed(connection)) == before


def test_a_threshold_is_changed_shown_and_reset(lead: TestClient, demonstration: Workspace) -> None:
    kept = demonstration.parts.knowledge
    row = lead.post("/rules/settings/min_indicators", data={"value": "1"}, headers=HTMX)
    assert row.status_code == 200
    assert "已保存" in row.text
    assert "绩效管理科岗" in row.text
    assert "FM03" not in found(demonstration)
    assert demonstration.parts.knowledge is kept  # nothing heavy is loaded anew
    assert "现为 <strong>1</strong>" in lead.get("/rules/FM03").text
    page = lead.get("/rules/settings").text
    assert re.search(r"<td>（原值）</td><td>1</td>", page)
    lead.post("/rules/settings/min_indicators/reset", headers=HTMX)
    assert "FM03" in found(demonstration)


def test_another_process_takes_a_change_up_at_once(
    lead: TestClient, demonstration: Workspace
) -> None:
    other = Workspace(demonstration.settings)
    other.__dict__.update(encoder=demonstration.encoder, classifier=demonstration.classifier)
    assert "FM03" in found(other)
    lead.post("/rules/settings/min_indicators", data={"value": "1"}, headers=HTMX)
    assert "FM03" not in found(other)
    other.close()


def test_typing_the_original_value_is_no_change(lead: TestClient, demonstration: Workspace) -> None:
    lead.post("/rules/settings/min_indicators", data={"value": "1"}, headers=HTMX)
    lead.post("/rules/settings/min_indicators", data={"value": "4"}, headers=HTMX)
    with demonstration.store.reading() as connection:
        assert "min_indicators" not in review_settings.changed(connection)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("easy_satisfaction", "很高", "应为数字"),
        ("easy_satisfaction", "120", "不得大于100"),
        ("min_indicators", "3.5", "应为整数"),
        ("weight_totals", "100、-1", "应大于0"),
        ("scheme", "随便", "所填的值"),
        ("regions", "{}", "没有这项门槛"),
    ],
)
def test_wrong_values_are_refused_in_words(
    lead: TestClient, name: str, value: str, message: str
) -> None:
    answer = lead.post(f"/rules/settings/{name}", data={"value": value}, headers=HTMX)
    assert answer.status_code == 422
    assert message in answer.text
    assert answer.headers["HX-Retarget"] == "#notices"


def test_several_numbers_are_typed_with_commas(lead: TestClient, demonstration: Workspace) -> None:
    lead.post("/rules/settings/weight_totals", data={"value": "100，95"}, headers=HTMX)
    assert demonstration.parts.review_config.weight_totals == (100.0, 95.0)


@pytest.mark.parametrize(
    ("login", "status"), [("review1", 403), ("audit", 403), ("unit10", 403), ("admin", 200)]
)
def test_who_may_change(post_of: Enter, login: str, status: int) -> None:
    browser = post_of(login)
    assert browser.get("/rules/settings").status_code == status
    answer = browser.post("/rules/settings/peer_gap", data={"value": "2"}, headers=HTMX)
    assert answer.status_code == status
    switched = browser.post("/rules/EZ01/switch", data={"on": "false"}, headers=HTMX)
    assert switched.status_code == (204 if status == 200 else status)


def test_a_change_is_in_the_audit_log(lead: TestClient, demonstration: Workspace) -> None:
    lead.post("/rules/settings/peer_gap", data={"value": "2"}, headers=HTMX)
    with demonstration.store.reading() as connection:
        last = list(audit.entries(connection))[-1]
        assert audit.verify(connection).intact
    assert last["object"] == "review_setting:peer_gap"
    assert last["after"] == {"value": 2}

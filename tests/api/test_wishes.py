"""Scheme and decisions in a request for a recommendation."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.http import samples
from api.http.app import PREFIX, create_app
from api.parts import Parts
from api.wishes import Wishes, wishes_from
from api.workspace import Workspace
from corpus.errors import InputError
from corpus.records import Declaration

DECIDED = samples.RECOMMENDATIONS["decided"]["value"]


@pytest.fixture(scope="module")
def client(workspace: Workspace) -> TestClient:
    return TestClient(create_app(workspace.settings, workspace), raise_server_exceptions=False)


def ask(client: TestClient, **fields: Any) -> dict[str, Any]:
    response = client.post(f"{PREFIX}/recommendations", json={**DECIDED, **fields})
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


def test_decided_rows_stay_and_the_rest_completes_them(client: TestClient) -> None:
    found = ask(client)
    names = [row["name"] for row in found["suggestions"]]
    assert found["accepted"] == [
        {
            "level1": "产出指标",
            "level2": "数量指标",
            "name": "日常养护里程",
            "target": "≥680公里",
            "weight": 15,
            "own_weight": True,
        }
    ]
    assert not {"日常养护里程", "群众满意度"} & set(names)
    assert found["scheme"] == "成本20+产出40+效益20+满意度10+执行率10"
    assert found["scheme_basis"] == "按指定的方案"
    assert 15 + sum(row["weight"] for row in found["suggestions"]) == 90


def test_own_rows_stay_only_on_request(client: TestClient) -> None:
    assert ask(client, accepted=[])["accepted"] == []
    kept = ask(client, accepted=["路面平整度"], keep=True)["accepted"]
    assert {row["name"] for row in DECIDED["indicators"]} < {row["name"] for row in kept}
    assert kept[-1]["name"] == "路面平整度"


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"accepted": "路面平整度"}, "accepted"),
        ({"accepted": [{"target": "1"}]}, "accepted[0].name"),
        ({"accepted": [{"name": "a", "weight": "很多"}]}, "accepted[0].weight"),
        ({"accepted": [7]}, "accepted[0]"),
        ({"rejected": ["a"] * 201}, "rejected"),
        ({"keep": "yes"}, "keep"),
        ({"scheme": 50}, "scheme"),
    ],
)
def test_a_bad_field_is_named(client: TestClient, fields: dict[str, Any], place: str) -> None:
    response = client.post(f"{PREFIX}/recommendations", json={**DECIDED, **fields})
    assert response.status_code == 422
    assert f"字段 {place}：" in response.json()["message"]


def test_an_unknown_scheme_is_refused(client: TestClient) -> None:
    response = client.post(f"{PREFIX}/recommendations", json={**DECIDED, "scheme": "产出50"})
    assert (response.status_code, response.json()["code"]) == (422, "bad_scheme")


def test_nothing_wished_for() -> None:
    assert wishes_from({"project_name": "a"}) == Wishes()
    assert wishes_from([1]) == Wishes()
    with pytest.raises(InputError):
        Wishes(scheme="没有这种方案")


def test_candidates_are_found_once_while_the_text_stays_the_same(workspace: Workspace) -> None:
    parts: Parts = workspace.parts
    project = Declaration.model_validate(DECIDED)
    first = parts.session(project)
    assert parts.session(project.model_copy(update={"indicators": ()})) is first
    assert parts.session(project.model_copy(update={"goal": "另一个目标"})) is not first


def test_a_region_has_its_scheme(workspace: Workspace) -> None:
    from review.settings.config import load_config

    config = load_config({"regions": {"湖南省": {"scheme": "产出60+效益30+满意度10"}}})
    other = Workspace(workspace.settings)
    other.__dict__["file_config"] = config
    parts = Parts(other, "1")
    scheme = parts.regional_scheme(Declaration(project_name="a", region="湖南省岳阳县"))
    assert scheme is not None
    assert scheme.execution == 0
    assert parts.regional_scheme(Declaration(project_name="a", region="湖北省")) is None

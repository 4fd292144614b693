from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.http import review_schemas, samples, schemas
from api.http.app import PREFIX, create_app
from api.workspace import Workspace

ROUTES = ("recommendations", "reviews", "report-reviews")
SHAPES = {
    "recommendations": schemas.Recommendation,
    "reviews": review_schemas.Review,
    "report-reviews": review_schemas.Review,
}


@pytest.fixture(scope="module")
def client(workspace: Workspace) -> Iterator[TestClient]:
    app = create_app(workspace.settings, workspace)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def described_samples() -> list[tuple[str, str]]:
    return [
        (route, name)
        for route, found in zip(
            ROUTES, (samples.DECLARATIONS, samples.DECLARATIONS, samples.EVALUATIONS), strict=True
        )
        for name in found
    ]


@pytest.mark.parametrize(("route", "name"), described_samples())
def test_described_requests_run_and_answers_keep_their_shape(
    client: TestClient, route: str, name: str
) -> None:
    content = client.get(f"{PREFIX}/openapi.json").json()["paths"][f"{PREFIX}/{route}"]["post"][
        "requestBody"
    ]["content"]["application/json"]
    response = client.post(f"{PREFIX}/{route}", json=content["examples"][name]["value"])
    assert response.status_code == 200, response.text
    SHAPES[route].model_validate(response.json())


def test_contract_and_platform_records_mean_the_same(client: TestClient) -> None:
    found = [
        client.post(f"{PREFIX}/reviews", json=samples.DECLARATIONS[name]["value"]).json()
        for name in ("contract", "platform")
    ]
    names = [review["declaration"]["project_name"] for review in found]
    assert names[0] == names[1]
    assert found[1]["rows"][0]["target"] == "≥680公里"


def test_review_finds_the_worded_and_the_easy_target(client: TestClient) -> None:
    review = client.post(f"{PREFIX}/reviews", json=samples.DECLARATIONS["contract"]["value"]).json()
    assert review["id"] == "2024-0137"
    assert "qualitative" in review["rows"][2]["labels"]
    assert "easy" in review["rows"][3]["labels"]
    assert {2, 3} <= {finding["row"] for finding in review["findings"]}


def test_top_limits_the_suggestions(client: TestClient) -> None:
    body = samples.DECLARATIONS["contract"]["value"]
    found = client.post(f"{PREFIX}/recommendations?top=3", json=body).json()
    assert [row["rank"] for row in found["suggestions"]] == [1, 2, 3]


def test_health(client: TestClient) -> None:
    body = client.get(f"{PREFIX}/health").json()
    schemas.Health.model_validate(body)
    assert body["types"] > 0
    assert body["cases"] > 0


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "empty_body"),
        (b"{", 400, "bad_json"),
        (b'{"project_name": "\xff"}', 400, "bad_encoding"),
        (b"[1]", 422, "bad_input"),
        (b'{"project_name": "a", "indicators": 7}', 422, "bad_field"),
        (b'{"project_name": "a", "budget_wan": NaN}', 400, "bad_json"),
    ],
)
@pytest.mark.parametrize("route", ROUTES)
def test_bad_bodies_get_problem_documents(
    client: TestClient, route: str, body: bytes, status: int, code: str
) -> None:
    assert_problem(client.post(f"{PREFIX}/{route}", content=body), status, code)


def test_a_recommendation_needs_a_project_name(client: TestClient) -> None:
    response = client.post(f"{PREFIX}/recommendations", json={"goal": "x"})
    assert response.status_code == 422
    assert_problem(response, 422, response.json()["code"])


def test_large_bodies_are_refused(client: TestClient, workspace: Workspace) -> None:
    limit = int(workspace.settings.max_body_mb * 1024 * 1024)
    response = client.post(f"{PREFIX}/reviews", content=b" " * (limit + 1))
    assert_problem(response, 413, "body_too_large")


def test_other_errors_are_problem_documents(client: TestClient) -> None:
    assert_problem(client.get(f"{PREFIX}/nothing"), 404, "http_404")
    response = client.get(f"{PREFIX}/reviews")
    assert_problem(response, 405, "http_405")
    assert response.headers["allow"] == "POST"
    body = samples.DECLARATIONS["contract"]["value"]
    assert_problem(
        client.post(f"{PREFIX}/recommendations?top=many", json=body), 422, "bad_parameter"
    )


def test_a_crash_is_a_problem_document_without_details(
    client: TestClient, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(workspace, "review", crash)
    response = client.post(f"{PREFIX}/reviews", json={"project_name": "a"})
    assert_problem(response, 500, "internal")
    assert "secret" not in response.text


def assert_problem(response: Any, status: int, code: str) -> None:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body = json.loads(response.content)
    schemas.Problem.model_validate(body)
    assert body["status"] == status
    assert body["code"] == code
    assert body["message"]

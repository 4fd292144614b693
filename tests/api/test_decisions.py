"""Decisions about suggestions over HTTP and on the command line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from fastapi.testclient import TestClient

from api.http import problems, samples
from api.http.app import PREFIX, create_app
from api.settings import Settings
from api.workspace import Workspace

BODY = samples.DECISIONS["contract"]["value"]
ADDRESS = f"{PREFIX}/recommendations/decisions"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """A service with a database of its own; nothing it is asked for here needs an encoder."""
    shared = Workspace(Settings(home=tmp_path))
    yield TestClient(create_app(shared.settings, shared), raise_server_exceptions=False)
    shared.close()


def test_reported_decisions_are_stored_once(client: TestClient) -> None:
    assert client.post(ADDRESS, json=BODY).json() == {"added": 3, "known": 0}
    assert client.post(ADDRESS, json=BODY).json() == {"added": 0, "known": 3}


def test_a_bad_report_is_a_problem_document_with_the_place(client: TestClient) -> None:
    bad = {**BODY, "decisions": [{**BODY["decisions"][0], "decision": "maybe"}]}
    response = client.post(ADDRESS, json=bad)
    assert response.status_code == 422
    assert response.headers["content-type"] == problems.MEDIA_TYPE
    assert "decisions[0].decision" in response.json()["message"]
    assert client.post(ADDRESS, content=b"").status_code == 400


def test_what_is_exported_can_be_imported(invoke: Callable[..., Result], tmp_path: Path) -> None:
    given, out = tmp_path / "取舍.jsonl", tmp_path / "导出.jsonl"
    given.write_text(json.dumps(BODY, ensure_ascii=False) + "\n{\n", encoding="utf-8")
    url = {"JIXIAO_DATABASE_URL": f"sqlite:///{tmp_path / 'a.db'}"}
    first = invoke("decisions", given, **url)
    assert first.exit_code == 1
    assert "新增取舍 3 条" in first.stdout
    assert "第2行" in first.stderr
    assert invoke("decisions", "--export", "--out", out, **url).exit_code == 0
    assert "联系人" not in out.read_text(encoding="utf-8")
    other = {"JIXIAO_DATABASE_URL": f"sqlite:///{tmp_path / 'b.db'}"}
    second = invoke("decisions", out, **other)
    assert (second.exit_code, "新增取舍 3 条" in second.stdout) == (0, True)
    assert invoke("decisions", "--export", **other).stdout == out.read_text(encoding="utf-8")


def test_neither_files_nor_export_is_a_usage_error(invoke: Callable[..., Result]) -> None:
    assert invoke("decisions").exit_code == 2
    assert invoke("decisions", "missing.jsonl").exit_code == 2

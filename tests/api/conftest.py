from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.cli import cli
from api.demo import open_demonstration
from api.http.access import CSRF_HEADER, csrf_token
from api.settings import Settings
from api.workspace import Workspace

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def examples() -> Path:
    return CHECKOUT / "examples"


@pytest.fixture
def invoke(monkeypatch: pytest.MonkeyPatch, home: Path) -> Callable[..., Result]:
    """Runs a command in this process, where torch need be loaded only once."""
    monkeypatch.setenv("JIXIAO_HOME", str(home))
    monkeypatch.delenv("JIXIAO_DATABASE_URL", raising=False)
    monkeypatch.chdir(CHECKOUT)

    def run(*args: str | Path, stdin: str | bytes | None = None, **environ: str) -> Result:
        given = [str(arg) for arg in args]
        return CliRunner().invoke(cli, given, input=stdin, env=environ, prog_name="jixiao")

    return run


@pytest.fixture(scope="session")
def jixiao(home: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Runs a command as a user does, in a process of its own, with a bare locale."""

    inherited = {k: v for k, v in os.environ.items() if not k.startswith("JIXIAO_")}
    inherited["JIXIAO_HOME"] = str(home)

    def run(
        *args: str | Path, stdin: bytes = b"", **environ: str
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "api.cli", *map(str, args)],
            input=stdin,
            capture_output=True,
            cwd=CHECKOUT,
            env={**inherited, "LC_ALL": "C", **environ},
            timeout=120,
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory, workspace: Workspace) -> Workspace:
    """A fresh installation that shares the models of the other tests."""
    home = tmp_path_factory.mktemp("fresh")
    shutil.copytree(workspace.settings.home / "targets", home / "targets")
    encoder = str(workspace.settings.home / "encoder")
    return Workspace(Settings(home=home, encoder=encoder, sign_in_limit=0, rate_limit=0))


@pytest.fixture(scope="session")
def now() -> datetime:
    """The end of the demonstration's story."""
    return datetime(2026, 11, 27, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def demonstration(installation: Workspace, now: datetime) -> Iterator[Workspace]:
    """The demonstration beside it; tests may add to it but not count on being alone."""
    made = open_demonstration(installation, now)
    yield made
    made.close()


@pytest.fixture(scope="session")
def demonstration_app(demonstration: Workspace) -> FastAPI:
    from api.http.app import create_app

    return create_app(demonstration.settings, demonstration, demo=True)


@pytest.fixture
def post_of(demonstration_app: FastAPI) -> Callable[[str], TestClient]:
    """Enters the demonstration as a post."""

    def entered(login: str) -> TestClient:
        browser = TestClient(demonstration_app, follow_redirects=False)
        answer = browser.post(
            "/sign-in/demo", data={"login": login}, headers={"HX-Request": "true"}
        )
        assert answer.status_code == 204, answer.text
        browser.headers[CSRF_HEADER] = csrf_token(browser.cookies["jixiao_session"])
        return browser

    return entered


@pytest.fixture(scope="session")
def bundled() -> list[dict[str, object]]:
    """The bundled cases as JSON objects."""
    text = (CHECKOUT / "corpus" / "data" / "cases.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]

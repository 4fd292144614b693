from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from api.cli import cli

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
def bundled() -> list[dict[str, object]]:
    """The bundled cases as JSON objects."""
    text = (CHECKOUT / "corpus" / "data" / "cases.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]

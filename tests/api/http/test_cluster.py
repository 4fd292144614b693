"""Three instances behind one address: one killed under load loses nothing that was acknowledged."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
import redis

from api.settings import CHECKOUT
from benchmarks.cluster.balancer import configuration

POSTGRES = os.environ.get(
    "JIXIAO_TEST_POSTGRES_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres"
)
REDIS = os.environ.get("JIXIAO_TEST_REDIS_URL", "redis://127.0.0.1:6379/9")

needs_balancer = pytest.mark.skipif(not shutil.which("haproxy"), reason="haproxy is not installed")


@pytest.fixture
def services() -> None:
    """PostgreSQL and Redis; skips where none listens."""
    try:
        psycopg.connect(POSTGRES.replace("+psycopg", ""), connect_timeout=3).close()
    except psycopg.OperationalError as error:
        pytest.skip(f"no PostgreSQL at {POSTGRES}: {error}")
    try:
        redis.Redis.from_url(REDIS, socket_connect_timeout=3).ping()
    except redis.ConnectionError as error:
        pytest.skip(f"no Redis at {REDIS}: {error}")


@needs_balancer
def test_the_shipped_configuration_is_one_that_haproxy_takes(tmp_path: Path) -> None:
    path = tmp_path / "haproxy.cfg"
    path.write_text(configuration(8123, [8001, 8002, 8003]), encoding="utf-8")
    checked = ["haproxy", "-c", "-f", str(path)]
    done = subprocess.run(checked, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert path.read_text(encoding="utf-8").count("    server ") == 3


@needs_balancer
@pytest.mark.usefixtures("services")
def test_one_of_three_killed_under_load() -> None:
    command = ["-m", "benchmarks.cluster", "--seconds", "18", "--clients", "4"]
    done = subprocess.run(
        [sys.executable, *command, "--database", POSTGRES, "--redis", REDIS],
        check=False,
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
    )
    assert done.stdout, done.stderr
    report = json.loads(done.stdout)
    acknowledged = report["acknowledged"]
    assert acknowledged["submissions"], "else nothing was put to the test"
    assert acknowledged["jobs"]
    assert report["lost"] == report["unsubmitted"] == 0
    assert report["jobs"] == {"done": acknowledged["jobs"]}
    assert report["jobs_incomplete"] == report["jobs_done_twice"] == 0
    assert report["audit_intact"]
    assert report["errors_at_kill"] <= report["clients"]
    assert report["errors_late"] == 0

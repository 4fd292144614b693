"""A sample of what `benchmarks/hostile` throws at the service; the benchmark sends thousands."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.settings import Settings
from api.workspace import Workspace
from benchmarks.hostile import bodies, files
from benchmarks.hostile.attack import Attack, attacks, upload
from benchmarks.hostile.target import Target, Watch, importer_faults

HEAVY = ("bomb", "many", "vast", "long", "deep", "MB", "000", "nested", "digits", "open quote")
"""Left to the benchmark."""


@pytest.fixture(scope="module")
def sound() -> dict[str, bytes]:
    return files.sound_files(("xlsx", "docx", "csv", "json", "jsonl", "txt"))


@pytest.fixture(scope="module")
def target(
    settings: Settings, workspace: Workspace, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Target]:
    """A service that works on no batches by itself, for the target works on them."""
    database = tmp_path_factory.mktemp("hostile") / "service.db"
    idle = settings.model_copy(update={"job_workers": 0, "database_url": f"sqlite:///{database}"})
    own = Workspace(idle)
    own.__dict__.update(encoder=workspace.encoder, classifier=workspace.classifier)
    app = create_app(idle, own)
    with TestClient(app):
        yield Target(app, {})


def test_a_sample_of_hostile_requests_is_survived(
    target: Target, sound: dict[str, bytes], tmp_path: Path
) -> None:
    chance = random.Random(11)  # noqa: S311 - reproducible, not secret
    every = [a for a in attacks(chance, sound, 600) if not any(word in a.what for word in HEAVY)]
    watch = Watch(tmp_path)
    with watch.watching():
        outcomes = [(attack, target.suffer(attack)) for attack in chance.sample(every, 45)]
    faults = [f"{a.path} {a.what}: {o.faults}" for a, o in outcomes if o.faults]
    assert not faults
    assert len({outcome.status for _, outcome in outcomes}) > 2  # not all refused for one reason
    assert files.MARK not in watch.log
    assert not watch.left


@pytest.mark.parametrize("length", ["99999999999999999999", "-1", "1"])
def test_a_length_that_lies(target: Target, length: str) -> None:
    headers = {"Content-Length": length}
    outcome = target.suffer(Attack("lie", "/reviews", b'{"project_name": "x"}', headers))
    assert not outcome.faults
    assert outcome.status == (413 if len(length) > 9 else 200)


def test_a_caller_who_hangs_up_while_sending(target: Target) -> None:
    assert not target.suffer(Attack("gone", "/reviews", b'{"project_name"', pieces=0)).faults


def test_a_file_name_leads_nowhere(target: Target, tmp_path: Path, sound: dict[str, bytes]) -> None:
    outside = tmp_path / "escaped.csv"
    outcome = target.suffer(upload("path", f"../../../../../../{outside}", sound["csv"]))
    assert outcome.status == 202
    assert not outcome.faults
    assert not outside.exists()


def test_the_watch_notices_a_write_outside(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    watch = Watch(inside)
    with watch.watching():
        (tmp_path / "outside.txt").write_text("x")
        (inside / "own.txt").write_text("x")
    assert [entry.split("/")[-1] for entry in watch.written] == ["outside.txt"]


def test_an_error_of_an_importer_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(source: Any) -> None:
        raise KeyError(source[0])

    monkeypatch.setattr("benchmarks.hostile.target.read_declarations", fail)
    assert importer_faults("a.csv", b"x")


def test_hostile_records_are_hostile(sound: dict[str, bytes]) -> None:
    chance = random.Random(1)  # noqa: S311 - reproducible, not secret
    given = json.loads(sound["json"])[0]
    assert all(bodies.record(chance, given) != given for _ in range(5))

"""Bulk work on Dask gives what one by one gives, also when a worker is killed."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from api.workspace import Workspace
from corpus.bundle import bundled_cases
from corpus.errors import InputError, SetupError
from corpus.importers import declaration_from_dict
from corpus.workflow.jobs import JobKind

pytest.importorskip("distributed", reason="the extra for Dask is not installed")
pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

from api.bulk.run import Cluster, run_bulk  # noqa: E402 - needs the extra
from api.bulk.worker import Task, answer_partition  # noqa: E402

FILES = 6


def records() -> list[dict[str, Any]]:
    return [
        case.model_dump(mode="json", exclude_none=True, exclude={"blank_rows"})
        for case in bundled_cases()[:48]
    ]


def parquet(folder: Path, every: list[dict[str, Any]], files: int) -> Path:
    """Write records into a folder of several files, a partition each."""
    size = len(every) // files
    columns = dict.fromkeys(name for record in every for name in record)
    every = [{name: record.get(name) for name in columns} for record in every]
    schema = pa.Table.from_pylist(every).schema
    for number in range(files):
        table = pa.Table.from_pylist(every[number * size : (number + 1) * size], schema)
        pq.write_table(table, folder / f"{number}.parquet")
    return folder


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return parquet(tmp_path_factory.mktemp("source"), records(), FILES)


@pytest.fixture(autouse=True)
def environment(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let worker processes find the same home."""
    monkeypatch.setenv("JIXIAO_HOME", str(home))
    monkeypatch.delenv("JIXIAO_DATABASE_URL", raising=False)


class Watched(Cluster):
    """A local cluster whose workers a test can reach."""

    client_: Any

    @contextmanager
    def client(self) -> Iterator[Any]:
        with super().client() as client:
            object.__setattr__(self, "client_", client)
            yield client


def answers(out: Path) -> list[dict[str, Any]]:
    files = sorted(out.glob("part-*.parquet"))
    return [
        json.loads(text) for file in files for text in pq.read_table(file)["result"].to_pylist()
    ]


def one_by_one(workspace: Workspace, work: str, count: int) -> list[dict[str, Any]]:
    call = getattr(workspace, work)
    found = [call(declaration_from_dict(record)).to_dict() for record in records()[:count]]
    return json.loads(json.dumps(found, ensure_ascii=False))


def test_a_killed_worker_loses_nothing(workspace: Workspace, source: Path, tmp_path: Path) -> None:
    cluster = Watched(workers=2)
    killed: list[int] = []

    def kill_one(done: int, total: int, tally: object) -> None:
        if not killed and done < total:
            killed.extend(cluster.client_.run(os.getpid).values())
            os.kill(killed[0], signal.SIGKILL)

    tally = run_bulk(workspace, JobKind.REVIEW, source, tmp_path, cluster, kill_one)
    assert len(set(killed)) == 2
    assert (tally.records, tally.failed) == (48, 0)
    assert answers(tmp_path) == one_by_one(workspace, "review", 48)
    assert not list(tmp_path.glob(".part-*"))


def test_a_run_goes_on_where_it_was(
    workspace: Workspace, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    """On few records, for a recommendation takes its time, and each run starts a process."""
    source = parquet(tmp_path_factory.mktemp("few"), records()[:9], 3)
    cluster = Cluster(workers=1)
    run_bulk(workspace, JobKind.RECOMMEND, source, tmp_path, cluster)
    first = answers(tmp_path)
    assert first == one_by_one(workspace, "recommend", 9)
    files = sorted(tmp_path.glob("part-*.parquet"))
    assert len(files) == 3
    files[1].unlink()
    before = {file: file.stat().st_mtime_ns for file in files if file.exists()}
    tally = run_bulk(workspace, JobKind.RECOMMEND, source, tmp_path, cluster)
    assert tally.records == 9
    assert answers(tmp_path) == first
    assert {file: file.stat().st_mtime_ns for file in before} == before
    with pytest.raises(InputError, match="其他"):
        run_bulk(workspace, JobKind.REVIEW, source, tmp_path, cluster)


def test_processes_slow_to_come_back_are_waited_for() -> None:
    import dask

    with Cluster(workers=1).client() as client:
        waits = "distributed.deploy.lost-worker-timeout"
        assert dask.config.get(waits) == "10 minutes"
        found = client.run(lambda: dask.config.get("distributed.comm.timeouts.tcp"))
        assert set(found.values()) == {"5 minutes"}


def test_a_bad_record_fails_in_its_place(workspace: Workspace, tmp_path: Path) -> None:
    rows = [{"id": "a", "project_name": "造林"}, {"id": "b", "project_name": ""}]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "in.parquet")
    task = Task(JobKind.RECOMMEND, str(tmp_path / "out.parquet"), "")
    with pytest.raises(SetupError, match="不同"):
        answer_partition(pq.read_table(tmp_path / "in.parquet").to_pandas(), task)
    out = tmp_path / "out"
    tally = run_bulk(workspace, JobKind.RECOMMEND, tmp_path / "in.parquet", out, Cluster(workers=1))
    assert (tally.records, tally.failed) == (2, 1)
    found = answers(out)
    assert found[0]["suggestions"]
    assert found[1]["id"] == "b"
    assert found[1]["error"]["message"]


def test_what_cannot_be_read_is_told(workspace: Workspace, tmp_path: Path) -> None:
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(b"not parquet")
    with pytest.raises(InputError, match="无法读取"):
        run_bulk(workspace, JobKind.REVIEW, broken, tmp_path / "out", Cluster())
    pq.write_table(pa.table({"name": ["造林"]}), tmp_path / "other.parquet")
    with pytest.raises(InputError, match="project_name"):
        run_bulk(workspace, JobKind.REVIEW, tmp_path / "other.parquet", tmp_path / "out", Cluster())


def test_a_scheduler_out_of_reach_is_told(
    workspace: Workspace, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.bulk.run._CONNECT_WITHIN", 1)
    with pytest.raises(SetupError, match="无法连接"):
        run_bulk(workspace, JobKind.REVIEW, source, tmp_path, Cluster("tcp://127.0.0.1:9"))

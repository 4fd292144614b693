"""Runs bulk work over the partitions of a Parquet file or folder on Dask.

Each partition is answered by one worker and becomes one file of results. A worker that dies loses
its partition only, which another worker answers again; a run that is ended goes on where it was.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.bulk.worker import Tally, Task, answer_partition, basis_of
from corpus.errors import InputError, JixiaoError, Location, SetupError
from corpus.workflow.jobs import JobKind

if TYPE_CHECKING:
    from dask.distributed import Client

    from api.workspace import Workspace

PLAN = "_plan.json"
"""What a folder of results was made from; a folder with another plan is not written to."""
_PARTITION = "32MiB"
"""Data of one partition, unless the file's row groups are larger: about 10,000 declarations."""
_CONNECT_WITHIN = 30
_RETRIES = 2
_PATIENCE = {
    "distributed.comm.timeouts.connect": "5 minutes",
    "distributed.comm.timeouts.tcp": "5 minutes",
    "distributed.deploy.lost-worker-timeout": "10 minutes",
}
"""For processes of this machine, which are slow to start or to answer while it is overloaded.

By default a process that takes more than 15 seconds to come back after its end is given up, and
without another one the run would wait for ever.
"""

Told = Callable[[int, int, Tally], None]
"""Hears how many partitions are done, of how many, and what came of all so far."""


@dataclass(frozen=True)
class Cluster:
    """Where the work is done: at a scheduler's address, else by processes of this machine."""

    address: str = ""
    workers: int = 2

    @contextmanager
    def client(self) -> Iterator[Client]:
        """Yield a connected client; processes started for it end with it."""
        import dask
        from dask.distributed import Client, LocalCluster

        if self.address:
            try:
                client = Client(self.address, timeout=_CONNECT_WITHIN)
            except (OSError, ValueError) as error:
                raise SetupError(
                    f"无法连接 Dask 调度程序：{self.address}",
                    hint="请检查地址（例如 tcp://10.0.0.5:8786）以及调度程序是否启动",
                ) from error
            with client:
                yield client
            return
        with (
            dask.config.set(_PATIENCE),
            LocalCluster(
                n_workers=self.workers,
                threads_per_worker=1,
                host="127.0.0.1",
                dashboard_address=None,
                silence_logs=logging.ERROR,
            ) as cluster,
            Client(cluster) as client,
        ):
            yield client


def run_bulk(
    workspace: Workspace,
    kind: JobKind,
    source: Path,
    out: Path,
    cluster: Cluster,
    told: Told = lambda *_: None,
) -> Tally:
    """Answer every record of a Parquet file or folder; results are files in `out`.

    Partitions whose file is there are not answered again. Raises `InputError` for a source that
    cannot be read or a folder that holds other results, `SetupError` where workers differ.
    """
    frame = _read(source)
    _prepare(workspace, kind)
    basis = basis_of(workspace, kind)
    _claim(out, {"kind": kind.value, "basis": basis, "source": _identity(source)})
    files = [out / f"part-{number:05}.parquet" for number in range(frame.npartitions)]
    left = [number for number, file in enumerate(files) if not file.exists()]
    done = [_tally(file) for number, file in enumerate(files) if number not in set(left)]
    if left:
        with cluster.client() as client:
            from dask import delayed

            parts = frame.to_delayed()
            tasks = [
                delayed(answer_partition)(parts[number], Task(kind, str(files[number]), basis))
                for number in left
            ]
            _gather(client, tasks, done, told)
    for unfinished in out.glob(".part-*"):  # of workers that died
        unfinished.unlink(missing_ok=True)  # one taken for dead may just have ended its own
    return _sum(done)


def _prepare(workspace: Workspace, kind: JobKind) -> None:
    """Prepare what is missing, so that the workers of this machine do not each do so."""
    if kind is JobKind.RECOMMEND:
        workspace.setup()
    else:
        _ = workspace.classifier, workspace.parts.lexical_retriever


def _gather(client: Client, tasks: list[Any], done: list[Tally], told: Told) -> None:
    """Wait for all tasks; what fails for good fails the run, after the rest has been done."""
    from dask.distributed import KilledWorker, as_completed

    total = len(done) + len(tasks)
    lost: BaseException | None = None
    for future in as_completed(client.compute(tasks, retries=_RETRIES)):
        error = future.exception()
        if error is None:
            done.append(future.result())
            told(len(done), total, _sum(done))
        else:
            lost = error
    if isinstance(lost, KilledWorker):
        raise JixiaoError(
            "处理同一分区的进程多次中止，可能是内存不足",
            hint="请减少每台机器的进程数，或把 Parquet 文件的行组写得更小；再次运行会从中断处继续",
            code="worker_died",
        ) from lost
    if lost is not None:
        raise lost


def _read(source: Path) -> Any:
    """Return the frame of a source, partitions not yet read."""
    import dask.dataframe as dd
    from pyarrow.lib import ArrowException

    try:
        frame = dd.read_parquet(
            str(source), dtype_backend="pyarrow", split_row_groups="adaptive", blocksize=_PARTITION
        )
    except (OSError, ArrowException, ValueError) as error:
        raise InputError(
            "无法读取 Parquet 文件或目录", hint="请核对路径和格式", where=Location(str(source))
        ) from error
    if "project_name" not in frame.columns:
        raise InputError(
            "缺少 project_name 一栏",
            hint="每行一份申报表，各栏为接口文档所列字段，indicators 为列表",
            where=Location(str(source)),
        )
    return frame


def _claim(out: Path, plan: dict[str, str]) -> None:
    """Make the folder of results, or make sure that it holds those of the same plan."""
    out.mkdir(parents=True, exist_ok=True)
    path = out / PLAN
    if path.exists():
        if json.loads(path.read_text(encoding="utf-8")) != plan:
            raise InputError(
                "目录中已有其他输入、其他知识库或其他版本的结果",
                hint="请换一个目录，或删去其中的旧结果",
                where=Location(str(out)),
            )
        return
    if any(out.glob("part-*.parquet")):
        raise InputError("目录中已有来历不明的结果", hint="请换一个目录", where=Location(str(out)))
    path.write_text(json.dumps(plan, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _identity(source: Path) -> str:
    """Return what changes when a source does: names, sizes and times of its files."""
    files = sorted(source.rglob("*.parquet")) if source.is_dir() else [source]
    digest = hashlib.sha256()
    for file in files:
        facts = file.stat()
        digest.update(f"{file.name}\0{facts.st_size}\0{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:16]


def _tally(file: Path) -> Tally:
    """Count the results of a partition that was answered earlier."""
    import pyarrow.parquet as pq

    errors = pq.read_table(file, columns=["error"])["error"]
    return Tally(len(errors), len(errors) - errors.null_count)


def _sum(tallies: list[Tally]) -> Tally:
    return Tally(sum(one.records for one in tallies), sum(one.failed for one in tallies))

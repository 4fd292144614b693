"""What a worker process does with one partition."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from api.bulk.frames import records_of, write_results
from api.jobs import answers_of
from api.settings import load_settings
from api.workspace import Workspace
from corpus.errors import SetupError
from corpus.workflow.jobs import JobKind

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Task:
    """One partition to answer."""

    kind: JobKind
    out: str
    """File of the results, on storage that all workers and the caller share."""
    basis: str
    """What the answers must rest on; see `basis_of`."""


@dataclass(frozen=True)
class Tally:
    """What came of a partition."""

    records: int
    failed: int


def basis_of(workspace: Workspace, kind: JobKind) -> str:
    """Return what answers rest on: equal bases give equal answers, whichever machine works."""
    parts = [version("jixiao"), workspace.parts.knowledge.fingerprint]
    if kind is JobKind.RECOMMEND:
        parts.append(workspace.encoder.fingerprint)
    return "|".join(parts)


def answer_partition(frame: pd.DataFrame, task: Task) -> Tally:
    """Answer every record of a partition and write the answers, in order."""
    workspace = _workspace()
    if _own_basis(task.kind) != task.basis:
        raise SetupError(
            "这台机器上的程序版本、知识库或编码器与发起方不同，结果会不一致",
            hint="请在各台机器上安装同一版本，使用同一数据库（JIXIAO_DATABASE_URL）和编码器",
        )
    answer = answers_of(workspace, task.kind)
    failed = write_results(Path(task.out), task.kind, map(answer, records_of(frame)))
    return Tally(len(frame), failed)


@cache
def _workspace() -> Workspace:
    """Return this process's workspace; processes share the cores, so each takes one thread."""
    settings = load_settings()
    one = settings.model_copy(update={"threads": settings.threads or 1})
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    return Workspace(one)


@cache
def _own_basis(kind: JobKind) -> str:
    return basis_of(_workspace(), kind)

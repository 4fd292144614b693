"""Clocks that the benchmarks share: steps of this process and whole child processes."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
JIXIAO = [sys.executable, "-m", "api.cli"]


@dataclass(frozen=True)
class Run:
    """One run of a child process."""

    seconds: float
    processor_seconds: float
    """Less shaken by what else runs on the machine."""
    megabytes: float
    """Peak resident memory."""


def setting() -> str:
    """Return the machine and the versions that a table was measured with."""
    return (
        f"{platform.processor() or platform.machine()}，{os.cpu_count()} 核，"
        f"Python {platform.python_version()}，torch {version('torch')}，"
        f"sentence-transformers {version('sentence-transformers')}，faiss {version('faiss-cpu')}"
    )


def milliseconds(step: Callable[[], object]) -> float:
    """Return how long a step takes."""
    start = time.perf_counter()
    step()
    return (time.perf_counter() - start) * 1000


def median_ms(steps: Sequence[Callable[[], object]]) -> float:
    """Return the median time of several steps."""
    return statistics.median(milliseconds(step) for step in steps)


def run(command: Sequence[str], home: Path) -> Run:
    """Run a command to its end with JIXIAO_HOME set; stop everything if it fails."""
    environment = {**os.environ, "JIXIAO_HOME": str(home), "HF_HUB_OFFLINE": "1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled already
    start = time.perf_counter()
    child = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{' '.join(command[:4])} 以状态 {child.returncode} 结束")
    spent = usage.ru_utime + usage.ru_stime
    return Run(time.perf_counter() - start, spent, usage.ru_maxrss / 1024)


def medians(runs: Sequence[Run]) -> tuple[float, float]:
    """Return the median wall and processor seconds."""
    return (
        statistics.median(run.seconds for run in runs),
        statistics.median(run.processor_seconds for run in runs),
    )

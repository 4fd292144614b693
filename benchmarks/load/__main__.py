"""Requests per second and latency of `jixiao serve`, beside the bare model in the same run.

    python -m benchmarks.load [--workers N] [--database URL] [--redis URL] [--requests 200]
    python -m benchmarks.load --soak 30m [--clients 2]

The service runs in a process of its own with a home prepared from the checkout's var/; the bare
model is called in this process, in turns with the service, on one thread and on two. No project is
asked for twice. Latencies are shaken by whatever else runs on the machine, so processor time per
request, which is much less so, is compared as well. Prints a table and JSON.

`--soak` loads the service steadily instead, with a mixture of everything, and reports how memory,
threads and open files have grown.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from api.settings import Settings
from api.workspace import Workspace
from benchmarks.load import inputs
from benchmarks.load.clients import Measured, ask, begin, read, type_in
from benchmarks.load.floor import bare
from benchmarks.load.soak import soak
from benchmarks.service import Service, prepare_home, set_up
from benchmarks.timing import JIXIAO, setting

CLIENTS = (1, 8, 32)
THREADS = (1, 2)
_READ = 20
"""Submissions that are looked at in turn."""
_KINDS: tuple[tuple[str, str, str, Callable[[], Iterator[Mapping[str, Any]]]], ...] = (
    ("推荐，只有名称", "/recommendations", "recommend", inputs.names),
    ("推荐，完整申报", "/recommendations", "recommend", inputs.declarations),
    ("审核", "/reviews", "review", inputs.declarations),
)
_COLUMNS = ("per_second", "p50_ms", "p95_ms", "p99_ms", "processor_ms", "errors", "cancelled")
_HEADINGS = ("每秒", "p50 ms", "p95 ms", "p99 ms", "处理器 ms", "出错", "取消")


def main() -> int:
    """Measure and print."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="jixiao-load-") as folder:
        home = Path(folder) / "service"
        home.mkdir()
        prepare_home(home)
        url = arguments.database or f"sqlite:///{home / 'jixiao.db'}"
        key, unit = set_up(url)
        environment = {
            "JIXIAO_HOME": str(home),
            "JIXIAO_DATABASE_URL": url,
            "JIXIAO_RATE_LIMIT": "0",
            "JIXIAO_REDIS_URL": arguments.redis,
        }
        command = [*JIXIAO, "serve", "--workers", str(arguments.workers)]
        with (home / "log").open("wb") as log, Service(command, environment, log) as service:
            if arguments.soak:
                report = soak(service, key, unit, arguments.soak, arguments.clients)
            else:
                report = _measure(service, Path(folder) / "bare", arguments, key, unit)
            report["exit_status"] = service.stop()
    report["workers"], report["database"] = arguments.workers, url.split(":")[0]
    print(json.dumps(report, ensure_ascii=False, indent=1))
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--database", default="", help="URL of an empty database")
    parser.add_argument("--redis", default="")
    parser.add_argument("--requests", type=int, default=200, help="per line of the table")
    parser.add_argument("--soak", type=_seconds, default=0.0, help="for example 30m or 90s")
    parser.add_argument("--clients", type=int, default=2, help="of the soak")
    return parser.parse_args()


def _seconds(text: str) -> float:
    factor = {"s": 1, "m": 60, "h": 3600}.get(text[-1:], 0)
    if not factor:
        raise argparse.ArgumentTypeError("30m, 90s or 1h")
    return float(text[:-1]) * factor


def _measure(
    service: Service, home: Path, arguments: argparse.Namespace, key: str, unit: str
) -> dict[str, Any]:
    print(f"环境：{setting()}；开始时负荷 {os.getloadavg()[0]:.1f}")
    at_start = service.usage()
    home.mkdir()
    prepare_home(home)
    workspace = Workspace(Settings(home=home, database_url="", review_config=None))
    workspace.warm_up()
    rows: list[dict[str, Any]] = []
    for title, path, work, make in _KINDS:
        print(f"\n{title:<24}" + "".join(f"{heading:>10}" for heading in _HEADINGS))
        bare(workspace, work, make(), 1, 10)
        ask(service.address, path, make(), 1, 10 * arguments.workers)
        given, asked = make(), make()
        floors: dict[int, Measured] = {}
        for clients, threads in zip(CLIENTS, (*THREADS, 0), strict=True):
            if threads:
                floors[threads] = bare(workspace, work, given, threads, arguments.requests)
                rows.append(_told(title, f"模型，{threads} 线程", floors[threads]))
            found = _spending(service, lambda: ask(
                service.address, path, asked, clients, arguments.requests  # noqa: B023 - at once
            ))  # fmt: skip
            rows.append(_told(title, f"服务，{clients} 个调用方", found))
            rows[-1]["to_floor"] = _ratios(found, floors[min(clients, max(floors))])
    print(f"\n{'边输入边推荐':<24}" + "".join(f"{heading:>10}" for heading in _HEADINGS))
    typed = inputs.names()
    found = _spending(service, lambda: type_in(service.address, typed, arguments.requests // 8))
    rows.append(_told("边输入边推荐", "服务，1 个调用方", found))
    ids = begin(service.address, key, unit, inputs.declarations(), _READ)
    found = _spending(service, lambda: read(service.address, key, ids, arguments.requests))
    rows.append(_told("查看项目", "服务，1 个调用方", found))
    return {
        "setting": setting(),
        "load_average": os.getloadavg(),
        "seconds_to_ready": round(service.seconds_to_ready, 1),
        "memory_at_start": vars(at_start),
        "memory_at_end": vars(service.usage()),
        "rows": rows,
    }


def _spending(service: Service, work: Callable[[], Measured]) -> Measured:
    before = service.usage().processor_seconds
    found = work()
    found.processor_seconds = service.usage().processor_seconds - before
    return found


def _told(title: str, line: str, found: Measured) -> dict[str, Any]:
    row: dict[str, Any] = found.row()
    print(f"{line:<24}" + "".join(f"{row[column]:>10}" for column in _COLUMNS), flush=True)
    return {"what": title, "line": line, **row}


def _ratios(found: Measured, floor: Measured) -> dict[str, float]:
    """Return how the service compares with the bare model: below 1 is slower for the rate."""
    here, there = found.row(), floor.row()
    return {
        name: round(here[name] / there[name], 2)
        for name in ("per_second", "p50_ms", "p95_ms", "processor_ms")
        if there[name]
    }


if __name__ == "__main__":
    sys.exit(main())

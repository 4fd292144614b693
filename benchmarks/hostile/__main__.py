"""Throws hostile files and bodies at the service and counts what should not have happened.

    python -m benchmarks.hostile [--count 2000] [--seed 1]

The application runs in this process with a home of its own; uploaded files are given to the
importers directly as well. Reported are answers with status 5xx, errors that escape, batches that
fail or hang, records that fail inside a batch, requests that by themselves, before their batch is
worked on, take more than `--slow` seconds of processor time, files written outside the home,
temporary files left behind, content in the log, and the resident memory along the way. Exit status
1 if there is anything that must not be.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import psutil
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.logs import start_logging
from api.settings import Settings
from benchmarks.hostile.attack import attacks
from benchmarks.hostile.files import MARK, sound_files
from benchmarks.hostile.target import Target, Watch
from benchmarks.service import prepare_home, set_up


def main() -> int:
    """Attack and report."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--within", type=float, default=7200.0, help="seconds, then report")
    parser.add_argument("--slow", type=float, default=5.0)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="jixiao-hostile-") as folder:
        home = Path(folder) / "home"
        home.mkdir()
        prepare_home(home)
        report = _run(home, arguments)
    print(json.dumps(report, ensure_ascii=False, indent=1))
    return int(not report["sound"])


def _run(home: Path, arguments: argparse.Namespace) -> dict[str, Any]:
    url = f"sqlite:///{home / 'jixiao.db'}"
    key, _ = set_up(url)
    settings = Settings(
        home=home, database_url=url, rate_limit=0, sign_in_limit=0, anonymous=True, job_workers=0
    )
    start_logging("info")
    app = create_app(settings)
    chance = random.Random(arguments.seed)  # noqa: S311 - reproducible, not secret
    sound = sound_files()
    watch = Watch(home)
    with TestClient(app), watch.watching():
        target = Target(app, {"Authorization": f"Bearer {key}"})
        todo = list(attacks(chance, sound, arguments.count))
        chance.shuffle(todo)  # so that a run cut short has seen something of everything
        return _attacked(target, watch, todo, arguments)


def _attacked(
    target: Target, watch: Watch, todo: list[Any], arguments: argparse.Namespace
) -> dict[str, Any]:
    process = psutil.Process()
    statuses: Counter[str] = Counter()
    faults: list[str] = []
    slow: list[tuple[float, float, str]] = []
    memory, took = [], []
    begun = time.monotonic()
    for number, attack in enumerate(todo):
        if number % max(1, len(todo) // 16) == 0:
            print(f"{number}/{len(todo)}", file=sys.stderr, flush=True)
            gc.collect()
            memory.append(round(process.memory_info().rss / 2**20))
        if time.monotonic() - begun > arguments.within:
            break
        outcome = target.suffer(attack)
        name = f"{attack.path}: {attack.what}"
        statuses[f"{attack.path.partition('?')[0]} {outcome.status}"] += 1
        took.append(outcome.seconds)
        faults += [f"{name}: {fault}" for fault in outcome.faults]
        if min(outcome.seconds, outcome.processor_seconds) > arguments.slow:
            slow.append((outcome.processor_seconds, outcome.seconds, name))
        if outcome.seconds > arguments.slow:
            print(f"{number} {name}: {outcome.seconds:.0f} s, of processor "
                  f"{outcome.processor_seconds:.1f} s", file=sys.stderr, flush=True)  # fmt: skip
        for fault in outcome.faults:
            print(f"{number} {name}: {fault}", file=sys.stderr, flush=True)
    gc.collect()
    memory.append(round(process.memory_info().rss / 2**20))
    leaks = MARK in watch.log
    return {
        "attacks": len(took),
        "seconds": round(time.monotonic() - begun),
        "statuses": dict(sorted(statuses.items())),
        "faults": faults,
        "slow": [f"{cpu:.1f} s of processor, {wall:.1f} s: {name}"
                 for cpu, wall, name in sorted(slow, reverse=True)],
        "slowest_seconds": round(max(took), 1),
        "rss_mb": memory,
        "written_outside": sorted(watch.written),
        "left_behind": watch.left,
        "content_logged": leaks,
        "sound": not (faults or slow or watch.written or leaks),
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())

"""Kills the service at random under write load and counts what was lost.

    python -m benchmarks.kills [--times 50] [--database URL]

Each round starts `jixiao serve` in a process of its own, lets several clients create, save and
submit declarations and queue batches, and kills it with SIGKILL after a random number of them. At
the end, after one more start: every acknowledged write must be there, every acknowledged job must
have ended once with every record answered once, and the audit log must fit. Exit status 1 if
anything is missing. A database other than SQLite is given by URL and must be empty.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.service import Service, prepare_home, set_up
from benchmarks.timing import JIXIAO
from benchmarks.writing import Acknowledged, check, writing


def main() -> int:
    """Run all rounds and check."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="jixiao-kills-") as folder:
        home = Path(folder)
        prepare_home(home)
        url = arguments.database or f"sqlite:///{home / 'jixiao.db'}"
        key, unit = set_up(url)
        environment = {
            "JIXIAO_HOME": str(home),
            "JIXIAO_DATABASE_URL": url,
            "JIXIAO_RATE_LIMIT": "0",
            "JIXIAO_LOG_LEVEL": "error",
        }
        said = Acknowledged()
        begun = time.monotonic()
        with (home / "log").open("wb") as log:
            for number in range(arguments.times):
                with Service([*JIXIAO, "serve"], environment, log) as service:
                    _round(service, key, unit, said, number)
                if sys.stderr.isatty():
                    print(f"\r{number + 1}/{arguments.times}", end="", file=sys.stderr)
            with Service([*JIXIAO, "serve"], environment, log) as service:
                report = check(service.address, key, url, said)
        report["seconds"] = round(time.monotonic() - begun)
        print(json.dumps(report, ensure_ascii=False, indent=1))
        return int(not report["sound"])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--database", default="")
    return parser.parse_args()


def _round(service: Service, key: str, unit: str, said: Acknowledged, number: int) -> None:
    """Load and kill."""
    chance = random.Random(number)  # noqa: S311 - not a secret
    with writing(service.address, key, unit, said, str(number)):
        _wait_for(said, len(said.submissions) + chance.randint(1, 12))
        time.sleep(chance.uniform(0.0, 0.3))
        service.kill()


def _wait_for(said: Acknowledged, number: int) -> None:
    """Wait until so many submissions are acknowledged, so that there is something to lose."""
    deadline = time.monotonic() + 60
    while len(said.submissions) < number and time.monotonic() < deadline:
        time.sleep(0.01)


if __name__ == "__main__":
    sys.exit(main())

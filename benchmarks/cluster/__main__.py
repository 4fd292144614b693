"""Three stateless instances behind HAProxy, one killed under load and started again.

    python -m benchmarks.cluster [--instances 3] [--seconds 40] [--clients 8]
                                 [--database URL] [--redis URL] [--vectors URL]

The instances share PostgreSQL and Redis and, with --vectors, the vectors of the cases in
PostgreSQL; each has a home of its own. Clients write through the one address of the balancer.
After a third of the time one instance is killed with SIGKILL, after two thirds it is started
again. At the end: no acknowledged write may be missing, no job may be done twice or not at all, the
audit log must fit, and no more requests may have failed than were under way at the kill, one a
client at most. Exit status 1 otherwise. Needs the command haproxy. The database named by URL is not
touched: one beside it is made and dropped. The Redis database must be empty and is emptied.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import redis
from sqlalchemy import create_engine, make_url, text

from benchmarks.cluster.balancer import Balancer
from benchmarks.service import Service, prepare_home, set_up
from benchmarks.timing import JIXIAO
from benchmarks.writing import Acknowledged, check, writing

SETTLED_WITHIN = 5.0
"""Seconds after the kill in which a request that was under way may still be answered by an error:
connections, two failed checks."""


def main() -> int:
    """Run and check."""
    arguments = _arguments()
    with (
        tempfile.TemporaryDirectory(prefix="jixiao-cluster-") as folder,
        _database(arguments.database) as url,
        _queue(arguments.redis) as queue,
        ExitStack() as stack,
    ):
        key, unit = set_up(url)
        shared = {
            "JIXIAO_DATABASE_URL": url,
            "JIXIAO_REDIS_URL": queue,
            "JIXIAO_VECTOR_URL": arguments.vectors,
            "JIXIAO_RATE_LIMIT": "0",
            "JIXIAO_LOG_LEVEL": "error",
        }
        cluster = Instances(Path(folder), shared, stack)
        for number in range(arguments.instances):
            cluster.start(number)
        balancer = stack.enter_context(Balancer(Path(folder), cluster.ports))
        report = _load(cluster, balancer, key, unit, arguments)
        said = report.pop("said")
        report |= check(balancer.address, key, url, said)
        report["instances"] = arguments.instances
        report["memory_mb"] = [round(one.usage().pss_mb) for one in cluster.running.values()]
    report["sound"] = report["sound"] and report["errors_late"] == 0
    report["sound"] = report["sound"] and report["errors_at_kill"] <= arguments.clients
    print(json.dumps(report, ensure_ascii=False, indent=1))
    return int(not report["sound"])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--instances", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=40.0)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--database", default="postgresql+psycopg://postgres@127.0.0.1/postgres")
    parser.add_argument("--redis", default="redis://127.0.0.1:6379/9")
    parser.add_argument("--vectors", default="")
    return parser.parse_args()


class Instances:
    """The instances of the service, each with a home and a port of its own."""

    def __init__(self, folder: Path, shared: dict[str, str], stack: ExitStack) -> None:
        self._folder = folder
        self._shared = shared
        self._stack = stack
        self.running: dict[int, Service] = {}

    @property
    def ports(self) -> list[int]:
        """The ports that the instances listen on."""
        return [service.port for service in self.running.values()]

    def start(self, number: int, port: int | None = None) -> None:
        """Start an instance and wait until it is ready."""
        home = self._folder / str(number)
        if not home.exists():
            home.mkdir()
            # What the first one brought up to date, the others need not.
            prepare_home(home, self._folder / "0" if number else None)
        environment = {**self._shared, "JIXIAO_HOME": str(home)}
        log = self._stack.enter_context((home / "log").open("ab"))
        service = Service([*JIXIAO, "serve"], environment, log, port=port)
        self.running[number] = self._stack.enter_context(service)


def _load(
    cluster: Instances, balancer: Balancer, key: str, unit: str, arguments: argparse.Namespace
) -> dict[str, Any]:
    """Write, kill one instance, start it again, and count what failed when."""
    said = Acknowledged()
    third = arguments.seconds / 3
    load_before = os.getloadavg()[0]
    with writing(balancer.address, key, unit, said, uuid.uuid4().hex[:6], arguments.clients):
        begun = time.monotonic()
        time.sleep(third)
        victim = cluster.running[0]
        killed = time.monotonic()
        victim.kill()
        time.sleep(third)
        cluster.start(0, victim.port)
        again = time.monotonic()
        time.sleep(third)
    at_kill = [at for at, _ in said.refused if killed <= at <= killed + SETTLED_WITHIN]
    return {
        "said": said,
        "clients": arguments.clients,
        "load_average_before": round(load_before, 1),
        "answered_per_second": {
            "before": _rate(said, begun, killed),
            "one_missing": _rate(said, killed, killed + third),
            "after": _rate(said, again, again + third),
        },
        "longest_silence_after_kill": _silence(said, killed),
        "errors_at_kill": len(at_kill),
        "errors_late": len(said.refused) - len(at_kill),
    }


def _rate(said: Acknowledged, start: float, end: float) -> float:
    answered = sum(start <= moment < end for moment in said.answered)
    return round(answered / (end - start), 1)


def _silence(said: Acknowledged, killed: float) -> float:
    """Return the longest time without any answer in the ten seconds after the kill."""
    moments = [killed, *(moment for moment in said.answered if killed < moment < killed + 10)]
    return round(max((b - a for a, b in itertools.pairwise(moments)), default=10.0), 2)


@contextmanager
def _database(server: str) -> Iterator[str]:
    """Make an empty database on a server, and drop it afterwards."""
    name = f"jixiao_cluster_{uuid.uuid4().hex[:8]}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        engine.dispose()


@contextmanager
def _queue(url: str) -> Iterator[str]:
    """Yield the URL of an empty Redis database, and empty it afterwards."""
    with redis.Redis.from_url(url) as client:
        if client.dbsize():
            raise SystemExit(f"the Redis database {url} is not empty")
        try:
            yield url
        finally:
            client.flushdb()


if __name__ == "__main__":
    sys.exit(main())

"""The service in a process of its own, as the benchmarks start and watch it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import IO, Self

import psutil

from api.client import Client
from api.settings import default_home
from corpus.store import Store
from corpus.workflow import accounts, organisations, sign_in
from corpus.workflow.actors import SYSTEM, Action
from corpus.workflow.audit import Scribe
from corpus.workflow.organisations import Kind

ROOT = Path(__file__).resolve().parents[1]
_MIB = 1024 * 1024
START_WITHIN = 600.0
"""Seconds; a few are enough on a machine that does nothing else."""


@dataclass(frozen=True)
class Usage:
    """What all processes of the service hold at one moment."""

    processes: int
    rss_mb: float
    pss_mb: float
    """Pages that several processes share are counted once in all."""
    threads: int
    files: int
    """Open files and connections."""
    processor_seconds: float
    """Used since the start."""


class Service:
    """A started service; ready when the block is entered, gone when it is left."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str] | None = None,
        log: IO[bytes] | None = None,
        port: int | None = None,
    ) -> None:
        self.port = port or free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        inherited = {name: v for name, v in os.environ.items() if not name.startswith("JIXIAO_")}
        self._started = time.perf_counter()
        self.process = subprocess.Popen(
            [*command, "--port", str(self.port)],
            cwd=ROOT,
            env={**inherited, **(environment or {})},
            stdout=log,
            stderr=log,
        )
        self.seconds_to_ready = 0.0

    def __enter__(self) -> Self:
        with Client(self.address, timeout=5.0) as client:
            while time.perf_counter() - self._started < START_WITHIN:
                if self.process.poll() is not None:
                    break
                try:
                    client.call("GET", "/ready")
                except Exception:  # noqa: BLE001 - it is still starting
                    time.sleep(0.05)
                else:
                    self.seconds_to_ready = time.perf_counter() - self._started
                    return self
        self.kill()
        raise RuntimeError("the service did not start")

    def __exit__(self, *_: object) -> None:
        self.kill()

    def kill(self) -> None:
        """Kill it as a power cut would."""
        for process in self.processes():
            process.kill()
        self.process.wait()

    def stop(self, within: float = 40.0) -> int:
        """Stop it as an administrator would; returns its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(within)

    def processes(self) -> list[psutil.Process]:
        """Return the process and those that it started."""
        try:
            first = psutil.Process(self.process.pid)
            return [first, *first.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    def usage(self) -> Usage:
        """Add up what its processes hold."""
        found = []
        for process in self.processes():
            try:
                memory, times = process.memory_full_info(), process.cpu_times()
                files = process.num_fds()
                spent = times.user + times.system
                found.append((memory.rss, memory.pss, process.num_threads(), files, spent))
            except psutil.NoSuchProcess:  # a reader of PDF files that has just ended
                continue
        rss, pss, threads, files, spent = (sum(column) for column in zip(*found, strict=True))
        return Usage(len(found), rss / _MIB, pss / _MIB, threads, files, spent)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def prepare_home(home: Path, prepared: Path | None = None) -> None:
    """Fill a new home from the checkout's; the encoder, which nothing writes to, is shared."""
    prepared = prepared or default_home()
    for name in ("index", "words", "targets"):
        shutil.copytree(prepared / name, home / name)
    (home / "encoder").symlink_to((prepared / "encoder").resolve())


def set_up(url: str) -> tuple[str, str]:
    """Make a bureau, a unit and a key in a new database; returns the key and the unit's id."""
    with Store(url) as store:
        store.migrate()
        store.seed_bundled()
        with store.writing() as connection:
            scribe = Scribe(connection, SYSTEM)
            bureau = organisations.add_organisation(scribe, "某县财政局", Kind.BUREAU)
            unit = organisations.add_organisation(scribe, "某单位", Kind.UNIT, bureau.id)
            accounts.add_account(scribe, unit.id, "author", "填报岗", accounts.Role.AUTHOR)
            scopes = [Action.READ, Action.WRITE, Action.BATCH, Action.ADVISE]
            _, key = sign_in.add_key(scribe, bureau.id, "申报系统", scopes, timedelta(days=1))
    return key, unit.id

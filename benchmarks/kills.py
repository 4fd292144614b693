"""Kills the service at random under write load and counts what was lost.

    python -m benchmarks.kills [--times 50] [--database URL]

Each round starts the service in a process of its own, lets several clients create, save and submit
declarations and queue batches, and kills it with SIGKILL after a random number of them. At the
end, after one more start: every acknowledged write must be there, every acknowledged job must have
ended once with every record answered once, and the audit log must fit. Exit status 1 if anything is
missing.

The service runs as it does in production, except that it does not load the encoder, which writing
never uses. A database other than SQLite is given by URL and must be empty.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Self

from api.client import ApiError, Client
from api.settings import Settings, default_home
from api.workspace import Workspace
from corpus.store import Store
from corpus.workflow import accounts, audit, organisations, sign_in
from corpus.workflow.actors import SYSTEM, Action
from corpus.workflow.audit import Scribe
from corpus.workflow.jobs import JobStatus
from corpus.workflow.organisations import Kind

CLIENTS = 4
BATCH = 30
"""Records of a batch; more than a worker keeps at once, so that kills hit it half-way."""


class _LightWorkspace(Workspace):
    """Everything but what recommending needs."""

    def warm_up(self) -> None:
        """Load what a review needs."""
        _ = self.classifier, self.parts.reviewer


@dataclass
class Acknowledged:
    """What the service said it had done."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    submissions: dict[str, int] = field(default_factory=dict)
    """Newest acknowledged version of each submission."""
    submitted: set[str] = field(default_factory=set)
    jobs: set[str] = field(default_factory=set)
    refused: Counter[str] = field(default_factory=Counter)


def main() -> int:
    """Run all rounds and check."""
    arguments = _arguments()
    if arguments.serve:
        return _serve(arguments)
    with tempfile.TemporaryDirectory(prefix="jixiao-kills-") as folder:
        home = Path(folder)
        (home / "targets").symlink_to(default_home() / "targets")
        url = arguments.database or f"sqlite:///{home / 'jixiao.db'}"
        key, unit = _set_up(url)
        said = Acknowledged()
        begun = time.monotonic()
        for number in range(arguments.times):
            _round(home, url, key, unit, said, random.Random(number))  # noqa: S311 - not a secret
            if sys.stderr.isatty():
                print(f"\r{number + 1}/{arguments.times}", end="", file=sys.stderr)
        report = _check(home, url, key, said)
        report["seconds"] = round(time.monotonic() - begun)
        print(json.dumps(report, ensure_ascii=False, indent=1))
        return int(not report["sound"])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--database", default="")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--home", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, help=argparse.SUPPRESS)
    return parser.parse_args()


def _settings(home: Path, url: str) -> Settings:
    return Settings(home=home, database_url=url, rate_limit=0, sign_in_limit=0, anonymous=False)


def _serve(arguments: argparse.Namespace) -> int:
    """Be the service that is killed."""
    import uvicorn

    from api.http.app import create_app
    from api.logs import start_logging

    start_logging("error")
    settings = _settings(arguments.home, arguments.database)
    app = create_app(settings, _LightWorkspace(settings))
    uvicorn.run(app, port=arguments.port, log_level="error", access_log=False)
    return 0


def _set_up(url: str) -> tuple[str, str]:
    """Make a bureau, a unit and a key; returns the key and the unit's id."""
    with Store(url) as store:
        store.migrate()
        store.seed_bundled()
        with store.writing() as connection:
            scribe = Scribe(connection, SYSTEM)
            bureau = organisations.add_organisation(scribe, "某县财政局", Kind.BUREAU)
            unit = organisations.add_organisation(scribe, "某单位", Kind.UNIT, bureau.id)
            accounts.add_account(scribe, unit.id, "author", "填报岗", accounts.Role.AUTHOR)
            scopes = [Action.READ, Action.WRITE, Action.BATCH]
            _, key = sign_in.add_key(scribe, bureau.id, "申报系统", scopes, timedelta(days=1))
    return key, unit.id


def _round(
    home: Path, url: str, key: str, unit: str, said: Acknowledged, chance: random.Random
) -> None:
    """Start, load, kill."""
    with _Service(home, url) as service:
        stop = threading.Event()
        writers = [
            threading.Thread(target=_write, args=(service.address, key, unit, said, stop, seed))
            for seed in (chance.random() for _ in range(CLIENTS))
        ]
        for writer in writers:
            writer.start()
        _wait_for(said, len(said.submissions) + chance.randint(1, 12))
        time.sleep(chance.uniform(0.0, 0.3))
        service.kill()
        stop.set()
        for writer in writers:
            writer.join()


def _wait_for(said: Acknowledged, number: int) -> None:
    """Wait until so many submissions are acknowledged, so that there is something to lose."""
    deadline = time.monotonic() + 60
    while len(said.submissions) < number and time.monotonic() < deadline:
        time.sleep(0.01)


def _write(
    address: str, key: str, unit: str, said: Acknowledged, stop: threading.Event, seed: float
) -> None:
    """Write until told to stop; note what was acknowledged."""
    with Client(address, key=key, timeout=20.0) as client:
        for number in itertools.count():
            if stop.is_set():
                return
            try:
                _one_project(client, unit, said, f"项目{seed:.12f}-{number}")
            except ApiError as error:
                said.refused[error.code] += 1
            except Exception as error:  # noqa: BLE001 - the service has just been killed
                if not stop.wait(0.05):
                    said.refused[type(error).__name__] += 1


def _one_project(client: Client, unit: str, said: Acknowledged, name: str) -> None:
    row = {"level1": "产出指标", "level2": "数量指标", "name": "养护里程", "target": "≥100公里"}
    record: dict[str, Any] = {"project_name": name, "indicators": [row]}
    made = client.create(record, organisation_id=unit)
    with said.lock:
        said.submissions[made.id] = made.version
    saved = client.save(made, {**record, "goal": "养护农村公路"})
    with said.lock:
        said.submissions[made.id] = saved.version
    client.submit(saved)
    with said.lock:
        said.submitted.add(made.id)
    job = client.queue([record] * BATCH)
    with said.lock:
        said.jobs.add(job.id)


class _Service:
    """The service in a process of its own."""

    def __init__(self, home: Path, url: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        command = [sys.executable, "-m", "benchmarks.kills", "--serve", "--home", str(home)]
        self._process = subprocess.Popen([*command, "--database", url, "--port", str(port)])

    def __enter__(self) -> Self:
        with Client(self.address, timeout=5.0) as client:
            for _ in range(600):
                try:
                    client.call("GET", "/ready")
                except Exception:  # noqa: BLE001 - it is still starting
                    time.sleep(0.1)
                else:
                    return self
        raise RuntimeError("the service did not start")

    def __exit__(self, *_: object) -> None:
        self.kill()

    def kill(self) -> None:
        """Kill it as a power cut would."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGKILL)
        self._process.wait()


def _check(home: Path, url: str, key: str, said: Acknowledged) -> dict[str, Any]:
    """Start once more, let what was left lying end, and look for what was acknowledged."""
    with _Service(home, url) as service, Client(service.address, key=key) as client:
        statuses = Counter(client.wait(job, within=900).status for job in said.jobs)
        answers = {job: list(client.results(job)) for job in said.jobs}
        found = {item.id: item for item in client.submissions(limit=200)}
    lost = [
        id_
        for id_, version in said.submissions.items()
        if id_ not in found or found[id_].version < version
    ]
    unsubmitted = [id_ for id_ in said.submitted if found[id_].submitted_version is None]
    incomplete = [job for job, lines in answers.items() if len(lines) != BATCH]
    with Store(url) as store, store.reading() as connection:
        log = audit.verify(connection)
    sound = not (lost or unsubmitted or incomplete) and log.intact
    return {
        "database": "sqlite" if url.startswith("sqlite") else "postgresql",
        "acknowledged": {
            "submissions": len(said.submissions),
            "submitted": len(said.submitted),
            "jobs": len(said.jobs),
        },
        "lost": len(lost),
        "unsubmitted": len(unsubmitted),
        "jobs": {str(status): number for status, number in statuses.items()},
        "jobs_incomplete": len(incomplete),
        "audit_entries": log.entries,
        "audit_intact": log.intact,
        "refused": dict(said.refused),
        "sound": sound and set(statuses) <= {JobStatus.DONE},
    }


if __name__ == "__main__":
    sys.exit(main())

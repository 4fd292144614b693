"""Measures the bureau's pages on the demonstration and on many times as many declarations.

    python -m benchmarks.overview [SUBMISSIONS] [FOLDER]

Makes the demonstration in a folder of its own and copies its submissions inside the database, with
all versions, reviews and verdicts, until there are as many as asked for (10,000 by default). Each
page is asked for in a running application, without a network; wall time depends on what else the
machine does, processor time much less.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from fastapi.testclient import TestClient
from sqlalchemy import Connection, func, select, text

from api.cli.progress import TerminalProgress
from api.demo import open_demonstration
from api.http.app import create_app
from api.settings import load_settings
from api.workspace import Workspace
from corpus.workflow.tables import SubmissionRow

_PAGES = (
    "/overview",
    "/overview?year=2027&kind=declaration",
    "/overview/projects",
    "/overview/projects?lacking=true",
    "/overview/projects?month=2026-10&label=vague",
    "/overview/projects?page=100",
    "/rules",
    "/rules/EZ01",
    "/rules/settings",
)
_REPEATS = 7
_OWNERS = {
    "submissions": ("id",),
    "versions": ("submission_id",),
    "reviews": ("id", "submission_id"),
    "submission_findings": ("submission_id",),
    "verdicts": ("id", "submission_id"),
    "finding_verdicts": ("id", "submission_id"),
}
"""Tables that are copied, and their columns that get a number of their own in each copy."""


def main(wanted: int, folder: Path) -> None:
    """Print the times on the demonstration, then on the copies."""
    settings = load_settings()
    own = settings.model_copy(
        update={"home": folder, "database_url": "", "encoder": str(settings.home / "encoder")}
    )
    shown = open_demonstration(Workspace(own, TerminalProgress()))
    shown.settings.__dict__["rate_limit"] = 0
    app = create_app(shown.settings, shown, demo=True)
    browser = TestClient(app)
    entered = browser.post("/sign-in/demo", data={"login": "lead"}, headers={"HX-Request": "true"})
    entered.raise_for_status()
    with shown.store.reading() as connection:
        number = connection.execute(select(func.count(SubmissionRow.id))).scalar_one()
    _measure(browser, number)
    with shown.store.writing() as connection:
        _multiply(connection, -(-wanted // number))
        connection.execute(text("ANALYZE"))
        number = connection.execute(select(func.count(SubmissionRow.id))).scalar_one()
    _measure(browser, number)
    shown.close()


def _multiply(connection: Connection, copies: int) -> None:
    """Copy every submission with what belongs to it, again and again."""
    for table, numbered in _OWNERS.items():
        columns = [row[1] for row in connection.execute(text(f"PRAGMA table_info({table})"))]
        new = [
            f"substr({name}, 1, 21) || printf('%05d', :copy)" if name in numbered else name
            for name in columns
        ]
        statement = text(
            f"INSERT INTO {table} ({', '.join(columns)}) "  # noqa: S608 - names of our tables
            f"SELECT {', '.join(new)} FROM {table} WHERE rowid <= :last"
        )
        last = connection.execute(text(f"SELECT max(rowid) FROM {table}")).scalar_one()  # noqa: S608
        for copy in range(1, copies):
            connection.execute(statement, {"copy": copy, "last": last})


def _measure(browser: TestClient, number: int) -> None:
    print(f"\n{number} submissions: median of {_REPEATS}, wall and processor time in ms")
    for page in _PAGES:
        walls, cores = [], []
        for _ in range(_REPEATS):
            wall, core = time.perf_counter(), time.process_time()
            answer = browser.get(page)
            walls.append(1000 * (time.perf_counter() - wall))
            cores.append(1000 * (time.process_time() - core))
            answer.raise_for_status()
        print(f"  {statistics.median(walls):7.0f} {statistics.median(cores):7.0f}  {page}")


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    if len(sys.argv) > 2:
        main(count, Path(sys.argv[2]))
    else:
        with tempfile.TemporaryDirectory() as made:
            main(count, Path(made))

"""Measures every page on the demonstration and on many times as many declarations.

    python -m benchmarks.pages [SUBMISSIONS] [FOLDER]

Makes the demonstration in a folder of its own and copies its submissions inside the database, with
all versions, reviews and verdicts, until there are as many as asked for (10,000 by default). Each
page is asked for in a running application, without a network; wall time depends on what else the
machine does, processor time much less.
"""

from __future__ import annotations

import re
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

_PAGES: dict[str, tuple[str, ...]] = {
    "unit24": ("/projects", "{/projects/}", "/fill"),
    "lead": (
        "/desk",
        "/desk?state=all",
        "{/desk/}",
        "/recheck",
        "{/recheck/}",
        "/overview",
        "/overview?year=2027&kind=declaration",
        "/overview/projects",
        "/overview/projects?lacking=true",
        "/overview/projects?month=2026-10&label=vague",
        "/overview/projects?page=100",
        "/library",
        "/library?text=满意度",
        "{/library/lib-}",
        "/library/doubles",
        "/rules",
        "/rules/EZ01",
        "/rules/settings",
    ),
    "admin": ("/people", "/people/keys", "/audit", "/system"),
}
"""Pages by the post that looks; in braces the first link of a list that begins so."""
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
    browsers = {login: _entered(TestClient(app), login) for login in _PAGES}
    with shown.store.reading() as connection:
        number = connection.execute(select(func.count(SubmissionRow.id))).scalar_one()
    _measure(browsers, number)
    with shown.store.writing() as connection:
        _multiply(connection, -(-wanted // number))
        connection.execute(text("ANALYZE"))
        number = connection.execute(select(func.count(SubmissionRow.id))).scalar_one()
    _measure(browsers, number)
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


def _entered(browser: TestClient, login: str) -> TestClient:
    answer = browser.post("/sign-in/demo", data={"login": login}, headers={"HX-Request": "true"})
    answer.raise_for_status()
    return browser


def _measure(browsers: dict[str, TestClient], number: int) -> None:
    print(f"\n{number} submissions: median of {_REPEATS}, wall and processor time in ms")
    for login, pages in _PAGES.items():
        for page in pages:
            path = _linked(browsers[login], page)
            walls, cores = [], []
            for _ in range(_REPEATS):
                wall, core = time.perf_counter(), time.process_time()
                answer = browsers[login].get(path)
                walls.append(1000 * (time.perf_counter() - wall))
                cores.append(1000 * (time.process_time() - core))
                answer.raise_for_status()
            print(f"  {statistics.median(walls):7.0f} {statistics.median(cores):7.0f}  {page}")


def _linked(browser: TestClient, page: str) -> str:
    """Return the address of a page, looked up on its list where it is given by its beginning."""
    if not page.startswith("{"):
        return page
    start = page[1:-1]
    found = re.search(rf'href="({start}\w{{8,}})', browser.get("/" + start.split("/")[1]).text)
    if found is None:
        raise SystemExit(f"no link {start} on its list")
    return found[1]


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    if len(sys.argv) > 2:
        main(count, Path(sys.argv[2]))
    else:
        with tempfile.TemporaryDirectory() as made:
            main(count, Path(made))

"""The application under attack, in this process, with everything watched that it might do."""

from __future__ import annotations

import io
import json
import logging
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any

import anyio
from anyio.from_thread import start_blocking_portal
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.http.app import PREFIX
from benchmarks.hostile.attack import Attack
from corpus.errors import JixiaoError
from corpus.importers import read_declarations, read_library

HANG = 60.0
"""Seconds after which a request or a batch counts as hanging."""


@dataclass
class Outcome:
    """What an attack came to."""

    status: int
    """Of the answer; 0 where the caller hung up and nothing had to be answered."""
    seconds: float
    """Until the answer was there."""
    processor_seconds: float
    """What this process worked in that time."""
    faults: list[str] = field(default_factory=list)
    """What must not happen."""


class Target:
    """Takes attacks one after the other; works on their batches itself, in between.

    So whatever is timed is a request's own: nothing is under way behind it.
    """

    def __init__(self, app: FastAPI, headers: dict[str, str]) -> None:
        """Take an application whose lifespan is running, and what gives requests access.

        The application must be one that works on no jobs of its own accord.
        """
        self._app = app
        self._client = TestClient(app, raise_server_exceptions=False)
        self._headers = headers

    def suffer(self, attack: Attack) -> Outcome:
        """Send an attack, which is timed; then work on a batch, and look at its answers."""
        started, spent = time.monotonic(), time.process_time()
        status, answer = self._send(attack)
        seconds, processor_seconds = time.monotonic() - started, time.process_time() - spent
        faults = [f"answered {status}"] if status >= 500 else []
        if status not in (0, 202, 304) and status >= 400 and not answer.startswith(b'{"type"'):
            faults.append(f"{status} without a problem document")
        if attack.path.startswith("/batches") and status == 202:
            faults += self._batch(answer)
        if attack.file is not None:
            faults += importer_faults(*attack.file)
        if seconds > HANG:
            faults.append(f"took {seconds:.0f} s")
        return Outcome(status, seconds, processor_seconds, faults)

    def _send(self, attack: Attack) -> tuple[int, bytes]:
        """Call the application as a server would; headers go out as they are, lies too."""
        sent = [(name.lower().encode(), value.encode("latin-1", "replace"))
                for name, value in {**self._headers, **attack.headers}.items()]  # fmt: skip
        path, _, query = f"{PREFIX}{attack.path}".partition("?")
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST",
            "scheme": "http", "path": path, "raw_path": path.encode(), "root_path": "",
            "query_string": query.encode(), "headers": sent, "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80), "state": {},
        }  # fmt: skip
        messages = _messages(attack)
        found: dict[str, Any] = {"status": 0, "body": b""}

        async def receive() -> dict[str, Any]:
            message = next(messages, None)
            if message is None and attack.pieces:  # the caller waits for the answer
                await anyio.sleep_forever()
            return message or {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            found["status"] = message.get("status", found["status"])
            found["body"] += message.get("body", b"")

        async def call() -> None:
            await self._app(scope, receive, send)

        try:
            # in a thread of its own, for the caller's may already have a loop running
            with start_blocking_portal() as portal:
                portal.call(call)
        except Exception as error:  # noqa: BLE001 - the outermost layer lets errors through
            return 500, repr(error).encode()
        return found["status"], found["body"]

    def _batch(self, answer: bytes) -> list[str]:
        job = json.loads(answer)
        address = f"{PREFIX}/batches/{job['id']}"
        if job["total"] > 200:  # plain numbers, which other benchmarks have
            self._client.post(f"{address}/cancel", headers=self._headers)
            return []
        work = Thread(target=self._app.state.jobs.run, args=(job["id"],), daemon=True)
        work.start()
        work.join(HANG)
        if work.is_alive():
            self._client.post(f"{address}/cancel", headers=self._headers)
            return ["the batch hangs"]
        job = self._client.get(address, headers=self._headers).json()
        lines = self._client.get(f"{address}/results", headers=self._headers).text.splitlines()
        inner = [line for line in lines if '"code": "internal"' in line]
        faults = [f"record failed: {line[:200]}" for line in inner[:1]]
        return faults if job["status"] == "done" else [*faults, f"batch {job['status']}"]


def _messages(attack: Attack) -> Iterator[dict[str, Any]]:
    size = -(-len(attack.content) // max(1, attack.pieces)) or 1
    starts = range(0, max(1, len(attack.content)), size)
    for start in starts:
        more = attack.pieces == 0 or start + size < len(attack.content)
        body = attack.content[start : start + size]
        yield {"type": "http.request", "body": body, "more_body": more}


def importer_faults(name: str, data: bytes) -> list[str]:
    """Give a file to the importers directly; returns what they should not have raised."""
    faults = []
    readers: list[Callable[[Any], object]] = [read_declarations]
    if not data.startswith((b"%PDF", b"\xd0\xcf")):  # the same child would only start once more
        readers.append(read_library)
    for read in readers:
        try:
            read((name, data))
        except JixiaoError:
            continue
        except Exception as error:  # noqa: BLE001 - this is what is looked for
            faults.append(f"{read.__name__} raised {error!r:.200}")
    return faults


class Watch:
    """Notes files that this process opens for writing outside a folder, and what is logged."""

    def __init__(self, inside: Path) -> None:
        self._inside = str(inside.resolve())
        self._log = io.StringIO()
        self._watching = False
        self.written: set[str] = set()
        self.left: list[str] = []
        """Temporary files that nobody removed."""

    @property
    def log(self) -> str:
        """All that was logged."""
        return self._log.getvalue()

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Watch while the block runs; temporary files and the user's home go to the folder."""
        temporary, home = Path(self._inside) / "tmp", Path(self._inside) / "user"
        for folder in (temporary, home):
            folder.mkdir()
        before = tempfile.tempdir, os.environ.get("HOME")
        tempfile.tempdir, os.environ["HOME"] = str(temporary), str(home)
        root = logging.getLogger()
        handlers = [
            handler for handler in root.handlers if isinstance(handler, logging.StreamHandler)
        ]
        streams = [(handler, handler.setStream(self._log)) for handler in handlers]
        sys.addaudithook(self._hear)
        self._watching = True
        try:
            yield
        finally:
            self._watching = False
            tempfile.tempdir = before[0]
            os.environ["HOME"] = before[1] or ""
            for handler, stream in streams:
                handler.setStream(stream)
        self.left = [str(path) for folder in (temporary, home) for path in folder.rglob("*")]

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self._watching or event not in _WRITES:
            return
        path = arguments[0]
        if event in ("os.remove", "os.mkdir") and arguments[-1] != -1:
            return  # within a folder that is open already, as when a tree is removed
        if event == "open" and (isinstance(path, int) or not _to_write(*arguments[1:3])):
            return
        shown = os.path.realpath(os.fsdecode(path)) if isinstance(path, str | bytes) else str(path)
        if not shown.startswith((self._inside, "/dev/null")):
            self.written.add(f"{event} {shown}")


_WRITES = frozenset({"open", "os.mkdir", "os.rename", "os.remove", "os.symlink", "os.chmod"})


def _to_write(mode: Any, flags: Any) -> bool:
    if isinstance(mode, str):
        return any(letter in mode for letter in "wax+")
    return bool((flags or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))

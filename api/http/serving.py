"""Starting the service: addresses, processes, the first set-up."""

from __future__ import annotations

import ipaddress
import os
import tempfile
from contextlib import suppress
from threading import RLock

import uvicorn
from fastapi import FastAPI

from api.http.app import create_app
from api.logs import start_logging
from api.settings import Settings, environment_of, load_settings
from api.workspace import Workspace
from corpus.workflow.accounts import setup_token
from corpus.workflow.demonstration import is_demonstration

STOP_WITHIN = 30
"""Seconds that requests under way are given when the service is told to stop."""
SILENT_FOR = 120
"""Seconds without a sign of life after which a worker process is replaced.

Loading the model on a busy machine keeps a worker silent for longer than uvicorn's 5 seconds, and
one that is replaced while it loads never gets to serve.
"""


def serve(workspace: Workspace, host: str, port: int, workers: int) -> None:
    """Serve until told to stop."""
    settings = with_access(workspace.settings, host)
    start_logging(settings.log_level)
    options = {
        "host": host,
        "port": port,
        "log_config": None,
        "access_log": False,
        "server_header": False,
        "timeout_graceful_shutdown": STOP_WITHIN,
        "timeout_worker_healthcheck": SILENT_FOR,
    }
    if workers == 1:
        app = create_app(settings, workspace, demo=_is_demonstration(workspace))
        uvicorn.run(app, **options)  # type: ignore[arg-type]
        return
    workspace.close()
    with tempfile.TemporaryDirectory(prefix="jixiao-metrics-") as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        os.environ |= environment_of(settings)
        uvicorn.run("api.http.serving:app_of_environment", factory=True, workers=workers, **options)  # type: ignore[arg-type]


def app_of_environment() -> FastAPI:
    """Make the application in a worker process."""
    _bound_progress_bars()
    settings = load_settings()
    start_logging(settings.log_level)
    workspace = Workspace(settings)
    return create_app(settings, workspace, demo=_is_demonstration(workspace))


def _bound_progress_bars() -> None:
    """Give progress bars, which searching libraries make unseen, a lock of this process alone.

    Their own is a semaphore of the whole machine; a worker ends by signal and would leave it there.
    """
    with suppress(ModuleNotFoundError):
        from tqdm import tqdm  # type: ignore[import-untyped]

        tqdm.set_lock(RLock())


def _is_demonstration(workspace: Workspace) -> bool:
    with workspace.store.reading() as connection:
        return is_demonstration(connection)


def with_access(settings: Settings, host: str) -> Settings:
    """Settle whether callers without sign-in are let in: by default on this machine alone."""
    if settings.anonymous is not None:
        return settings
    alone = is_loopback(host) and not settings.public_url
    return settings.model_copy(update={"anonymous": alone})


def set_up_link(workspace: Workspace, address: str) -> str | None:
    """Return a new link for the first set-up, None where that is done."""
    with workspace.store.writing() as connection:
        token = setup_token(connection)
    return None if token is None else f"{address}/setup?token={token}"


def is_loopback(host: str) -> bool:
    """Tell whether an address is reached from this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

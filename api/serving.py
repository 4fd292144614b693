"""Starting the service: addresses, processes, logs, the first set-up."""

from __future__ import annotations

import ipaddress
import logging
import os
import sys
import tempfile

import structlog
import uvicorn
from fastapi import FastAPI

from api.app import create_app
from api.settings import PREFIX, Settings, load_settings
from api.workspace import Workspace
from corpus.workflow.accounts import setup_token

STOP_WITHIN = 30
"""Seconds that requests under way are given when the service is told to stop."""


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
    }
    if workers == 1:
        uvicorn.run(create_app(settings, workspace), **options)  # type: ignore[arg-type]
        return
    workspace.close()
    with tempfile.TemporaryDirectory(prefix="jixiao-metrics-") as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        os.environ[f"{PREFIX}ANONYMOUS"] = str(settings.anonymous).lower()
        uvicorn.run("api.serving:app_of_environment", factory=True, workers=workers, **options)  # type: ignore[arg-type]


def app_of_environment() -> FastAPI:
    """Make the application in a worker process."""
    settings = load_settings()
    start_logging(settings.log_level)
    return create_app(settings)


def with_access(settings: Settings, host: str) -> Settings:
    """Settle whether callers without sign-in are let in: by default on this machine alone."""
    if settings.anonymous is not None:
        return settings
    alone = _is_loopback(host) and not settings.public_url
    return settings.model_copy(update={"anonymous": alone})


def set_up_link(workspace: Workspace, address: str) -> str | None:
    """Return a new link for the first set-up, None where that is done."""
    with workspace.store.writing() as connection:
        token = setup_token(connection)
    return None if token is None else f"{address}/setup?token={token}"


def start_logging(level: str) -> None:
    """Log JSON lines to standard error; other libraries' records too."""
    stamp = structlog.processors.TimeStamper(fmt="iso", utc=True)
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        stamp,
        structlog.processors.format_exc_info,
    ]
    renderer = structlog.processors.JSONRenderer(ensure_ascii=False)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setLevel(level.upper())  # some libraries set their loggers' levels
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    logging.getLogger("huey").setLevel(logging.WARNING)
    logging.getLogger("httpx").setLevel(logging.WARNING)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

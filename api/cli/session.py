"""What commands that work with the knowledge need first: settings, logging, a workspace."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from api.cli.progress import TerminalProgress
from api.settings import load_settings

if TYPE_CHECKING:
    from api.workspace import Workspace


def open_workspace() -> Workspace:
    """Return a workspace with the settings of the environment; nothing is loaded yet."""
    from api.workspace import Workspace

    settings = load_settings()
    _start_logging(settings.log_level.upper())
    return Workspace(settings, TerminalProgress())


def _start_logging(level: str) -> None:
    """Log to standard error; the handler decides, for some libraries set their loggers' levels."""
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for handler in logging.getLogger().handlers:
        handler.setLevel(level)

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
    logging.basicConfig(
        level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    return Workspace(settings, TerminalProgress())

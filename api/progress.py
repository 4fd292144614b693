"""How long steps tell what they are doing; the command line shows it, the service logs it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

_log = logging.getLogger(__name__)

Advance = Callable[[int, int], None]
"""Told how much of a step is done, out of how much."""


class Progress(Protocol):
    """Follows steps that may take seconds or minutes."""

    def step(self, title: str) -> AbstractContextManager[Advance]:
        """Mark the beginning and the end of one step."""
        ...


class LoggedProgress:
    """Writes each step to the log."""

    @contextmanager
    def step(self, title: str) -> Iterator[Advance]:
        """Log the step at its beginning."""
        _log.info("%s", title)
        yield lambda done, total: None

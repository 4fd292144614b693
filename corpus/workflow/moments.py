"""Points in time: always UTC, always with their zone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import BeforeValidator


def in_utc(moment: Any) -> Any:
    """Give a stored time its zone; SQLite returns it without."""
    if isinstance(moment, datetime) and moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    return moment


Moment = Annotated[datetime, BeforeValidator(in_utc)]


def now() -> datetime:
    """Return the present time."""
    return datetime.now(UTC)

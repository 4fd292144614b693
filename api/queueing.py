"""The task queue: in a file of the home folder, or in Redis where several machines share it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from huey import Huey, RedisHuey, SqliteHuey
from huey.consumer import Consumer

if TYPE_CHECKING:
    from api.settings import Settings


def make_queue(settings: Settings, name: str) -> Huey:
    """Return a queue by name: in Redis where that is set, else in a file of the home folder."""
    if settings.redis_url is not None:
        url = settings.redis_url.get_secret_value()
        return RedisHuey(f"jixiao-{name}", url=url, results=False)
    settings.home.mkdir(parents=True, exist_ok=True)
    return SqliteHuey(f"jixiao-{name}", filename=str(settings.home / "queue.db"), results=False)


class InnerConsumer(Consumer):
    """A consumer that lives inside another program, which handles the signals."""

    def _set_signal_handlers(self) -> None:
        """Leave the signals to the program."""

"""How often one caller may ask."""

from __future__ import annotations

import math
import time

from limits import RateLimitItem, parse
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from api.http.problems import TooManyRequestsError


class Limiter:
    """Counts requests per caller; in Redis, where several processes share one count."""

    def __init__(self, per_minute: int, sign_ins: int, redis_url: str | None = None) -> None:
        self._requests = _rate(per_minute)
        self._sign_ins = _rate(sign_ins)
        self._window = MovingWindowRateLimiter(storage_from_string(redis_url or "memory://"))

    def count(self, caller: str) -> None:
        """Count a request; refuse it when there were too many within a minute."""
        self._hit(self._requests, caller)

    def count_sign_in(self, address: str) -> None:
        """Count an attempt to sign in from an address; guesses are to be slow."""
        self._hit(self._sign_ins, "sign-in", address)

    def _hit(self, rate: RateLimitItem | None, *caller: str) -> None:
        if rate is not None and not self._window.hit(rate, *caller):
            again = self._window.get_window_stats(rate, *caller).reset_time
            raise TooManyRequestsError(max(1, math.ceil(again - time.time())))


def _rate(per_minute: int) -> RateLimitItem | None:
    """Return the rate, None for no limit."""
    return parse(f"{per_minute}/minute") if per_minute else None

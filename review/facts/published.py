"""The rows that known projects published, to tell at once what no project has word for word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.records import Case
from corpus.text import normalise

_PLAIN = re.compile(r"[\W_]")
_SIGN = re.compile(r"[\s≥≤=><,]|不少于|不低于|不高于|不超过")


@lru_cache(maxsize=16384)
def row_key(name: str, target: str) -> tuple[str, str]:
    """Return what must agree for two rows to be the same, however signs are written."""
    return _PLAIN.sub("", normalise(name)), _SIGN.sub("", normalise(target))


class PublishedRows:
    """Names and targets of all known cases."""

    def __init__(self, cases: Sequence[Case]) -> None:
        self._keys = {row_key(row.name, row.target) for case in cases for row in case.indicators}

    def has(self, name: str, target: str) -> bool:
        """Tell whether some case has a row with this name and target."""
        return row_key(name, target) in self._keys

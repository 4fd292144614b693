"""How remarks quote and count: shortened quotations, amounts, lists."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.text import number

__all__ = ["enumerate_names", "number", "shorten"]

_SPACE = re.compile(r"\s+")


def shorten(text: str, limit: int = 28) -> str:
    """Return text on one line, cut to `limit` characters with an ellipsis."""
    flat = _SPACE.sub(" ", text).strip()
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"


def enumerate_names(names: Sequence[str], limit: int = 4) -> str:
    """Return quoted names joined by 、, with how many there are when some are left out."""
    quoted = "、".join(f"“{shorten(name)}”" for name in names[:limit])
    return f"{quoted}等{len(names)}项" if len(names) > limit else quoted

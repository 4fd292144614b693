"""Whether a reason for a deviation says anything."""

from __future__ import annotations

import re

from corpus.text import normalise
from review.context import Row

_NOTHING = re.compile(
    r"^[\W_]*(?:无|暂无|没有|无偏差|无偏离|未偏离|不存在偏差|正常|已完成|完成|按计划完成|达标|无原因|略|见附件)?[\W_]*$"
)


def is_empty_reason(text: str | None) -> bool:
    """Tell whether a text gives no reason: blank, 无, 无偏差, dashes."""
    return bool(_NOTHING.match(normalise(text or "")))


def has_reason(row: Row) -> bool:
    """Tell whether a row gives a reason for its deviation."""
    return not is_empty_reason(row.indicator.reason)

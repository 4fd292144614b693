"""What a reason says once the words are gone that say nothing of a cause.

A reason is one when something is left that has to do with the matter: a slide, a supplier, a date
of tender. 客观因素, 工作安排, 年初预估不足 and the shortfall told again leave nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from corpus.target.lexicon import alternatives, read_words
from corpus.text import normalise

_MARKS = re.compile(r"[^\u4e00-\u9fff]+")
_UNIT = re.compile(
    r"(?:约|近|仅|只)?[\d.,]+(?:%|个百分点|[万亿]?元|公里|千米|平方米|[万千百]?[米亩户人个次件份场期套台天月日年项处条座盏吨分篇册]+)?"
)
_BLAMELESS = re.compile(
    r"[\u4e00-\u9fff]{0,6}(?:到位|下达|拨付|支付|进场|开工)[^,。]{0,3}(?:晚|迟|慢)"
)
"""Late money or a late start is a cause, though each of its words could be an excuse."""

_NAMED = re.compile(
    r"(?:受|因|由于|系)[\u4e00-\u9fff]{1,3}(?:因素|原因)(?:的?影响|制约|所致|造成|导致)?(?=[,。;]|$)"
)
"""A factor that is named and not told (受设备因素影响)."""


@lru_cache(maxsize=1)
def _empty() -> re.Pattern[str]:
    return re.compile(alternatives(read_words("empty_reasons.txt")))


def what_is_said(text: str, known: Collection[str] = ()) -> str:
    """Return the Chinese characters of a text that are left without empty words and figures.

    `known` holds pairs of characters that name the matter itself and are left out as well.
    """
    plain = normalise(text)
    if _BLAMELESS.search(plain):
        return _MARKS.sub("", plain)
    without = _UNIT.sub("#", _NAMED.sub("#", plain))
    if known:
        without = _drop_known(without, known)
    return _MARKS.sub("", _empty().sub("#", without))


def _drop_known(text: str, known: Collection[str]) -> str:
    """Return a text with the characters of known pairs masked."""
    masked = list(text)
    for place in range(len(text) - 1):
        if text[place : place + 2] in known:
            masked[place] = masked[place + 1] = "#"
    return "".join(masked)

"""Library rates of being on time where the goal itself gives the date: the date is the target."""

from __future__ import annotations

import re
from collections.abc import Sequence

from recommender.choice import Choice

_ON_TIME = re.compile(r"按期|按计划|按时|如期|工期按")
_PAID = re.compile(r"发放|拨付|兑付|兑现|结算|到账|支付|缴")
_EARLY = re.compile(r"招标|开工|采购|设计|编制|方案|首批|开标")
"""Dates of what only prepares the work."""
_OTHER = re.compile(r"审批|办结|答复|处置|执行|报告|上报")
"""Deeds of every day, which no one date can stand for."""


def without_rates_of_dated(choices: Sequence[Choice]) -> list[Choice]:
    """Return the choices without library rates of being on time for what a date stands for."""
    dated = [c.name for c in choices if c.deadline is not None and not _EARLY.search(c.name)]
    kinds = {_PAID.search(name) is not None for name in dated}
    return [choice for choice in choices if not (kinds and _is_again(choice, kinds))]


def _is_again(choice: Choice, kinds: set[bool]) -> bool:
    """Tell whether a choice is a rate of being on time with what is dated, work or payment."""
    if choice.level2 != "时效指标" or choice.unit != "%" or choice.stated is not None:
        return False
    if not _ON_TIME.search(choice.name) or _OTHER.search(choice.name):
        return False
    return (_PAID.search(choice.name) is not None) in kinds

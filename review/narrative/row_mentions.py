"""Which figures of a report speak of an indicator: words of its name stand right before."""

from __future__ import annotations

import re
from collections.abc import Mapping

from corpus.report import Figure

_SCOPED = re.compile(
    r"其中|每|人均|分别|第[一二三四\d]|上年|去年|同比|较|比|由|从|增[加长至到]|减|提高|下降|目标|计划|少完成|分值|扣|标准|差|超|不少|不低|未"
)
_SLACK = re.compile(r"(?:共计|合计|共|达到?|为|了|约|:|是|\s|实际|完成)*$")
_MIN_RUN = 4
_REACH = 14


def shared_run(before: str, name: str) -> int:
    """Return how many characters right before a figure are a run of an indicator's name."""
    tail = _SLACK.sub("", before)[-_REACH:]
    for length in range(len(tail), 0, -1):
        if tail[-length:] in name:
            return length
    return 0


def row_of(figure: Figure, names: Mapping[int, str]) -> int | None:
    """Return the row that a figure speaks of, None where none or several do equally well."""
    if _SCOPED.search(figure.before):
        return None
    runs = sorted(((shared_run(figure.before, name), row) for row, name in names.items()))
    if not runs or runs[-1][0] < _MIN_RUN:
        return None
    if len(runs) > 1 and runs[-2][0] == runs[-1][0]:
        return None
    return runs[-1][1]

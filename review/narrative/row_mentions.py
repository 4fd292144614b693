"""Which figures of a report speak of an indicator: words of its name stand right before."""

from __future__ import annotations

import re
from collections.abc import Mapping

from corpus.report import Figure

_SCOPED = re.compile(
    r"其中|每|[人日月户次]均(?!衡)|分别|第[一二三四\d]|上年|去年|同比|较|比|(?:由|从)$|[现共原]有|存量|增[加长至到]|减|提高|下降|目标|计划|少完成|偏[高低多少]|高出|分值|扣|标准(?!农田|化)|差|超|不少|不低|未|[少多缺短][\u4e00-\u9fff]{0,2}$"
)
_SLACK = re.compile(r"(?:共计|合计|共|达到?|为|了|约|:|是|\s|实际|完成)*$")
_CHANGED = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,24}?)[由从][^,，。;；由从]{1,16}?(?:下?降|提[高升]|上升|增[加长]|缩短|压缩|减少)?[低至到为]+$"
)
"""What was before and what became of it: 漏损率由11.7%下降至9.4%."""
_MIN_RUN = 4
_REACH = 14
_LIGHT = re.compile(
    r"(?:19|20)\d{2}年度?|本?年度?|全年|年内|本?项目|全[县市区镇省]|共计?|累计|合计|总计"
    r"|实际|已经?|完成|实现|开展|举办|组织|平均|达到?|为|是|了|的|[:\s\"“”]"
)
_MEASURE = re.compile(
    r"(?:人数|次数|人次|户数|个数|场次|面积|数量|里程|长度|时限|比例|程度|情况|数|量|率)$"
)
_SINCE = re.compile(r"全年|累计|年内|共计?|已经?")
_MIN_WORDS = 2
_MORE = 4
"""Characters that a text may have more than the name; more of them tell of something else."""
_MOST = 0.66


def shared_run(before: str, name: str) -> int:
    """Return how many characters right before a figure are a run of an indicator's name."""
    tail = _SLACK.sub("", before)[-_REACH:]
    for length in range(len(tail), 0, -1):
        if tail[-length:] in name:
            return length
    return 0


def likeness(before: str, name: str) -> int:
    """Return how well a figure's words speak of an indicator, 0 where too few of them do.

    The words before the figure end in a run of the name, or all of them are in it whatever the
    order (采集问题 of 问题采集量), or most of the name is in them in its order (补贴…拨付 of
    补贴审核拨付时限).
    """
    run = shared_run(before, name)
    if run >= _MIN_RUN:
        return 2 * run  # the same words in the same order tell more than the same characters
    words = _LIGHT.sub("", _SLACK.sub("", before))
    if len(words) >= _MIN_RUN and set(words) <= set(name) and _shared_pairs(words, name) > 1:
        return len(words)
    stem = _MEASURE.sub("", name)
    if len(stem) >= _MIN_RUN and set(stem) <= set(words) and _shared_pairs(words, stem) > 1:
        return len(stem) if len(words) <= len(stem) + _MORE else 0
    common = _common(stem, words)
    enough = common >= max(_MIN_RUN, _MOST * len(stem)) and _shared_pairs(words, stem) > 1
    return common if enough and words.startswith(stem[:2]) else 0


def _told(figure: Figure) -> list[str]:
    """Return the words that may name what a figure counts: before it, else behind it."""
    since = _SINCE.split(figure.before)[-1]
    if len(_LIGHT.sub("", since)) < _MIN_WORDS and not figure.unit.startswith("%"):
        return [figure.before, figure.after]
    return [figure.before, since]


def _shared_pairs(words: str, name: str) -> int:
    """Return how many pairs of neighbouring characters of the words stand in a name."""
    return sum(words[place : place + 2] in name for place in range(len(words) - 1))


def _common(stem: str, words: str) -> int:
    """Return how many characters of a stem stand in the words in their order."""
    lengths = [0] * (len(words) + 1)
    for char in stem:
        diagonal = 0
        for place, other in enumerate(words, 1):
            above = lengths[place]
            lengths[place] = diagonal + 1 if char == other else max(above, lengths[place - 1])
            diagonal = above
    return lengths[-1]


def row_of(figure: Figure, names: Mapping[int, str]) -> int | None:
    """Return the row that a figure speaks of, None where none or several do equally well."""
    changed = _CHANGED.search(
        figure.clause.partition(figure.before + figure.text)[0] + figure.before
    )
    if _SCOPED.search(figure.before) and not changed:
        return None
    told = [changed["name"]] if changed else _told(figure)
    runs = sorted((max(likeness(t, name) for t in told), row) for row, name in names.items())
    if not runs or not runs[-1][0]:
        return None
    if len(runs) > 1 and runs[-2][0] == runs[-1][0]:
        return None
    return runs[-1][1]

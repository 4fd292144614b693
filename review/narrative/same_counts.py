"""Counts of one thing that lie so close that they cannot be two: 57个小区 here, 59个小区 there.

What is counted stands before the number (接入小区57个) or behind it (59个小区). Two counts of it
are taken for one when their digits changed places or when they nearly agree, unless the text says
what lies between them (少3个, 完成95%) or that one is of a part, a plan or another time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.report import Figure, Report
from corpus.target.lexicon import read_words
from corpus.target.units import is_money
from models.segment import words
from review.narrative.places import telling_pairs

_OF_PART = re.compile(
    r"抽|查看|核查|检查|走访|访问|调查|问卷|回收|收回|样本|(?:(?<!共)有|仍有|还有|仅有)$|每|平均|未|不[少低高大超]|达标|指标|原|增加|减少|拟|将|预计"
    r"|设计|合格|满意|共用|分为|划分|分[成为]|缺|多|超"
)
_OTHER = re.compile(
    r"其中|目标|计划|任务|上年|去年|年初|同期|其[余他]|另|少|差|第|约$|[比至到由从]$|余$|应|可|原计划"
)
"""Words of a part, a plan or another time; not even swapped digits make a conflict then."""
_AFTER_OTHER = re.compile(r"^(?:以[上下内]|左右|的?目标|的?计划|未|没|不|目标)")
_LIGHT = re.compile(
    r"^\W*[一二三四五六七八九十]是|(?:19|20)\d{2}年度?|全年|年内|本?项目|全[县市区镇省]|共计?|累计|合计|总计|仅|只"
    r"|实际|已经?|完成|实现|开展|组织|达到?|[^\u4e00-\u9fff]"
)
_STOP = re.compile(r"[的中均都已]|全部")
_PLACE = re.compile(r"[村镇乡县市省户人]$|(?<![社小片景园校库])区$|街道$|单位$|项目$|部门$")
_NO_COUNT = frozenset({"分", "天", "年", "个月", "月", "日", "%", "小时", "个百分点"})
_NEAR, _TINY, _NOUN, _ALIKE = 0.8, 8, 2, 0.6
_BEFORE, _AFTER, _BESIDE = 8, 10, 2
_EXPLAINED = 0.15
"""Percentage points by which a stated share may differ from that of two counts."""
_MAX, _MOST_LOTS = 300, 4


@dataclass(frozen=True)
class _Count:
    """A count with the words that name what is counted."""

    figure: Figure
    words: str
    """The words before it, or behind it where they follow at once."""
    nouns: frozenset[str]
    is_named_behind: bool
    is_of_part: bool


def near_counts(report: Report) -> Iterator[tuple[Figure, Figure, str]]:
    """Yield pairs of counts of one thing that nearly agree, with what is counted."""
    counts = [_read(figure) for figure in report.figures if _is_count(figure)][:_MAX]
    told: set[tuple[int, int]] = set()
    for place, second in enumerate(counts):
        if report.is_within(second.figure.start, "goals", "background"):
            continue
        for first in counts[:place]:
            subject = _shared(report, first, second)
            if subject is None or second.figure.span in told:
                continue
            if _is_of_many(counts, subject):
                continue
            if not _is_explained(report.figures, first.figure, second.figure):
                told.add(second.figure.span)
                yield first.figure, second.figure, subject


@lru_cache(maxsize=1)
def _general() -> frozenset[str]:
    return frozenset(read_words("general_nouns.txt"))


def _is_count(figure: Figure) -> bool:
    """Tell whether a figure counts something as it is, neither planned nor at another time."""
    if figure.in_table or not figure.is_exact or figure.unit in _NO_COUNT or "/" in figure.unit:
        return False
    if is_money(figure.unit) or figure.value < _NOUN or figure.role == "target":
        return False
    if figure.unit == "份" or (figure.role == "sample" and figure.unit not in ("个", "家", "所")):
        return False  # handed out, returned and valid are three counts
    return not (_OTHER.search(figure.before[-_BEFORE:]) or _AFTER_OTHER.match(figure.after))


def _read(figure: Figure) -> _Count:
    """Return a count with what it counts."""
    behind = _STOP.split(_LIGHT.sub("", figure.after))[0][:_AFTER]
    before = _LIGHT.sub("", figure.before)[-_BEFORE:]
    is_behind = len(behind) >= _NOUN
    found = [word for word in words(behind if is_behind else before) if len(word) >= _NOUN]
    nouns = set(found) if is_behind else set(found[-1:])
    return _Count(
        figure,
        behind if is_behind else before,
        frozenset(noun for noun in nouns if noun not in _general() and not _PLACE.search(noun)),
        is_behind,
        bool(_OF_PART.search(figure.before[-_BEFORE:])),
    )


def _shared(report: Report, first: _Count, second: _Count) -> str | None:
    """Return what two counts both count, None where they are not of one thing or too far apart."""
    one, two = first.figure, second.figure
    if one.sentence == two.sentence or one.unit != two.unit or one.base == two.base:
        return None
    if one.year != two.year and ((one.year and two.year) or -1 in (one.year, two.year)):
        return None
    is_named_before = not (first.is_named_behind or second.is_named_behind)
    if _is_new(one) != _is_new(two) or _is_of_part(first, second):
        return None
    if not _is_swapped(one, two):
        planned = ("goals", "overview") if is_named_before else ("goals",)
        if report.is_within(one.start, *planned) or not _are_near(one.base[0], two.base[0]):
            return None
    if is_named_before:
        return second.words if _likeness(first.words, second.words) >= _ALIKE else None
    shared = first.nouns & second.nouns
    return min(shared) if shared else None


def _is_of_many(counts: Sequence[_Count], subject: str) -> bool:
    """Tell whether a text counts a thing in many lots, so that two near ones say little."""
    values = {one.figure.base[0] for one in counts if subject in one.nouns}
    return len(values) > _MOST_LOTS


def _is_new(figure: Figure) -> bool:
    return "新增" in figure.before[-_BEFORE:]


def _is_of_part(first: _Count, second: _Count) -> bool:
    """Tell whether one count may be of a part of the other: a part is not more than the whole."""
    one, two = first.figure.base[0], second.figure.base[0]
    if first.is_of_part and second.is_of_part:
        return True
    return (first.is_of_part and one < two) or (second.is_of_part and two < one)


def _is_swapped(first: Figure, second: Figure) -> bool:
    """Tell whether digits changed places."""
    one, two = (re.sub(r"\D", "", figure.text) for figure in (first, second))
    return len(one) > 1 and one != two and sorted(one) == sorted(two)


def _are_near(one: float, two: float) -> bool:
    small, large = sorted((one, two))
    return small / large >= _NEAR and large >= _TINY


def _likeness(one: str, two: str) -> float:
    """Return the share of the shorter text's pairs of characters that the other has too."""
    left, right = telling_pairs(one), telling_pairs(two)
    least = min(len(left), len(right))
    return len(left & right) / least if least else 0.0


def _is_explained(figures: Sequence[Figure], first: Figure, second: Figure) -> bool:
    """Tell whether the text gives the difference of two counts, or the one as a share."""
    small, large = sorted((first.base[0], second.base[0]))
    shares = (100 * small / large, 100 * large / small, 100 * (large / small - 1))
    for figure in figures:
        beside = min(abs(figure.sentence - one.sentence) for one in (first, second)) <= _BESIDE
        is_share = figure.unit == "%" and any(abs(figure.value - s) <= _EXPLAINED for s in shares)
        if beside and is_share:
            return True
        is_difference = figure.unit == first.unit and figure.base[0] == large - small
        if is_difference and (beside or large - small > _TINY):
            return True
    return False

"""Makes a noun phrase short: without places, ages and the modifiers that only a list needs."""

from __future__ import annotations

import re

from models.segment import words

_WHERE = re.compile(
    r"^(?:其中|(?:全|本|我|各|该)[省市县区镇乡村州旗]|城区|主?城区|辖区|县域|市域|区域|县城|城乡|日均|年均|在册|在岗|"
    r"现有|符合条件|符合政策|纳入名单|已建成?|存量|部分|约|近)(?:内|外)?(?:的)?(?=[一-龥A-Za-z“]{2}|$)"
)
_DOING = re.compile(
    r"(?:开展|提供|办理|承担|从事|实施)的.*$|(?<=[户人员者])(?:发展|从事|参加|参与|新建|种植|养殖|购买|购置).*$"
)
_SEVERAL = re.compile(r"[、和与及]|以及")
_AMONG = re.compile(r"等(?=[一-龥]{2})")
_OF_FIRST = re.compile(r"^[病症炎]")
"""The end of a first word that was taken apart: 布鲁氏菌|病."""
_HEADLESS = 4
"""Characters that must be left where the first word of a list's last item is dropped."""


def condensed(phrase: str) -> str:
    """Return the thing that a phrase is about: 全区经济困难的失能、残疾老年人家庭 → 老年人家庭."""
    bare = _DOING.sub("", phrase.strip())
    before = ""
    while before != bare:
        before, bare = bare, _WHERE.sub("", bare)
    bare = bare.rpartition("的")[2]
    parts = [part for part in _SEVERAL.split(bare) if part]
    return joined(parts[:-1], parts[-1]) if len(parts) > 1 and "、" in bare else bare


def joined(others: list[str], last: str) -> str:
    """Return the last thing of a list without the word that stands for itself alone.

    In 小麦、玉米托管服务 the first words are listed; what they share is 托管服务.
    """
    example = _AMONG.search(last)
    if example:
        kind = last[example.end() :]
        return f"{others[0]}等{kind}" if len(others[0]) <= 2 * _HEADLESS else kind
    pieces = words_of(last)
    short = all(len(words_of(other)) == 1 for other in others)
    rest = last[len(pieces[0]) :]
    rest = _OF_FIRST.sub("", rest) if len(pieces) > 1 and len(pieces[1]) == 1 else rest
    return rest if short and len(pieces) > 1 and len(rest) >= _HEADLESS else last


def first_deed(phrase: str) -> str:
    """Return the main deed of several: 健康体检和业务培训 → 健康体检."""
    bare = phrase.partition("的")[2] or phrase
    parts = [part for part in _SEVERAL.split(bare) if part]
    return parts[0] if parts and len(parts[0]) >= _HEADLESS else bare


def words_of(phrase: str) -> list[str]:
    """Return the words of a phrase as it is written; the phrase where they do not make it up."""
    found = words(phrase)
    if "".join(found) != phrase.lower():
        return [phrase]
    ends = [sum(map(len, found[: place + 1])) for place in range(len(found))]
    return [phrase[end - len(word) : end] for word, end in zip(found, ends, strict=True)]


def head_of(phrase: str, room: int) -> str:
    """Return the end of a phrase that fits, cut between words; empty where none does."""
    pieces = words_of(phrase)
    while pieces and (sum(map(len, pieces)) > room or len(pieces[0]) == 1 < len(pieces)):
        pieces = pieces[1:]
    return "".join(pieces)

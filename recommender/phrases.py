"""Phrases with a quantity: their lists, manners and parts, before deed and object are split."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recommender.condensed import joined
from recommender.wording import leading_deed, names_people, split_action, strip_filler

LESSENED = frozenset({"减少", "减排", "削减", "节约", "节省"})
"""Deeds whose quantity is an effect: 减排氮氧化物260吨."""
_ITEMS = re.compile(r"[^、]+")
_QUANTITY = re.compile(r"(?<![A-Za-z0-9.])\d")
_MANNER = re.compile(
    r"^(?:汛前|汛期|常态化|集中|就近|公开|同步|首次|整[村乡镇县]推进|推进|分别|累计|全部|陆续|年(?![度底初均末产鉴级轻限会检审]))+"
    r"(?=[一-龥]{2})"
)
_SEASON = re.compile(r"(?:春秋两季|春冬两季|[春夏秋冬]季)(?=[一-龥]{2})")
_DONE_BY = re.compile(r"^.{2,}?(?:组织开展|(?=组织|举办)|开展)(?=[一-龥]{4,})")
"""Who or where, before what is held: 作业点组织人工增雨作业."""
_HELD = frozenset({"场", "场次", "次", "批次", "批", "项", "期", "人次", "点次"})
_TO_US = re.compile(r"^.{2,}?(?:来|赴|到)[一-龥]{0,4}?[省市县区镇乡地校院](?=[一-龥]{4})")
"""People and where they go, before what they do there: 医生来我区跟岗培训."""
_PEOPLE = frozenset({"人", "名", "人次", "户"})
_PART = re.compile(r"^其中")
_TAUGHT = re.compile(
    r"^(?:开展|参加|进行|赴外)?(?P<deed>[一-龥]{0,6}(?:训练|培训|研修|进修|体检|疗养|集训|轮训|考察|演练|学习))$"
)
_AGAIN = re.compile(
    r"(?:改造提升|提升改造|改造|扩建|改建|改扩建|新建|重建|续建|维修|修缮|加固|开工|竣工|签约|投产|更新|补植|出版|翻译|数字化)$"
)
_WORKED_IN = re.compile(
    r"^(?P<deed>[一-龥]{2,6}(?:保护|防治|监测|检测|治理|修复|检查))(?P<thing>[一-龥]{2,6})$"
)
"""How a deed is done, the deed and the first of several things: 打孔注药保护古松."""
_EXTENT = re.compile(r"^总(?:仓容|容积|库容|面积|投资|长度?|里程|装机|建筑面积)")
_NAMED_AFTER = re.compile(r"\d[\d.]*万?(?:个|间|条|座|处|所)(?!共|计)[一-龥]{2}")
"""What several words before a number are kinds of: 数控、焊接、汽修3个实训室."""
_EACH_ITS_THING = re.compile(
    r"^(?P<deed>[一-龥]{2,4})(?P<first>\d[\d.]*万?[个家所][一-龥]{2,6})(?=\d[\d.]*万?[项件宗份][一-龥]{2})"
)
"""Two quantities in a row, each before its own thing: 承接28个部门486项服务事项."""
_ADDED_UP = re.compile(r"(?:共计|合计|总计|共)$")
_SEVERAL = re.compile(r"[和与及]")
_PRINTED = frozenset({"出版", "印制", "编印", "翻译"})
_LONGEST_TITLE = 10
_PLACES = re.compile(r"(?:村|社区|小区|学校|乡镇|街道|居民点)$")
_SOULS = re.compile(
    r"^(?:名)?(?P<who>群众|村民|居民|师生|学生|农民|老年人|老人|游客|市民|党员|农户)"
)


def gathered(clause: str) -> Iterator[str]:
    """Yield the phrases of an enumeration; those without a quantity go to the next that has one.

    更新冷藏、蒸烤、消毒等设备230台 is one phrase, 更新冷藏等设备230台.
    """
    waiting: list[str] = []
    for found in _ITEMS.finditer(clause):
        item = found.group()
        start = _QUANTITY.search(item)
        if start is None:
            waiting.append(strip_filler(item))
            continue
        yield from _apart(_with_others(waiting, item, start.start()) if waiting else item)
        waiting = []


def _apart(item: str) -> Iterator[str]:
    """Yield the phrases of two quantities in a row, the deed put to each."""
    found = _EACH_ITS_THING.match(item)
    if (
        found
        and (leading_deed(found["deed"])[0] or split_action(found["deed"])[0]) == found["deed"]
    ):
        yield found["deed"] + found["first"]
        item = found["deed"] + item[found.end() :]
    yield item


def _with_others(waiting: list[str], item: str, start: int) -> str:
    """Return a phrase with what the phrases before it say of its deed and thing."""
    thing = strip_filler(item[:start])
    deed, first = leading_deed(waiting[0])
    if not deed:
        deed, first = split_action(waiting[0])
        deed, first = (deed, first) if waiting[0].startswith(deed) else ("", waiting[0])
    if _NAMED_AFTER.match(item, start):
        return f"{deed}{item[start:]}"
    if _ADDED_UP.search(item[:start]) and all(map(names_people, [first, *_SEVERAL.split(thing)])):
        return f"{deed}{first}等人员{item[start:]}"
    if not thing or leading_deed(thing)[0] or split_action(thing)[0] == thing[:2]:
        return item
    inner = None if deed else _WORKED_IN.match(waiting[0])
    if inner:
        return f"{joined([inner['thing'], *waiting[1:]], thing)}{inner['deed']}{item[start:]}"
    if not first:
        return f"{deed}{item}"
    return f"{deed}{joined([first, *waiting[1:]], item[:start])}{item[start:]}"


def without_manner(lead: str, unit: str) -> str:
    """Return a phrase without when, where and by whom: 汛前清淤管网 → 清淤管网."""
    lead = _SEASON.sub("", _MANNER.sub("", lead))
    if unit in _HELD:
        lead = _DONE_BY.sub("", lead)
    return _TO_US.sub("", lead) if unit in _PEOPLE else lead


def is_share_of(clause: str) -> bool:
    """Tell whether a clause divides what was counted before it: 其中小麦2.4万吨."""
    return _PART.match(clause) is not None


def opening_deed(item: str) -> str:
    """Return the deed that opens a phrase, for those after it that name none."""
    phrase = strip_filler(item)
    deed = leading_deed(phrase)[0]
    front = split_action(phrase)[0]
    return deed or (front if front and phrase.startswith(front) else "")


def is_extent_of(thing: str) -> bool:
    """Tell whether a phrase only tells the extent of what was counted before: 总仓容11万吨."""
    return _EXTENT.match(thing) is not None


def divides_work(thing: str) -> bool:
    """Tell whether a part of a sum is work of its own: 煤改电."""
    return "改" in thing


def is_done_again(thing: str) -> bool:
    """Tell whether a phrase is only a deed done to what was named before it: 开工15个."""
    return _AGAIN.fullmatch(thing) is not None


def of_those_before(action: str, before: str, title: str) -> str:
    """Return the object of a deed that has none: what was counted before, or the title."""
    if not _AGAIN.search(action):
        return ""
    named = title if len(title) <= _LONGEST_TITLE else ""
    return named if named and action in _PRINTED else before


def among_places(thing: str, after: str) -> str:
    """Return who is counted in places that were counted before: 23个行政村3.1万名群众."""
    who = _SOULS.match(after) if _PLACES.search(thing) else None
    return who["who"] if who else ""


def taught(after: str) -> str:
    """Return what people do where it stands behind their number: 民兵320人集中训练."""
    found = _TAUGHT.match(after.strip())
    return found["deed"] if found else ""


def lessened(thing: str) -> tuple[str, str] | None:
    """Return deed and thing of what becomes less, None for anything else."""
    if thing[:2] in LESSENED and len(thing) > len("减少煤"):
        return thing[:2], thing[2:]
    return None

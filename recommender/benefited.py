"""Reads who has the good of a project where the text counts them before it names them.

“方便周边4.6万居民就近办事” counts 受益居民人数: where they live is no part of the name, and the
deed is none of the project's. Who is kept safe stays what they are: 保障受威胁群众人数.
"""

from __future__ import annotations

import re

from corpus.target.numerals import to_number
from recommender.deliverable import Deliverable
from recommender.wording import count_name

_DEED = r"方便|便利|便于|使|让|保障|确保|保证|解决|满足|改善|服务|惠及|受益"
_WHERE = r"周边|附近|沿[江河线途岸路街湖海]|辖区内?|片区|当地|库区|流域|下游|项目区|全[县市区镇乡]"
_PLACES = frozenset({"乡镇", "行政村", "自然村", "社区", "小区", "村"})
_WHO = (
    r"居民|村民|群众|农民|牧民|渔民|学生|师生|职工|游客|旅客|患者|老人|老年人|"
    r"乡镇|行政村|自然村|社区|小区|村(?![民医干])"
)
_GOOD = re.compile(
    rf"(?:可|能|切实|有效|进一步|预计)*(?P<deed>{_DEED})(?:了)?(?P<where>{_WHERE})?的?"
    r"(?P<state>受[一-龥]{1,2}的)?(?:近|约)?(?P<number>\d[\d.]*)(?P<large>万)?(?:余|多)?"
    rf"(?P<unit>[名户个])?(?P<who>(?:受[一-龥]{{1,2}}|农村|城镇|城乡|学龄)?(?:{_WHO}))(?P<rest>.*)"
)
_EASED = frozenset({"方便", "便利", "便于", "使", "让"})
"""Deeds that are done to nobody: they say what people have of it."""
_KEPT = frozenset({"保障", "确保", "保证"})


def benefited(clause: str) -> Deliverable | None:
    """Return the count of those who have the good of it, where that is all that a clause counts."""
    found = _GOOD.fullmatch(clause)
    if found is None or re.search(r"\d", found["rest"]) or not _tells(found):
        return None
    who, place = found["who"], found["who"] in _PLACES
    if place != (found["unit"] == "个"):
        return None
    unit = "个" if place else found["unit"] if found["unit"] == "户" else "人"
    kind = f"{(found['state'] or '').removesuffix('的')}{who}"
    lead = "保障" if found["deed"] in _KEPT and kind.startswith("受") else "受益"
    thing = "行政村" if who == "村" else kind
    number = f"{found['number']}{found['large'] or ''}"
    called = f"{lead}{thing}{count_name(unit, thing)}"
    return Deliverable("受益", thing, number, to_number(number) or 0.0, unit, called=called)


def _tells(found: re.Match[str]) -> bool:
    """Tell whether the words around a number make those behind it the ones who have the good."""
    if found["where"] or found["deed"] in _EASED:
        return True
    kept = found["deed"] in _KEPT and (found["state"] or found["who"].startswith("受"))
    return bool(kept) or (found["large"] is not None and found["unit"] is None)

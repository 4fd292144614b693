"""Reads what one quantity counts from the words before and behind it: deed and thing.

In 硬化村内道路12公里 both stand before it, in 新建20座供水设施 the thing follows, and 开工15个 says
again of what was counted before that something is done to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.target.numerals import to_number
from corpus.target.units import UnitMatch
from recommender.clauses import is_trouble, kept_running, served_place
from recommender.condensed import head_of
from recommender.deliverable import BETTERED, COUNT_WORDS, COVERS, PERSONS, Deliverable, worked_on
from recommender.object_words import (
    counts_nothing,
    inner_deed,
    is_object,
    lead_of,
    object_after,
    tidied,
    without_area,
)
from recommender.phrases import (
    among_places,
    is_done_again,
    lessened,
    of_those_before,
    taught,
    without_manner,
)
from recommender.quantities import ARABIC, scaled
from recommender.wording import kind_of, leading_deed, split_action, split_end, stands_behind

Read = tuple[str, str]
"""Deed and thing; either may be empty."""
_DAYS = "天"
_PLACE_UNIT = "个"
_PLACES_OF = re.compile(
    r"^(?P<place>行政村|自然村|村|社区|乡镇|小区|片区)的?"
    r"(?P<deed>[一-龥]{2,8}(?:治理|整治|改造|硬化|亮化|绿化|建设))$"
)
"""30个村生活污水治理: places are counted in which something is done."""
_WORKS = frozenset({"处", "座", "宗", "个", "项"})
_WORK_END = re.compile(r"工程(?:共计|共)?$")
"""Where works are counted, the word is part of their name: 农村饮水工程35处."""
_MAKING = frozenset({"build", "buy"})
_LONGEST_THING = 14
_GRANT = re.compile(r"[一-龥]{2}(?:补贴|补助|奖补|津贴)")
"""What is granted to those who were counted: of 租金补贴 the 补贴面积 is a measure."""
_PIECES = frozenset({"条", "座", "个", "处", "家", "所", "项", "类"})
_WAYS = re.compile(
    r"^(?P<way>道路|街路|街巷|公路|路段|河道)(?=[一-龥]{2,}(?:管网|管道|管线|路灯|电缆|照明)$)"
)
"""The way along which something else is laid and measured: 6条道路雨污分流管网18公里."""
_EACH_HAS = re.compile(
    r"^(?:社区|乡镇|街道|村级?)(?=(?P<hall>[一-龥]{2,8}(?:大厅|中心|站|食堂|驿站|卫生室|书屋|卫生院))"
    r"(?:标准化|规范化)?(?:新建|改建|扩建|改造|建设|提升|维修|装修)+$)"
)
"""Places before what each of them has one of: 12个社区便民服务大厅改造."""
_HOLLOW = frozenset(
    {"涉及", "受益", "覆盖", "惠及", "完成", "新增", "组织", "开展", "实施", "带动"}
)
"""Deeds that without an object tell nothing of what is counted."""
_GATHERED = frozenset({"", "组织", "安排", "选派"})
"""Deeds of people of whom the text says behind their number what they do."""


@dataclass(frozen=True)
class Counted:
    """A quantity with the words around it."""

    before: str
    after: str
    number: str
    """As written."""
    unit: UnitMatch
    previous: Deliverable | None
    """What the sentence counted before."""
    title: str
    """What the sentence names in 《》."""

    def read(self) -> Deliverable | None:
        """Return the deliverable that it states, None where it counts nothing that is done."""
        lead = lead_of(self.before)
        if self.unit.name != _DAYS and counts_nothing(self.before, lead):
            return None
        lead = without_manner(lead, self.unit.name)
        action, thing = self._before(lead)
        action, thing, following = self._behind(action, thing)
        action, thing = self._named(action, thing, following, is_whole=lead == self.before.strip())
        action, thing = self._referred(action, thing)
        action, thing = self._of_people(action, thing)
        value = to_number(self.number)
        if value is None or not _is_promise(action, thing, value):
            return None
        return self._deliverable(action, thing, value, f"{lead}|{self.after}")

    def _before(self, lead: str) -> Read:
        """Return deed and thing of the words before the quantity."""
        action, thing = leading_deed(lead)
        if self._is_example():
            return (action or split_action(lead)[0]), ""
        for split in (split_action, inner_deed):
            action, thing = (action, thing) if action else split(lead)
        if not action and self.before.rstrip().endswith("支持"):
            action = "支持"
        if len(thing) == 1:
            action, thing = "", lead
        if not action and thing[:2] in BETTERED and thing.endswith("面积"):
            action, thing = thing[:2], thing[2:]
        if thing in COUNT_WORDS and self.previous:
            grant = (
                _GRANT.match(self.previous.object) if _GRANT.fullmatch(f"某某{action}") else None
            )
            if grant:
                return "", f"{grant.group()}{thing}"
            thing = worked_on(self.previous)
        return action, without_area(thing)

    def _is_example(self) -> bool:
        """Tell whether what stands before is one of those counted: 解放路等6条道路."""
        kind = object_after(self.after)
        return (
            self.before.rstrip().endswith("等")
            and self.unit.name in _PIECES
            and is_object(kind)
            and len(kind) > 1
        )

    def _behind(self, action: str, thing: str) -> tuple[str, str, str]:
        """Return deed, thing and, where that is empty, the thing that follows the quantity."""
        following = "" if thing else object_after(self.after)
        hall = _EACH_HAS.match(following) if self.unit.name == _PLACE_UNIT else None
        if hall:
            return split_end(following)[0], "", hall["hall"]
        if self.unit.name == _PLACE_UNIT:
            places = _PLACES_OF.match(following)
            if places:
                return "", f"{places['deed']}{places['place']}", ""
            place = served_place(thing, self.after)
            paid = place == self.after.strip() and kind_of(action) not in _MAKING
            if place and (thing or not action or paid):
                return COVERS, place, ""
        deed, done_to = split_end(following)
        if len(done_to) > 1 and (stands_behind(deed) or kind_of(deed) in _MAKING):
            return deed, thing, done_to
        return action, thing, following

    def _named(self, action: str, thing: str, following: str, *, is_whole: bool) -> Read:
        """Return deed and thing as a name has them; not `is_whole`: filler stood before it."""
        if thing and not is_whole and self.unit.name in _WORKS:
            thing = f"{thing}工程" if _WORK_END.search(self.before.strip()) else thing
        way = _WAYS.match(following)
        thing = tidied(thing or (way["way"] if way else following))
        if self.unit.name != _DAYS:
            action, thing = kept_running(action, thing)
        if len(thing) > _LONGEST_THING:
            thing = head_of(thing, _LONGEST_THING)
        return action, thing

    def _referred(self, action: str, thing: str) -> Read:
        """Return deed and thing where a deed alone is done to what was counted before."""
        if not action and is_done_again(thing):
            action, thing = thing, ""
        if thing or not action or self.after.strip():
            return action, thing
        known = self.previous
        again = of_those_before(action, known.object if known else "", self.title)
        if again and (self.title == again or (known and known.unit == self.unit.name)):
            return action, again
        return (action, "") if action in _HOLLOW else ("", action)

    def _of_people(self, action: str, thing: str) -> Read:
        """Return deed and thing of people: who they are in a place, and what they are taught."""
        unit = self.unit.name
        who = among_places(thing, self.after) if unit in PERSONS else ""
        if who:
            action, thing = "惠及", who
        if thing and action in _GATHERED and unit in PERSONS | {"人次"}:
            deed = taught(self.after)
            return ("", f"{thing}{deed}") if deed else (action, thing)
        return action, thing

    def _deliverable(self, action: str, thing: str, value: float, around: str) -> Deliverable:
        """Return the deliverable; `around` tells whether the deed stands behind the thing."""
        number = self.number if ARABIC.search(self.number) else f"{value:g}"
        if action in {"开展", "组织"} and split_action(thing)[0]:
            action = ""
        less = lessened(thing)
        if less:
            action, thing = less
        return Deliverable(
            action,
            thing,
            scaled(number, self.unit),
            value * self.unit.scale,
            self.unit.name,
            follows=bool(action) and f"{thing}{action}" in around,
            called=f"{thing}{action}量" if less else "",
        )


def _is_promise(action: str, thing: str, value: float) -> bool:
    """Tell whether a deed and its thing are promised: no trouble, no single piece left as it is."""
    return is_object(thing) and bool(action or (value != 1 and not is_trouble(thing)))

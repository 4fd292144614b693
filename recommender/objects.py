"""Reads deliverables from a project's own words: action, object, quantity, unit.

“硬化村内道路12公里，新建供水设施20座，6月底前完工” states two quantities (and a deadline).
Only what is written is returned; money, shares, years and places are not deliverables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.target.numerals import NUMBER, to_number
from corpus.target.units import UnitMatch, is_money, match_unit, simple_unit
from recommender.clauses import counted_by_year, is_trouble, kept_running, served_place, undated
from recommender.project import Project, pairs
from recommender.wording import (
    count_name,
    is_benefit,
    kind_of,
    names_people,
    split_action,
    split_end,
    stands_behind,
    strip_filler,
)

_SENTENCES = re.compile(r"[^。；;\n！!？?]+")
_CLAUSES = re.compile(r"[^，,：:（）()]+")
_ITEMS = re.compile(r"[^、]+")
_SETTING = re.compile(
    r"^(?:在|从|由|用|以|通过|依托|按照?|为|对|向|使用)[^\d]*?"
    r"(?=实施|建设|新建|修建|开展|完成|保障|购置|采购|发放|建成|改造|(?<![A-Za-z])\d)|"
    r"^在.*?(?=实施|建设|新建|修建|开展|完成)"
)
_NUMBERING = re.compile(r"^\s*[(（]?(?:\d{1,2}|[一二三四五六七八九十])(?:[)）、．]|\.(?!\d))\s*")
_NUMBER = re.compile(rf"(?<![A-Za-z0-9.第〔\[]){NUMBER}")
_ARABIC = re.compile(r"\d")
_CLOCK = frozenset({"时间", "工作日", "比例", "百分点", "级", "分", "年一遇", "温度", "比值", "倍"})
_PHASES = frozenset({"期", "批", "届", "轮", "家", "类", "剂", "剂次"})
"""Units that, after a Chinese numeral, mostly name a phase or idiom and count nothing."""
_STATED = re.compile(r"(?:以上|以内|左右|以下|余|多)$")
_NOT_COUNTED = re.compile(
    r"(?:在|从|由|位于|面向|围绕|按照|根据|结合|每|第|人均|单价|标准|[户亩生]均|"
    r"改善|提升|提高|促进|推动|增加|降低|减少|增长|下降|[日年](?:处理|产|供水|供|接待|均|发电|加工)[一-龥]{0,4})$"
)
_OBJECT = re.compile(r"^[一-龥A-Za-z0-9“”\"·\-]{2,14}$")
_NOT_OBJECT = re.compile(
    r"^(?:以上|以内|以下|左右|等|的|并|与|其|该|本|元|后|前|内|中(?![小学医药职心央幼])|起|各|每|由|在|按|人员|人(?![工居才行大])|单位|项目|工作|任务)|"
    r"^(?:处理|供应|接待|清运|收运)$|其中$|资金|经费|投资|预算|万元|亿元|〔|号文|规划|五年|年度|时间|标准$|改善|提升$|提高"
)
_OBJECT_END = re.compile(
    r"(?:以上|以内|左右|免费|等|等工作|工作|任务|的|等项目|及配套|和|与|及|或|共|共计|合计)+$"
)
_DEEDS = (
    "更换|购置|采购|配备|新建|改建|扩建|铺设|安装|发放|建成|举办|购买|栽植|修建|新增|租赁|租用|布设|加装|增设|"
    "更新(?!改造)"
)
"""Deeds that stand before their object and hardly ever inside the name of a thing."""
_CUT_AFTER = re.compile(
    rf"{_DEEDS}|(?:种植|养殖)(?![户业园区场大]|基地|面积|专业)|并|及|和|与|以及|提高|提升|改善|推动|促进|实现|确保|保障|用于|进行|开展|为|有|的|发展|给予|提供|参加"
)
_INNER = re.compile(rf"^.{{2,}}(?P<action>{_DEEDS})(?P<thing>[^\d]{{2,}})$")
"""为中小学更换摄像头: the deed stands between those it is for and its object."""
_DEED = re.compile(_DEEDS)
_SERVED = "覆盖"
"""Action of those a deed is for."""
_WORKED_ON = re.compile(r"(?:进行|实施|开展)(改造|维修|修缮|整治|加固|修复|清淤|治理)")
"""What is done to those that are counted: 对8个司法所的调解室进行改造."""
_FOR = re.compile(r"^(?:拟|计划)?[为向给对]")
_VILLAGES = "行政村"
_IN_VILLAGES = re.compile(rf"^村(?={_DEEDS})")
_GIVEN = re.compile(r"发放|(?:给予|实行|进行)[一-龥]{0,6}(?:补助|补贴|资助|奖补|救助)|每人补助")
_WHOLE = re.compile(r"^(?:全[省市县区镇乡村]|辖区内?)(?:内|的)?$")
_AMONG = re.compile(r"^[一-龥A-Za-z0-9]{1,8}等(?=[一-龥]{2})")
"""The last of several examples before what they are examples of: DR等设备."""
_LINK = re.compile(r"实施|进行|开展|给予")
_JOINT = re.compile(rf"以及|及其|[和及与并]|(?={_DEEDS})")
_DONE_TO = re.compile(
    r"(?:的)?(?:实施|进行|开展|给予)(?:日常|全面|定期|集中|统一)*(?=[一-龥]{2,4}$)"
)
"""Words between a thing and what is done to it: 绿地进行日常养护."""
_PLACES_OF = re.compile(
    r"^(?P<place>行政村|自然村|村|社区|乡镇|小区|片区)的?"
    r"(?P<deed>[一-龥]{2,8}(?:治理|整治|改造|硬化|亮化|绿化|建设))$"
)
"""30个村生活污水治理: places are counted in which something is done."""
_WORKS = frozenset({"处", "座", "宗", "个", "项"})
_WORK_END = re.compile(r"工程(?:共计|共)?$")
"""Where works are counted, the word is part of their name: 农村饮水工程35处."""
_PERSONS = frozenset({"人", "户", "名", "万人", "万户"})
"""Units of those whose trouble is ended: 解决1.2万人饮水困难 is an effect, 解决问题30件 is not."""
_BETTERED = frozenset({"改善", "恢复"})
"""Deeds of which only an area tells how far they reached: 改善灌溉面积5000亩."""
COUNT_WORDS = frozenset({"面积", "数量", "人数", "户数", "长度", "里程", "总数", "个数", "规模"})


@dataclass(frozen=True)
class Deliverable:
    """A quantity that the project's own text promises."""

    action: str
    object: str
    quantity: str
    """Number as written, for example 8万."""
    value: float
    unit: str
    money_wan: float | None = None
    """Money, in 万元, that the text assigns to it."""
    follows: bool = False
    """Whether the text puts the action behind the object, and so the name does: 宫颈癌筛查."""

    @property
    def name(self) -> str:
        """Name of the indicator that counts it: object and aspect."""
        if self.object in COUNT_WORDS:
            return f"{self.action}{self.object}"
        counted = count_name(self.unit, self.object)
        base = self.object
        if (self.action and base.endswith(self.action)) or (
            self.action == "发放" and names_people(base)
        ):
            pass
        elif self.follows or stands_behind(self.action):
            base = f"{self.object}{self.action}"
        elif self.action and not base.startswith(self.action):
            base = f"{self.action}{self.object}"
        return base if base.endswith(counted) else f"{base}{counted}"

    @property
    def target(self) -> str:
        """Target value as the text has it."""
        return f"≥{self.quantity}{self.unit}"

    @property
    def stated(self) -> str:
        """The promise in short: 村内道路硬化12公里."""
        behind = self.follows or stands_behind(self.action)
        thing = f"{self.object}{self.action}" if behind else ""
        return f"{thing or self.action + self.object}{self.quantity}{self.unit}"

    @property
    def is_benefit(self) -> bool:
        """Whether it states an effect on people and not an output."""
        helped = self.action == "解决" and self.unit in _PERSONS
        return helped or self.action in _BETTERED or is_benefit(self.action)


def deliverables(project: Project, limit: int) -> list[Deliverable]:
    """Return the quantities of name, goal and description, each measure once, in order."""
    found: dict[tuple[str, str], Deliverable] = {}
    for text in texts_of(project):
        for sentence in _SENTENCES.finditer(text):
            for item in _of_sentence(sentence.group()):
                if not any(_is_again(item, other) for other in found.values()):
                    found.setdefault((item.name, item.unit), item)
            if len(found) >= limit:
                break
    return list(found.values())[:limit]


def _is_again(item: Deliverable, other: Deliverable) -> bool:
    """Tell whether a text promises once more what it promised: so many of the same thing."""
    if (item.value, item.unit) != (other.value, other.unit):
        return False
    mine, known = pairs(item.object), pairs(other.object)
    return 2 * len(mine & known) >= min(len(mine), len(known))


def inner_deed(phrase: str) -> tuple[str, str]:
    """Return deed and thing of a phrase that begins with whom they are for, else "" and all."""
    found = _INNER.match(phrase)
    return (found["action"], found["thing"]) if found else ("", phrase)


def texts_of(project: Project) -> list[str]:
    """Return the texts to read; the department's name is the last line and promises nothing."""
    lines = project.text.split("\n")
    return lines[:-1] if project.declaration.department and len(lines) > 1 else lines


def _of_sentence(sentence: str) -> Iterator[Deliverable]:
    """Yield the quantities of a sentence.

    An enumeration shares the action of its first part; “改造面积35万平方米” speaks of the thing
    that was counted before it.
    """
    previous: Deliverable | None = None
    for clause in _CLAUSES.finditer(_NUMBERING.sub("", sentence)):
        action, written = "", counted_by_year(undated(clause.group().strip()), sentence)
        served = written if _FOR.match(written) else ""
        for item in _ITEMS.finditer(_SETTING.sub("", written)):
            for found in _of_item(item.group(), previous, served):
                whole = found if found.action else replace(found, action=action)
                deed = _DEED.search(item.group()) if found.action == _SERVED else None
                action = deed.group() if deed else _shared(found, item.group()) or action
                previous = previous if whole.is_benefit else whole
                yield whole


def _shared(found: Deliverable, text: str) -> str:
    """Return the action that a deliverable shares with those after it: one before its object."""
    place = text.find(found.action)
    return found.action if 0 <= place < text.find(found.object) else ""


def _of_item(text: str, previous: Deliverable | None, served: str) -> Iterator[Deliverable]:
    """Yield the quantities of a phrase without commas.

    `served` is the clause where it opens with whom the deed is for: 为86所中小学更换摄像头.
    """
    quantities = list(_quantities(text))
    begin = 0
    for place, (start, number, unit) in enumerate(quantities):
        before = text[begin:start]
        following = quantities[place + 1][0] if place + 1 < len(quantities) else len(text)
        found = _read(before, text[unit.end : following], number, unit, previous)
        begin = unit.end
        if found:
            begin = _end_of(found, before, text, unit.end, following)
            among = bool(served) or found.object == _VILLAGES
            bare = among and not place and not found.action
            if bare and _GIVEN.search(text):
                found = replace(found, action="补助", follows=True)
            elif bare and _WORKED_ON.search(served):
                worked = _WORKED_ON.findall(served)[-1]
                found = replace(found, action=worked, follows=True)
            elif bare and _DEED.search(text):
                found = replace(found, action=_SERVED)
            previous = found
            yield found


def _end_of(found: Deliverable, before: str, text: str, start: int, end: int) -> int:
    """Return where the phrase about a deliverable ends; its object may follow the quantity.

    In 12公里村内道路硬化和20座供水设施 the road belongs to the first quantity alone.
    """
    after = text[start:end]
    if found.object[:2] in before or found.object[:2] not in after:
        return start
    joint = _JOINT.search(after, after.find(found.object[:2]) + len(found.object))
    return start + joint.end() if joint else end


def _quantities(text: str) -> Iterator[tuple[int, str, UnitMatch]]:
    """Yield place, number as written and unit of each countable quantity."""
    for match in _NUMBER.finditer(text):
        unit = match_unit(text, match.end())
        if unit is None or is_money(unit.name) or "/" in unit.name:
            continue
        known = simple_unit(unit.name.partition("(")[0])
        if known is None or known.dimension in _CLOCK:
            continue
        spelled = _ARABIC.search(match.group()) is None
        value = to_number(match.group()) or 0
        counts = value > 1 or (value == 1 and not spelled)
        if counts and not (spelled and known.name in _PHASES):
            yield match.start(), match.group(), unit


def _read(
    before: str, after: str, number: str, unit: UnitMatch, previous: Deliverable | None
) -> Deliverable | None:
    """Return the deliverable that a quantity and the words around it state."""
    lead = strip_filler(_STATED.sub("", before))
    if _NOT_COUNTED.search(before.rstrip()) or _NOT_COUNTED.search(lead):
        return None
    action, thing = split_action(lead)
    if not action:
        action, thing = inner_deed(lead)
    if not action and before.rstrip().endswith("支持"):
        action = "支持"
    if len(thing) == 1:
        action, thing = "", lead
    if not action and thing[:2] in _BETTERED and thing.endswith("面积"):
        action, thing = thing[:2], thing[2:]
    if thing in COUNT_WORDS and previous:
        thing = previous.object
    thing = _WHOLE.sub("", thing)
    following = _object_after(after) if not thing else ""
    places = _PLACES_OF.match(following) if unit.name == "个" else None
    if places:
        thing, action, following = f"{places['deed']}{places['place']}", "", ""
    place = served_place(thing, after) if unit.name == "个" and not places else ""
    paid = place == after.strip() and kind_of(action) not in {"build", "buy"}
    if place and (thing or not action or paid):
        action, thing, following = _SERVED, place, ""
    done = split_end(following) if following else ("", "")
    closes = stands_behind(done[0]) or kind_of(done[0]) in {"build", "buy"}
    if len(done[1]) > 1 and closes:
        action, following = done
    if lead != before.strip() and unit.name in _WORKS and _WORK_END.search(before.strip()):
        thing = f"{thing}工程" if thing else thing
    action, thing = kept_running(action, _tidy(thing or following))
    if not thing and action and not after.strip():
        action, thing = "", action
    value = to_number(number)
    if value is None or not _OBJECT.match(thing) or _NOT_OBJECT.search(thing):
        return None
    if not action and is_trouble(thing):
        return None
    if value == 1 and not action:
        return None
    scaled = "万" if unit.scale == 10**4 else ""
    if not _ARABIC.search(number):
        number = f"{value:g}"
    if action in {"开展", "组织"} and split_action(thing)[0]:
        action = ""
    follows = bool(action) and f"{thing}{action}" in f"{lead}|{after}"
    quantity = f"{number}{scaled}"
    return Deliverable(action, thing, quantity, value * unit.scale, unit.name, follows=follows)


def _tidy(thing: str) -> str:
    """Return an object without linking words: 用材林幼林实施森林抚育 → 用材林幼林森林抚育."""
    return _AMONG.sub("", _LINK.sub("", _OBJECT_END.sub("", thing).strip()))


def _object_after(after: str) -> str:
    """Return the thing that is counted when it follows the quantity: 新建20座供水设施."""
    phrase = _STATED.sub("", after.strip()).removeprefix("以上").removeprefix("的")
    phrase = _DONE_TO.sub("", phrase)
    phrase = _IN_VILLAGES.sub(_VILLAGES, phrase)
    cut = _CUT_AFTER.search(phrase, 2)
    return phrase[: cut.start()] if cut else phrase

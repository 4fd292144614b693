"""Reads deliverables from a project's own words: action, object, quantity, unit.

“硬化村内道路12公里，新建供水设施20座，6月底前完工” states two quantities (and a deadline).
Only what is written is returned; money, shares, years and places are not deliverables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.target.numerals import to_number
from corpus.target.units import UnitMatch
from recommender.clauses import counted_by_year, is_trouble, kept_running, served_place, undated
from recommender.condensed import head_of
from recommender.deliverable import BETTERED, COUNT_WORDS, PERSONS, Deliverable
from recommender.phrases import (
    among_places,
    divides_work,
    gathered,
    is_done_again,
    is_extent_of,
    is_share_of,
    lessened,
    of_those_before,
    opening_deed,
    taught,
    without_manner,
)
from recommender.project import Project, pairs
from recommender.quantities import ARABIC, quantities_in
from recommender.sentences import plain, title_of
from recommender.served import Served, served
from recommender.wording import (
    count_name,
    kind_of,
    leading_deed,
    split_action,
    split_end,
    stands_behind,
    strip_filler,
)

_SENTENCES = re.compile(r"[^。；;\n！!？?]+")
_CLAUSES = re.compile(r"[^，,：:（）()]+")
_SETTING = re.compile(
    r"^(?:在|从|由|用|以|通过|依托|按照?|为|对|向|使用|赴|委托|联合|会同|帮助|指导)[^\d]*?"
    r"(?=实施|建设|新建|修建|开展|完成|保障|购置|采购|发放|建成|改造|派驻|选派|遴选|(?<![A-Za-z])\d)|"
    r"^在.*?(?=实施|建设|新建|修建|开展|完成)"
)
_NUMBERING = re.compile(r"^\s*[(（]?(?:\d{1,2}|[一二三四五六七八九十])(?:[)）、．]|\.(?!\d))\s*")
_STATED = re.compile(r"(?:以上|以内|左右|以下|余|多)$")
_NOT_COUNTED = re.compile(
    r"(?:在|从|由|位于|面向|围绕|按照|根据|结合|每|第|人均|单价|标准|[户亩生]均|"
    r"改善|(?<!改造)提升|提高|促进|推动|增加|降低|减少|增长|下降|[日年](?:处理|产|供水|供|接待|均|发电|加工)[一-龥]{0,4})$"
)
_OBJECT = re.compile(r"^(?:[一-龥A-Za-z0-9“”\"·\-《》]|(?<=\d)\.(?=\d)){2,14}$")
_NOT_OBJECT = re.compile(
    r"^(?:以上|以内|以下|左右|等|的|并|与|其|该|本|元|后|前|内(?![环镜科窥涝河墙网饰部陆贸])|中(?![小学医药职心央幼])|起|各|每|由|在(?![校册岗职建编读家线押院])|按|人员|人(?![工居才行大民])|单位|项目|工作|任务)|"
    r"^(?:处理|供应|接待|清运|收运)$|其中$|^日产日清|资金|经费|投资|预算|万元(?!以[上下])|亿元(?!以[上下])|〔|号文|规划|五年|年度|时间|标准$|改善|提升$|提高"
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
_ALL_KINDS = re.compile(r"^各(?:级各类|类|种|级|项)(?=[一-龥]{2})")
_AMONG = re.compile(r"^[一-龥A-Za-z0-9]{1,8}等(?=[一-龥]{3})")
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
_DOER = re.compile(
    r"^(?P<who>[一-龥]{2,10}?(?:[殖养农牧渔林]场|合作社|企业|机构|公司|主体|农户|大户|牧户|农场))"
    r"(?:改造|建设|实施|开展|升级|提升|更新|配套|完善)[一-龥]{2,}"
)
"""Who does something with the help that a text counts: 支持92家养殖场改造粪污设施."""
_WORKS = frozenset({"处", "座", "宗", "个", "项"})
_WORK_END = re.compile(r"工程(?:共计|共)?$")
"""Where works are counted, the word is part of their name: 农村饮水工程35处."""
_LONGEST_THING = 14
_HOLLOW = frozenset(
    {"涉及", "受益", "覆盖", "惠及", "完成", "新增", "组织", "开展", "实施", "带动"}
)
"""Deeds that without an object tell nothing of what is counted."""


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
    return 2 * len(mine & known) > min(len(mine), len(known))


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
    text = plain(_NUMBERING.sub("", sentence))
    title = title_of(text)
    for clause in _CLAUSES.finditer(text):
        action, written = "", counted_by_year(undated(clause.group().strip()), sentence)
        part = is_share_of(written)
        done, written = served(written, list(quantities_in(written)))
        while done:
            for each in done:
                previous = _of_served(each)
                yield previous
            done, written = served(written, list(quantities_in(written)))
        whom = written if _FOR.match(written) else ""
        for item in gathered(_SETTING.sub("", written)):
            action = action or opening_deed(item) * (not list(quantities_in(item)))
            for found in _of_item(item, previous, whom, title):
                if part and not (found.action or action or divides_work(found.object)):
                    continue
                if previous and is_extent_of(found.object):
                    continue
                whole = found if found.action else replace(found, action=action)
                deed = _DEED.search(item) if found.action == _SERVED else None
                action = deed.group() if deed else _shared(found, item) or action
                previous = previous if whole.is_benefit else whole
                yield whole


def _of_served(found: Served) -> Deliverable:
    """Return the count of those that something is done to."""
    value = (to_number(found.number) or 0.0) * found.unit.scale
    scaled = "万" if found.unit.scale == 10**4 else ""
    name = found.name(count_name(found.unit.name, found.object))
    action = "" if found.deed else "覆盖"
    action = action or split_end(found.deed)[0]
    quantity = f"{found.number}{scaled}"
    return Deliverable(
        action,
        found.object or found.deed,
        quantity,
        value,
        found.unit.name,
        follows=True,
        called=name,
    )


def _shared(found: Deliverable, text: str) -> str:
    """Return the action that a deliverable shares with those after it: one before its object."""
    place = text.find(found.action)
    return found.action if 0 <= place < text.find(found.object) else ""


def _of_item(
    text: str, previous: Deliverable | None, served: str, title: str
) -> Iterator[Deliverable]:
    """Yield the quantities of a phrase without commas.

    `served` is the clause where it opens with whom the deed is for: 为86所中小学更换摄像头; `title`
    is what the sentence names in 《》.
    """
    quantities = list(quantities_in(text))
    begin = 0
    for place, (start, number, unit) in enumerate(quantities):
        before = text[begin:start]
        following = quantities[place + 1][0] if place + 1 < len(quantities) else len(text)
        found = _read(before, text[unit.end : following], number, unit, previous, title)
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


def _read(
    before: str,
    after: str,
    number: str,
    unit: UnitMatch,
    previous: Deliverable | None,
    title: str,
) -> Deliverable | None:
    """Return the deliverable that a quantity and the words around it state."""
    lead = strip_filler(_STATED.sub("", before))
    of_days = unit.name == "天"
    if not of_days and any(map(_NOT_COUNTED.search, (before.rstrip(), lead))):
        return None
    lead = without_manner(lead, unit.name)
    action, thing = leading_deed(lead)
    if not action:
        action, thing = split_action(lead)
    if not action:
        action, thing = inner_deed(lead)
    if not action and before.rstrip().endswith("支持"):
        action = "支持"
    if len(thing) == 1:
        action, thing = "", lead
    if not action and thing[:2] in BETTERED and thing.endswith("面积"):
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
    thing = _tidy(_ALL_KINDS.sub("", thing or following))
    if not of_days:
        action, thing = kept_running(action, thing)
    if len(thing) > _LONGEST_THING:
        thing = head_of(thing, _LONGEST_THING)
    if not action and is_done_again(thing):
        action, thing = thing, ""
    if not thing and action and not after.strip():
        again = of_those_before(action, previous.object if previous else "", title)
        if again and (title == again or (previous and previous.unit == unit.name)):
            thing = again
        elif action not in _HOLLOW:
            action, thing = "", action
    who = among_places(thing, after) if unit.name in PERSONS else ""
    if who:
        action, thing = "惠及", who
    if unit.name in PERSONS | {"人次"} and action in {"", "组织", "安排", "选派"}:
        deed = taught(after)
        action, thing = ("", f"{thing}{deed}") if deed and thing else (action, thing)
    value = to_number(number)
    if value is None or not _OBJECT.match(thing) or _NOT_OBJECT.search(thing):
        return None
    if not action and is_trouble(thing):
        return None
    if value == 1 and not action:
        return None
    scaled = "万" if unit.scale == 10**4 else ""
    if not ARABIC.search(number):
        number = f"{value:g}"
    if action in {"开展", "组织"} and split_action(thing)[0]:
        action = ""
    called = lessened(thing)
    if called:
        action, thing = called[0], called[1]
    follows = bool(action) and f"{thing}{action}" in f"{lead}|{after}"
    quantity = f"{number}{scaled}"
    return Deliverable(
        action,
        thing,
        quantity,
        value * unit.scale,
        unit.name,
        follows=follows,
        called=f"{thing}{action}量" if called else "",
    )


def _tidy(thing: str) -> str:
    """Return an object without linking words: 用材林幼林实施森林抚育 → 用材林幼林森林抚育."""
    return _AMONG.sub("", _LINK.sub("", _OBJECT_END.sub("", thing).strip()))


def _object_after(after: str) -> str:
    """Return the thing that is counted when it follows the quantity: 新建20座供水设施."""
    doing = _DOER.match(after)
    if doing:
        return doing["who"]
    phrase = _STATED.sub("", after.strip()).removeprefix("以上").removeprefix("的")
    phrase = _DONE_TO.sub("", phrase)
    phrase = _IN_VILLAGES.sub(_VILLAGES, phrase)
    cut = _CUT_AFTER.search(phrase, 2)
    return phrase[: cut.start()] if cut else phrase

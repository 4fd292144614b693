"""Finds the thing that is counted in the words around a quantity, and tells what is no thing."""

from __future__ import annotations

import re

from recommender.wording import strip_filler

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
DEEDS = (
    "更换|购置|采购|配备|新建|改建|扩建|铺设|安装|发放|建成|举办|购买|栽植|修建|新增|租赁|租用|布设|加装|增设|"
    "更新(?!改造)"
)
"""Deeds that stand before their object and hardly ever inside the name of a thing."""
_CUT_AFTER = re.compile(
    rf"{DEEDS}|(?:种植|养殖)(?![户业园区场大]|基地|面积|专业)|并|及|和|与|以及|提高|提升|改善|推动|促进|实现|确保|保障|用于|进行|开展|为|有|的|发展|给予|提供|参加"
)
_INNER = re.compile(rf"^.{{2,}}(?P<action>{DEEDS})(?P<thing>[^\d]{{2,}})$")
"""为中小学更换摄像头: the deed stands between those it is for and its object."""
VILLAGES = "行政村"
_IN_VILLAGES = re.compile(rf"^村(?={DEEDS})")
_WHOLE = re.compile(r"^(?:全[省市县区镇乡村]|辖区内?)(?:内|的)?$")
_ALL_KINDS = re.compile(r"^各(?:级各类|类|种|级|项)(?=[一-龥]{2})")
_AMONG = re.compile(r"^[一-龥A-Za-z0-9]{1,8}等(?=[一-龥]{3})")
"""The last of several examples before what they are examples of: DR等设备."""
_LINK = re.compile(r"实施|进行|开展|给予")
_DONE_TO = re.compile(
    r"(?:的)?(?:实施|进行|开展|给予)(?:日常|全面|定期|集中|统一)*(?=[一-龥]{2,4}$)"
)
"""Words between a thing and what is done to it: 绿地进行日常养护."""
_DOER = re.compile(
    r"^(?P<who>[一-龥]{2,10}?(?:[殖养农牧渔林]场|合作社|企业|机构|公司|主体|农户|大户|牧户|农场))"
    r"(?:改造|建设|实施|开展|升级|提升|更新|配套|完善)[一-龥]{2,}"
)
"""Who does something with the help that a text counts: 支持92家养殖场改造粪污设施."""


def lead_of(before: str) -> str:
    """Return the words before a quantity without those that only introduce the number."""
    return strip_filler(_STATED.sub("", before))


def counts_nothing(before: str, lead: str) -> bool:
    """Tell whether the words before a number make it a place, rate or change: 人均, 提高."""
    return any(map(_NOT_COUNTED.search, (before.rstrip(), lead)))


def is_object(thing: str) -> bool:
    """Tell whether a phrase names a thing that can be counted, and not money, time or place."""
    return _OBJECT.match(thing) is not None and not _NOT_OBJECT.search(thing)


def inner_deed(phrase: str) -> tuple[str, str]:
    """Return deed and thing of a phrase that begins with whom they are for, else "" and all."""
    found = _INNER.match(phrase)
    return (found["action"], found["thing"]) if found else ("", phrase)


def without_area(thing: str) -> str:
    """Return a thing, "" for the whole area that a project is for: 全县, 辖区内."""
    return _WHOLE.sub("", thing)


def tidied(thing: str) -> str:
    """Return an object without linking words: 用材林幼林实施森林抚育 → 用材林幼林森林抚育."""
    bare = _OBJECT_END.sub("", _ALL_KINDS.sub("", thing)).strip()
    return _AMONG.sub("", _LINK.sub("", bare))


def object_after(after: str) -> str:
    """Return the thing that is counted when it follows the quantity: 新建20座供水设施."""
    doing = _DOER.match(after)
    if doing:
        return doing["who"]
    phrase = _STATED.sub("", after.strip()).removeprefix("以上").removeprefix("的")
    phrase = _IN_VILLAGES.sub(VILLAGES, _DONE_TO.sub("", phrase))
    cut = _CUT_AFTER.search(phrase, 2)
    return phrase[: cut.start()] if cut else phrase

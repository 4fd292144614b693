"""Words of project descriptions: what is done, what says nothing, what a quantity is called."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files

from corpus.target.units import simple_unit


@cache
def _actions() -> dict[str, tuple[str, str]]:
    """Return of each action where a name puts it (before, behind, benefit) and its kind."""
    text = files("recommender").joinpath("data/actions.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {row["action"]: (row["position"], row["kind"]) for row in rows}


def stands_behind(action: str) -> bool:
    """Tell whether a name puts an action behind its object: 村内道路硬化里程."""
    return _actions().get(_first(action), ("", ""))[0] == "behind"


def is_benefit(action: str) -> bool:
    """Tell whether an action states an effect on people, not an output."""
    return _actions().get(action, ("", ""))[0] == "benefit"


def kind_of(action: str) -> str:
    """Return the kind of a deed (build, buy, train, pay …), empty for others."""
    return _actions().get(_first(action), ("", ""))[1]


def names_people(thing: str) -> bool:
    """Tell whether a thing is people: 种植户, 乡村医生, 困难群众."""
    return _PEOPLE.search(thing) is not None


def is_durable(thing: str) -> bool:
    """Tell whether a thing is one of which one can say whether it is in use: 护理床, 污水处理厂."""
    return _DURABLE.search(thing) is not None


_DURABLE = re.compile(
    r"(?:中心|[房楼院馆站厂场厕园库床车桥机]|设施|厕所|系统|平台|设备|仪器|器材|装备|车辆|家具|电脑|校区|食堂|基地|"
    r"桌椅|空调|计算机|打印机|服务器|网络|局域网|软件|摄像头|电梯|装置|终端|[录测检谱]仪|[录测割火]?机|锅炉|火化炉|路灯|水泵|喇叭)$"
)
_FILLER = re.compile(
    r"^(?:(?:19|20)\d{2}年(?:度)?|\d{1,2}月|其中|计划|拟|预计|将|共计|共|合计|总计|全年|年度|全市|全县|全区|全省|今年|当年|每年|年内|累计|"
    r"不少于|不低于|至少|达到|达|约|大约|近|超过|完成|实现|实施|进行|落实|继续|全面|重点|主要|对|为|向|将|"
    r"并|及|和|与|以及|同时|等|用于|支持|确保|目标|任务|年底前|的|实施|安排|下达|使用|[一二三四五六七八九十]是|≥|>|=|≤|<)+"
)
_END_FILLER = re.compile(
    r"(?:共计|共|合计|总计|不少于|不低于|至少|达到|达|约|近|超过|数量|总数|任务|目标|为|各|等|工作|工程|"
    r"(?<![新大小重赛科类型级上下业研点创])项目|"
    r"≥|>|=|≤|<|:)+$"
)
_COUNT_NAMES = {
    "米": "长度",
    "延米": "长度",
    "人次": "人次",
    "户": "户数",
    "场": "场次",
    "场次": "场次",
    "次": "次数",
    "期": "期数",
    "批": "批次",
    "批次": "批次",
    "家": "家数",
    "家次": "家次",
    "户次": "户次",
    "天": "天数",
    "亩次": "面积",
    "轮": "轮次",
    "册": "册数",
    "篇": "篇数",
    "字": "字数",
    "株": "株数",
}
_PEOPLE = re.compile(
    r"(?:[人员户者生师民工]|干部|群众|对象|家庭|学员|村医|农民|教师|医生|儿童|妇女|骨干|带头人|专家|职工|军人|残疾人|队伍|老人)$"
)
_COMPOUND = re.compile(
    r"(?:供水|灌溉|监测|检测|执法|治理|处理|防治|防控|监督|数字化|养殖|种植|收集|转运|服务|保障)"
    r"(?:设施|设备|站|点|管|网|系统|中心|车|渠|工程|平台|仪器|终端|用房)|"
    r"(?:执法|检测|监测|记录|治疗|巡查|检验)[一-龥]{0,3}(?:仪|机|艇|终端)"
)
"""Names of things that begin like a deed: 供水设施."""
_PAIRED = frozenset({"build", "buy", "keep"})
"""Kinds of deed of which two often share an object: 维修养护, 采购安装."""
_ROAD = re.compile(r"(?:[路线]|(?<![管渠])道)$")
_MASSIVE = re.compile(r"(?:[墙坡坝堤方渠]|护岸|挡墙|混凝土|砌石|基础)$")
"""What is built and measured by its volume."""
_BY_DIMENSION = {"长度": "长度", "面积": "面积", "人": "人数", "质量": "总量", "体积": "总量"}


@cache
def _any_action() -> str:
    """Return a pattern of all actions, the longest first."""
    return "|".join(_by_length())


@cache
def _by_length() -> tuple[str, ...]:
    """Return all actions, the longest first."""
    return tuple(sorted(_actions(), key=len, reverse=True))


@cache
def _first(action: str) -> str:
    """Return the first deed of several: 维修 of 维修养护."""
    if action in _actions():
        return action
    found = re.match(_any_action(), action)
    return found.group() if found else action


@cache
def _front() -> re.Pattern[str]:
    """Return the pattern of a deed, or two that share an object, before it: 新建和改造公厕."""
    second = "|".join(name for name in _by_length() if _actions()[name][1] in _PAIRED)
    return re.compile(rf"(?:{_any_action()})(?:(?:和|及|与|或|并)?(?:{second})(?![率费班员区户]))?")


@cache
def _end() -> re.Pattern[str]:
    """Return the pattern of a deed, or two, behind an object: 桥梁维修加固."""
    first = "|".join(name for name in _by_length() if _actions()[name][1] in _PAIRED)
    return re.compile(rf"(?:(?:{first})(?:和|及|与|或|并)?)?(?:{_any_action()})$")


def strip_filler(text: str) -> str:
    """Return a phrase without the words around it that name nothing."""
    return _END_FILLER.sub("", _FILLER.sub("", text.strip())).strip()


_LEADING = re.compile(
    r"(?:采购储备|走访慰问|清理整治|选育推广|补贴购置|清掏|接入|设置|组建|配齐|新打|登记|核查|采集|发布|探访|走访|督办|遴选|"
    r"撰写|修订|播发|选育|认证|接收|派驻|淘汰|悬挂|发射|开设|保管|拜访|签约|输送|开放|营造|选树|施划|盘活|租用|购入|"
    r"联系|对接|签订|上线|巩固|布置|投入|抢救复壮|抢救|辅导|托养|命名|收集整理|整编|补助|补贴|优化|新购|新配|新聘|承接)"
    r"(?:(?=[一-龥A-Za-z0-9“《]{2})(?![点站塔式台率架员])|$)"
)
"""Deeds that open a phrase and say little of the kind of work."""


def leading_deed(phrase: str) -> tuple[str, str]:
    """Return a deed that only opens phrases, and its object; "" and all of it if there is none."""
    found = _LEADING.match(phrase)
    if found is None or _COMPOUND.match(phrase):
        return "", phrase
    return found.group(), phrase[found.end() :]


def split_action(phrase: str) -> tuple[str, str]:
    """Return action and object of a phrase such as 硬化村内道路 or 村内道路硬化; "" if none."""
    found = _front().match(phrase)
    if found and len(phrase) == found.end():
        found = re.match(_any_action(), phrase)
    if found and not _COMPOUND.match(phrase):
        return found.group(), phrase[found.end() :]
    return split_end(phrase)


def split_end(phrase: str) -> tuple[str, str]:
    """Return action and object of a phrase that ends with its action; "" if it does not."""
    found = _end().search(phrase)
    if found and not found.start():
        found = re.search(f"(?:{_any_action()})$", phrase)
    if found:
        return found.group(), phrase[: found.start()]
    return "", phrase


def count_name(unit: str, thing: str) -> str:
    """Return what a quantity is called: 里程 for 公里 of road, 人数 for 人, else 数量."""
    bare = unit.lstrip("百千万亿").partition("(")[0]
    if bare == "公里":
        return "里程" if _ROAD.search(thing) else "长度"
    if bare in _COUNT_NAMES:
        return _COUNT_NAMES[bare]
    if len(bare) > 1 and bare.endswith("次"):
        return bare
    found = simple_unit(bare)
    if found and found.dimension == "体积" and _MASSIVE.search(thing):
        return "工程量"
    return _BY_DIMENSION.get(found.dimension, "数量") if found else "数量"

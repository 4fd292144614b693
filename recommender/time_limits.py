"""Reads within what time a text promises a deed: 20个工作日内拨付补助资金 → 补助资金拨付时限.

How long people wait (平均等候时间不超过15分钟) is an effect; all else is timeliness.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from recommender.choice import Choice
from recommender.project import Project, clauses_of, pairs
from recommender.stated_value import StatedValue
from recommender.wording import split_action

LIMIT_SCORE = 0.84
"""Score of a limit that the goal sets: what officials are held to."""
_UNIT = r"(?P<unit>个?工作日|个月|小时|分钟|天|日)"
_WITHIN = re.compile(
    rf"(?P<before>[一-龥A-Za-z“”]*?)(?P<value>\d+(?:\.\d+)?){_UNIT}(?:之内|以内|内)(?P<deed>[一-龥A-Za-z]*)"
)
_AT_MOST = re.compile(
    r"(?P<name>[一-龥A-Za-z]{2,14}?)(?:不得?超过|不高于|不多于|控制在|(?:缩短|压缩|压减|减少)[到至为]|低于|≤)"
    rf"(?P<value>\d+(?:\.\d+)?){_UNIT}(?P<tail>以内|之内|内|以下)?"
)
_TIME = re.compile(r"(?:时间|时长|用时|时限|周期|[候诊空工]期|审核|审批|办理|办结|响应)$")
_LASTING = re.compile(r"(?:会期|工期|租期|服务期|保修期|质保期|开放|培训|驻村)")
"""What goes on for a while by itself."""
_UNDER = re.compile(r"^.*[下时](?=[一-龥]{4})(?!间|长)")
"""Under what circumstances: 50毫米/小时降雨下退水时间."""
_WAITING = re.compile(r"等候|等待|候诊|排队|退水|查阅|调档|查询|出行|通勤|车程|路程|用餐")
_AFTER = re.compile(
    r"(?P<event>[一-龥A-Za-z“”]*?)(?:(?:之日|之时)?起(?:的)?|(?:后|以后|之后)(?:的)?(?:第)?)$"
)
_LEAD = re.compile(r"^(?:其中|确保|保证|做到|使|将|并|且|让|全部|各类)+")
_EVENT = re.compile(
    r"^(?:自|从|在|于|对|将|其中|确保|保证|做到|接到?|收到|经办(?:窗口|机构)|经|资料|申请|材料|企业|全部|各类|并|且)+|"
    r"(?:之日|受理|接报|接到|发现|收到|发生|审核|审批|通过|合格|无异议|申请|公示|验收|确认|结束|完成|办理|检查)+$"
)
_DEED_LEAD = re.compile(
    r"^(?:全部|全额|及时|即时|立即|一次性|足额|按时|依法|予以|给予|进行|开展|得到|完成|督促|组织|集中|有效|对|将|把)+"
)
_DEED_END = re.compile(
    r"到户|到位|到人|到村|到账|完毕|完成|或|并|且|至|到(?=[一-龥]{2})|给|以上|率|[、]"
)
_REACHED = re.compile(r"到达|送达|到场(?:处置|处理)?|推送|发布|响应")
_MONEY = re.compile(r"拨付|兑付|兑现|发放|支付|下达")
_GRANT = re.compile(r"补贴|补助|奖补|奖励|贴息|津贴|慰问金|救助金|赔款")
_LONGEST = 14
_ALIKE = (
    re.compile(r"拨付|兑付|兑现|发放|支付"),
    re.compile(r"响应|到场|处置|处理|处警"),
    re.compile(r"修复|抢修|维修|抢通"),
    re.compile(r"打捞|清除|清理|清运|清漂"),
    re.compile(r"办结|办理|审批|审核"),
    re.compile(r"等候|等待|候诊|排队"),
    re.compile(r"退水|排水|积水"),
)
"""Deeds of one sense: a library's limit on one of them gives way to the goal's."""
_ENOUGH = 2
"""Dates and limits of the goal that a form has room for."""
_BEHIND, _SECOND = 0.6, 0.85
"""What is left of others' scores beside enough of the goal's own, and beside one."""
_TIMELY = "时效指标"
_TIMED = frozenset({"工作日", "小时", "分钟", "天", "日", "月"})


def time_limits(project: Project) -> list[Choice]:
    """Return the limits that goal and description set, each name once, in order."""
    found: dict[str, Choice] = {}
    for clause in clauses_of(project):
        for choice in _of_clause(clause, project):
            found.setdefault(choice.name, choice)
    return list(found.values())


def with_limits(choices: Sequence[Choice], project: Project) -> list[Choice]:
    """Return the choices with the goal's own limits in place of those of other projects."""
    own = time_limits(project)
    rest = [choice for choice in choices if not any(_is_again(choice, each) for each in own)]
    timed = sum(choice.level2 == _TIMELY for choice in own)
    timed += sum(choice.deadline is not None for choice in rest)
    if not timed:
        return rest + own
    kept = [choice for choice in rest if not _is_made(choice)]
    left = _BEHIND if timed >= _ENOUGH else _SECOND
    return [_behind(choice, left) for choice in kept] + own


def _behind(choice: Choice, left: float) -> Choice:
    """Return a choice of timeliness behind those of the goal."""
    if choice.level2 != _TIMELY or choice.stated or choice.deadline:
        return choice
    return replace(choice, score=choice.score * left)


def _is_made(choice: Choice) -> bool:
    """Tell whether a choice is a rate of timeliness that was only made for want of a date."""
    own = choice.stated or choice.deadline
    return choice.level2 == _TIMELY and not own and not choice.as_it_stands


def _of_clause(clause: str, project: Project) -> list[Choice]:
    """Return the limits of a clause; of several, each later one keeps what the first is about."""
    found: list[Choice] = []
    event = ""
    for part in clause.split("、"):
        most = _AT_MOST.search(part)
        if most is not None and _TIME.search(most["name"]):
            name = _LEAD.sub("", _UNDER.sub("", most["name"]))
            found += [] if _LASTING.search(name) else _named(name, most)
            continue
        match = _WITHIN.search(part)
        if match is None:
            continue
        deed = _deed(match["deed"], project)
        event = _event(match["before"]) or event
        if deed:
            found += _named(_joined(event, deed), match)
    return found


def _named(name: str, match: re.Match[str]) -> list[Choice]:
    """Return a limit under a name, none for what lasts and is no delay."""
    if len(name) > _LONGEST:
        return []
    full = name if name.endswith(("时间", "时长", "用时", "时限", "周期", "期")) else f"{name}时限"
    waiting = _WAITING.search(full) is not None
    levels = ("效益指标", "社会效益指标") if waiting else ("产出指标", "时效指标")
    unit = match["unit"]
    stated = StatedValue(float(match["value"]), unit, "≤", match.group().strip())
    return [Choice(*levels, full, unit, LIMIT_SCORE, stated=stated)]


def _event(before: str) -> str:
    """Return what a limit is about where it names it before: 故障路灯, 漂浮物发现后 → 漂浮物."""
    after = _AFTER.search(before)
    return _tidy(after["event"] if after else before)


def _tidy(words: str) -> str:
    """Return words without what only introduces or ends an event, "" where nothing is left."""
    previous = None
    while previous != words:
        previous, words = words, _EVENT.sub("", words)
    return words if len(words) > 1 else ""


def _deed(words: str, project: Project) -> str:
    """Return the deed as a name has it, its object first: 拨付补助资金 → 补助资金拨付."""
    reached = _REACHED.match(words)
    if reached:
        return reached.group()
    bare = _DEED_END.split(_DEED_LEAD.sub("", words), maxsplit=1)[0]
    paid = _MONEY.match(bare)
    if paid:
        thing = bare[paid.end() :]
        grant = _GRANT.search(project.text)
        return f"{thing or (grant.group() if grant else '') + '资金'}{paid.group()}"
    action, thing = split_action(bare)
    if action and thing and bare.startswith(action):
        return f"{thing}{action}"
    for verb in ("指派", "出具", "介入", "通知", "办理"):
        if bare.startswith(verb) and len(bare) > len(verb) + 1:
            return f"{bare.removeprefix(verb)}{verb}"
    return bare if 1 < len(bare) <= _LONGEST else ""


def _joined(event: str, deed: str) -> str:
    """Return event and deed as one name; a payment goes by its own object."""
    if _MONEY.search(deed) or len(event) + len(deed) > _LONGEST or event in deed:
        return deed
    return f"{event}{deed}"


def _is_again(choice: Choice, own: Choice) -> bool:
    """Tell whether a choice that is not the goal's own limits the same deed."""
    rate = choice.unit == "%" and choice.level2 == _TIMELY
    if choice.stated or choice.deliverable or choice.deadline:
        return False
    if not rate and choice.unit.removeprefix("个") not in _TIMED:
        return False
    same_deed = any(each.search(choice.name) and each.search(own.name) for each in _ALIKE)
    return same_deed or len(pairs(choice.name) & pairs(own.name)) > 1

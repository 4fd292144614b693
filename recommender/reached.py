"""Reads what a project's own text says will be reached, with its figures.

What must not happen (不发生群体性食物中毒事件) is counted with 0; a change (投诉量同比下降20%) is
the rate or the amount of it; 全覆盖 is 100%.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.records import Direction
from corpus.target.units import match_unit
from recommender.choice import Choice
from recommender.clauses import undated
from recommender.own_first import giving_way
from recommender.project import Project, clauses_of, pairs
from recommender.stated_value import StatedValue

REACHED_SCORE = 0.82
"""Score of an effect whose figure the goal states."""
_SOCIAL, _ECONOMIC, _GREEN = "社会效益指标", "经济效益指标", "生态效益指标"
_LEAD = re.compile(
    r"^(?:确保|保证|实现|力争|做到|全[年县市区省镇乡]|辖区内?|项目区|预计|可(?!防)|并|且|使|让|从而|同时|较上年|当年|通过|有效|"
    r"因|为|其中|期间|达到|建成后|实施后|整治后)+"
)
_BROUGHT = re.compile(r"^(?:推动|促进|带动|拉动)+")
_NEVER = re.compile(
    r"(?:不发生|未发生|不出现|杜绝(?:发生)?|避免发生|防止发生|无)(?:任何|一起|1起)?(?P<what>[一-龥“”、A-Za-z]{2,20})$"
)
_ZERO = re.compile(r"^(?P<what>[一-龥“”]{2,16}?)(?:零发生|为零|为0[起人件]?|保持零|清零)$")
_ZERO_BEFORE = re.compile(
    r"^(?P<lead>[一-龥]{0,10}?)零(?P<what>[一-龥]{2,8}?)(?:零(?P<more>[一-龥]{2,6}))?$"
)
_EVENT = re.compile(
    r"事故|事件|案件|命案|火灾|火情|伤亡|病例|感染|传播|返贫|火点|死亡|泄漏|中毒|丢失|损毁|损坏|投诉|遗失|泄密|漏管|脱管"
)
_EVENT_END = re.compile(r"(?:的?发生|现象|情况|问题)$")
_EVENT_TAILS = (
    (re.compile(r"(?:事故|命案)$"), "起数", "起"),
    (re.compile(r"(?:事件|案件|火灾|火情)$"), "数", "起"),
    (re.compile(r"病例$"), "数", "例"),
    (re.compile(r"(?:人数|人次)$"), "", "人"),
    (re.compile(r"火点$"), "数", "个"),
)
_CHANGE = re.compile(
    r"^(?P<what>[一-龥A-Za-z“”]{2,18}?)(?:同比|较上年(?:同期)?|环比|比上年|平均|年均|再|可)?"
    r"(?P<way>下降|降低|减少|缩短|压降|提高|提升|增长|增加|上升)(?P<value>\d+(?:\.\d+)?)"
    r"(?P<unit>%|个?百分点)(?P<tail>以上|左右)?$"
)
_LEVEL = re.compile(
    r"^(?P<what>[一-龥A-Za-z“”]{2,16}?(?:系数|指数|等级|标准|均值|率))(?:由|从)?(?:\d+(?:\.\d+)?%?)?"
    r"(?P<way>提高|提升|增加|达|下降|降低|降|减少|控制)(?:到|至|在)(?P<value>\d+(?:\.\d+)?)(?P<unit>%|‰)?(?P<tail>以上|以下|以内)?$"
)
_DOWN = re.compile(r"下降|降低|减少|缩短|压降|降")
_AMOUNT = re.compile(
    r"^(?:年|每年|年均|累计|[一-龥]{2,8}(?=挽回))?(?P<way>减少|减排|节约|节省|节电|节水|节能|挽回|增收|拉动|带动|撬动|引导)(?P<what>[一-龥A-Za-z0-9“”]{0,12}?)"
    r"(?P<value>\d+(?:\.\d+)?)(?P<rest>[一-龥㎡]+?)(?:以上|左右)?$"
)
_GAIN = re.compile(
    r"^(?P<who>[一-龥]{2,12}?)(?:人均|户均|亩均)?(?:年均|年)?(?P<way>增收|节支)(?P<value>\d+(?:\.\d+)?)(?P<rest>万?元)$"
)
_COVERED = re.compile(r"^(?P<what>[一-龥A-Za-z“”]{2,14}?)(?:实现)?全覆盖$")
_ALL_DO = re.compile(
    r"^(?P<lead>[一-龥]{0,8}?)(?:全部|均)(?P<what>持证上岗|达标排放|建档立卡|签约|入学|入园|参保)$"
)
_ALL_OF = re.compile(r"^应(?P<what>[一-龥])尽(?P=what)$")
_ENUMERATED = 10
"""Letters of kinds of event that one name sums up: 泄密、舞弊事件."""
_DRAWN = re.compile(r"带动|拉动|撬动|引导|放大")
_TIMES = "倍"
_MONEY = re.compile(r"元$")
_GREEN_WORDS = re.compile(
    r"碳|硫|氮|氨|粉尘|颗粒物|COD|氧化物|散煤|标煤|排放|土壤流失|水土流失|污染|能耗|灌溉|林草|植被|森林|水质|空气|绿化|湿地|节电|节水|节能|用电|电量"
)
_ECONOMY = re.compile(
    r"产值|投资|出口|收入|销售|零售|营业|增加值|进出口|损失|税收|营收|成本|增收|消费|贷款|利润|交易额"
)


def reached(project: Project) -> list[Choice]:
    """Return the effects with figures that goal and description state, each name once."""
    found: dict[str, Choice] = {}
    for clause in clauses_of(project):
        for phrase in _phrases(clause):
            for choice in _of(phrase):
                found.setdefault(choice.name, choice)
    return list(found.values())


def with_reached(choices: Sequence[Choice], project: Project) -> list[Choice]:
    """Return the choices with stated effects in place of others that measure the same."""
    result = list(choices)
    for own in reached(project):
        rest = [choice for choice in result if not _is_again(choice, own)]
        result = [*giving_way(rest, own), own]
    return result


def _phrases(clause: str) -> Iterator[str]:
    """Yield a clause, or the parts of one whose every part has a figure or a deed of its own."""
    clause = undated(clause.strip())
    parts = [_LEAD.sub("", part.strip()) for part in clause.split("、")]
    if len(parts) > 1 and all(re.search(r"\d|不发生|零", part) for part in parts):
        yield from parts
    else:
        yield _LEAD.sub("", clause)
        behind = clause.rpartition("并")[2]
        if behind != clause:
            yield behind


def _of(phrase: str) -> Iterator[Choice]:
    """Yield the effect that a phrase states."""
    for read in (_never, _changed, _level, _gained, _amount, _covered):
        choice = read(phrase)
        if choice is not None:
            yield choice
            return


def _never(phrase: str) -> Choice | None:
    """Read what must not happen: 不发生较大以上事故, 在押人员死亡事件零发生, 零责任事故."""
    before = _ZERO_BEFORE.match(phrase)
    match = _NEVER.search(phrase) or _ZERO.match(phrase)
    if before is not None:
        lead = re.sub(r"(?:期间|全年|实现|保持)$", "", before["lead"])
        what = f"{lead}{before['what']}{before['more'] or ''}"
    elif match is not None:
        what = match["what"]
    else:
        return None
    what = _LEAD.sub("", _EVENT_END.sub("", what)).replace("极端", "").replace("的事件", "事件")
    what = what.replace("、", "") if len(what) <= _ENUMERATED else what
    if "、" in what or not _EVENT.search(what) or re.search(r"障碍|争议", what):
        return None
    for pattern, tail, unit in _EVENT_TAILS:
        if pattern.search(what):
            return _choice(_SOCIAL, f"{what}{tail}", unit, 0.0, "=", phrase)
    return _choice(_SOCIAL, f"{what}事件数", "起", 0.0, "=", phrase)


def _changed(phrase: str) -> Choice | None:
    """Read a relative change: 可防性案件发案数同比下降10%以上."""
    match = _CHANGE.match(_BROUGHT.sub("", phrase))
    if match is None:
        return None
    what, way = _LEAD.sub("", match["what"]), match["way"]
    points = "百分点" in match["unit"]
    unit = "个百分点" if points else "%"
    rate = points or what.endswith(("率", "比例", "占比"))
    name = f"{what}{way}{'幅度' if rate else '率'}"
    return _choice(_level2(name), name, unit, float(match["value"]), "≥", phrase)


def _level(phrase: str) -> Choice | None:
    """Read a level that is reached from another: 灌溉水利用系数由0.52提高到0.6."""
    match = _LEVEL.match(phrase)
    if match is None or (match["unit"] and not re.search(r"由|从", phrase)):
        return None
    kept = match["way"] == "控制" and match["tail"] != "以上"
    down = kept or match["tail"] in {"以下", "以内"} or _DOWN.search(match["way"]) is not None
    what = _LEAD.sub("", match["what"])
    unit = match["unit"] or ""
    return _choice(_level2(what), what, unit, float(match["value"]), "≤" if down else "≥", phrase)


def _gained(phrase: str) -> Choice | None:
    """Read what people gain: 项目区农民人均年增收260元."""
    match = _GAIN.match(phrase)
    if match is None:
        return None
    per = next((word for word in ("人均", "户均", "亩均") if word in phrase), "")
    unit = match["rest"] + {"人均": "/人", "户均": "/户", "亩均": "/亩"}.get(per, "")
    name = f"{_LEAD.sub('', match['who'])}{per}{match['way']}额"
    return _choice(_ECONOMIC, name, unit, float(match["value"]), "≥", phrase)


def _amount(phrase: str) -> Choice | None:
    """Read an amount that is saved or brought about: 年减排二氧化硫180吨, 拉动投资12亿元."""
    match = _AMOUNT.match(phrase)
    if match is None:
        return None
    number = match["value"] + match["rest"]
    unit = match_unit(number, len(match["value"]))
    if unit is None or unit.end < len(number):
        return None
    way, what = match["way"], match["what"]
    money = _MONEY.search(unit.name) is not None
    if not money and way in {"拉动", "带动", "撬动", "引导", "增收", "挽回"}:
        return None
    if not what and way not in {"节电", "节水", "节能"}:
        return None
    tail = "" if what.endswith("额") else "金额" if way == "挽回" else "额"
    name = f"{way}{what}{tail}" if money else f"{what}{way}量" if what else f"年{way}量"
    written = match["rest"]
    return _choice(_level2(name), name, written, float(match["value"]), "≥", phrase)


def _covered(phrase: str) -> Choice | None:
    """Read what takes in everybody: 监测全覆盖, 全部持证上岗, 应访尽访."""
    match = _COVERED.match(phrase)
    if match is not None:
        return _choice(_SOCIAL, f"{_LEAD.sub('', match['what'])}覆盖率", "%", 100.0, "=", phrase)
    match = _ALL_DO.match(phrase)
    if match is not None:
        name = f"{match['lead']}{match['what']}率"
        return Choice(
            "产出指标",
            "质量指标",
            name,
            "%",
            REACHED_SCORE,
            stated=StatedValue(100.0, "%", "=", phrase),
        )
    match = _ALL_OF.match(phrase)
    return _choice(_SOCIAL, f"{phrase}率", "%", 100.0, "=", phrase) if match else None


def _level2(name: str) -> str:
    """Return the second level that a change belongs to."""
    if _GREEN_WORDS.search(name):
        return _GREEN
    return _ECONOMIC if _ECONOMY.search(name) else _SOCIAL


def _choice(
    level2: str, name: str, unit: str, value: float, sign: Direction, clause: str
) -> Choice | None:
    """Return a stated effect as a choice, None for a name that no form would carry."""
    if not 3 < len(name) <= 18:
        return None
    stated = StatedValue(value, unit, sign, clause)
    return Choice("效益指标", level2, name, unit, REACHED_SCORE, stated=stated)


def _is_again(choice: Choice, own: Choice) -> bool:
    """Tell whether a choice measures what the goal states with its own figure.

    The count that was read from the same words, or a library line of the same thing and unit.
    """
    if choice.deliverable is not None:
        same = own.stated is not None and choice.deliverable.quantity in own.stated.clause
        return same and len(pairs(choice.name) & pairs(own.name)) > 0
    if choice.stated is not None or choice.level1 != "效益指标":
        return False
    if choice.unit == _TIMES and own.unit.endswith("元"):
        # so much money on this budget is another number of times than the library's
        return all(map(_DRAWN.search, (choice.name, own.name)))
    none_wanted = own.stated is not None and own.stated.value == 0
    if choice.unit != own.unit and not none_wanted:
        return False
    mine, other = pairs(choice.name), pairs(own.name)
    return 2 * len(mine & other) >= min(len(mine), len(other))

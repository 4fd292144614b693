"""Indicators that most projects of a kind of work share, put to the project's own object.

What they are is data/common.csv: for upkeep, building, training and so on, an empty category for
all others. Each keeps thresholds and source of a library indicator of the same aspect: of a matched
type if one has it, else of the sector, else of any. Counts and what a piece costs are the project's
own affair, so no thresholds are taken over for them.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

from recommender.aspect_models import Aspect, AspectModels
from recommender.candidates import Pool
from recommender.choice import Choice
from recommender.people import asked, beneficiaries
from recommender.project import Project
from recommender.singles import is_single
from recommender.thing_units import unit_of
from recommender.wording import count_name, is_durable
from recommender.work import Work, work_of

COMMON_SCORE = 0.55
"""Score of a common aspect put to the project's own object: fit, not strong."""
_MINOR_SCORE = 0.2
"""The same for what goes along with any work: that nobody comes to harm, that a policy is known."""
_ANY_SCORE = 0.35
"""Score of what any project may have."""
_OWN_PEOPLE = frozenset(
    {
        "train",
        "system",
        "dev",
        "wage",
        "contest",
        "event",
        "inspect",
        "survey",
        "grant",
        "serve",
        "promo",
    }
)
"""Categories whose people are known without asking the text."""
_SETTING = frozenset({"build", "treat"})
"""Categories whose people are those of the place."""
_PRESENT = 0.45
"""Score from which a choice's aspect is there already."""
_COSTS = (
    (
        re.compile(r"(?:[道公]路|便道|管网|管道|渠道|步道|堤防|河道)$"),
        "{thing}每公里造价",
        "万元/公里",
    ),
    (
        re.compile(r"(?:中心|[楼房馆院站厂场所园]|广场|车间|仓库|校舍|校区|场地)$"),
        "{thing}单位面积造价",
        "元/平方米",
    ),
)
"""What the cost of building a thing is per."""
_BUILT = re.compile(r"新建|改造|建设|修建|购置|采购|安装|制作")
_RUNS = re.compile(r"(?:站|机|设备|泵|炉|电梯|灯|井|厂|监控|摄像头|终端|供暖|供水|点位|监测点)$")
_STANDS = re.compile(r"(?:设施|[路渠管网闸坝堤桥库房厕]|步道|护栏|公园|广场|文物|器材|标志牌)$")
_MINOR = re.compile(r"责任事故数$|知晓率$|受益群众人数$")
_INSTALLED = re.compile(r"(?:[设装]备|设施|[机炉仪灯]|系统|平台)$")
_EXTENTS = {"公里": "每公里", "平方米": "每平方米", "亩": "每亩", "米": "每米"}
_COUNTED_BY = re.compile(r"[(（].*$")
_CLASSES = {
    "durable": is_durable,
    "runs": lambda thing: _RUNS.search(thing) is not None,
    "stands": lambda thing: _STANDS.search(thing) is not None,
    "fixed": lambda thing: (_RUNS.search(thing) or _STANDS.search(thing)) is not None,
    "counted": lambda thing: bool(unit_of(thing)),
    "works": lambda thing: _INSTALLED.search(thing) is None,
    "soft": lambda thing: (_RUNS.search(thing) or _STANDS.search(thing)) is None,
}
"""Of what sort of thing an aspect can be said."""
_ONCE = frozenset({"服务对象满意度指标", "经济成本指标", "数量指标"})
"""Second levels of which one good choice is enough, whatever it is called."""
_OF_MANY = re.compile(r"(?:投入使用|按期交付|按期完工)率$")
_TIMELY = "时效指标"
_FACET = 5
_HEADS = ("/家", "/户")
_KNOWN_COST = 0.35
"""Score from which what a sure type pays a head makes an own standard needless."""
_BEHIND = 0.7
"""What is left of the score of a weak cost of other things where an own one joins."""


@cache
def _aspects() -> dict[str, list[tuple[str, Aspect]]]:
    """Return the aspects of each category, with the sort of thing that each can be said of."""
    text = files("recommender").joinpath("data/common.csv").read_text(encoding="utf-8")
    found: dict[str, list[tuple[str, Aspect]]] = {}
    for row in csv.DictReader(text.splitlines()):
        sort = row.pop("of")
        found.setdefault(row.pop("category"), []).append((sort, Aspect(**row)))
    return found


class CommonIndicators:
    """The aspects that every project of a category has."""

    def __init__(self, models: AspectModels) -> None:
        self._models = models

    def choices(self, pool: Pool, sure: bool, doubted: bool) -> list[Choice]:
        """Return the common aspects of a project's category, each put to its own object.

        Those of any project, where the name tells no category, are for a type in doubt only.
        """
        work = work_of(pool.project, sure)
        if not work.category and not doubted:
            return []
        people = _asked(work.category, pool.project)
        score = COMMON_SCORE if work.category else _ANY_SCORE
        found = _built_cost(work.thing) if work.category == "build" else []
        for sort, aspect in _aspects()[work.category]:
            if not _applies(sort, aspect, work, pool.project):
                continue
            name, unit = _worded(aspect, work)
            if people and aspect.level1 == "满意度指标":
                name = f"{people}满意度"
            if not aspect.models or (aspect.level1 == "成本指标" and unit != "%"):
                found.append(Choice(aspect.level1, aspect.level2, name, unit, score))
                continue
            minor = min(score, _MINOR_SCORE) if _is_minor(name, work) else score
            made = self._models.choice(aspect, name, minor, pool)
            found += [made] if made else []
        return found


def _is_minor(name: str, work: Work) -> bool:
    """Tell whether an aspect joins only where little else shows an effect."""
    running = work.category == "system" and name.endswith("正常运行率")
    return running or _MINOR.search(name) is not None


def _worded(aspect: Aspect, work: Work) -> tuple[str, str]:
    """Return name and unit of an aspect of a project's own thing and deed."""
    unit, thing = work.unit, work.thing
    counted = count_name(unit, thing) if unit else ""
    each = _EXTENTS.get(unit) or f"单{_COUNTED_BY.sub('', unit)}"
    deed = "" if thing.endswith(work.deed) else work.deed
    pattern = aspect.pattern.replace("{count}", counted).replace("{each}", each)
    name = aspect.named(thing) if pattern == "{thing}按期完工率" else ""
    name = name or pattern.replace("{deed}", deed).replace("{thing}", thing)
    return name, aspect.unit.replace("{unit}", _COUNTED_BY.sub("", unit))


def _asked(category: str, project: Project) -> str:
    """Return whose satisfaction an aspect asks, empty for those that the table names."""
    if category in _OWN_PEOPLE:
        return ""
    if category in {"buy", "keep"}:
        people = beneficiaries(project)
        return "" if people == "受益群众" else people
    return beneficiaries(project) if category in _SETTING else asked(project)


def _built_cost(thing: str) -> list[Choice]:
    """Return the unit cost of what is built, where it is clear what it is measured in."""
    for pattern, name, unit in _COSTS:
        if pattern.search(thing):
            full = name.format(thing=thing)
            return [Choice("成本指标", "经济成本指标", full, unit, COMMON_SCORE)]
    return []


def _applies(sort: str, aspect: Aspect, work: Work, project: Project) -> bool:
    """Tell whether a project has a thing of which an aspect can be said."""
    thing = work.thing
    if sort == "built":
        return _BUILT.search(project.text) is not None
    if sort and not _CLASSES[sort](thing):
        return False
    if _OF_MANY.search(aspect.pattern) and is_single(thing, project):
        return False
    is_told = thing and (thing not in {"设备", "设施"} or thing in project.text)
    if "{thing}" in aspect.pattern and not is_told:
        return False
    if "{deed}" in aspect.pattern and not work.deed:
        return False
    return bool(work.unit) or "{unit}" not in aspect.unit


def with_common(ranked: Sequence[Choice], common: Sequence[Choice], sure: bool) -> list[Choice]:
    """Return the choices with the common aspects that no better one has already, best first.

    Nothing joins a second level of which one is enough; where the type is `sure`, two good ones
    are enough on any other. Where the goal gives a date or limit, no rate of timeliness joins.
    """
    good = [choice for choice in ranked if choice.score >= _PRESENT]
    known = {_aspect_of(choice) for choice in good}
    per_head = any(choice.unit.endswith(_HEADS) or "/人" in choice.unit for choice in common)
    wanted = _KNOWN_COST if sure and per_head else COMMON_SCORE
    levels = Counter(choice.level2 for choice in good if choice.level1 != "成本指标")
    costs = [choice for choice in ranked if choice.level1 == "成本指标" and choice.score >= wanted]
    levels.update(choice.level2 for choice in costs)
    timed = any(choice.level2 == _TIMELY and (choice.deadline or choice.stated) for choice in good)
    new = [
        choice
        for choice in common
        if _aspect_of(choice) not in known and not _is_full(choice.level2, levels, sure)
        if not (timed and choice.level2 == _TIMELY)
    ]
    costed = any(choice.level1 == "成本指标" for choice in new)
    rest = [_behind(choice) if costed else choice for choice in ranked]
    return sorted([*rest, *new], key=lambda choice: -choice.score)


def _behind(choice: Choice) -> Choice:
    """Return a cost of other projects' things behind the own one that joins."""
    if choice.level1 != "成本指标" or not choice.as_it_stands:
        return choice
    return replace(choice, score=choice.score * _BEHIND)


def _is_full(level2: str, levels: Counter[str], sure: bool) -> bool:
    """Tell whether a second level has enough good choices."""
    if level2 in _ONCE or (sure and level2 == _TIMELY):
        return levels[level2] > 0
    return sure and levels[level2] > 1


def _aspect_of(choice: Choice) -> tuple[str, str]:
    """Return level and end of the name, where the aspect stands: 验收合格率."""
    return choice.level2, choice.name[-_FACET:]

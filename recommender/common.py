"""Indicators that most projects of a category share, for a project unlike anything known.

What they are is data/common.csv: for upkeep, building, training and so on, an empty category for
all others. Each is put to the project's own object and keeps thresholds and source of a library
indicator of the same aspect: of a matched type if one has it, else of the sector, else of any.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from recommender.aspect_models import Aspect, AspectModels
from recommender.candidates import Pool
from recommender.category import category_of, is_of_system
from recommender.choice import Choice
from recommender.objects import texts_of
from recommender.people import asked, beneficiaries
from recommender.project import Project
from recommender.wording import is_durable, kind_of, split_action, strip_filler

COMMON_SCORE = 0.55
"""Score of a common aspect put to the project's own object: fit, not strong."""
_ANY_SCORE = 0.35
"""Score of what any project may have."""
_YEAR = re.compile(r"(?:19|20)\d{2}年?(?:度)?|\d+年度?")
_BRACKETS = re.compile(r"[（(【\[].*?[)）】\]]")
_PLACE = re.compile(
    r"^[一-龥]{2,8}?(?:省|市|县|(?<![院园景社库灌校矿林小])区|乡|镇|街道|村|自治[区州县])"
)
_SOURCE = re.compile(r"^(?:专项转移支付|(?:中央|省级|市级)(?:财政)?(?:专项)?)+(?=.{4,})")
"""Where the money comes from, before what it is for."""
_TAIL = re.compile(
    r"(?:(?:中央|省级|市级|县级)?(?:财政)?(?:专项|补助|补贴|配套|奖补|扶持)?(?:资金|经费|费用?)|项目|工程|工作|专项|"
    r"(?<=建设|运维|维护|养护|管护|维修|维保|运行|改造|购置|采购)补助|预算|支出|第?[一二三四五六]期|批次?)+$"
)
_DEED = re.compile(
    r"(?:运行维护|维修养护|日常|运维|维护|养护|管护|维保|保洁|运行|建设|新建|改扩建|购置|采购|更新|更换|发放|服务)+$"
)
"""Deeds at the end of a topic, which the names of aspects say themselves."""
_ABSTRACT = re.compile(
    r"(?:发展|事业|改革|保障|支持|管理|振兴|创新|提升|活动|宣传|培训|转移支付|配套|资金|创业|就业|质量|能力|防治|教育|安全|创建|地方|收入)$"
)
"""Ends of names that say nothing that could be examined or completed."""
_GRANT = re.compile(r"(?:津贴|补贴|补助|补助金|助学金|救助金|慰问金|抚恤金|奖补)$")
_PLAIN = {"keep": "设施", "build": "工程", "buy": "设备"}
"""What is spoken of where a name tells no thing."""
_SEVERAL = re.compile(r"[和及与、]")
_WAGE = re.compile(r"工资|报酬|薪酬|(?<!缴费类)人员经费|考核奖|绩效奖|岗位补助")
_OWN_PEOPLE = frozenset({"train", "buy", "system", "wage"})
"""Categories whose people are known without asking the text."""
_PRESENT = 0.45
"""Score from which a choice's aspect is there already."""
_COSTS = (
    (
        re.compile(r"(?:[道公]路|便道|管网|管道|渠道|步道|堤防|河道)$"),
        "{thing}每公里造价",
        "万元/公里",
    ),
    (
        re.compile(r"(?:中心|[楼房馆院站厂所园]|广场|车间|仓库|校舍|校区|场地)$"),
        "{thing}单位面积造价",
        "元/平方米",
    ),
)
"""What the cost of building a thing is per."""
_CLAUSE = re.compile(r"[，,。；;：:、]")
_BY_KIND = {"build": "build", "buy": "buy", "train": "train"}
_BY_DEED = {
    "发放": "pay",
    "救助": "pay",
    "慰问": "pay",
    "资助": "pay",
    "宣传": "show",
    "举办": "show",
}
"""Category of the deed that a goal begins with."""
_VAGUE = ("配套",)
_ONCE = frozenset({"服务对象满意度指标", "经济成本指标", "数量指标"})
"""Second levels of which one good choice is enough, whatever it is called."""
_FACET = 5
_LONGEST_TOPIC = 14
_LONGEST_THING = 9
"""Characters of a thing that a name can carry."""


@cache
def _aspects() -> dict[str, list[Aspect]]:
    """Return the aspects of each category."""
    text = files("recommender").joinpath("data/common.csv").read_text(encoding="utf-8")
    found: dict[str, list[Aspect]] = {}
    for row in csv.DictReader(text.splitlines()):
        found.setdefault(row.pop("category"), []).append(Aspect(**row))
    return found


def topic(project: Project) -> str:
    """Return what a project is about: its name without place, year and words such as 专项资金."""
    name = _BRACKETS.sub("", _YEAR.sub("", project.name)).strip("“”\"' 、，,.-")
    name = _SOURCE.sub("", name)
    for place in (_PLACE, _TAIL):
        shorter = place.sub("", name)
        name = shorter if len(shorter) > 1 else name
    return name if _is_thing(name) else "项目"


def _is_thing(name: str) -> bool:
    return (
        1 < len(name) <= _LONGEST_TOPIC
        and not _SEVERAL.search(name)
        and not _ABSTRACT.search(name)
        and re.fullmatch(r"[一-龥A-Za-z0-9“”\-]+", name) is not None
    )


class CommonIndicators:
    """The aspects that every project of a category has."""

    def __init__(self, models: AspectModels) -> None:
        self._models = models

    def choices(self, pool: Pool, sure: bool, doubted: bool) -> list[Choice]:
        """Return the common aspects of a project's category, each put to its own object.

        What a piece costs is the project's own affair, so no thresholds are taken over for it.

        Those of any project, where the name tells no category, are for a type in doubt only.
        """
        category, thing = _kind_of_work(pool.project, sure)
        if not category and not doubted:
            return []
        people = _asked(category, pool.project)
        found = _built_cost(thing) if category == "build" else []
        for aspect in _aspects()[category]:
            if "{thing}" in aspect.pattern and not _is_named(thing, aspect, pool.project):
                continue
            name = aspect.named(thing)
            if people and aspect.level1 == "满意度指标":
                name = f"{people}满意度"
            score = COMMON_SCORE if category else _ANY_SCORE
            if aspect.level1 == "成本指标" and aspect.unit != "%":
                found.append(Choice(aspect.level1, aspect.level2, name, aspect.unit, score))
                continue
            made = self._models.choice(aspect, name, score, pool)
            found += [made] if made else []
        return found


def _asked(category: str, project: Project) -> str:
    """Return whose satisfaction an aspect asks, empty for those that the table names."""
    if category in _OWN_PEOPLE:
        return ""
    return beneficiaries(project) if category == "build" else asked(project)


def _built_cost(thing: str) -> list[Choice]:
    """Return the unit cost of what is built, where it is clear what it is measured in."""
    for pattern, name, unit in _COSTS:
        if pattern.search(thing):
            full = name.format(thing=thing)
            return [Choice("成本指标", "经济成本指标", full, unit, COMMON_SCORE)]
    return []


def _is_named(thing: str, aspect: Aspect, project: Project) -> bool:
    """Tell whether a project has a thing of which an aspect can be said."""
    if thing in {"设备", "设施"} and thing not in project.text:
        return False
    return not aspect.pattern.endswith("投入使用率") or is_durable(thing)


def _kind_of_work(project: Project, sure: bool) -> tuple[str, str]:
    """Return the category of a project and what its aspects are put to."""
    category, thing = category_of(project.name), topic(project)
    category = category or ("" if sure else _of_goal(project))
    wage = _WAGE.search(project.name)
    if wage:
        return "wage", wage.group().replace("人员经费", "工资")
    if category == "pay":
        return category, thing if _GRANT.search(thing) else "补助资金"
    if category:
        bare = _SEVERAL.split(_DEED.sub("", thing))[-1]
        short = _is_thing(bare) and bare != "项目" and len(bare) <= _LONGEST_THING
        thing = bare if short else _PLAIN.get(category, "")
    if category == "keep" and is_of_system(project.name):
        return "system", "系统" if thing == _PLAIN["keep"] else thing
    return category, thing


def _of_goal(project: Project) -> str:
    """Return the category of the deed that the goal begins with, "" for none."""
    for text in texts_of(project)[1:]:
        opening = _CLAUSE.split(text, maxsplit=1)[0]
        action, _ = split_action(strip_filler(opening))
        if action.startswith(_VAGUE):
            return ""
        return _BY_DEED.get(action) or _BY_KIND.get(kind_of(action), "")
    return ""


def with_common(ranked: Sequence[Choice], common: Sequence[Choice], sure: bool) -> list[Choice]:
    """Return the choices with the common aspects that no better one has already, best first.

    Nothing joins a second level of which one is enough; where the type is `sure`, that holds for
    all levels.
    """
    good = [choice for choice in ranked if choice.score >= _PRESENT]
    known = {_aspect_of(choice) for choice in good}
    levels = {choice.level2 for choice in good if sure or choice.level2 in _ONCE}
    new = [
        choice
        for choice in common
        if _aspect_of(choice) not in known and choice.level2 not in levels
    ]
    return sorted([*ranked, *new], key=lambda choice: -choice.score)


def _aspect_of(choice: Choice) -> tuple[str, str]:
    """Return level and end of the name, where the aspect stands: 验收合格率."""
    return choice.level2, choice.name[-_FACET:]

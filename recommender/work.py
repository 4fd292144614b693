"""What kind of work a project is and on what: upkeep of a 光伏电站, a contest, a survey.

The name tells it mostly by the deed that it ends on (`category`, data/works.csv), else the deed
that the goal begins with. The common indicators of the kind are put to the thing.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from recommender.category import category_of, is_of_system
from recommender.condensed import head_of
from recommender.deliverable import Deliverable
from recommender.named_deeds import thing_kept, without_owner
from recommender.project import Project, texts_of
from recommender.thing_units import unit_of
from recommender.wording import kind_of, names_people, split_action, strip_filler

_YEAR = re.compile(r"(?:19|20)\d{2}年?(?:度)?|\d+年度?")
_BATCH = re.compile(r"第[一二三四五六七八九十\d]+批次?")
_BRACKETS = re.compile(r"[（(【\[].*?[)）】\]]")
_PLACE = re.compile(
    r"^[一-龥]{2,8}?(?:省|市|县|(?<![院园景社库灌校矿林小城])区|乡|镇|街道|村|自治[区州县])"
    r"(?![级域际管属道民容场内中])"
)
_SOURCE = re.compile(r"^(?:专项转移支付|(?:中央|省级|市级)(?:财政)?(?:专项)?)+(?=.{4,})")
"""Where the money comes from, before what it is for."""
_TAIL = re.compile(
    r"(?:(?:中央|省级|市级|县级)?(?:财政)?(?:专项|补助|补贴|配套|奖补|扶持)?(?:资金|经费|费用?)|项目|工程|工作|专项|"
    r"(?<=建设|运维|维护|养护|管护|维修|维保|运行|改造|购置|采购)补助|预算|支出|第?[一二三四五六]期|批次?)+$"
)
_DEED = re.compile(
    r"(?:运行维护|维修养护|日常|运维|维护|养护|管护|维保|保洁|运行|建设|新建|改扩建|购置|采购|更新|更换|发放|服务|外包|"
    r"修复|加固|除险|抢险|改造|提升|升级|整治|维修|修缮|装修|迁建|扩建|安装|添置|配备|抢修|综合治理|开发|编制|修编|储备|轮换|运营|运转|达标)+$"
)
"""Deeds at the end of a topic, which the names of aspects say themselves."""
_KEEPING = re.compile(r"运行维护|运维|维修养护|维护|养护|管护|维保|保洁")
_BUILDING = re.compile(r"新建|改扩建|扩建|迁建|改造|修复|加固|整治|维修|修缮|建设")
_RUNNING = re.compile(r"运转|运行|运营|开放")
_BUYING = re.compile(r"购置|采购|更新|更换|安装|添置|配备|租赁")
_ABSTRACT = re.compile(
    r"(?:发展|事业|改革|保障|支持|管理|振兴|创新|提升|活动|宣传|培训|转移支付|配套|资金|创业|就业|质量|能力|防治|教育|安全|创建|地方|收入|推广|示范|计划)$"
)
"""Ends of names that say nothing that could be examined or completed."""
_NOT_BARE = re.compile(r"(?:隐患|病害|问题|综合|巩固|保护|安全)$")
"""What is left of a topic without its deed where the deed is part of it: 安全隐患维修."""
_PAYMENT = re.compile(
    r"(?:项目|经费|专项|资金|费用?|工作|(?<=运营|运转|运行|放映|演出|防治|防控|轮换)(?:补助|补贴))+$"
)
_GRANT = re.compile(r"(?:津贴|补贴|补助|补助金|助学金|救助金|慰问金|抚恤金|奖补)$")
_PLAIN = {"keep": "设施", "build": "工程", "buy": "设备", "dev": "系统"}
"""What is spoken of where a name tells no thing."""
PLAIN_THINGS = frozenset(_PLAIN.values())
_SEVERAL = re.compile(r"[和及与、]")
_WAGE = re.compile(r"工资|报酬|薪酬|(?<!缴费类)人员经费|考核奖|绩效奖|岗位补助")
_HIRED = re.compile(r"(?:临聘|聘用|外聘|编外)[一-龥]{1,4}(?=经费|费用)")
"""Who is paid where a name says so of the money: 幼儿园临聘教职工经费."""
_ORGANISATIONS = re.compile(
    r"企业|机构|合作社|经营主体|商户|园区|家庭农场|[公私]司|协会|外贸|小微|工业|影院|民办园"
)
_REWARD = re.compile(r"奖补|奖励|补贴|补助|扶持|贴息|服务券|资助")
_CLAUSE = re.compile(r"[，,。；;：:、]")
_BY_KIND = {"build": "build", "buy": "buy", "train": "train"}
_BY_DEED = {
    "发放": "pay",
    "救助": "pay",
    "慰问": "pay",
    "资助": "pay",
    "宣传": "show",
}
"""Category of the deed that a goal begins with."""
_PAID_OUT = re.compile(r"发放|兑付|拨付|[补救资]助[金资标]|补助|补贴|津贴|慰问|抚恤|资金|生活费|元")
_TRAINING = re.compile(r"培训|集训|轮训|研修|培育|人才")
_VAGUE = ("配套",)
_LONGEST_TOPIC = 16
_LONGEST_TREATED, _LONGEST_GRANT, _SHORT_GRANT = 10, 9, 6
"""Characters up to which what is fought or paid says more than the project's name, and of less."""
_LONGEST_THING = 12
"""Characters of a thing that a name can carry."""


@dataclass(frozen=True)
class Work:
    """The kind of a project's work, and what its aspects are put to."""

    category: str
    """A category of data/common.csv, empty where nothing tells it."""
    thing: str
    deed: str = ""
    """What the project's own name calls the deed: 运维, 更新."""

    @property
    def unit(self) -> str:
        """What the thing is counted in, empty where that is not clear."""
        return unit_of(self.thing)


@cache
def name_ends() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return categories and the ends of names that tell them, in the order of the file."""
    text = files("recommender").joinpath("data/works.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return tuple((row["category"], re.compile(f"(?:{row['ends']})$")) for row in rows)


def trains(name: str, quantities: Sequence[Deliverable]) -> bool:
    """Tell whether training is what a project is for, and not a small part of other work."""
    done = [item for item in quantities if not item.is_benefit]
    first = bool(done) and kind_of(done[0].action) == "train"
    return first or _TRAINING.search(name) is not None


def pays_out(project: Project) -> bool:
    """Tell whether money is paid to somebody; whom a shelter takes in gets none."""
    return _PAID_OUT.search(project.text) is not None


def category_by_name(project: Project) -> str:
    """Return the kind of work that a project's name tells, "" for none."""
    return _category(project, _bare(project.name), sure=True)


def work_of(project: Project, sure: bool) -> Work:
    """Return the kind of a project's work; for a `sure` type only what its name tells."""
    name = _bare(project.name)
    wage = _WAGE.search(project.name)
    if wage:
        return Work("wage", wage.group().replace("人员经费", "工资"))
    hired = _HIRED.search(project.name)
    if hired:
        return Work("wage", f"{hired.group()}工资")
    category = _category(project, name, sure)
    about = _without_tail(_PAYMENT.sub("", name)) if category == "run" else _without_tail(name)
    if category == "pay":
        grant = _GRANT.search(about) and is_topic(about)
        return Work(category, _short_grant(about) if grant else "补助资金")
    if category == "grant":
        return Work(category, *_granted(project))
    return _put(category, about) if category else Work("", _task(about))


def topic(project: Project) -> str:
    """Return what a project is about, its name without place, year, owner and words of money."""
    return thing_kept(_without_tail(_bare(project.name)))


def _category(project: Project, name: str, sure: bool) -> str:
    """Return the category that the end of a name tells, else the beginning of the goal."""
    whole = _PAYMENT.sub("", name)
    found = category_of(project.name)
    if found == "show" or not found:
        found = next((each for each, end in name_ends() if end.search(whole)), found)
    if found in {"", "pay"} and _REWARD.search(name) and _ORGANISATIONS.search(project.text):
        return "grant"
    if found in {"keep", "run"} and is_of_system(project.name):
        return "system"
    if found == "build" and is_of_system(_DEED.sub("", _without_tail(name))[-4:]):
        return "dev"
    return found or ("" if sure else _of_goal(project))


def _put(category: str, about: str) -> Work:
    """Return a kind of work with the thing that a topic is about."""
    if category == "treat":
        told = len(about) <= _LONGEST_TREATED and not _SEVERAL.search(about)
        return Work(category, about if told else "")
    deed = {"run": _RUNNING, "keep": _KEEPING, "build": _BUILDING, "buy": _BUYING}.get(category)
    said = list(deed.finditer(about)) if deed else []
    word = said[-1].group().replace("运行维护", "运维") if said else ""
    bare = _SEVERAL.split(_DEED.sub("", _done_to(about, deed)))[-1]
    if _NOT_BARE.search(bare):
        bare = about
    kept = thing_kept(without_owner(bare))
    thing = next((each for each in (kept, bare) if _fits(each)), "")
    if category in {"contest", "inspect", "survey", "train", "serve", "show", "promo"}:
        return Work(category, "", word)
    if category == "event":
        thing = thing[-_LONGEST_THING:]
    if category == "system" and not thing:
        thing = "系统"
    return Work(category, thing or _PLAIN.get(category, ""), word)


def _done_to(about: str, deed: re.Pattern[str] | None) -> str:
    """Return of a topic of several deeds that of one kind: 耗材采购及设备维保 buys 耗材."""
    parts = _SEVERAL.split(about)
    ends = [_DEED.search(part) for part in parts]
    if deed is None or sum(end is not None for end in ends) < len(parts):
        return about
    own = [part for part, end in zip(parts, ends, strict=True) if end and deed.search(end.group())]
    return own[-1] if own else about


def _short_grant(grant: str) -> str:
    """Return a grant without the whole name of the project: 法律援助案件办理补贴 → 案件办理补贴."""
    if len(grant) <= _LONGEST_GRANT:
        return grant
    short = head_of(grant, _SHORT_GRANT)
    return short if _GRANT.sub("", short) else grant


def _fits(thing: str) -> bool:
    return is_topic(thing) and len(thing) <= _LONGEST_THING and not names_people(thing)


def _granted(project: Project) -> tuple[str, str]:
    """Return whom a grant goes to and what it is called."""
    who = _ORGANISATIONS.search(project.text)
    word = _REWARD.search(project.name)
    people = who.group() if who and who.group() in _NAMED_ORGANISATIONS else "企业"
    deed = word.group() if word else "奖补"
    return f"{deed}{people}", deed


_NAMED_ORGANISATIONS = frozenset({"机构", "合作社", "经营主体", "商户", "家庭农场", "影院"})


def _bare(name: str) -> str:
    """Return a name without brackets, year, source of money and place."""
    bare = _BRACKETS.sub("", _YEAR.sub("", name)).strip("“”\"' 、，,.-")
    bare = _SOURCE.sub("", _BATCH.sub("", bare))
    shorter = _PLACE.sub("", bare)
    return shorter if len(shorter) > 1 else bare


def _without_tail(name: str) -> str:
    shorter = _TAIL.sub("", name)
    return shorter if len(shorter) > 1 else name


def is_topic(name: str) -> bool:
    """Tell whether a name says of what something could be examined or completed."""
    return (
        1 < len(name) <= _LONGEST_TOPIC
        and not _SEVERAL.search(name)
        and not _ABSTRACT.search(name)
        and re.fullmatch(r"[一-龥A-Za-z0-9“”\-]+", name) is not None
    )


def _task(about: str) -> str:
    """Return a topic of whose tasks can be spoken, 项目 where it is too long or several."""
    short = len(about) <= _LONGEST_THING and not _SEVERAL.search(about)
    return about if is_topic(about) or (short and re.fullmatch("[一-龥]+", about)) else "项目"


def _of_goal(project: Project) -> str:
    """Return the category of the deed that the goal begins with, "" for none."""
    for text in texts_of(project)[1:]:
        opening = _CLAUSE.split(text, maxsplit=1)[0]
        action, _ = split_action(strip_filler(opening))
        if action.startswith(_VAGUE):
            return ""
        if action == "救助" and not pays_out(project):
            return ""
        return _BY_DEED.get(action) or _BY_KIND.get(kind_of(action), "")
    return ""

"""Reads what a project carries out from its goal: 巡查, 宣传, 培训监管人员, 查办违法案件.

Each is counted in its own way (data/activities.csv). The text states no quantity, so the count
stays open; what it is called comes from the project's own words.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from recommender.project import Project, texts_of
from recommender.wording import names_people, strip_filler

MOST = 4
"""Activities at most that a form counts."""
_LONGEST = 10
_CLAUSES = re.compile(r"[，,。；;：:\n（）()]+")
_ITEMS = re.compile(r"[、和与及并]|以及")
_LEAD = re.compile(
    r"^(?:(?:开展|组织|举办|实施|进行|完成|用于|支持|做好|推进|加强|继续|定期|深入|持续|各类|各项|系列|全年|"
    r"强化|落实|保障|资助|主要|通过|常态化|相关|日常|维护|辖区|全[省市县区镇乡]|等|的|对|为|向))+"
)
_TAIL = re.compile(r"(?:等|的|工作|活动|任务|经费|补助|资金|支出|服务|业务|事项|专项|全面|日常)+$")
_PAPER = re.compile(r"(?:方案|规划|报告|手册|画册|志|年鉴|公报|图册|教材|史料|丛书|标准)$")
_CASE = re.compile(r"案件$")
_THING = re.compile(r"^[一-龥A-Za-z]*$")
_NO_THING = re.compile(
    r"提高|提升|改善|促进|推动|水平|能力|宣传|培训|检查|整治|^(?:并|和|用|由|以|让|使|其|本|全|各|有|按)|资金|经费|项目|工作"
)
_MONEY = re.compile(r"资金|补助|补贴|津贴|工资|报酬|经费|奖金|待遇|[费款金]$")


@dataclass(frozen=True)
class Activity:
    """Something that is done, and the indicator that counts it."""

    kind: str
    thing: str
    name: str
    unit: str


@dataclass(frozen=True)
class _Kind:
    """A line of the table."""

    kind: str
    words: str
    name: str
    unit: str


@cache
def _kinds() -> tuple[tuple[_Kind, re.Pattern[str]], ...]:
    text = files("recommender").joinpath("data/activities.csv").read_text(encoding="utf-8")
    rows = (_Kind(**row) for row in csv.DictReader(text.splitlines()))
    return tuple((row, re.compile(row.words)) for row in rows)


def activities(project: Project) -> list[Activity]:
    """Return what name, goal and description say is carried out, each kind of thing once."""
    found: dict[str, Activity] = {}
    texts = texts_of(project)
    for text in (*texts[1:], texts[0]):
        for clause in _CLAUSES.split(text):
            for activity in _of_clause(clause):
                if not any(_is_again(activity, other) for other in found.values()):
                    found[activity.name] = activity
    return list(found.values())[:MOST]


def _is_again(activity: Activity, other: Activity) -> bool:
    """Tell whether an activity was read before, perhaps in fewer words."""
    return activity.kind == other.kind and (
        activity.thing in other.name or other.name in activity.name
    )


def _of_clause(clause: str) -> Iterator[Activity]:
    """Yield the activities of a clause; one without a thing is about that of the one before."""
    before = ""
    for piece in _ITEMS.split(clause):
        found = _of_piece(_LEAD.sub("", strip_filler(piece)), before)
        if found is not None:
            before = found.thing or before
            yield found


def _of_piece(piece: str, before: str) -> Activity | None:
    """Return the activity that a phrase ends or begins with."""
    whole = _TAIL.sub("", piece)
    for row, pattern in _kinds():
        for match in pattern.finditer(piece):
            at_end = match.end() in {len(piece), len(whole)}
            front = match.start() == 0 and not at_end
            thing = piece[match.end() :] if front else piece[: match.start()]
            if not front and not at_end:
                continue
            thing = _TAIL.sub("", thing) if front else thing
            if _counts(row.kind, thing, front):
                return _named(row, match.group(), thing or before)
    return None


def _counts(kind: str, thing: str, front: bool) -> bool:
    """Tell whether a thing is of the sort that an activity of a kind is counted by."""
    if len(thing) > _LONGEST or _THING.match(thing) is None or _NO_THING.search(thing):
        return False
    if kind == "print":
        return front and _PAPER.search(thing) is not None
    if kind == "case":
        return front and _CASE.search(thing) is not None
    if kind == "pay":
        return front and names_people(thing) and _MONEY.search(thing) is None
    return kind == "train" or not front


def _named(row: _Kind, word: str, thing: str) -> Activity:
    """Return an activity under the name that counts it."""
    return Activity(row.kind, thing, row.name.format(thing=thing, word=word), row.unit)

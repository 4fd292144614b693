"""Asks those who have the good of a project by its goal: 办事群众, not who uses what is bought.

A satisfaction of the library stays where it asks the same people, or people whom the text names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from recommender.aspect_models import Aspect, AspectModels
from recommender.candidates import Pool
from recommender.choice import Choice
from recommender.people import STAFF, beneficiaries, named
from recommender.rarity import Rarity
from recommender.work import work_of

_SCORE = 0.79
_BEHIND = 0.5
_SHARED = 0.5
"""Share of letters from which two names ask the same people."""
_NAMED, _MENTIONED, _SURE = 0.34, 0.5, 0.8
"""Share of a name's words in the text, and score of the type, from which its people are asked."""
_NEAR = 0.6
"""Score of a type from which its own people are asked where the goal names nobody."""
_STAFF = re.compile(
    r"使用人员|使用单位|[设装]备|系统|参训|学员|受益群众|服务对象|委托单位|参与人员"
)
_STUDIES = frozenset({"serve", "survey"})
_FOR_OFFICES = re.compile(r"提供(?:决策|技术|数据)?(?:依据|支撑|参考)|上报|报送")
"""What a study is made for where the public gets nothing of it."""
_USERS = "成果使用单位"
_ONLY = {
    _USERS: re.compile(r"(?:使用|委托|应用|主管|管理)(?:单位|部门)"),
    "获奖励企业": re.compile(r"(?:获奖|受奖|奖励|申报)[一-龥]{0,4}(?:企业|对象)"),
}
"""Those that only such names ask."""
_SATISFIED = re.compile(r"对?[一-龥]{0,8}?满意度$")
_ASPECT = Aspect(
    "满意度指标", "服务对象满意度指标", "{thing}满意度", "群众满意度|服务对象满意度|满意度", "%"
)


def with_named_people(
    choices: Sequence[Choice], pool: Pool, models: AspectModels, rarity: Rarity
) -> list[Choice]:
    """Return the choices with the satisfaction of those whom the goal names before all others."""
    people = _of_work(pool)
    if not people:
        people = beneficiaries(pool.project) if named(pool.project) else _of_setting(pool)
    asking = [choice for choice in choices if choice.level1 == _ASPECT.level1]
    if not people or any(_asks(choice, people, pool, rarity) for choice in asking):
        return list(choices)
    name = f"{people}满意度"
    own = models.choice(_ASPECT, name, _SCORE, pool)
    if own is None:
        return list(choices)
    rest = [
        replace(choice, score=choice.score * _BEHIND) if choice in asking else choice
        for choice in choices
        if choice.name != name
    ]
    return [*rest, own]


def _of_work(pool: Pool) -> str:
    """Return whom the kind of work serves: firms that are rewarded, offices that have a study."""
    project = pool.project
    work = work_of(project, sure=True)
    if work.category == "grant" and work.deed == "奖励":
        return f"获{work.thing}"
    if work.category in _STUDIES and _FOR_OFFICES.search(project.text) and not named(project):
        return _USERS
    return ""


def _of_setting(pool: Pool) -> str:
    """Return those of the setting where no type is near whose people could be asked."""
    near = bool(pool.types) and pool.types[0].score >= _NEAR
    people = "" if near else beneficiaries(pool.project)
    return "" if people in {STAFF, "受益群众"} else people


def _asks(choice: Choice, people: str, pool: Pool, rarity: Rarity) -> bool:
    """Tell whether a satisfaction asks the people of the goal, or others whom the text names."""
    if choice.stated is not None:
        return True
    if choice.score < _BEHIND:
        return False
    if people in _ONLY:
        return _ONLY[people].search(choice.name) is not None
    who = _SATISFIED.sub("", choice.name) or choice.name
    letters = set(people)
    known = rarity.covered(who, pool.project.text_pairs)
    likely = pool.types[0].score >= _NEAR if pool.types else False
    if (likely or known >= _NAMED) and len(letters & set(who)) >= _SHARED * min(
        len(letters), len(set(who))
    ):
        return True
    if _STAFF.search(choice.name) or choice.candidate is None:
        return False
    return known >= _MENTIONED or (
        choice.candidate.place == 0 and choice.candidate.affinity >= _SURE
    )

"""Tells when a project is a small part, of another kind of work, of what its types do.

The 电子定位装置购置 of 社区矫正 is a purchase, the 停车管理平台建设 of 停车泊位运营 a system: what
such a type usually measures is not theirs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from corpus.records import LibraryType
from recommender.candidates import Candidate, Pool
from recommender.choice import Choice
from recommender.project import Project, pairs
from recommender.rarity import Rarity
from recommender.work import category_by_name, name_ends

_PARTS = frozenset({"buy", "dev", "survey", "contest", "event", "promo"})
"""Kinds of work that are a small part of what a type of another kind does."""
_OTHER_WORDS = {
    "buy": "购置|采购|配备|更新|更换|安装|装备|设备|器材|物资|设施|车辆|仪器|药|疫苗",
    "dev": "系统|平台|网|信息化|数字|智慧|数据",
    "event": "活动|展|会|节|演|赛",
    "promo": "推广|宣传|品牌|营销",
}
"""Words of the names of types that do such work, beside those that end a project's name."""
_ADDED, _USUAL = 0.3, 0.4
"""Share of an object that a narrower project's name adds to its type, and the factor below it."""


@cache
def _words() -> dict[str, re.Pattern[str]]:
    """Return the words by which a type's name tells that it does a kind of work."""
    ends = {name: end.pattern.rstrip("$") for name, end in name_ends()}
    return {
        name: re.compile("|".join(filter(None, (words, _OTHER_WORDS.get(name)))))
        for name, words in ends.items()
    }


def narrows(project: Project, kind: LibraryType) -> bool:
    """Tell whether a project's name says it is another kind of work than its best type.

    A contest, a purchase, a survey or a system is a small part of what most types do: the
    电子定位装置购置 of 社区矫正, the 科技创新大赛 of 科普活动.
    """
    category = category_by_name(project)
    words = _words().get(category) if category in _PARTS else None
    return words is not None and words.search(_titles(kind)) is None


def _own_words(project: Project, kind: LibraryType) -> frozenset[str]:
    """Return the character pairs of a project's name that its type's names do not have."""
    return project.name_pairs - pairs(_titles(kind))


def _titles(kind: LibraryType) -> str:
    return "，".join((kind.project_type, *kind.aliases))


def narrowed(choices: Sequence[Choice], pool: Pool, rarity: Rarity) -> list[Choice]:
    """Return choices; of types of which the project is a small part of another kind, less.

    What a name does not add to its type's is the type's usual business.
    """
    own = {
        hit.type.id: _own_words(pool.project, hit.type)
        for hit in pool.types
        if narrows(pool.project, hit.type)
    }

    def is_usual(candidate: Candidate | None) -> bool:
        added = own.get(candidate.type.id) if candidate and candidate.type else None
        if candidate is None or added is None:
            return False
        return rarity.covered(candidate.object, added) < _ADDED

    return [
        replace(choice, score=choice.score * _USUAL) if is_usual(choice.candidate) else choice
        for choice in choices
    ]

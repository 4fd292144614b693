"""The category of a project by the words of its name: upkeep, building, training, purchase.

A type of another category is about other work, though its object may be the same: 电子政务网络运维
is not 政务信息化平台建设.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from corpus.records import LibraryType
from models.retrieval import TypeHit
from recommender.candidates import Pool
from recommender.deeds import deeds_of

_WORDS = {
    "serve": r"购买.{0,6}服务|服务(?:采购|外包)|评审|审计|咨询|评估|中介服务|第三方服务",
    "keep": r"运维|运行维护|维护|养护|管护|维保|保洁",
    "train": r"培训|轮训|研修",
    "show": r"宣传|宣传教育|宣传活动|赛事|展演|展会|[日节周月]活动",
    "buy": r"购置|(?<!服务)采购|配备|更换|安装|添置|(?:装备|设备|器材|车辆|仪器|家具|[仪机炉])更新",
    "build": r"新建|改扩建|(?<![化织系制度队伍明业设态力])建设|改造|硬化|提升工程|加固",
    "pay": r"津贴|补贴|救助|慰问|慰问金|助学金|抚恤|抚恤金|奖补",
}
_PATTERNS = {name: re.compile(words) for name, words in _WORDS.items()}
_ENDS = {name: re.compile(f"(?:{words})$") for name, words in _WORDS.items()}
_BEHIND = re.compile(r"[（(【\[].*$|第?[一二三四五六七八九十]期|(?:19|20)\d{2}年度?")
_TAIL = re.compile(
    r"(?:(?:中央|省级|市级|县级)?(?:财政)?(?:专项|补助|配套|扶持)?(?:资金|经费|费用?)|项目|服务费|"
    r"工程(?<!提升工程)|工作|补助|专项|支出)+$"
)
_PAID = re.compile(r"(?:工资|生活|岗位|误工|伙食|取暖)补助(?:资金|经费)?$")
_SEVERAL = re.compile(r"[和及与、]")
"""Names of several things end on the deed of one of them only."""
CALLED = {
    "serve": "购买服务",
    "keep": "运行维护",
    "train": "培训",
    "show": "宣传活动",
    "buy": "购置",
    "build": "建设改造",
    "pay": "补助发放",
}
"""What a category is called in a note."""
_NARROW = frozenset({"show", "train"})
"""Categories that are a small part of what a type of another category does."""
_SYSTEM = re.compile(r"网络|系统|平台|网站|信息化|软件|数据|局域网|内网|专网|机房")
SURE = 0.6
"""Score from which a type fits whatever its name says."""
_OTHER, _SAME = 0.5, 1.6
"""What the score of a type of another, or of the same, category is multiplied by."""


@lru_cache(maxsize=8192)
def category_of(name: str) -> str:
    """Return the category of the deed that a name ends on, "" for none or for several things."""
    whole = _BEHIND.sub("", name).strip()
    if _PAID.search(whole):
        return "pay"
    bare = _TAIL.sub("", whole)
    if _SEVERAL.search(bare):
        return ""
    return next((category for category, end in _ENDS.items() if end.search(bare)), "")


def is_of_system(name: str) -> bool:
    """Tell whether a name is about an information system."""
    return _SYSTEM.search(name) is not None


def steered(name: str, types: Sequence[TypeHit]) -> list[TypeHit]:
    """Return unsure types with those of the category of a project's name first."""
    wanted = category_of(name)
    if not wanted or not types or types[0].score >= SURE:
        return list(types)
    turned = [replace(hit, score=_score(hit, wanted)) for hit in types]
    return sorted(turned, key=lambda hit: -hit.score)


def _score(hit: TypeHit, wanted: str) -> float:
    """Return the score of a type for a project of a category."""
    if _is_of(hit.type, wanted):
        return max(hit.score, min(SURE, hit.score * _SAME))
    return hit.score * (_OTHER if is_of_other_category(hit.type, wanted) else 1.0)


def is_of_other_work(pool: Pool) -> bool:
    """Tell whether the best type is of another category than the project's name, and so in doubt.

    A type that surely fits is in doubt only where the name narrows the project to a course or a
    campaign, 森林防火宣传 of 森林草原防灭火, or to the upkeep of a system, 平台运维 of 社区矫正.
    """
    best = pool.types[0] if pool.types else None
    wanted = category_of(pool.project.name)
    if best is None or not wanted:
        return False
    if wanted == "keep" and is_of_system(pool.project.name):
        return not is_of_system(best.type.project_type)
    if best.score >= SURE:
        return wanted in _NARROW and not _is_of(best.type, wanted)
    return is_of_other_category(best.type, wanted)


def is_of_other_category(kind: LibraryType, wanted: str) -> bool:
    """Tell whether a type's name is of another category, or its texts never speak of this one."""
    if not wanted or _is_of(kind, wanted):
        return False
    texts = "，".join((kind.project_type, *kind.aliases, kind.scope, *kind.activities))
    named = bool(category_of(kind.project_type)) or wanted in _NARROW
    return named or _PATTERNS[wanted].search(texts) is None


def _is_of(kind: LibraryType, wanted: str) -> bool:
    """Tell whether a type's name is of a category."""
    name = kind.project_type
    return category_of(name) == wanted or (wanted in _NARROW and wanted in deeds_of(name))

"""Clauses of a project's own words: deadlines before a deed, facilities kept running, troubles."""

from __future__ import annotations

import re

_DATED = re.compile(
    r"^(?:计划|预计|力争|确保|拟)?(?:于|在|到|至|截至)?"
    r"(?:(?:20\d{2}年|[当今本]年|年)?(?:\d{1,2}月(?:份|\d{1,2}日)?|[上下]半年|[一二三四]季度)|20\d{2}年|年)"
    r"(?:[底末初中]|[上中下]旬)?(?:之前|以前|前|内)?(?=[一-龥])"
)
_BARE_YEAR = re.compile(r"^年(?![底末初中内])")
_BY_YEAR = re.compile(r"^(?:全年|年均|每年|年)(?=处理|供水|供应|接待|发电|清运|收运)")
_WORN = re.compile(
    r"^(?:病害|破损|损坏|毁损|老旧|老化|陈旧|废旧|枯死|超期服役)(?=[一-龥]{2}|[A-Z]{2})"
)
_OPERATED = re.compile(r"运行|运维|运营|维护|清运|收运")
_KEPT = frozenset({"保障", "确保", "保证", "维持", "保持"})
_RUNNING = re.compile(r"(?:持续|正常|稳定|安全|良好|有序|平稳|规范|高效)*(?:运行|运转|使用|开放)$")
_PLACE = re.compile(r"(?:乡镇(?:街道)?|镇村|行政村|自然村|社区|街道)(?=$|\d|[一-龥]{2,}$)")
_WHOLE_AREA = re.compile(r"(?:全[省市县区镇乡]|辖区内?)$")
_TROUBLE = re.compile(
    r"(?:无[水电证人路网法]|没有|堵塞|老化|破损|损坏|毁损|缺失|缺乏|不足|失修|陈旧|漏水|渗漏|超期服役|不达标|闲置|瘫痪|落后|"
    r"存在[一-龥]{0,6}隐患)$"
)


def undated(clause: str) -> str:
    """Return a clause without the date that opens it: 10月底前完成小区改造 → 完成小区改造."""
    return clause if _BARE_YEAR.match(clause) else _DATED.sub("", clause)


def counted_by_year(clause: str, sentence: str) -> str:
    """Return a clause of an operated facility so that its work of the year is a deed.

    年处理污水420万吨 is the capacity of what is built, and the workload of what is run.
    """
    return _BY_YEAR.sub("", clause) if _OPERATED.search(sentence) else clause


def kept_running(action: str, thing: str) -> tuple[str, str]:
    """Return what a project keeps running by itself: 保障管网正常运行 counts 管网."""
    bare = _RUNNING.sub("", thing)
    return ("" if action in _KEPT else action), bare if len(bare) > 1 else thing


def served_place(thing: str, after: str) -> str:
    """Return the places that are counted between a deed and its object, empty for no places.

    收运处置全县16个乡镇238个行政村生活垃圾 counts where it is done.
    """
    place = _PLACE.match(after)
    return place.group() if place and (not thing or _WHOLE_AREA.search(thing)) else ""


def as_new(action: str, thing: str) -> str:
    """Return what stands in a worn thing's place: of 更换病害井盖 the 井盖 is bought."""
    return _WORN.sub("", thing) if action in {"更换", "更新"} else thing


def is_trouble(thing: str) -> bool:
    """Tell whether a phrase states what is wrong and not what will be done: 小区消火栓无水."""
    return _TROUBLE.search(thing) is not None

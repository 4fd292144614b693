"""CO09 coherence.foreign_row — 指标属于另一类项目，与本项目内容无关

反例：
    高标准农田建设项目设置“农村供水保证率 ≥95%”“公共图书馆开放天数 ≥300天”。
正例：
    高标准农田建设项目设置“新建机耕路长度”“灌溉保证率”；确有供水内容的，在总体目标中写明供水任务。
理由：
    套用模板或其他项目的指标，考核的不是这笔资金要做的事，会使评价失真。
已知局限：
    按指标对象与项目名称、内容、总体目标和指标库的用词判断，只看产出和成本指标；内容写得过简的项目不判断。
依据：
    财预〔2015〕88号：审核绩效目标的相关性，绩效指标应与项目内容密切相关、指向明确。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from models.measure import split_name
from review.context import ReviewContext, Row
from review.facts.library_words import LibraryWords
from review.facts.values import written_target
from review.finding import Evidence, Severity, Suggestion
from review.kinds import Whole, hit_row
from review.rule import Hit, Rule

_ANYWHERE = re.compile(
    r"监理|开工|资金|经费|在职|职工|人员|设备|设施|培训|会议|宣传|办公|车辆|信息|系统|软件|平台|档案|审计|评审|"
    r"咨询|物业|绩效|党|安全|就业|纠纷|信访|税|合同|采购|招标|征地|拆迁|绿化|道路|消防|图纸|设计|勘察|验收|"
    r"专家|志愿|维修|修缮|装修|租赁|补助|补贴|奖励"
)
"""Things that projects of any kind may have."""
_ALIKE = 0.45
_LEAST_TEXT = 20


def _own_words(context: ReviewContext, words: LibraryWords) -> frozenset[str]:
    """Return the words of the project's own texts."""
    declaration = context.declaration
    texts = (declaration.project_name, declaration.department or "", declaration.goal)
    return words.particular(" ".join((*texts, declaration.description)))


def _suspects(
    context: ReviewContext, words: LibraryWords, known: frozenset[str], types: frozenset[int]
) -> list[tuple[Row, frozenset[str]]]:
    """Return the rows about something that nothing else in the project speaks of.

    Neither the words known of it, nor the types that are its own, nor its other rows.
    """
    strange: list[tuple[Row, frozenset[str]]] = []
    others: list[Row] = []
    for row in context.rows:
        about = _about(row, words)
        unknown = about and not about & known and not words.have(types, about)
        if unknown and not _ANYWHERE.search(row.name.text):
            strange.append((row, about))
        else:
            others.append(row)
    if not strange:
        return []
    usual = known.union(*(words.particular(row.name.text) for row in others))
    return [(row, about) for row, about in strange if not about & usual]


def _about(row: Row, words: LibraryWords) -> frozenset[str]:
    """Return the telling words of what an output or a cost is of, none for other rows."""
    if not (row.is_level("产出") or row.is_level("成本")):
        return frozenset()
    return words.particular(split_name(row.indicator.name).core)


def _strangers(
    context: ReviewContext, words: LibraryWords
) -> list[tuple[Row, frozenset[str], frozenset[int]]]:
    """Return suspect rows, what they are about, and the types of the project's own field.

    The wider field is asked for only where the project's own types leave suspects.
    """
    own, known = words.own_types(context.declaration), _own_words(context, words)
    if not _suspects(context, words, known, own):
        return []
    field = words.field_of(own)
    return [(row, about, field) for row, about in _suspects(context, words, known, field)]


def _stranger(
    context: ReviewContext, row: Row, marked: frozenset[int], own: frozenset[int]
) -> Any | None:
    """Return the library indicator of another type that a row is, None where it may be its own."""
    words = context.library_words
    matches = [match for match in context.library(row) if match.similarity >= _ALIKE]
    places = [words.place(match.type.id) for match in matches] if words else []
    if any(place in own for place in places):
        return None
    return next(
        (match for match, place in zip(matches, places, strict=True) if place in marked), None
    )


def _check(context: ReviewContext) -> Iterator[Hit]:
    words, declaration = context.library_words, context.declaration
    stated = len(declaration.project_name) + len(declaration.goal) + len(declaration.description)
    if words is None or context.is_excerpt or stated < _LEAST_TEXT:
        return
    for row, about, own in _strangers(context, words):
        match = _stranger(context, row, words.marks(about), own)
        if match is None:
            continue
        example = match.indicator
        target = written_target(example) or ""
        hit = hit_row(
            row,
            "name",
            kind=match.type.project_type,
            suggestion=Suggestion("请删去，或在项目内容和总体目标中写明相应任务。"),
        )
        evidence = Evidence(match.type.id, match.type.project_type, example.name, target)
        yield replace(hit, evidence=(evidence,))


RULE = Rule(
    code="CO09",
    name="coherence.foreign_row",
    severity=Severity.WARNING,
    message=(
        "指标“{name}”是“{kind}”类项目的指标，项目名称、内容和总体目标都没有涉及，"
        "疑似套用模板或其他项目，请核实。"
    ),
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.8,
)

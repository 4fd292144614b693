"""What a self-evaluation report must hold by its type, and what of it is missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from corpus.report import Figure, Report, Section
from corpus.report.genre import Skeleton
from corpus.report.headings import LED
from corpus.report.section_names import NAMES, Kind
from corpus.target.units import comparable
from review.context import ReviewContext
from review.narrative.places import project_statements, section_text, values_of
from review.narrative.reasons import DEDUCTED
from review.narrative.results import results
from review.narrative.score_lists import closes_list

_LONG = 700
"""Characters from which on a report must also say how the self-evaluation was done."""
_COMMON: tuple[Kind, ...] = ("funds", "completion", "conclusion", "problems", "measures")
_OF_LONG: tuple[Kind, ...] = ("overview", "goals")
_OF_TYPE: dict[Skeleton, tuple[Kind, ...]] = {
    "A": ("organisation",),
    "B": ("results_use",),
    "C": ("organisation",),
    "E": ("organisation",),
    "department": ("department", "organisation"),
}
_OWN_GOALS: tuple[Skeleton, ...] = ("A", "B")
_CLEAR = 0.88
"""How sure a skeleton must be before its outline is held against a report."""
_OF_FUNDS = frozenset({"budget", "executed", "allocated", "surplus"})
_OWN_SECTION: tuple[Kind, ...] = ("problems", "measures")
_ACCOUNT = re.compile(r"原因|说明|分析")
_ONE_BY_ONE = 5
"""Results told beside their targets that leave no need of a section on goals."""
_DIVIDED, _MAIN, _SEVERAL = 5, 2, 2
_PLANNED = re.compile(r"目标|计划|年度指标|指标值|任务")
_SAME: dict[Kind, tuple[Kind, ...]] = {
    "overview": ("overview", "background", "department", "goals"),
    "department": ("department", "overview"),
}
"""Sections that may stand for another."""
_CUES: dict[Kind, re.Pattern[str]] = {
    "overview": re.compile(
        r"(?:主要|建设|实施|服务)内容|(?:本|该)项目(?:主要|位于|由|为|是)|项目(?:位于|由.{2,20}实施)"
    ),
    "goals": re.compile(
        r"年度(?:总体|绩效)?目标|总体目标|绩效目标(?:为|是|:|包括)|年度(?:重点)?(?:工作)?任务|年度重点工作"
    ),
    "organisation": re.compile(
        r"自评(?:小组|工作组|领导小组)|(?:组织|开展|进行)[^。]{0,12}自评|自评(?:过程|方法|工作)"
    ),
    "conclusion": re.compile(
        r"(?:自评|综合|总)(?:得分|评分|分)|评价结果为|等级(?:为|是|:)|自评(?:等级|结论)"
    ),
    "problems": re.compile(
        r"(?:存在|发现)[^。]{0,12}(?:问题|不足|困难|差距)|(?:问题|不足)(?:是|有|如下|:|主要)|问题及原因"
    ),
    "measures": re.compile(
        r"下一?步|(?:改进|整改)措施|今后[^。]{0,12}[将要]|建议(?!书)|(?:将|拟)[^。]{0,20}整改"
    ),
    "results_use": re.compile(
        r"(?:结果|报告|自评表?)[^。]{0,24}(?:公开|公[示布告]|张贴|应用|运用|挂钩|依据)|予以公开"
    ),
    "department": re.compile(r"主要(?:职责|职能)|编制|内设"),
}


@dataclass(frozen=True)
class _Material:
    """What is asked for parts of a report: the report and the record around it."""

    context: ReviewContext
    report: Report


def missing_parts(context: ReviewContext, report: Report) -> list[str]:
    """Return the names of what a report must hold and does not, in the usual order."""
    material = _Material(context, report)
    return [NAMES[kind] for kind in _required(report) if not _holds(material, kind)]


def _required(report: Report) -> list[Kind]:
    """Return what a report of this type and length must hold."""
    wanted = set(_COMMON)
    if len(report.folded) >= _LONG:
        wanted |= set(_OF_LONG)
    kind = report.type
    if all(section.level >= LED for section in report.sections):
        return [known for known in NAMES if known in _COMMON]  # told in one piece
    if (
        kind.skeleton is not None
        and kind.skeleton_confidence >= 0.6
        and len(report.folded) >= _LONG
    ):
        wanted |= set(_OF_TYPE.get(kind.skeleton, ()))
    return [known for known in NAMES if known in wanted]


def _holds(material: _Material, kind: Kind) -> bool:
    """Tell whether a report holds a part: under a heading of its own, or in words that show it."""
    extra = _EXTRA.get(kind)
    if extra is not None and extra(material):
        return True
    kinds = _SAME.get(kind, (kind,))
    sections = material.report.sections_of(*kinds)
    if kind != "funds" and any(_is_written(material.report, one, kinds) for one in sections):
        return True
    cue = _CUES.get(kind)
    if cue is None or (kind in _OWN_SECTION and _is_divided(material.report)):
        return False
    return bool(cue.search(material.report.folded))


def _is_written(report: Report, section: Section, kinds: tuple[Kind, ...]) -> bool:
    """Tell whether a section of several kinds, divided into them, has a part on one of some."""
    inside = [one for one in report.sections if section.start < one.start < section.whole_end]
    told = frozenset[Kind]().union(*(one.kinds & section.kinds for one in inside))
    return len(told) < _SEVERAL or bool(told & set(kinds))


def _is_divided(report: Report) -> bool:
    """Tell whether a report has headings for its parts, so that a missing one is a missing part."""
    kinds = {kind for section in report.sections for kind in section.kinds}
    return len(kinds) >= _DIVIDED


def _funds(material: _Material) -> bool:
    """Tell whether budget or spending is stated in figures."""
    record = material.context.declaration
    if material.context.rows and record.budget_wan is not None:
        return True
    stated = project_statements(material.context, material.report)
    if values_of(stated, "budget", "initial_budget", "executed", "allocated"):
        return True
    report = material.report
    money = [
        f
        for f in report.figures
        if f.role in _OF_FUNDS or (f.wan and report.is_within(f.start, "funds"))
    ]
    return len(money) >= _SEVERAL or _has_table(material, "funds")


def _has_table(material: _Material, kind: Kind) -> bool:
    """Tell whether a table with figures stands in a section of a kind."""
    report = material.report
    rows = [one for one in report.paragraphs if one.is_table_row and re.search(r"\d", one.text)]
    return any(report.is_within(row.start, kind) for row in rows)


def _completion(material: _Material) -> bool:
    """Tell whether results are stated in figures somewhere."""
    if any(row.actual is not None for row in material.context.rows):
        return True
    done = [
        figure
        for figure in material.report.figures
        if figure.role in ("actual", "count")
        and not material.report.is_within(
            figure.start, "overview", "background", "funds", "goals", "organisation", "department",
            "measures", "problems",
        )
    ]  # fmt: skip
    return len(done) >= 2


def _goals(material: _Material) -> bool:
    """Tell whether targets stand beside the results; an outline with goals of its own needs them.

    What the outline of the finance ministry calls for is not met by a few of them.
    """
    if any(row.indicator.target for row in material.context.rows):
        return True
    if sum(one.target is not None for one in results(material.report)) >= _ONE_BY_ONE:
        return True
    if _compared_rows(material.report) >= _ONE_BY_ONE:
        return True
    kind = material.report.type
    if kind.skeleton in _OWN_GOALS and kind.skeleton_confidence >= _CLEAR:
        return False
    stated = [f for f in material.report.figures if _PLANNED.search(f.before)]
    return len(stated) >= 2


def _compared_rows(report: Report) -> int:
    """Count the rows of tables in which two figures of one unit stand beside each other."""
    return sum(
        any(comparable(a.unit, b.unit) for a, b in pairwise(row)) for row in _by_line(report)
    )


def _by_line(report: Report) -> Iterator[list[Figure]]:
    """Yield the figures with a unit of every row of a table, points and money left out."""
    told = [f for f in report.figures if f.in_table and f.unit not in ("", "分") and not f.wan]
    for paragraph in report.paragraphs:
        if paragraph.is_table_row:
            yield [f for f in told if paragraph.start <= f.start < paragraph.end]


def _conclusion(material: _Material) -> bool:
    """Tell whether a total score or grade is stated."""
    record = material.context.evaluation
    if record is not None and material.context.rows and record.total_score is not None:
        return True
    scores = [f for f in material.report.figures if f.unit == "分" and not f.in_table]
    if any(closes_list(scores, figure) for figure in scores):
        return True
    return bool(values_of(project_statements(material.context, material.report), "score"))


def _problems(material: _Material) -> bool:
    """Tell whether problems stand on the form, or in the transfer outline under deviation."""
    record = material.context.evaluation
    if record is not None and record.problems:
        return True
    skeleton = material.report.type.skeleton
    deviation = material.report.sections_of("deviation")
    report = material.report
    return any(skeleton in ("B", "F") or _explains(report, section) for section in deviation)


def _explains(report: Report, section: Section) -> bool:
    """Tell whether a main section on deviation gives reasons and so stands for the problems."""
    told = _ACCOUNT.search(section.title) or DEDUCTED.search(section_text(report, section))
    return section.level <= _MAIN and told is not None


_EXTRA: dict[Kind, Callable[[_Material], bool]] = {
    "funds": _funds,
    "goals": _goals,
    "completion": _completion,
    "conclusion": _conclusion,
    "problems": _problems,
}

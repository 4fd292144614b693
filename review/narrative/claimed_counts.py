"""Counts below the plan in an account that says everything was done: 86公里 planned, 81公里 laid.

The plan is a count in the account of the project or its goals, the result one that the same words
name in the same unit among the results. Plans told with words of another time or of a part are
left out, and so are texts that admit a shortfall anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.report import Figure, Report
from review.narrative.reasons import DEDUCTED
from review.narrative.results import shortfalls

ALL_DONE = re.compile(
    r"(?:全部|全面|如数|均|都|圆满|顺利|按期|如期|按时)(?:已|按期|按时|如期|圆满|顺利|全面)*(?:完成|实现|达到|达标|达成)"
    r"|(?:完全|均|都|全部|全面)(?:符合|达到)(?:了)?(?:年初|年度)?(?:预期|预定|设定|既定)|(?:完成率|达标率|实现率)(?:均)?(?:为|达到?|:)?100%|100%完成"
)
OF_TASKS = re.compile(r"目标|任务|指标|建设|工作|内容|预期")
_LEAD = re.compile(
    r"^(?:\W|年度?|全年|本?项目|建设|主要|工作|内容|为|是|已|实际|完成|计划|拟|共|累计)*"
)
_OTHER = re.compile(r"其中|每|均|上年|去年|原|现有|余|约|第|[比较从由]")
_MIN_WORDS = 3
_NO_COUNT = frozenset({"%", "分", "年", "月", "日", "天"})


def claims_all(text: str) -> bool:
    """Tell whether a folded sentence says that everything was achieved."""
    return bool(ALL_DONE.search(text) and OF_TASKS.search(text)) and "满意度" not in text


def counts_below_plan(report: Report) -> Iterator[tuple[Figure, Figure, str]]:
    """Yield plan, lower result and what they count where the same sentence claims all was done."""
    if DEDUCTED.search(report.folded) or any(True for _ in shortfalls(report)):
        return
    claims = [one for one in report.sentences if not one.in_table and claims_all(one.text)]
    planned: dict[tuple[str, str | None], list[Figure]] = {}
    for figure in report.figures:
        key = _key(figure)
        if key and report.is_within(figure.start, "overview", "goals", "background"):
            planned.setdefault(key, []).append(figure)
    for figure in report.figures:
        plans = planned.get(_key(figure) or ("", None), [])
        is_claimed = any(one.start <= figure.start < one.end for one in claims)
        if len(plans) != 1 or not is_claimed or figure.start <= plans[0].start:
            continue
        if not report.is_within(figure.start, "overview", "goals", "background"):
            name = (_key(figure) or ("", None))[0]
            if figure.base[0] < plans[0].base[0]:
                yield plans[0], figure, name


def _key(figure: Figure) -> tuple[str, str | None] | None:
    """Return what a figure counts, in words and base unit; None where that is not sure."""
    if figure.in_table or not figure.is_exact or figure.unit in _NO_COUNT or figure.wan:
        return None
    if _OTHER.search(figure.before) or figure.year == -1:
        return None
    words = _LEAD.sub("", figure.before)
    return (words, figure.base[1]) if len(words) >= _MIN_WORDS else None

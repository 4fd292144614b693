"""The lines under a self-evaluation's table: the grade it gives itself, the problems it names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.importers.segment import Segment
from corpus.importers.vocabulary import bare_label

_GRADES = "优良中差"
_GRADE_LABEL = re.compile(r"^(?:自评|评价|绩效|综合|总体)?(?:等级|等次|结论|结果)$")
_GRADE_LINE = re.compile(
    rf"(?:自评|评价|绩效|综合)(?:等级|等次|结论|结果)\s*[:：为]\s*[“\"]?([{_GRADES}])(?![一-龥])"
)
_TICKS = "☑√✓✔■☒▣●"
_TICKED_BEFORE = re.compile(rf"[{_TICKS}]\s*([{_GRADES}])")
_TICKED_AFTER = re.compile(rf"([{_GRADES}])\s*[(（]?[{_TICKS}]")
_BOX_FIRST = re.compile(rf"^[□○☐◻{_TICKS}]")
_ALONE = re.compile(rf"^[“\"]?([{_GRADES}])(?:秀|好|等)?[”\"]?$")
_PROBLEM_LABEL = re.compile(r"^(?:自评)?(?:存在|主要)的?(?:主要)?问题(?:及原因|和原因|分析)*$")
_PROBLEM_LINE = re.compile(r"^(?:存在|主要)的?(?:主要)?问题[^:：]{0,8}[:：]\s*(.*)$", re.DOTALL)


@dataclass(frozen=True)
class ClosingLines:
    """What stands under the table, None where nothing does."""

    grade: str | None = None
    problems: str | None = None


def read_closing(segment: Segment) -> ClosingLines:
    """Read grade and problems from the rows of a form; labels may also stand above the table."""
    grade: str | None = None
    problems: str | None = None
    for row in range(segment.start, segment.stop):
        for cell in segment.grid.starting(row):
            right = segment.right_of(cell)
            beside = right[0].text.strip() if right else ""
            label, text = bare_label(cell.text), cell.text.strip()
            if grade is None:
                grade = _grade_in(text) or (
                    _grade_of(beside) if _GRADE_LABEL.match(label) else None
                )
            if problems is None:
                line = _PROBLEM_LINE.match(text)
                if line and line[1]:
                    problems = line[1]
                elif _PROBLEM_LABEL.match(label) and beside:
                    problems = beside
    return ClosingLines(grade, problems)


def _grade_in(text: str) -> str | None:
    """Return the grade that a line states in full (自评等级：优), None for other texts."""
    match = _GRADE_LINE.search(text)
    return match[1] if match else None


def _grade_of(text: str) -> str | None:
    """Return the grade that a cell beside its label gives: alone, or ticked among all four."""
    ticks = _TICKED_BEFORE if _BOX_FIRST.match(text) else _TICKED_AFTER
    ticked = ticks.findall(text)
    if len(ticked) == 1:
        return str(ticked[0])
    match = _ALONE.match(text)
    return match[1] if match else None

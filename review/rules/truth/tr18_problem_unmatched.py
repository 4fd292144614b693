"""TR18 truth.problem_unmatched — 问题栏没有提到扣分的指标

反例：
    验收合格率扣3分，存在问题只写“档案整理不够规范”。
正例：
    “2处路基返工，验收合格率未达标，已于3月底前整改。”
理由：
    写一些无关紧要的问题而回避扣分事项，是典型的避重就轻。
已知局限：
    按用词是否相同判断，换一种说法的可能误报；问题栏写“无”的由另一条规则提示。
依据：
    财预〔2020〕10号：自评应分析存在的问题和原因，提出改进措施。
"""

from __future__ import annotations

from collections.abc import Iterator

from review.context import ReviewContext, Row
from review.facts.attainment import is_missed
from review.facts.explaining import is_empty_reason
from review.facts.library_words import pairs
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.rule import Hit, Rule
from review.wording import enumerate_names, shorten

_LOST, _FEWEST = 0.3, 8
_SHARED = 3
"""Pairs of characters from which a reason and a problem are about one thing."""
_COMMON = pairs(
    "项目工作完成目标指标情况任务年度实际数量质量时效成本效益满意度资金预算执行率达到提高加强存在问题"
    "及时管理单位部门实施开展进一步不够有待原因整改落实月底前前完成业务科在人事科于财务科办公室"
)
_GENERAL = ("扣分", "未完成", "未达", "没有完成", "得分")


def _check(context: ReviewContext) -> Iterator[Hit]:
    text = context.evaluation.problems if context.evaluation else None
    if not text or is_empty_reason(text) or len(text.strip()) < _FEWEST:
        return
    faulty = [row for row in context.rows if _lost(row) >= _LOST or is_missed(row)]
    told = pairs(text) - _COMMON
    if not faulty or any(word in text for word in _GENERAL):
        return
    if any(_is_told(row, told) for row in faulty):
        return
    yield Hit(
        field="problems",
        values={
            "problems": shorten(text),
            "names": enumerate_names([row.indicator.name for row in faulty], 3),
        },
        suggestion=Suggestion("请针对扣分和未完成的指标，逐项写明问题、原因和措施。"),
    )


def _is_told(row: Row, told: frozenset[str]) -> bool:
    """Tell whether the problems speak of a row: by a word of its name, or by its reason."""
    if (pairs(row.name.text) - _COMMON) & told:
        return True
    return len((pairs(row.indicator.reason or "") - _COMMON) & told) >= _SHARED


def _lost(row: Row) -> float:
    weight, score = row.indicator.weight, row.indicator.score
    return 0.0 if weight is None or score is None else weight - score


RULE = Rule(
    code="TR18",
    name="truth.problem_unmatched",
    severity=Severity.WARNING,
    message="存在问题写“{problems}”，没有提到扣分或未完成的{names}，请针对扣分事项说明。",
    question="{names}扣分反映出什么问题，为什么问题栏没有写？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.86,
    yields_to=("TR08",),
)

"""NR06 narrative.problem_undeducted — 写了问题却没有扣分

反例：
    自评得分100分，问题一节却写“部分工程未按期完工”。
正例：
    问题对应的指标扣分，并写明扣分理由。
理由：
    有未完成、不到位的问题而得满分，得分与事实不符。
已知局限：
    只在自评总分为满分时判断；问题属于项目范围以外的需人工核对。
依据：
    财预〔2020〕10号：自评得分应与绩效目标完成情况相符，未完成的按比例扣分。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.context import ReviewContext
from review.facts.denials import says_nothing
from review.finding import Severity
from review.kinds import Whole
from review.narrative.places import (
    hit_text,
    own_report,
    problem_sentences,
    project_statements,
    values_of,
)
from review.rule import Hit, Rule
from review.wording import number, shorten

_FULL = 99.995
_FAULT = re.compile(
    r"未(?!来|成年)|没有?(?!问题)|不(?!断|仅|同|但)|滞后|偏[低慢少差高大]|缺(?!口)|欠|薄弱|延[期误迟]|超(?:工期|期|时|支|标)|[较过][低慢差高]"
    r"|高[于出]|返[工修]|损坏|破损|闲置|漏|脱节|瑕疵|缺陷|困难|拖[延欠]|误|无人|无法|隐患|违[规反]|变更|晚了|[推延]迟|粗放"
)
_PLAN = re.compile(r"拟|将|下一?步|今后|计划(?!未|没)|建议|20\d\d年(?:拟|将|需)")
_NO_BEARING = re.compile(r"没有影响|[不未]影响|无影响")
_MIN_CHARS = 10


def _check(context: ReviewContext) -> Iterator[Hit]:
    report = own_report(context)
    if report is None:
        return
    scores = values_of(project_statements(context, report), "score")
    record = context.evaluation
    total = scores[0].value if scores else record.total_score if record else None
    if total is None or total < _FULL:
        return
    for sentence in problem_sentences(report):
        if (
            len(sentence.text) >= _MIN_CHARS
            and not says_nothing(sentence.text)
            and _FAULT.search(sentence.text)
            and not _PLAN.search(sentence.text)
            and not _NO_BEARING.search(sentence.text)
        ):
            yield hit_text(
                sentence.span,
                advice="请把问题落到对应指标上，按评分标准扣分；不影响得分的说明理由。",
                problem=shorten(sentence.text),
                total=number(total),
            )
            return


RULE = Rule(
    code="NR06",
    name="narrative.problem_undeducted",
    severity=Severity.WARNING,
    message="自评得{total}分满分，却写有问题“{problem}”，没有对应的扣分，请核对得分。",
    question="“{problem}”影响哪项指标？为什么没有扣分？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.87,
)

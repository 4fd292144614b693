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
from review.finding import Severity
from review.kinds import Whole
from review.narrative.places import (
    hit_text,
    own_report,
    problem_sentences,
    project_statements,
    says_nothing,
    shown,
    values_of,
)
from review.rule import Hit, Rule
from review.wording import shorten

_FULL = 99.995
_FAULT = re.compile(
    r"未(?:能)?(?:按期|按时|如期|及时|完全)?(?:完成|达到|达标|实施|开展|到位|落实|建立|支付|验收)|滞后|偏[低慢少差]|不(?:足|到位|及时|规范"
    r"|健全|完善|够|高|准确|精准|合理|平衡)|缺乏|薄弱|延[期误迟]|较[低慢差]|返工|损坏|破损|闲置|漏|脱节|困难"
)
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
        ):
            yield hit_text(
                sentence.span,
                advice="请把问题落到对应指标上，按评分标准扣分；不影响得分的说明理由。",
                problem=shorten(sentence.text),
                total=shown(total),
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

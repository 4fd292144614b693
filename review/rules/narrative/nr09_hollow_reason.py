"""NR09 narrative.hollow_reason — 正文的扣分或未完成原因没有说明问题

反例：
    “少完成1.3公里，扣2分，原因是客观因素影响。”
正例：
    “少完成1.3公里，原因是大田乡一段道路与在建县道重合，经县政府同意调减。”
理由：
    “客观原因”“疫情影响”看不出差在哪里、谁来整改。
已知局限：
    去掉套话、偏差本身和指标名称后没有剩下内容的才提示；表中的偏差原因由TR14判断。
依据：
    财预〔2020〕10号：未完成绩效目标或偏离较大的，应分析原因并研究提出改进措施。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.context import ReviewContext
from review.finding import Severity
from review.kinds import Whole
from review.narrative.places import EXECUTION, hit_text, own_report
from review.narrative.reasons import (
    DEDUCTED,
    REASON,
    SHORTFALL,
    items,
    known_matters,
    stated_reason,
    tells_reason,
    unnumbered,
)
from review.rule import Hit, Rule
from review.wording import shorten

_ELSEWHERE = re.compile(r"如下|见[上下附第]|详见|《|应[当该]|(?<!的)要求")


def _check(context: ReviewContext) -> Iterator[Hit]:
    report = own_report(context)
    if report is None:
        return
    known = known_matters(report, [row.name.text for row in context.rows])
    for item in items(report):
        for place, sentence in enumerate(item.sentences):
            rest = "".join(other.text for other in item.sentences[place:])
            deducted = DEDUCTED.search(sentence.text)
            if not deducted and not (SHORTFALL.search(sentence.text) and REASON.search(rest)):
                continue
            if EXECUTION.search(sentence.text) and not REASON.search(sentence.text):
                continue
            reason = stated_reason(rest)
            if reason is None or _ELSEWHERE.search(rest) or tells_reason(item.text, known):
                continue
            yield hit_text(
                sentence.span,
                advice="请写明影响了哪项工作、差多少、责任环节和补救时间。",
                reason=shorten(reason),
                sentence=shorten(unnumbered(sentence.text)),
            )
            break


RULE = Rule(
    code="NR09",
    name="narrative.hollow_reason",
    severity=Severity.WARNING,
    message="“{sentence}”的原因只写“{reason}”，没有说明具体影响，请补充。",
    question="“{reason}”具体指什么？影响了多少，谁负责补救？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.88,
)

"""CN03 consistency.renamed_row — 指标名称与批复不一致

反例：
    批复“在校学生培训人数”，自评表写“培训人数”。
正例：
    名称与批复一致，或注明口径没有变化。
理由：
    改一两个字就可能换了口径，例如去掉限定词、由人数变人次。
已知局限：
    只提示名称相近而不同的；仅标点、空格不同的不提示。
依据：
    财预〔2021〕101号：绩效指标设立后原则上不作调整。
"""

from __future__ import annotations

from collections.abc import Iterator

from review.context import ReviewContext
from review.facts.declared import compare_with_declared
from review.finding import Severity, Suggestion
from review.kinds import Whole, hit_row
from review.rule import Hit, Rule


def _check(context: ReviewContext) -> Iterator[Hit]:
    found = compare_with_declared(context)
    for pair in found.pairs if found else ():
        if pair.is_renamed:
            yield hit_row(
                pair.reported,
                "name",
                suggestion=Suggestion("请按批复的名称填写，口径有变化的说明原因。"),
                declared=pair.declared.quoted["name"],
            )


RULE = Rule(
    code="CN03",
    name="consistency.renamed_row",
    severity=Severity.INFO,
    message="指标“{name}”在批复中为“{declared}”，名称有改动，请核对口径是否变化。",
    question="“{declared}”改为“{name}”后，统计范围和口径有没有变？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.88,
)

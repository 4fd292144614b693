"""CN01 consistency.lowered_target — 自评表的指标值低于批复的指标值

反例：
    批复“培训≥500人次”，自评表指标值写“≥400人次”，实际430人次得满分。
正例：
    指标值与批复一致；经批准调整的注明文号。
理由：
    自评时悄悄降低目标，未完成就变成完成，是最严重的失实。
已知局限：
    需要取得同年度的申报或批复表；指标名称改动过大的可能对应不上。
依据：
    财预〔2021〕101号：指标值设立后原则上不作调整；财预〔2020〕10号：自评以批复的绩效目标为依据。
"""

from __future__ import annotations

from collections.abc import Iterator

from corpus.target.compare import harder
from corpus.target.units import comparable
from review.context import ReviewContext
from review.facts.attainment import direction
from review.facts.declared import Pair, compare_with_declared
from review.facts.values import is_number
from review.finding import Severity, Suggestion
from review.kinds import Whole, hit_row
from review.rule import Hit, Rule


def _check(context: ReviewContext) -> Iterator[Hit]:
    found = compare_with_declared(context)
    for pair in found.pairs if found else ():
        if _is_lowered(pair):
            yield hit_row(
                pair.reported,
                "target",
                suggestion=Suggestion(
                    f"请恢复批复的指标值“{pair.declared.quoted['target']}”，按其重新评分。"
                ),
                declared=pair.declared.quoted["target"],
            )


def _is_lowered(pair: Pair) -> bool:
    """Tell whether the reported target asks for less: a lower figure, or words for a figure."""
    before, after = pair.declared.parsed, pair.reported.parsed
    if is_number(before) and after.kind == "words":
        return True
    if is_number(before) and is_number(after) and not comparable(before.unit, after.unit):
        return False
    sign = before.operator if before.operator in ("≥", "≤", ">", "<") else None
    return harder(before, after, sign or direction(pair.declared)) is True


RULE = Rule(
    code="CN01",
    name="consistency.lowered_target",
    severity=Severity.ERROR,
    message="指标“{name}”批复的指标值为“{declared}”，自评表改为“{target}”，要求降低，请按批复值自评。",
    question="“{name}”的指标值由“{declared}”改为“{target}”，经谁批准？有无目标调整批复？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.92,
)

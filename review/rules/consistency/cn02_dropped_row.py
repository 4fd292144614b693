"""CN02 consistency.dropped_row — 批复的指标没有出现在自评表中

反例：
    批复8项指标，自评表只有6项，少了“验收合格率”。
正例：
    批复的指标逐项自评，取消的注明批准文件。
理由：
    没有完成的指标被删去，总分自然变高。
已知局限：
    需要取得同年度的申报或批复表；名称改动过大的会被当作删去和新增。
依据：
    财预〔2020〕10号：单位自评应对批复的全部绩效指标逐项进行。
"""

from __future__ import annotations

from collections.abc import Iterator

from review.context import ReviewContext
from review.facts.declared import compare_with_declared
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.rule import Hit, Rule
from review.wording import enumerate_names


def _check(context: ReviewContext) -> Iterator[Hit]:
    found = compare_with_declared(context)
    if found is None or not found.dropped or context.is_excerpt:
        return
    names = [f"{row.indicator.name} {row.indicator.target}".strip() for row in found.dropped]
    yield Hit(
        field="indicators",
        values={"count": len(names), "names": enumerate_names(names, 5)},
        suggestion=Suggestion("请补列这些指标及完成情况；已取消的注明批准文件。"),
    )


RULE = Rule(
    code="CN02",
    name="consistency.dropped_row",
    severity=Severity.ERROR,
    message="批复的{count}项指标没有自评：{names}，请补列。",
    question="{names}为什么没有列入自评表？实际完成了多少？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.9,
)

"""MS14 measurability.mostly_worded — 定性指标占一半以上

反例：
    10项指标中6项的指标值是“提升”“改善”“长期”“良好”。
正例：
    10项指标中9项有数值或期限，1项定性指标列明了分档标准。
理由：
    定性指标过多，整份申报表无法据以监控和评价。
已知局限：
    按分类模型对每行的判断计数，不少于5行的申报表才提示。
依据：
    财预〔2015〕88号：绩效目标应细化量化，不能以量化形式表述的才采用定性表述；财预〔2021〕101号：定量为主、定性为辅。
"""

from __future__ import annotations

from collections.abc import Iterator

from review.context import ReviewContext
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.rule import Hit, Rule

_LEAST_ROWS, _SHARE = 5, 0.5


def _check(context: ReviewContext) -> Iterator[Hit]:
    total = len(context.rows)
    worded = sum(row.is_labelled("qualitative") for row in context.rows)
    if total >= _LEAST_ROWS and worded >= _SHARE * total:
        yield Hit(
            field="indicators",
            values={"count": worded, "total": total},
            suggestion=Suggestion("请以数值、比例、期限为主，确需定性的不超过少数并列明分档标准。"),
        )


RULE = Rule(
    code="MS14",
    name="measurability.mostly_worded",
    severity=Severity.WARNING,
    message="{total}项指标中有{count}项是定性表述，占一半以上，整体难以考核，请以定量指标为主。",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.9,
)

"""SC03 scoring.weight_sum — 自评表分值合计不是100分

反例：
    执行率10分，产出70分、效益20分、满意度10分，合计110分，却按100分计。
正例：
    执行率10分，产出50分、效益30分、满意度10分，合计100分。
理由：
    分值合计不对，总分没有可比性。
已知局限：
    只在每项指标都有分值时核算；认可100分，或扣除执行率后的90分、80分。
依据：
    财预〔2020〕10号：单位自评采用百分制，各级指标权重之和应与总分一致。
"""

from __future__ import annotations

from collections.abc import Iterator

from corpus.schemes import FULL, near
from review.context import ReviewContext
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.rule import Hit, Rule
from review.scoring.scheme import recognise_scheme
from review.scoring.weighing import wrong_total
from review.wording import number


def _check(context: ReviewContext) -> Iterator[Hit]:
    scheme = recognise_scheme(context)
    complete = all(row.indicator.weight is not None for row in context.rows)
    if not scheme.execution or scheme.total is None or not complete:
        yield from wrong_total(context)
        return
    inside = scheme.total - scheme.execution
    if near(scheme.total, FULL) or not near(inside, FULL):
        yield from wrong_total(context)
        return
    yield Hit(
        field="weight",
        values={"total": f"{number(inside)}分，另加执行率共{number(scheme.total)}"},
        suggestion=Suggestion("请把执行率分值计入百分制，或注明执行率不计入总分。"),
    )


RULE = Rule(
    code="SC03",
    name="scoring.weight_sum",
    severity=Severity.WARNING,
    message="自评表各项指标分值合计{total}分，与百分制不符，请核对分值分配。",
    question="分值合计{total}分是怎样分配的？批复时的分值是多少，谁同意改动的？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.9,
)

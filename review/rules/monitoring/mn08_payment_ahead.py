"""MN08 monitoring.payment_ahead — 资金支付明显快于任务进度

反例：
    资金已支付90%，各项产出平均只完成35%。
正例：
    说明预付款约定、合同条款和已完成的工作量。
理由：
    钱付得比事做得快，存在超进度付款、以拨代支的风险。
已知局限：
    按合同支付预付款、一次性采购的属正常情形；提示线可按地区配置。
依据：
    财预〔2019〕136号：对绩效目标实现程度和预算执行进度实行双监控。
"""

from __future__ import annotations

from collections.abc import Iterator

from review.context import ReviewContext
from review.facts.progress import mean_progress, payment_share
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.rule import Hit, Rule
from review.wording import number


def _check(context: ReviewContext) -> Iterator[Hit]:
    paid, done = payment_share(context), mean_progress(context)
    if paid is None or done is None or paid - done < context.config.monitoring_lag:
        return
    yield Hit(
        field="executed_wan",
        values={"paid": number(round(100 * paid)), "done": number(round(100 * done))},
        suggestion=Suggestion("请附合同和支付凭证，说明超前支付的依据。"),
    )


RULE = Rule(
    code="MN08",
    name="monitoring.payment_ahead",
    severity=Severity.WARNING,
    message="资金已支付{paid}%，产出平均只完成{done}%，支付明显快于任务进度，请说明。",
    question="已支付款项对应哪些已验收的工作量？预付款占多少，合同怎样约定？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.88,
)

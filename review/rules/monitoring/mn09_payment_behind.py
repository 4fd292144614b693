"""MN09 monitoring.payment_behind — 资金支付明显落后

反例：
    时间已过58%，资金只支付10%。
正例：
    说明未支付的原因和支付计划，可能结余的及时报告。
理由：
    支付滞后会造成年底突击花钱或大额结转，应在年中调整。
已知局限：
    项目集中在下半年实施的需结合实施计划判断；提示线可按地区配置。
依据：
    财预〔2019〕136号：对绩效目标实现程度和预算执行进度实行双监控。
"""

from __future__ import annotations

from collections.abc import Iterator

from review.context import ReviewContext
from review.facts.progress import mean_progress, payment_share, time_share
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.rule import Hit, Rule
from review.wording import number

_ON_TIME = 0.1
"""Payment this near the time that has passed keeps step, however far the work is."""


def _check(context: ReviewContext) -> Iterator[Hit]:
    paid, passed, done = payment_share(context), time_share(context), mean_progress(context)
    if paid is None:
        return
    lag = context.config.monitoring_lag
    late = passed is not None and passed - paid >= lag
    on_time = passed is not None and passed - paid < _ON_TIME
    behind = done is not None and done - paid >= lag and not on_time
    if not late and not behind:
        return
    facts = [f"时间已过{number(round(100 * passed))}%"] if passed is not None else []
    facts += [f"产出平均完成{number(round(100 * done))}%"] if done is not None else []
    yield Hit(
        field="executed_wan",
        values={"paid": number(round(100 * paid)), "facts": "、".join(facts)},
        suggestion=Suggestion("请列出未支付事项和支付计划，可能结余的提出调减意见。"),
    )


RULE = Rule(
    code="MN09",
    name="monitoring.payment_behind",
    severity=Severity.WARNING,
    message="{facts}，资金只支付{paid}%，支付明显落后，请说明原因和支付计划。",
    question="未支付的钱卡在哪个环节？年底前能支付多少，预计结余多少？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.88,
)

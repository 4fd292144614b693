"""MN04 monitoring.limit_pace — 控制类指标消耗过快

反例：
    全年事故控制在10起以内，时间过半已发生9起。
正例：
    说明下半年控制措施。
理由：
    按目前速度年底必然突破，应在突破之前干预。
已知局限：
    只判断次数、数量类上限，比率和单价不判断；上限不足4的不判断。
依据：
    财预〔2019〕136号：绩效监控应预测年度绩效目标完成的可能性。
"""

from __future__ import annotations

import re

from review.context import ReviewContext, Row
from review.facts.attainment import comparable_numbers, is_missed
from review.facts.progress import is_limit, time_share
from review.facts.values import is_rate
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule
from review.wording import number

_SMALL = 4
_LEVEL = re.compile(r"平均|[人户亩次]均|时[限间长]|标准|单价|每|费用|金额|浓度|温度|周期|工期")
"""What has a level all year round and is not used up."""


def _check(context: ReviewContext, row: Row) -> Hit | None:
    values, passed = comparable_numbers(row), time_share(context)
    if values is None or passed is None or not is_limit(row) or is_missed(row):
        return None
    if is_rate(row.parsed) or row.is_level("成本") or values[0] < _SMALL:
        return None
    if _LEVEL.search(row.name.text):
        return None
    used = values[1] / values[0]
    if used - passed < context.config.monitoring_lag:
        return None
    return hit_row(
        row,
        "actual",
        suggestion=Suggestion("请提出下一阶段的控制措施。"),
        used=number(round(100 * used)),
        passed=number(round(100 * passed)),
    )


RULE = Rule(
    code="MN04",
    name="monitoring.limit_pace",
    severity=Severity.INFO,
    message="指标“{name}”上限“{target}”已用去{used}%，时间只过{passed}%，按此速度将会突破。",
    question="“{name}”后几个月怎样控制？有无预警和责任安排？",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.86,
)

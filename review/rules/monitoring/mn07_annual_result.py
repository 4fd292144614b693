"""MN07 monitoring.annual_result — 年中就把全年指标值当作完成数

反例：
    7月监控时，5项数量指标的完成数全部等于全年指标值。
正例：
    填写到监控时点的累计完成数。
理由：
    年中恰好全部等于全年目标，多为照抄指标值，监控失去意义。
已知局限：
    确已全部完成的，应附验收资料；只在累计类指标不少于3项时判断。
依据：
    财预〔2019〕136号：绩效监控信息应真实、客观。
"""

from __future__ import annotations

from collections.abc import Iterator

from review.context import ReviewContext
from review.facts.progress import is_cumulative, progress, time_share
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.rule import Hit, Rule
from review.wording import number

_FEWEST, _LATE = 3, 0.85
_EXACT = 1e-6


def _check(context: ReviewContext) -> Iterator[Hit]:
    passed = time_share(context)
    rows = [row for row in context.rows if is_cumulative(row)]
    if passed is None or passed > _LATE or len(rows) < _FEWEST:
        return
    if any(abs((progress(row) or 0) - 1) > _EXACT for row in rows):
        return
    yield Hit(
        field="indicators",
        values={"count": len(rows), "passed": number(round(100 * passed))},
        suggestion=Suggestion("请按台账填写到监控时点的累计完成数。"),
    )


RULE = Rule(
    code="MN07",
    name="monitoring.annual_result",
    severity=Severity.WARNING,
    message="时间只过{passed}%，{count}项累计指标的完成数全部等于全年指标值，疑似照抄，请按实际填报。",
    question="各项任务是哪天完成的？请提供验收单或台账；若已全部完成，余下资金作何用途？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.88,
)

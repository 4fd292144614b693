"""FM08 form.over_detailed — 同一二级指标下设置过细

反例：
    数量指标下逐项列出“购置投影仪1台”“购置打印机2台”“购置课桌40张”等18行。
正例：
    合并为“购置教学设备 ≥186台套”，另设“主要设备参数达标率 100%”。
理由：
    指标过细，每项分值很低，主要任务被淹没，也加重填报和核查负担。
已知局限：
    评价报告等摘录材料不判断；多数指标的计量单位不同的，视为不同任务，不提示；包含多个子项目的专项可以按子项目分列；上限可按地区配置。
依据：
    财预〔2021〕101号：绩效指标应重点突出、量化易评。
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from review.context import ReviewContext
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.rule import Hit, Rule

_ALIKE = 0.5
"""Share of rows with one and the same unit from which they are taken for parts of one task."""


def _check(context: ReviewContext) -> Iterator[Hit]:
    if context.is_excerpt:
        return
    most = context.config.max_per_aspect
    units: dict[str, Counter[str | None]] = defaultdict(Counter)
    for row in context.rows:
        units[row.level2][row.parsed.unit] += 1
    for level2, counted in units.items():
        count = counted.total()
        if level2 and count > most and max(counted.values()) >= _ALIKE * count:
            yield Hit(
                field="indicators",
                values={"level2": level2, "count": count, "most": most},
                suggestion=Suggestion("请合并同类事项，保留反映主要任务的几项。"),
            )


RULE = Rule(
    code="FM08",
    name="form.over_detailed",
    severity=Severity.INFO,
    message="“{level2}”下设置了{count}项指标，超过{most}项，分得过细，请合并同类事项、突出重点。",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.85,
)

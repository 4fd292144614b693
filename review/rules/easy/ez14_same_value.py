"""EZ14 easy.same_value — 大部分指标照填同一个比率

反例：
    维护社会稳定、促进集体经济发展、保护生态环境、群众满意度的指标值全部填“≥95%”。
正例：
    村级事项按期办结率 ≥95%、矛盾纠纷化解率 ≥98%、群众满意度 ≥90%，各按上年实际和难度确定。
理由：
    不同内容照填同一个比率，说明指标值没有逐项测算，也拉不开评价差距。
已知局限：
    只在至少4项、且占可量化指标六成以上的指标值相同时提示；全部为100%的由EZ07提示。
依据：
    财预〔2021〕101号：指标值应有依据、有来源、可考核，可参照历史标准、行业标准、计划标准确定。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from review.context import ReviewContext
from review.facts.values import is_number
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.rule import Hit, Rule
from review.wording import number

_LEAST, _SHARE, _FULL = 4, 0.6, 100


def _check(context: ReviewContext) -> Iterator[Hit]:
    values = [row.parsed for row in context.rows if is_number(row.parsed)]
    rates = Counter(item.value for item in values if item.unit == "%" and item.value != _FULL)
    for value, count in rates.most_common(1):
        if count >= _LEAST and count >= _SHARE * len(values):
            yield Hit(
                field="indicators",
                values={"count": count, "total": len(values), "value": number(value or 0)},
                suggestion=Suggestion("请参照上年实际、行业标准和工作难度，逐项测算指标值。"),
            )


RULE = Rule(
    code="EZ14",
    name="easy.same_value",
    severity=Severity.WARNING,
    message="{total}项可量化的指标中有{count}项照填“{value}%”，没有逐项测算，请分别确定指标值。",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.9,
)

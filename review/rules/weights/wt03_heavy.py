"""WT03 weights.heavy — 单项指标分值过重

反例：
    9项指标中“受益人口数”一项占30分以上，其余各5分。
正例：
    核心指标15—20分，其他指标5—10分。
理由：
    一项指标决定全部得分，其他指标形同虚设。
已知局限：
    指标总数少于4项、分值按组填写时不判断；上限可按地区配置。
依据：
    财预〔2020〕10号：自评指标权重应根据指标的重要程度和项目实施阶段等因素综合确定。
"""

from __future__ import annotations

from review.context import ReviewContext, Row
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule
from review.scoring.weighing import bears_group_weight, share_of_all, weights
from review.wording import number

_MIN_ROWS = 4
_ALMOST = 0.99


def _check(context: ReviewContext, row: Row) -> Hit | None:
    given = weights(context)
    weight = row.indicator.weight
    if weight is None or len(given) < _MIN_ROWS or context.is_excerpt:
        return None
    if bears_group_weight(row):
        return None
    share = share_of_all(context, weight)
    if share < context.config.heavy_weight * _ALMOST:
        return None
    return hit_row(
        row,
        "weight",
        suggestion=Suggestion("请把分值分散到能反映项目主要内容的其他指标。"),
        weight=number(weight),
        share=number(round(share, 1)),
    )


RULE = Rule(
    code="WT03",
    name="weights.heavy",
    severity=Severity.WARNING,
    message="指标“{name}”分值{weight}分，占全部指标的{share}%，权重过于集中，请调整。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.88,
)

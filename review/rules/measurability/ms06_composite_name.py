"""MS06 measurability.composite_name — 一个指标名称合并了多个指标

反例：
    “各种强制免疫率、屠宰率及检疫率”“教学条件改善、办学水平提高”。
正例：
    分为“强制免疫密度 ≥90%”“产地检疫率 100%”两行。
理由：
    多个考核内容共用一个指标值，结果不一致时无法判定是否完成。
已知局限：
    只识别并列的比率、数量和效果词；并列的对象共用一个数值（如“县、乡两级”）不提示。
依据：
    财预〔2021〕101号：绩效指标应量化易评，名称取最末一级、含义单一。
"""

from __future__ import annotations

import re

from review.context import ReviewContext, Row
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule

_JOIN = r"(?:[、,;/及和与]|以及)"
_RATE = r"(?:率|比例|满意度|知晓度)"
_EFFECT = r"(?:改善|提高|提升|增强|增加|降低|减少|健全|完善|优化)"
_COMPOSITE = re.compile(
    rf"{_RATE}{_JOIN}[^、,;/]*{_RATE}|{_EFFECT}{_JOIN}[^、,;/]+{_EFFECT}(?:情况|程度)?$"
)
_RATIO = re.compile(r"[与和]上年|相比|之比|比例关系")


def _check(context: ReviewContext, row: Row) -> Hit | None:
    match = _COMPOSITE.search(row.name.text)
    if match is None or _RATIO.search(row.name.text):
        return None
    return hit_row(
        row,
        "name",
        span=row.name.origin(*match.span()),
        suggestion=Suggestion("请拆分为多个三级指标，分别填写指标值和分值。"),
    )


RULE = Rule(
    code="MS06",
    name="measurability.composite_name",
    severity=Severity.WARNING,
    message="指标名称“{name}”合并了多个考核内容，共用一个指标值无法判定，请拆分。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.85,
)

"""MS12 measurability.approximate — 指标值是约数

反例：
    松材线虫病除治 — 8万多株；监测面积 — 约111万亩。
正例：
    松材线虫病除治 ≥8万株；监测面积 ≥111万亩。
理由：
    约数没有明确的完成界限，完成79000株算不算完成难以判定。
已知局限：
    “左右”“约”用于说明性文字时也会提示。
依据：
    财预〔2015〕88号：绩效目标应细化量化。
"""

from __future__ import annotations

import re

from review.context import ReviewContext, Row
from review.facts.values import is_number
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule

_ABOUT = re.compile(
    r"(?<!节)约(?:为)?(?=[\d一二三四五六七八九十])|大约|左右|(?<=\d)[万千百]?[多余]|(?<=[万千百十])[多余]|近(?=\d)|暂定"
)


def _check(context: ReviewContext, row: Row) -> Hit | None:
    match = _ABOUT.search(row.target.text)
    if match is None or not is_number(row.parsed):
        return None
    return hit_row(
        row,
        "target",
        span=row.target.origin(*match.span()),
        suggestion=Suggestion("请改为确定的数值，并用“≥”或“≤”标明界限。"),
    )


RULE = Rule(
    code="MS12",
    name="measurability.approximate",
    severity=Severity.INFO,
    message="指标“{name}”的指标值“{target}”是约数，没有明确的完成界限，请改为确定数值。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.9,
)

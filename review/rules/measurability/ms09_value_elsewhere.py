"""MS09 measurability.value_elsewhere — 指标值指向没有写明的文件、计划或任务数

反例：
    地表水优良比例 — 达到国家下达的年度目标值；公用经费标准 — 符合相关文件要求。
正例：
    地表水优良（达到或优于Ⅲ类）比例 ≥92.9%（自治区2022年水生态环境目标）。
理由：
    目标值在别处，审核时无法判断高低，执行时也容易跟着结果调整。
已知局限：
    写明文件名称、文号或等级标准的不提示。
依据：
    财预〔2021〕101号：指标值应有依据、有来源、可考核。
"""

from __future__ import annotations

import re

from review.context import ReviewContext, Row
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule

_ELSEWHERE = re.compile(
    r"(?:完成|达到|符合|按照?|执行|满足|达成)[一-龥]{0,8}?"
    r"(?:下达的?(?:年度)?(?:任务|目标|指标|计划)[一-龥]{0,3}|目标值|预期(?:目标|指标|值)?|(?:相关|有关|上级|省级?|市级?|国家)?"
    r"(?:文件|政策|规定|标准|制度)(?:要求|规定)?|计划(?:数|进度|要求)?|(?:年度)?任务数?|要求)$"
)
_NAMED = re.compile(r"《|〔|\[20|GB|DB|[Ⅰ-Ⅴ一二三四五]类|[一二三]级|\d")


def _check(context: ReviewContext, row: Row) -> Hit | None:
    text = row.target.text.strip(" 。")
    match = _ELSEWHERE.search(text) if row.parsed.kind == "words" else None
    if match is None or match.start() > 0 or _NAMED.search(text):
        return None
    return hit_row(
        row,
        "target",
        suggestion=Suggestion("请直接写出目标数值，并在指标说明中注明文件名称和文号。"),
    )


RULE = Rule(
    code="MS09",
    name="measurability.value_elsewhere",
    severity=Severity.WARNING,
    message="指标“{name}”的指标值“{target}”没有写出具体数值或标准，请直接填写并注明依据。",
    check=EachRow(_check),
    manual_text=__doc__,
)

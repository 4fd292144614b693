"""CR15 correctness.garbled — 内容是乱码

反例：
    “åœŸåœ°å¹³æ•´”“锟斤拷”“□□□率”。
正例：
    土地平整面积 ≥1200亩。
理由：
    乱码多因文件编码转换或识别错误产生，原意无法确认。
已知局限：
    个别生僻字和特殊符号可能被误认为乱码。
依据：
    财预〔2015〕88号：审核绩效目标的完整性，内容应填写齐全、清晰。
"""

from __future__ import annotations

import re

from review.context import ReviewContext, Row
from review.finding import Severity
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule

_GARBLED = re.compile(
    r"\ufffd|锟斤拷|烫烫|[\ue000-\uf8ff]|[□■]{2,}|[?]{3,}|"
    # UTF-8 read as Latin-1 or Windows-1252: a first byte and one or two more, several times.
    r"(?:[À-ÿ][\x80-\xbfŒœŠšŽžŸˆ˜–—‘’‚“”„†‡•…‰‹›€™]{1,2}){2,}"
)


def _check(context: ReviewContext, row: Row) -> Hit | None:
    for field in ("name", "target"):
        text = getattr(row.indicator, field)
        match = _GARBLED.search(text)
        if match:
            return hit_row(
                row, field, span=match.span(), place="名称" if field == "name" else "指标值"
            )
    return None


RULE = Rule(
    code="CR15",
    name="correctness.garbled",
    severity=Severity.ERROR,
    message="第{number}项指标的{place}含有乱码，无法确认原意，请核对原件后重新填写。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.95,
)

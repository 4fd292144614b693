"""TR10 truth.approximate_actual — 实际完成值是约数

反例：
    科普馆参观人数 — 600余人。
正例：
    科普馆参观人数 — 623人（入馆登记）。
理由：
    实际发生的数据应有记录可查，约数说明没有统计台账。
已知局限：
    大客流估算等确实无法精确统计的应注明统计方法。
依据：
    财预〔2020〕10号：自评数据应真实、准确，有佐证材料支撑。
"""

from __future__ import annotations

import re

from corpus.text import fold
from review.context import ReviewContext, Row
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule

_ABOUT = re.compile(
    r"(?<!节)(?:大?约|近|将近)(?:为)?(?=\d)|(?<=\d)[万千百]?[余多]|左右|(?<=\d[个人次场户家])以上"
)


def _check(context: ReviewContext, row: Row) -> Hit | None:
    folded = fold(row.indicator.actual or "")
    match = _ABOUT.search(folded.text)
    if match is None:
        return None
    return hit_row(
        row,
        "actual",
        span=folded.origin(*match.span()),
        suggestion=Suggestion("请按台账或统计资料填写准确数值。"),
    )


RULE = Rule(
    code="TR10",
    name="truth.approximate_actual",
    severity=Severity.INFO,
    message="指标“{name}”的实际完成值“{actual}”是约数，请按台账填写准确数值。",
    question="“{name}”的准确数是多少？有没有签到、登记或计数记录？",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.92,
    yields_to=("TR01",),
)

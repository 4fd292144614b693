"""FM06 form.sentence_as_name — 用整句工作描述作为指标名称

反例：
    “完成开发区工委、管委下达的安置小区物业费清算任务，指导小区物业开展文明创建等工作”。
正例：
    “安置小区物业费清算完成率”“文明创建达标小区数”。
理由：
    名称是工作要求而不是指标，看不出要统计哪个数。
已知局限：
    按长度和标点判断，名称较长但含义单一的也会提示。
依据：
    财预〔2021〕101号：指标名称应简洁明了、一看就懂。
"""

from __future__ import annotations

import re

from review.context import ReviewContext, Row
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule

_LONG, _LONG_WITH_STOPS = 40, 20
_STOP = re.compile(r"[,;。!;]")
_BRACKETS = re.compile(r"\([^()]*\)")


def _check(context: ReviewContext, row: Row) -> Hit | None:
    name = _BRACKETS.sub("", row.name.text).strip(" 。")
    limit = _LONG_WITH_STOPS if _STOP.search(name) else _LONG
    if len(name) <= limit:
        return None
    return hit_row(
        row,
        "name",
        suggestion=Suggestion("请提炼为“对象＋考核方面”的短名称，工作要求写入指标说明。"),
        length=len(name),
    )


RULE = Rule(
    code="FM06",
    name="form.sentence_as_name",
    severity=Severity.INFO,
    message="指标名称“{name}”长达{length}字，是工作描述而不是指标，请提炼为简短名称。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.9,
)

"""MN05 monitoring.date_passed — 约定时间已过尚未完成

反例：
    要求6月30日前完工，7月31日监控时“正在施工”。
正例：
    写明新的完成时间、延误原因和责任。
理由：
    时间已过而没有完成，时效目标已经落空，应立即处置。
已知局限：
    只写月份的按月末计算；没有写年份的按预算年度计算。
依据：
    财预〔2019〕136号：绩效监控发现偏离的应及时纠正。
"""

from __future__ import annotations

import re

from corpus.text import normalise
from review.context import ReviewContext, Row
from review.facts.attainment import admits_missing, is_missed
from review.facts.progress import as_of, due_date
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule

_UNDERWAY = re.compile(r"正在|进行中|推进|施工中|在建|筹备|准备|办理中|招标|未|%")
_DONE = re.compile(
    r"已(?:经|全部|按[期时])?(?:完成|完工|竣工|验收|投入使用|发放|支付|达标)|(?<!\d)100%"
)


def _check(context: ReviewContext, row: Row) -> Hit | None:
    day, due = as_of(context), due_date(context, row)
    if day is None or due is None or due >= day or not _is_open(row):
        return None
    return hit_row(
        row,
        "actual",
        suggestion=Suggestion("请写明延误原因、责任单位和新的完成时间。"),
        day=f"{day.year}年{day.month}月{day.day}日",
        state=f"目前为“{row.quoted['actual']}”" if row.quoted["actual"] else "没有填写完成情况",
    )


def _is_open(row: Row) -> bool:
    """Tell whether a dated row is not done: late, blank, or in words that say so."""
    if row.actual is None or row.actual.kind == "blank":
        return True
    if row.actual.kind == "date":
        return is_missed(row)
    text = normalise(row.indicator.actual or "")
    return admits_missing(row) or (bool(_UNDERWAY.search(text)) and not _DONE.search(text))


RULE = Rule(
    code="MN05",
    name="monitoring.date_passed",
    severity=Severity.WARNING,
    message="指标“{name}”应于“{target}”完成，到{day}{state}，已经逾期。",
    question="“{name}”为什么没有按时完成？新的时间节点是哪天，由谁负责？",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.9,
)

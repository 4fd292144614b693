"""NR18 narrative.overshoot — 正文写的完成数大幅超过目标而没有说明原因

反例：
    “举办培训26场，目标12场。”全文没有说明为什么多办。
正例：
    “举办培训26场，目标12场，7月新增防汛专项培训14场，已调整下年目标。”
理由：
    大幅超额多因年初目标定得偏低，应分析原因，避免以低目标换高分。
已知局限：
    提示线可按地区配置；比率、上限类指标和3以下的数量不判断；表中的超额由TR03判断。
依据：
    财预〔2020〕10号：偏离较大的指标应分析原因；年初指标值设定明显偏低造成超额的应适度调整得分。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.report import Report
from review.context import ReviewContext
from review.finding import Severity
from review.kinds import Whole
from review.narrative.places import hit_text, own_report, telling_pairs
from review.narrative.results import Result, results
from review.rule import Hit, Rule
from review.wording import number, shorten

_SMALL = 3
"""Counts below this jump by a third with a single case."""
_WHY = re.compile(
    r"原因|由于|因(?![此素果])|主要是|系(?!统)|新增|追加|增加了|调整|临时|加大|扩大|突发|受[^,。]{1,16}影响|上级|政策"
)
_OVER = re.compile(r"超|多")
_ROUNDING = 1e-9


def _check(context: ReviewContext) -> Iterator[Hit]:
    report = own_report(context)
    if report is None or any(row.actual is not None for row in context.rows):
        return
    for result in results(report):
        beyond = result.ratio - 1
        if beyond < context.config.overshoot - _ROUNDING or not _is_count(result):
            continue
        if not _is_explained(report, result):
            yield hit_text(
                result.actual.span,
                advice="请说明超额原因；年初目标偏低的，应按偏离程度调整得分，并提高下年目标。",
                what=shorten(result.quoted),
                beyond=number(round(100 * beyond)),
            )


def _is_count(result: Result) -> bool:
    """Tell whether a result is a count that can be overshot, not a share and not a limit."""
    target = result.target
    if target is None or result.is_limit or result.actual.unit.startswith("%"):
        return False
    return target.value >= _SMALL


def _is_explained(report: Report, result: Result) -> bool:
    """Tell whether the same sentence, the next or another on the same matter says why."""
    subject = telling_pairs(result.name)
    sentences = [one for one in report.sentences if not one.in_table]
    for place, sentence in enumerate(sentences):
        if sentence.start <= result.actual.start < sentence.end:
            near = "".join(one.text for one in sentences[place : place + 2])
            if _WHY.search(near.partition(result.actual.text)[2]):
                return True
            continue
        is_on_it = len(subject & telling_pairs(sentence.text)) > 1
        if is_on_it and _OVER.search(sentence.text) and _WHY.search(sentence.text):
            return True
    return False


RULE = Rule(
    code="NR18",
    name="narrative.overshoot",
    severity=Severity.WARNING,
    message="正文写“{what}”，超出目标{beyond}%而未说明原因，年初目标可能偏低。",
    question="“{what}”为什么超出目标{beyond}%？年初目标是怎样测算的，上年实际是多少？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.86,
)

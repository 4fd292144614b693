"""NR17 narrative.deduction_unexplained — 正文写了扣分而没有原因

反例：
    “完工时间比计划迟12天，扣2分。”全文没有再说明。
正例：
    “完工时间比计划迟12天，扣2分，原因是招标6月20日才挂网，7月又遇连续降雨。”
理由：
    只报扣分不说原因，无法判断责任，也无从整改。
已知局限：
    原因写在别处而用词不同的可能误报；表中填有偏差原因的不判断，执行率的扣分不判断。
依据：
    财预〔2020〕10号：未完成绩效目标或偏离较大的，应分析原因并研究提出改进措施。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.report import Report
from corpus.report.sentences import Sentence
from review.context import ReviewContext
from review.finding import Severity
from review.kinds import Whole
from review.narrative.places import hit_text, own_report, telling_pairs
from review.rule import Hit, Rule
from review.wording import shorten

_DEDUCTED = re.compile(r"扣(?:除|减|了)?\d+(?:\.\d+)?分")
_ACCOUNT = re.compile(r"满分|得\d")
"""How points are counted; the reason stands under the problems."""
_CAUSE = re.compile(
    r"原因|因[为此]?|由于|受|主要是|系|所致|导致|造成|影响|使得?|没有|未(?!完成|达|能)|不[足够到及]|缺|只有|仅|才|延|取消|调整|停|滞"
)
_NEXT_ITEM = re.compile(
    r"^\W*(?:[一二三四五六七八九十]+是|第[一二三四五]|\(?[一二三四五六七八九十\d]+[)、.]|\d+\.\d)"
)
_MIN_CHARS = 10
_SHARED = 2
_EMPTY = frozenset({"满分", "分值", "扣分", "该项", "计划"})


def _check(context: ReviewContext) -> Iterator[Hit]:
    report = own_report(context)
    if report is None or any(row.indicator.reason for row in context.rows):
        return
    sentences = [sentence for sentence in report.sentences if not sentence.in_table]
    for place, sentence in enumerate(sentences):
        if not _DEDUCTED.search(sentence.text) or "执行率" in sentence.text:
            continue
        if len(_DEDUCTED.findall(sentence.text)) > 1 or _ACCOUNT.search(sentence.text):
            continue
        if _CAUSE.search(sentence.text):
            continue
        if not _is_told(report, sentences, place):
            yield hit_text(
                sentence.span,
                advice="请写明扣分的直接原因、责任环节和补救时间。",
                sentence=shorten(sentence.text),
            )


def _is_told(report: Report, sentences: Sequence[Sentence], place: int) -> bool:
    """Tell whether the next words, or another place that speaks of the same, give the reason."""
    following = sentences[place + 1].text if place + 1 < len(sentences) else ""
    if len(following) >= _MIN_CHARS and not _NEXT_ITEM.match(following):
        return True
    subject = telling_pairs(_DEDUCTED.sub("", sentences[place].text))
    for index, other in enumerate(sentences):
        shared = subject & telling_pairs(other.text) - _EMPTY
        if index == place or not shared:
            continue
        if report.is_within(other.start, "problems", "deviation"):
            return True
        if _CAUSE.search(other.text) and len(shared) >= _SHARED:
            return True
    return False


RULE = Rule(
    code="NR17",
    name="narrative.deduction_unexplained",
    severity=Severity.WARNING,
    message="“{sentence}”没有说明扣分原因，请补充。",
    question="“{sentence}”：为什么没有达到目标？由谁补救？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.85,
)

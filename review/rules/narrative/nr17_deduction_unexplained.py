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
from review.context import ReviewContext
from review.finding import Severity
from review.kinds import Whole
from review.narrative.places import EXECUTION, hit_text, own_report, telling_pairs
from review.narrative.reasons import (
    DEDUCTED,
    REASON,
    Item,
    items,
    known_matters,
    stated_reason,
    subject_of,
    tells_reason,
    unnumbered,
)
from review.rule import Hit, Rule
from review.wording import shorten

_ACCOUNT = re.compile(r"满分|得\d")
"""How points are counted outside the problems; the reason stands there."""
_SHORT_BY = re.compile(r"(?:少|差|低|晚|迟|缺)[^,。;\d]{0,4}\d")
_SHARED = 2


def _check(context: ReviewContext) -> Iterator[Hit]:
    report = own_report(context)
    if report is None or any(row.indicator.reason for row in context.rows):
        return
    known = known_matters(report, [row.name.text for row in context.rows])
    every = list(items(report))
    for item in every:
        is_listed = report.is_within(item.sentences[0].start, "problems", "deviation")
        lost = [one for one in item.sentences if DEDUCTED.search(one.text)]
        lost += [one for one in item.sentences if is_listed and _SHORT_BY.search(one.text)]
        sentence = next(iter(lost), None)
        if sentence is None or EXECUTION.search(sentence.text):
            continue
        is_problem = report.is_within(sentence.start, "problems", "deviation")
        if len(DEDUCTED.findall(sentence.text)) > 1:
            continue
        if not is_problem and _ACCOUNT.search(sentence.text):
            continue
        if tells_reason(item.text, known) or stated_reason(item.text) is not None:
            continue
        if not _is_told(report, every, item, known):
            yield hit_text(
                sentence.span,
                advice="请写明扣分的直接原因、责任环节和补救时间。",
                sentence=shorten(unnumbered(sentence.text)),
            )


def _is_told(report: Report, every: Sequence[Item], own: Item, known: frozenset[str]) -> bool:
    """Tell whether another item on the same matter gives the reason."""
    subject, points = subject_of(own.text), _points(own)
    for item in every:
        start = item.sentences[0].start
        shared = subject & telling_pairs(item.text)
        is_same = shared and points & _points(item)
        is_listed = unnumbered(item.text) != item.text.strip()
        if item is own or (is_listed and _points(item) and not points & _points(item)):
            continue  # an item of the list that tells of a loss of its own
        if len(shared) < min(_SHARED, len(subject) or 1) and not is_same:
            continue
        if report.is_within(start, "problems", "deviation"):
            if tells_reason(item.text, known | subject):
                return True
        elif report.is_within(start, "completion", "satisfaction", "conclusion", "management"):
            near = [s.text for s in item.sentences if REASON.search(s.text)]
            if any(len(subject & telling_pairs(t)) >= _SHARED for t in near):
                return True
    return False


def _points(item: Item) -> set[str]:
    """Return the points that an item says were lost."""
    return {match.group().lstrip("扣除减了掉") for match in DEDUCTED.finditer(item.text)}


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

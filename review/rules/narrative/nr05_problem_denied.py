"""NR05 narrative.problem_denied — 报告称没有问题，正文却写了问题

反例：
    “存在问题：无。”而前文写“渠道少完成1.3公里，扣2分”“执行率62%”。
正例：
    前文写到的未完成、扣分、低执行率，在问题一节逐项说明。
理由：
    正文自己写了未完成和扣分，问题一节却写“无”，是避重就轻。
已知局限：
    表中有扣分的由TR08判断；正文只有措辞、没有扣分和数据的不提示。
依据：
    财预〔2020〕10号：自评应分析存在的问题和原因，提出改进措施。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.report import Report
from review.context import ReviewContext
from review.facts.denials import only_praises, says_nothing
from review.facts.spending import execution_rate
from review.finding import Severity
from review.kinds import Whole
from review.narrative.lost_points import lost_points
from review.narrative.places import (
    hit_text,
    own_report,
    project_statements,
    section_text,
    values_of,
)
from review.narrative.results import shortfalls
from review.rule import Hit, Rule
from review.wording import number, shorten

_MISSED = re.compile(r"少完成|滞后|推迟|延期")
_LOW = 80.0
_CLEARLY_LOST = 99.0
"""A total up to this was not lost by the rounding of an execution rate."""


def _check(context: ReviewContext) -> Iterator[Hit]:
    report = own_report(context)
    if report is None:
        return
    trouble = _trouble(context, report)
    if trouble is None:
        return
    for section in report.sections_of("problems", "deviation"):
        text = section_text(report, section)
        if says_nothing(text) or only_praises(text):
            yield hit_text(
                (section.start, max(section.heading_end, _end(report, section.whole_end))),
                advice="请对照正文写到的扣分、未完成和低执行率，逐项说明原因和措施。",
                title=shorten(section.title),
                trouble=trouble,
            )
            return


def _end(report: Report, end: int) -> int:
    """Return a section's end without the white space behind it."""
    return len(report.text[:end].rstrip())


def _trouble(context: ReviewContext, report: Report) -> str | None:
    """Return what in the text shows a problem, None where nothing does."""
    for figure in report.figures:
        if figure.role == "deduction" and figure.value > 0 and not figure.in_table:
            return shorten(figure.clause, 36)
    for loss in lost_points(report):
        return f"{loss.subject}扣{number(loss.points)}分"
    scores = values_of(project_statements(context, report), "score")
    if scores and scores[0].value <= _CLEARLY_LOST:
        return f"自评{scores[0].figure.text}"
    rates = values_of(project_statements(context, report), "rate")
    rate = rates[0].value if rates else execution_rate(context.declaration)
    if rate is not None and rate < _LOW:
        return f"预算执行率{rate:.4g}%"
    for _, sentence in shortfalls(report):
        return shorten(sentence.text, 36)
    for sentence in report.sentences:
        if report.is_within(sentence.start, "completion", "funds", "conclusion") and re.search(
            r"\d", sentence.text
        ):
            match = _MISSED.search(sentence.text)
            if match and not re.search(r"[未没无]发?[现生]", sentence.text):
                return shorten(sentence.text, 36)
    return None


RULE = Rule(
    code="NR05",
    name="narrative.problem_denied",
    severity=Severity.WARNING,
    message="“{title}”写没有问题，而正文写有“{trouble}”，前后矛盾，请如实说明。",
    question="正文写到“{trouble}”，为什么不作为问题反映？原因是什么？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.9,
    yields_to=("TR08",),
)

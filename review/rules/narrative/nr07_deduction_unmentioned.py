"""NR07 narrative.deduction_unmentioned — 扣分的事项在问题中没有提到

反例：
    表中“验收合格率”扣3分，问题一节只写“宣传力度不够”。
正例：
    每个扣分事项在问题或偏离原因中都有说明。
理由：
    问题与扣分对不上，真正的薄弱环节就没有整改。
已知局限：
    按用词是否相同判断，所有扣分事项都没有提到时才提示；执行率的扣分不判断。
依据：
    财预〔2020〕10号：未完成绩效目标或偏离较大的，应分析原因并提出改进措施。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.report import Report
from corpus.text import normalise
from review.context import ReviewContext, Row
from review.facts.denials import says_nothing
from review.facts.empty_words import what_is_said
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.narrative.lost_points import lost_points
from review.narrative.places import (
    EXECUTION,
    FIELD,
    hit_text,
    own_report,
    project_statements,
    section_text,
    telling_pairs,
    values_of,
)
from review.narrative.reasons import DEDUCTED, REASON, known_matters
from review.narrative.results import shortfalls
from review.rule import Hit, Rule
from review.wording import enumerate_names, number, shorten

_FULL, _CLEARLY = 100.0, 1.0
_LOST = 0.3
"""Points; less is rounding or the execution rate's."""
_ITEM_LOST = re.compile(
    r"^\W*(?:\d{1,2}[、.)]|\(\d{1,2}\))?\W*(?P<subject>[\u4e00-\u9fff]{3,20})[:：,，].*?(?:满分|分值|,)(?P<full>\d+(?:\.\d+)?)分"
    r",?(?:扣\d+(?:\.\d+)?分,?)?得(?P<got>\d+(?:\.\d+)?)分"
)
"""An item of the account with its full and its own score."""
_MIN_PROBLEMS = 8
_SHARED = 2
_FIGURE = re.compile(r"\d+(?:\.\d+)?(?:%|[\u4e00-\u9fff])")
_YEAR = re.compile(r"20\d\d年|\d{1,2}[月日]")
_MEASURE = re.compile(r"[,。;](?:由|今后|下一?步|将|拟)[^。;]*")


def _check(context: ReviewContext) -> Iterator[Hit]:
    report = own_report(context)
    if report is None:
        return
    sections = report.sections_of("problems") or report.sections_of("deviation")
    sections += tuple(
        one
        for one in report.sections_of("deviation")
        if one not in sections and REASON.search(section_text(report, one))
    )
    told = _MEASURE.sub("", "".join(section_text(report, section) for section in sections))
    if len(told) < _MIN_PROBLEMS or says_nothing(told):
        return
    lost = [
        row for row in context.rows if _lost(row) >= _LOST and not EXECUTION.search(row.name.text)
    ]
    if lost and not any(_is_told(row, told) for row in lost):
        yield _whole(report, enumerate_names([row.indicator.name for row in lost], 3))
    elif not context.rows:
        yield from _in_text(context, report, told)


def _is_told(row: Row, told: str) -> bool:
    """Tell whether the problems speak of a row: of its name, or of its reason."""
    pairs = _pairs(told)
    reason = _pairs(normalise(row.indicator.reason or ""))
    return bool(_pairs(row.name.text) & pairs) or len(reason & pairs) >= _SHARED


def _pairs(text: str) -> set[str]:
    return telling_pairs(what_is_said(text))


def _whole(report: Report, what: str) -> Hit:
    return Hit(
        field=FIELD,
        span=_problem_span(report),
        values={"what": what},
        suggestion=Suggestion("请逐项说明扣分指标的问题、原因和措施。"),
    )


def _in_text(context: ReviewContext, report: Report, told: str) -> Iterator[Hit]:
    """Yield deductions of the text that share neither words nor figures with the problems."""
    losses = [loss.subject for loss in lost_points(report) if not _of_level(loss.subject)]
    short = _shortfalls(report)
    subjects = [text for text in losses + short if _pairs(text)]
    if subjects and not any(_are_alike(text, told) for text in subjects):
        yield _whole(report, enumerate_names(losses or short, 3))
        return
    scores = values_of(project_statements(context, report), "score")
    if not subjects and scores and scores[0].value <= _FULL - _CLEARLY:
        if not DEDUCTED.search(told) and not _pairs(told) & known_matters(report):
            yield _whole(
                report, f"自评{scores[0].figure.text}，{number(_FULL - scores[0].value)}分的事项"
            )
        return
    for figure in report.figures:
        if figure.role != "deduction" or figure.value < _LOST or EXECUTION.search(figure.clause):
            continue
        if report.is_within(figure.start, "problems", "deviation") or figure.in_table:
            continue
        if len(_pairs(figure.clause)) >= _SHARED and not _are_alike(figure.clause, told):
            yield hit_text(
                figure.span,
                advice="请在问题一节说明这项扣分的原因和措施。",
                what=f"“{shorten(figure.clause)}”",
            )


def _are_alike(subject: str, told: str) -> bool:
    """Tell whether the problems speak of a shortfall: in its words, or with its figures."""
    if _pairs(subject) & _pairs(told):
        return True
    figures = set(_FIGURE.findall(_YEAR.sub("", subject)))
    return bool(figures & set(_FIGURE.findall(_YEAR.sub("", told))))


def _lost(row: Row) -> float:
    weight, score = row.indicator.weight, row.indicator.score
    return 0.0 if weight is None or score is None else weight - score


def _problem_span(report: Report) -> tuple[int, int]:
    sections = report.sections_of("problems") or report.sections_of("deviation")
    first = sections[0]
    return first.heading_span if first.title else (first.start, first.end)


def _of_level(subject: str) -> bool:
    """Tell whether points were lost by a whole level, which says nothing of the matter."""
    return bool(re.search(r"产出|效益|满意度|成本|过程|决策|管理", subject))


def _shortfalls(report: Report) -> list[str]:
    """Return what the account of results says missed its target or lost points."""
    found = [words for words, _ in shortfalls(report)]
    for sentence in report.sentences:
        place, text = sentence.start, sentence.text
        is_told = report.is_within(place, "deviation")
        is_account = report.is_within(place, "completion", "satisfaction", "conclusion")
        if report.is_within(place, "problems") or not (is_account or is_told):
            continue
        item = None if EXECUTION.search(text) else _ITEM_LOST.search(text)
        if item is not None and float(item["full"]) - float(item["got"]) >= _LOST:
            found.append(item["subject"])
    return found


RULE = Rule(
    code="NR07",
    name="narrative.deduction_unmentioned",
    severity=Severity.WARNING,
    message="{what}有扣分，存在的问题中没有提到，请补充说明。",
    question="{what}为什么扣分？问题一节为什么没有反映？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.85,
)

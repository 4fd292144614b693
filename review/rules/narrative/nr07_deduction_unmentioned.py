"""NR07 narrative.deduction_unmentioned — 扣分的事项在问题中没有提到

反例：
    表中“验收合格率”扣3分，问题一节只写“宣传力度不够”。
正例：
    每个扣分事项在问题或偏离原因中都有说明。
理由：
    问题与扣分对不上，真正的薄弱环节就没有整改。
已知局限：
    按用词是否相同判断，换一种说法的可能误报；只扣执行率且执行率在90%以上的不提示。
依据：
    财预〔2020〕10号：未完成绩效目标或偏离较大的，应分析原因并提出改进措施。
"""

from __future__ import annotations

from collections.abc import Iterator

from corpus.report import Report
from corpus.text import normalise
from review.context import ReviewContext
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.narrative import FIELD, hit_text, own_report, problem_sentences, telling_pairs
from review.rule import Hit, Rule
from review.wording import enumerate_names, shorten

_LOST = 0.3
"""Points; less is rounding or the execution rate's."""
_MIN_PROBLEMS = 15
_SHARED = 2


def _check(context: ReviewContext) -> Iterator[Hit]:
    report = own_report(context)
    if report is None:
        return
    told = "".join(sentence.text for sentence in problem_sentences(report))
    if len(told) < _MIN_PROBLEMS:
        return
    pairs = telling_pairs(told)
    names = [
        row.indicator.name
        for row in context.rows
        if _lost(row.indicator.weight, row.indicator.score) >= _LOST
        and not telling_pairs(normalise(row.indicator.name)) & pairs
        and not row.indicator.reason
    ]
    if names:
        yield Hit(
            field=FIELD,
            span=_problem_span(report),
            values={"what": enumerate_names(names, 3)},
            suggestion=Suggestion("请逐项说明扣分指标的问题、原因和措施。"),
        )
    if not context.rows:
        yield from _in_text(report, pairs)


def _in_text(report: Report, pairs: set[str]) -> Iterator[Hit]:
    """Yield deductions of the text whose sentence shares no words with the problems."""
    for figure in report.figures:
        if figure.role != "deduction" or figure.value < _LOST or "执行率" in figure.clause:
            continue
        if report.is_within(figure.start, "problems", "deviation") or figure.in_table:
            continue
        subject = telling_pairs(figure.clause)
        if len(subject) >= _SHARED and len(subject & pairs) < min(_SHARED, len(subject)):
            yield hit_text(
                figure.span,
                advice="请在问题一节说明这项扣分的原因和措施。",
                what=f"“{shorten(figure.clause)}”",
            )


def _lost(weight: float | None, score: float | None) -> float:
    return 0.0 if weight is None or score is None else weight - score


def _problem_span(report: Report) -> tuple[int, int]:
    sections = report.sections_of("problems") or report.sections_of("deviation")
    return sections[0].heading_span


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

"""NR01 narrative.figure_conflict — 同一数据在报告中前后不一致

反例：
    第一部分写“实际支出1767万元”，结论部分写“全年支出1676万元”。
正例：
    同一口径的预算、支出、得分、完成数在各处一致，口径不同的写明口径。
理由：
    同一数据两处不同，必有一处错误，也可能是拼凑材料。
已知局限：
    只比较口径相同的整体数据和名称、单位、年度都相同的完成数；同一句中的分项不比较。
依据：
    财预〔2020〕10号：绩效自评应数据真实准确、结论客观。
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from corpus.report import Report
from corpus.report.principal import QUANTITY_NAMES
from review.context import ReviewContext
from review.finding import Severity
from review.kinds import Whole
from review.narrative.claimed_counts import counts_below_plan
from review.narrative.places import any_report, hit_text, own_report, project_statements, values_of
from review.narrative.repeated_figures import (
    differs,
    repeated_delays,
    repeated_figures,
    repeated_scores,
    transposed_figures,
)
from review.narrative.same_counts import near_counts
from review.narrative.stated_gaps import pairs as pairs_of
from review.narrative.stated_gaps import wrong_contents, wrong_gaps, wrong_remedies
from review.rule import Hit, Rule

_FEW = 2
"""More values of one quantity are those of several projects, not a slip."""
_ADVICE = "请核对原始资料，统一数据；口径不同的，分别写明口径。"


def _check(context: ReviewContext) -> Iterator[Hit]:
    report = own_report(context)
    if report is not None:
        yield from _of_project(context)
    report = any_report(context)
    if report is not None and not context.is_excerpt:
        pairs = [*repeated_figures(report)]
        told = {second.span for _, second, _ in pairs}
        for others in (
            transposed_figures(report),
            near_counts(report) if report.type.is_reviewable else (),
            repeated_scores(report),
            repeated_delays(report),
            counts_below_plan(report) if report.type.is_reviewable else (),
        ):
            found = [pair for pair in others if pair[1].span not in told]
            pairs += found
            told |= {second.span for _, second, _ in found}
        for first, second, subject in pairs:
            yield hit_text(
                second.span,
                advice=_ADVICE,
                confidence=0.85,
                subject=subject,
                first=first.text,
                second=second.text,
            )
        if report.type.is_reviewable:
            yield from _of_plans(context, report, told)


def _of_plans(context: ReviewContext, report: Report, told: set[tuple[int, int]]) -> Iterator[Hit]:
    """Yield gaps and contents that plan and result of the same thing do not allow."""
    known = pairs_of(context, report)
    for conflict in chain(
        wrong_gaps(report, known), wrong_contents(report, known), wrong_remedies(report, known)
    ):
        if conflict.figure.span not in told:
            yield hit_text(
                conflict.figure.span,
                advice=_ADVICE,
                confidence=0.85,
                subject=conflict.subject,
                first=conflict.quoted,
                second=conflict.figure.text,
            )


def _of_project(context: ReviewContext) -> Iterator[Hit]:
    """Yield figures of the whole project that differ from the first statement of the same."""
    report = own_report(context)
    if report is None:
        return
    stated = project_statements(context, report)
    for quantity in QUANTITY_NAMES:
        items = values_of(stated, quantity)
        if len({round(item.value, 4) for item in items}) > _FEW:
            continue  # several projects in one report
        for item in items[1:]:
            if differs(items[0].figure, item.figure):
                yield hit_text(
                    item.figure.span,
                    advice=_ADVICE,
                    subject=QUANTITY_NAMES[quantity],
                    first=items[0].figure.text,
                    second=item.figure.text,
                )


RULE = Rule(
    code="NR01",
    name="narrative.figure_conflict",
    severity=Severity.WARNING,
    message="“{subject}”另一处写{first}，这里写{second}，前后不一致，请核对更正。",
    question="“{subject}”究竟是{first}还是{second}？依据什么资料？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.9,
)

"""NR02 narrative.table_conflict — 报告正文与自评表的资金、执行率或总分不一致

反例：
    自评表全年执行数1767万元，正文写“实际支出1800万元”。
正例：
    正文与自评表的预算数、执行数、执行率、总分一致。
理由：
    表与文互相矛盾，说明至少一处未经核对。
已知局限：
    只比较整个项目的数据；分项、分来源的资金不比较，四舍五入的差别不提示。
依据：
    财预〔2020〕10号：绩效自评应数据真实准确，自评表与自评报告应相互印证。
"""

from __future__ import annotations

from collections.abc import Iterator

from corpus.records import SelfEvaluation
from corpus.report import Report
from corpus.report.principal import QUANTITY_NAMES, Quantity, Statement
from review.context import ReviewContext
from review.finding import Severity
from review.kinds import Whole
from review.narrative.cell_mentions import contradicted_rows
from review.narrative.places import hit_text, own_report, project_statements
from review.rule import Hit, Rule
from review.wording import number

_SHARE = 0.002
_RATE_STEP = 0.1
_FULL, _EXECUTION = 100, 20
"""All points, and the most that a form gives for the execution rate."""


def _check(context: ReviewContext) -> Iterator[Hit]:
    report, record = own_report(context), context.evaluation
    if report is None:
        return
    if record is not None and context.rows:
        yield from _of_project(context, report, record)
    for mention in contradicted_rows(report, [row.name.text for row in context.rows]):
        yield hit_text(
            mention.figure.span,
            advice="请核对明细账和评分依据，使正文与表一致。",
            subject=mention.label,
            text=mention.figure.text,
            table="、".join(mention.values),
        )


def _of_project(context: ReviewContext, report: Report, record: SelfEvaluation) -> Iterator[Hit]:
    """Yield figures of the whole project that differ from those of the form."""
    for item in project_statements(context, report):
        stated = _table_values(record, item.quantity)
        if item.quantity == "score" and _adds_execution(record, item.value):
            continue
        if stated and not any(_agrees(item, value) for value in stated):
            unit = {"rate": "%", "score": "分"}.get(item.quantity, "万元")
            yield hit_text(
                item.figure.span,
                advice="请核对自评表和会计资料，更正其中一处。",
                subject=QUANTITY_NAMES[item.quantity],
                text=item.figure.text,
                table=f"{number(stated[0])}{unit}",
            )


def _table_values(record: SelfEvaluation, quantity: Quantity) -> list[float]:
    """Return what the table states that a text's figure may repeat."""
    budgets = (record.budget_wan, record.initial_budget_wan)
    found: dict[Quantity, tuple[float | None, ...]] = {
        "budget": budgets,
        "initial_budget": budgets if record.initial_budget_wan is not None else (),
        "executed": (record.executed_wan,),
        "rate": (_rate(record), record.execution_rate),
        "score": (record.total_score,),
    }
    return [value for value in found.get(quantity, ()) if value is not None]


def _rate(record: SelfEvaluation) -> float | None:
    """Return the rate that the table's own amounts give."""
    if not record.budget_wan or record.executed_wan is None:
        return None
    return 100 * record.executed_wan / record.budget_wan


def _adds_execution(record: SelfEvaluation, score: float) -> bool:
    """Tell whether a table that leaves the execution rate out has the rest of a text's score."""
    weights = [row.weight for row in record.indicators if row.weight is not None]
    left_out = _FULL - sum(weights)
    if record.total_score is None or not 0 < left_out <= _EXECUTION:
        return False
    return 0 <= score - record.total_score <= left_out


def _agrees(item: Statement, value: float) -> bool:
    """Tell whether a text's figure repeats a table's, roundings allowed for."""
    wan = item.figure.wan
    step = item.figure.step
    if wan is not None and item.figure.value:
        step *= wan / item.figure.value
    if item.quantity == "rate":
        step = max(step, _RATE_STEP)
    return abs(item.value - value) <= max(step, _SHARE * abs(value))


RULE = Rule(
    code="NR02",
    name="narrative.table_conflict",
    severity=Severity.WARNING,
    message="正文写{subject}{text}，表中为{table}，表文不一致，请核对。",
    question="{subject}以正文的{text}还是表中的{table}为准？有何凭证？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.9,
)

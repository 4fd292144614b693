"""Weights of a declaration under whatever scheme its form follows."""

from __future__ import annotations

from collections.abc import Iterator

from review.context import ReviewContext, Row
from review.facts.attainment import comparable_numbers, is_reached
from review.finding import Suggestion
from review.rule import Hit
from review.wording import number

_FULL = 100.0
_GROUP = 0.5
_NEAR = 0.9
"""Below this share of the smallest accepted total, rows are more likely missing than wrong."""
_CHECK, _CHECK_ROWS = "核对", "核对是否漏报了指标"
_ROUNDING = 0.15
"""Weights divided among rows are rounded."""


def weights(context: ReviewContext) -> list[float]:
    """Return the weights that are given, in row order."""
    return [row.indicator.weight for row in context.rows if row.indicator.weight is not None]


def accepted_totals(context: ReviewContext) -> tuple[float, ...]:
    """Return what the weights may add up to: the configured totals, also as shares of 1.

    Where the form states the weight of the execution rate, the rest of 100 is accepted too.
    """
    totals = [*context.config.weight_totals, 1.0]
    evaluation = context.evaluation
    if evaluation is not None and evaluation.execution_weight:
        totals.append(_FULL - evaluation.execution_weight)
    return tuple(totals)


def share_of_all(context: ReviewContext, weight: float) -> float:
    """Return what percentage of all weights one weight is.

    Where only some rows were read, the smallest accepted total stands in for the sum.
    """
    return 100 * weight / max(sum(weights(context)), min(context.config.weight_totals))


def bears_group_weight(row: Row) -> bool:
    """Tell whether a row's weight is that of its group: it got little of it, having done well."""
    weight, score = row.indicator.weight, row.indicator.score
    if not weight or score is None or comparable_numbers(row) is None:
        return False
    return score <= _GROUP * weight and is_reached(row)


def _is_complete(context: ReviewContext) -> bool:
    """Tell whether output with its aspects, benefit and satisfaction are all there."""
    aspects = all(any(context.rows_of("产出", aspect)) for aspect in ("数量", "质量", "时效"))
    return aspects and all(any(context.rows_of(level)) for level in ("效益", "满意度"))


def wrong_total(context: ReviewContext) -> Iterator[Hit]:
    """Yield a hit when every row has a weight and no accepted scheme gives their sum.

    Of a report perhaps only some rows were read: a low sum counts where no level is missing.
    """
    if not _lacks_rows(context) or _is_complete(context):
        yield from any_wrong_total(context)


def _lacks_rows(context: ReviewContext) -> bool:
    """Tell whether the weights are so few that rows are more likely missing than wrong."""
    return sum(weights(context)) < _NEAR * min(context.config.weight_totals)


def any_wrong_total(context: ReviewContext) -> Iterator[Hit]:
    """Yield a hit as `wrong_total` does, also where rows are missing: a form must be whole."""
    given = weights(context)
    if context.is_excerpt or len(given) < len(context.rows) or not given:
        return
    total = sum(given)
    if any(abs(total - accepted) <= _ROUNDING for accepted in accepted_totals(context)):
        return
    advice = "请按本地区分值方案调整，例如产出50、效益30、满意度10，另加预算执行率10。"
    yield Hit(
        field="weight",
        values={
            "total": number(round(total, 2)),
            "check": _CHECK_ROWS if _lacks_rows(context) else _CHECK,
        },
        suggestion=Suggestion(advice),
    )

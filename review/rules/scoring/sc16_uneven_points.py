"""SC16 scoring.uneven_points — 完成得少的反而扣得少

反例：
    一项完成98.6%得1.8分，另一项完成62.7%也得1.8分（分值都是2分）。
正例：
    各项按同一比例计分：98.6%得1.97分，62.7%得1.25分。
理由：
    同一张表扣分尺度不一，说明得分不是按规则算出来的。
已知局限：
    只比较同为未完成、都按比例计分的两项；各项评分标准不同的不比较。
依据：
    财预〔2020〕10号：未完成指标值的，按照完成值与指标值的比例记分。
"""

from __future__ import annotations

from collections.abc import Iterator

from review.context import ReviewContext, Row
from review.facts.attainment import completion, is_missed
from review.finding import Severity
from review.kinds import Whole
from review.rule import Hit, Rule
from review.scoring.points import read_rule
from review.scoring.weighing import bears_group_weight
from review.wording import number, shorten

_GAP = 0.2
"""Difference of completion from which equal points are no matter of rounding."""


def _check(context: ReviewContext) -> Iterator[Hit]:
    judged = [row for row in context.rows if _is_judged(row)]
    judged.sort(key=lambda row: completion(row) or 0)
    for less in judged:
        for more in reversed(judged):
            gap = (completion(more) or 0) - (completion(less) or 0)
            if gap >= _GAP and _share(less) >= _share(more):
                yield Hit(row=less.index, field="score", values=_values(less, more))
                return


def _is_judged(row: Row) -> bool:
    """Tell whether a row missed its target, lost points and has no scoring rule of its own."""
    weight, score = row.indicator.weight, row.indicator.score
    if not weight or score is None or score >= weight or bears_group_weight(row):
        return False
    default = read_rule(row.indicator.scoring_rule).kind in ("default", "ratio")
    return default and is_missed(row) and completion(row) is not None


def _share(row: Row) -> float:
    return (row.indicator.score or 0) / (row.indicator.weight or 1)


def _values(less: Row, more: Row) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, row in (("less", less), ("more", more)):
        found[key] = shorten(row.indicator.name)
        found[f"{key}_done"] = number(round(100 * (completion(row) or 0), 1))
        found[f"{key}_score"] = (
            f"{number(row.indicator.score or 0)}/{number(row.indicator.weight or 0)}"
        )
    return found


RULE = Rule(
    code="SC16",
    name="scoring.uneven_points",
    severity=Severity.WARNING,
    message="“{less}”完成{less_done}%得{less_score}分，“{more}”完成{more_done}%只得{more_score}分，扣分尺度不一，请统一。",
    question="“{less}”和“{more}”的得分各按什么标准计算？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.9,
)

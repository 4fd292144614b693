"""The points of a self-evaluation by the stated rules, beside those the unit gave itself.

Numbers and dates are scored by the row's own 评分标准 where it can be read, else by
财预〔2020〕10号: all points for a target reached, in proportion for one missed. What is judged in
words is left to a person, with the band that its own wording allows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from corpus.schemes import FULL, near
from review.context import ReviewContext, Row
from review.facts.attainment import (
    admits_missing,
    admits_part,
    comparable_dates,
    comparable_numbers,
    is_missed,
    overshoot,
)
from review.facts.declared import scoring_rule_of
from review.facts.spending import execution_rate
from review.scoring.points import cite, points_of_missed, read_rule
from review.scoring.scheme import SchemeReading, execution_row, recognise_scheme
from review.scoring.weighing import bears_group_weight
from review.wording import number

GRADES = ((90.0, "优"), (80.0, "良"), (60.0, "中"), (0.0, "差"))
_ROUNDING = 0.01
_NO_RECOUNT = "无法复算："
_REACHED = "完成指标值，记满分（财预〔2020〕10号）"


@dataclass(frozen=True)
class ScoredRow:
    """The points of one row, or of the execution rate."""

    index: int | None
    """Index of the indicator; None for the execution rate."""
    weight: float | None
    own: float | None
    recomputed: float | None
    """None where it cannot be recomputed; `rule` says why."""
    rule: str
    band: tuple[float, float] | None = None
    """Points that a judgement in words may give."""

    @property
    def difference(self) -> float | None:
        """Return own minus recomputed: what the unit gave itself too much."""
        if self.own is None:
            return None
        if self.recomputed is not None:
            return round(self.own - self.recomputed, 2)
        if self.band is not None and self.own > self.band[1] + _ROUNDING:
            return round(self.own - self.band[1], 2)
        return None

    def to_dict(self) -> dict[str, Any]:
        """Return the shape of the output."""
        return {
            "index": self.index,
            "weight": self.weight,
            "own": self.own,
            "recomputed": self.recomputed,
            "band": list(self.band) if self.band else None,
            "rule": self.rule,
            "difference": self.difference,
        }


@dataclass(frozen=True)
class Scoring:
    """A self-evaluation's points counted again."""

    scheme: SchemeReading
    rows: tuple[ScoredRow, ...]
    total_own: float | None
    total_recomputed: float | None
    notes: tuple[str, ...] = ()

    @property
    def grade_own(self) -> str | None:
        """Return the grade of the unit's own total."""
        return grade_of(self.total_own) if self._is_full else None

    @property
    def grade_recomputed(self) -> str | None:
        """Return the grade of the recomputed total."""
        return grade_of(self.total_recomputed) if self._is_full else None

    @property
    def inflation(self) -> float:
        """Return by how many points the unit's own total is too high, 0 where it is not."""
        if self.total_own is None or self.total_recomputed is None:
            return 0.0
        return max(0.0, round(self.total_own - self.total_recomputed, 2))

    @property
    def _is_full(self) -> bool:
        return self.scheme.recognised and near(self.scheme.total or 0, FULL)

    def to_dict(self) -> dict[str, Any]:
        """Return the shape of the output."""
        return {
            "scheme": self.scheme.to_dict(),
            "rows": [row.to_dict() for row in self.rows],
            "total_own": self.total_own,
            "total_recomputed": self.total_recomputed,
            "grade_own": self.grade_own,
            "grade_recomputed": self.grade_recomputed,
            "notes": list(self.notes),
        }


def grade_of(total: float | None) -> str | None:
    """Return 优 (from 90), 良 (from 80), 中 (from 60) or 差, after 财预〔2020〕10号."""
    if total is None:
        return None
    return next((grade for floor, grade in GRADES if total >= floor - _ROUNDING), "差")


def rescore(context: ReviewContext) -> Scoring:
    """Count the points of a self-evaluation again."""
    scheme = recognise_scheme(context)
    rows = [
        scored
        for scored in (_execution(context), *(_row(context, row) for row in context.rows))
        if scored
    ]
    known = [row for row in rows if row.own is not None]
    evaluation = context.evaluation
    stated = evaluation.total_score if evaluation else None
    counted = round(sum(row.own or 0 for row in known), 2) if known else None
    own = stated if stated is not None else counted
    total = None
    if counted is not None:
        total = round(counted - sum(row.difference or 0 for row in known), 2)
    return Scoring(scheme, tuple(rows), own, total, tuple(_notes(scheme, rows)))


def _notes(scheme: SchemeReading, rows: list[ScoredRow]) -> list[str]:
    notes = [scheme.note] if scheme.note else []
    left = [row for row in rows if row.recomputed is None and row.own is not None]
    if left:
        held = "合计时取自评分（定性指标按其用语限定在相应档内）"
        notes.append(f"{len(left)}项不能按公式复算，{held}。")
    silent = [row for row in rows if row.own is None and row.weight is not None]
    if silent:
        notes.append(f"{len(silent)}项没有自评得分，未计入合计。")
    return notes


def _execution(context: ReviewContext) -> ScoredRow | None:
    """Count the points of the execution rate; None where the form has no row for it."""
    evaluation, rate = context.evaluation, execution_rate(context.declaration)
    if execution_row(context) is not None:
        return None
    if evaluation is None or (
        evaluation.execution_weight is None and evaluation.execution_score is None
    ):
        return None
    weight, own = evaluation.execution_weight, evaluation.execution_score
    if weight is None or rate is None:
        missing = "没有分值" if weight is None else "没有预算数或执行数"
        return ScoredRow(None, weight, own, None, f"{_NO_RECOUNT}预算执行率{missing}")
    points = round(weight * max(0.0, min(rate, FULL)) / FULL, 2)
    words = f"执行率{number(round(rate, 2))}%×{number(weight)}分，以满分为限（财预〔2020〕10号）"
    return ScoredRow(None, weight, own, points, words)


def _row(context: ReviewContext, row: Row) -> ScoredRow:
    """Count the points of one indicator."""
    indicator = row.indicator
    weight, own = indicator.weight, indicator.score

    def left(why: str, band: tuple[float, float] | None = None) -> ScoredRow:
        return ScoredRow(row.index, weight, own, None, _NO_RECOUNT + why, band)

    if weight is None:
        return left("没有分值")
    if row.actual is None or row.actual.kind == "blank":
        return left("没有实际完成值")
    if bears_group_weight(row):
        return left("分值疑为整组指标合计")
    rule = read_rule(scoring_rule_of(context, row))
    measured = comparable_numbers(row) is not None or comparable_dates(row)
    if measured and not is_missed(row):
        beyond = overshoot(row)
        far = beyond is not None and beyond >= 0.3
        more = "；超额较多，年初目标明显偏低的应适度扣分，由复核人酌定" if far else ""
        return ScoredRow(row.index, weight, own, weight, _REACHED + more)
    if measured and comparable_dates(row):
        if rule.kind == "zero":
            return ScoredRow(row.index, weight, own, 0.0, rule.words)
        return left("逾期完成，应扣分，评分标准没有写明扣多少")
    if measured:
        points = points_of_missed(row, rule)
        if points is None:
            return left(cite(rule))
        return ScoredRow(row.index, weight, own, points, cite(rule))
    return left(*_worded(row, weight))


def _worded(row: Row, weight: float) -> tuple[str, tuple[float, float] | None]:
    """Return why a worded result cannot be recounted, and the band that its words allow.

    财预〔2020〕10号 grades it in three: reached 100–80%, reached in part 80–60%, not reached 60–0%.
    """
    if admits_missing(row):
        return "自述未完成，按三档评分应在分值的60%以内", (0.0, round(0.6 * weight, 2))
    if admits_part(row):
        return (
            "自述部分完成，按三档评分应在分值的60%—80%",
            (round(0.6 * weight, 2), round(0.8 * weight, 2)),
        )
    if row.parsed.kind == "blank":
        return "没有指标值", None
    if row.parsed.kind == "words":
        return "定性指标，须由复核人对照佐证评判", None
    return "实际完成值与指标值不能比较，须先统一口径", None

"""Recognises the weight scheme of a form from what is written on it; nothing is assumed.

Evidence in order of strength: points on the headings (产出指标（50分）), the weights of all rows,
the weights of whole first levels where they agree with one known scheme. What stays open after
that is said in words, with the scheme that is used instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.records import Declaration, Indicator
from corpus.schemes import FULL, KNOWN, PLAIN, WITH_COST, Scheme, made, near, stated_points
from corpus.taxonomy import canonical_levels

_EXECUTION = re.compile(r"(?:预算|资金).{0,4}执行|执行率")
_NEEDED = frozenset({"产出指标", "效益指标"})
_WITHOUT_RATE = (90, 80)
"""Sums of a complete table whose execution rate stands elsewhere, with the rest of 100."""
_AGREEING = 2
"""Whole levels that must have a known scheme's points: one may have them by chance."""


@dataclass(frozen=True)
class FormScheme:
    """A scheme and how it was found."""

    scheme: Scheme
    basis: str
    """One Chinese phrase for the user."""
    recognised: bool


@dataclass(frozen=True)
class _Form:
    """Rows of a form without the execution rate, and the points of that."""

    rows: tuple[Indicator, ...]
    execution: float | None

    @classmethod
    def of(cls, declaration: Declaration) -> _Form:
        """Take a declaration apart; blank rows of the form count where they carry points."""
        rows, execution = [], getattr(declaration, "execution_weight", None)
        for row in (*declaration.indicators, *declaration.blank_rows):
            if _EXECUTION.search(row.level1) or _is_execution(row):
                execution = (
                    execution
                    or row.weight
                    or stated_points(row.level1)
                    or stated_points(row.level2)
                )
            else:
                rows.append(row)
        return cls(tuple(rows), execution)


def scheme_for(levels: Iterable[str]) -> Scheme:
    """Return the scheme with cost indicators where there are any, else the plain one."""
    return WITH_COST if "成本指标" in levels else PLAIN


def recognise(declaration: Declaration, known: Sequence[Scheme] = ()) -> FormScheme | None:
    """Return the scheme that a form shows, None where it shows none.

    `known` adds a region's own schemes to those that weights are compared with.
    """
    form = _Form.of(declaration)
    return _by_headings(form) or _by_weights(form) or _by_agreement(form, (*KNOWN.values(), *known))


def default(declaration: Declaration, levels: Iterable[str]) -> FormScheme:
    """Return the scheme to use where the form shows no points, by its structure if it has one."""
    form = _Form.of(declaration)
    firsts = {_first(row) for row in form.rows}
    if "成本指标" in firsts:
        return FormScheme(WITH_COST, "默认方案：申报表列有成本指标，未标明分值", False)
    if any(_first(row) == "产出指标" and _second(row) == "经济成本指标" for row in form.rows):
        return FormScheme(PLAIN, "默认方案：申报表把成本列在产出下，未标明分值", False)
    reason = "申报表的分值不足以判断方案" if _weighted(form) else "申报表没有标明分值"
    return FormScheme(scheme_for(levels), f"默认方案：{reason}", False)


def _by_headings(form: _Form) -> FormScheme | None:
    """Read the points that stand on first or second levels."""
    parts: dict[str, float] = {}
    within: dict[str, float] = {}
    for row in form.rows:
        first, points = _first(row), stated_points(row.level1)
        if points is not None:
            parts.setdefault(first, points)
        inner = stated_points(row.level2)
        if inner is not None:
            within.setdefault(_second(row), inner)
    firsts = {_first(row) for row in form.rows}
    for first in firsts - parts.keys():
        seconds = {_second(row) for row in form.rows if _first(row) == first}
        if seconds and seconds <= within.keys():
            parts[first] = sum(within[second] for second in seconds)
    if not parts or firsts - parts.keys():
        return None
    execution = _execution(sum(parts.values()), form.execution)
    if execution is None:
        return None
    scheme = made(parts, execution, within)
    return FormScheme(scheme, "按申报表上各级指标标明的分值", True)


def _by_weights(form: _Form) -> FormScheme | None:
    """Add up the weights of a table that has one on every row."""
    rows = [row for row in form.rows if row.name.strip() or row.weight is not None]
    if not rows or any(row.weight is None for row in rows):
        return None
    parts: dict[str, float] = {}
    for row in rows:
        parts[_first(row)] = parts.get(_first(row), 0.0) + (row.weight or 0.0)
    if not parts.keys() >= _NEEDED or any(points <= 0 for points in parts.values()):
        return None
    total = sum(parts.values())
    if (
        form.execution is None
        and total < FULL
        and not near(total, FULL)
        and "满意度指标" not in parts
    ):
        return None  # 产出50+效益30 may just lack 满意度
    execution = _execution(total, form.execution)
    if execution is None:
        return None
    return FormScheme(
        made({level: _whole(points) for level, points in parts.items()}, execution),
        f"按申报表已填的分值（合计{total:g}分）",
        True,
    )


def _by_agreement(form: _Form, known: Sequence[Scheme]) -> FormScheme | None:
    """Find the one known scheme that the weights of whole levels agree with."""
    sums = dict(_level_sums(form.rows))
    fitting = {scheme.name: scheme for scheme in known if _agrees(scheme, sums)}
    if len(fitting) != 1:
        return None
    return FormScheme(next(iter(fitting.values())), "申报表已填的分值与此方案一致", True)


def _agrees(scheme: Scheme, sums: Mapping[str, tuple[float, bool]]) -> bool:
    """Tell whether two whole levels have a scheme's points and no level speaks against it."""
    whole = []
    for level, (points, is_whole) in sums.items():
        wanted = scheme.parts.get(level, 0)
        if points > wanted and not near(points, wanted):
            return False
        if is_whole:
            whole.append(near(points, wanted))
    return len(whole) >= _AGREEING and all(whole)


def _level_sums(rows: Sequence[Indicator]) -> Iterable[tuple[str, tuple[float, bool]]]:
    """Yield each first level with the sum of its weights and whether every row has one."""
    for level in dict.fromkeys(_first(row) for row in rows):
        mine = [row for row in rows if _first(row) == level and (row.name or row.weight)]
        given = [row.weight for row in mine if row.weight is not None]
        if given:
            yield level, (sum(given), len(given) == len(mine))


def _execution(total: float, stated: float | None) -> float | None:
    """Return the points of the execution rate that make a total complete, None if none do."""
    if stated is not None:
        return stated if near(total + stated, FULL) else None
    for complete in (FULL, *_WITHOUT_RATE):
        if near(total, complete):
            return FULL - complete
    return None


def _weighted(form: _Form) -> bool:
    return any(row.weight is not None for row in form.rows)


def _is_execution(row: Indicator) -> bool:
    """Tell whether a row is the execution rate of the whole budget, which forms list apart."""
    return not row.level1.strip() and bool(_EXECUTION.search(row.name))


def _first(row: Indicator) -> str:
    """Return the first level a row stands under on the form, in the usual wording."""
    return (
        canonical_levels(row.level1, "")[0] if row.level1 else canonical_levels("", row.level2)[0]
    )


def _second(row: Indicator) -> str:
    return canonical_levels(row.level1, row.level2)[1]


def _whole(points: float) -> float:
    """Return a sum without the traces of binary fractions."""
    return round(points, 2)

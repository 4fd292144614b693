"""The quantities of the goal text, compared with the indicators."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.target.units import comparable, is_money, to_base
from review.context import ReviewContext, Row
from review.facts.quantities import Quantity, find_quantities
from review.facts.values import is_number

_CLAUSE = re.compile(r"[,，;；。、:\n]|并|及|和|以及")
_VERB = re.compile(
    r"^(?:计划|预计|全年|年内|本年度?|当年|通过|用于|同时|其中|完成|实施|开展|新建|建设|建成|改建|改造|实现|支持|"
    r"组织|举办|购置|采购|发放|免费|培训|补助|对|为|在|共|约|全市|全县|全区|不少于|达到?|至少|修建|铺设|安装)+"
)
_LIMIT = re.compile(r"以[上内下]$|[、~-]$")
_AFTER = re.compile(
    r"以[上内下]|左右的|[至到~-]\d|"
    r"(?:缩短|压缩|降低?|下降|减少|提高|提升|增加|增长|上升|扩大)(?:到|至|为)"
)
"""What follows a limit, the beginning of a range, or the level that a change starts from."""
_SAME = 0.01
_NEAR, _BESIDE = 4, 3
"""Characters beside a quantity that may name, and that surely name, what is counted."""
_FILLER = re.compile(r"(?:约|共|共计|达到?|不少于|至少|各|近)+$")
_NOTHING = re.compile(r"项目|工程|建设|面积|数量|人次|实施|开展|完成|新建|[^一-龥]")
_HEADS = ({"人", "人次"}, {"户", "户次"}, {"家", "家次"})
"""Units that compare but do not count the same."""
_PHRASE = 24
_COMPARED = "goal.compared"
"""Where a context keeps the comparison of its goal."""
_MOST = 60
"""Quantities of one goal that are looked at; a longer list is no goal but an annex."""
_REACH = 40
"""Characters on either side of a quantity that are looked at."""


@dataclass(frozen=True)
class Contradiction:
    """A quantity of the goal and the row that states another one for the same thing."""

    quantity: Quantity
    row: Row


@dataclass(frozen=True)
class GoalComparison:
    """What of the goal's quantities the indicators contradict or leave out."""

    contradicted: tuple[Contradiction, ...]
    unmeasured: tuple[tuple[Quantity, str], ...]
    """Quantities with the clause they stand in."""


def compare_goal(context: ReviewContext) -> GoalComparison:
    """Compare every quantity of the goal with the indicators."""
    if _COMPARED not in context.memo:
        context.memo[_COMPARED] = compare_text(context, context.goal.text)
    found: GoalComparison = context.memo[_COMPARED]
    return found


def compare_text(context: ReviewContext, text: str) -> GoalComparison:
    """Compare every quantity of a folded text with the indicators; what it repeats counts once."""
    contradicted, unmeasured = [], []
    told: set[tuple[str, str, str]] = set()
    stated: list[list[float]] = []
    quantities = find_quantities(text)[:_MOST]
    for quantity in quantities:
        if is_money(quantity.unit) or quantity.unit in ("%", "‰"):
            continue
        before, after = _surroundings(text, quantity)
        mention = (before, quantity.text, after)
        if mention in told or _LIMIT.search(before) or _AFTER.match(after):
            continue
        told.add(mention)
        stated = stated or [_stated(row) for row in context.rows]
        measured = any(_holds(values, quantity) for values in stated)
        about = [row for row in context.rows if _is_about(row, before, after, _NEAR)]
        if measured or _sums_up(context, quantity) or not (_VERB.sub("", before) or after):
            continue
        rivals = [
            row
            for row in about
            if _is_about(row, before, after, _BESIDE)
            and _states_another(row, quantity)
            and not _is_of(row, quantities)
        ]
        if len(rivals) == 1:
            contradicted.append(Contradiction(quantity, rivals[0]))
        elif not about:
            unmeasured.append((quantity, f"{before}{quantity.text}{after}"[-_PHRASE:]))
    return GoalComparison(tuple(contradicted), tuple(unmeasured))


def _surroundings(text: str, quantity: Quantity) -> tuple[str, str]:
    """Return what stands before and after a quantity within its clause."""
    before = _CLAUSE.split(text[max(0, quantity.start - _REACH) : quantity.start])[-1]
    after = _CLAUSE.split(text[quantity.end : quantity.end + _REACH])[0]
    # A second quantity in the clause owns what stands around it.
    owned = find_quantities(after)
    return before, after[: owned[0].start] if owned else after


def _base(row: Row) -> tuple[float, str | None] | None:
    """Return a row's value in base units; the unit may stand in the name's brackets."""
    if not is_number(row.parsed) or row.parsed.value is None:
        return None
    unit = row.parsed.unit or _unit_of_name(row)
    return to_base(row.parsed.value, unit)


def _unit_of_name(row: Row) -> str | None:
    """Return the unit that a name carries in brackets, as in 面积(亩)."""
    match = re.search(r"\(([^()≥≤*]{1,5})\)$", row.name.text)
    return match.group(1) if match else None


def _stated(row: Row) -> list[float]:
    """Return the values in base units that a row states, in its target or its name."""
    texts = (*find_quantities(row.target.text)[:_MOST], *find_quantities(row.name.text)[:_MOST])
    stated = [to_base(item.value, item.unit)[0] for item in texts]
    base = _base(row)
    return stated if base is None else [*stated, base[0]]


def _holds(stated: list[float], quantity: Quantity) -> bool:
    """Tell whether a quantity is among the values that a row states."""
    value = to_base(quantity.value, quantity.unit)[0]
    return any(abs(item - value) <= _SAME * max(abs(value), abs(item)) for item in stated)


def _is_of(row: Row, quantities: Iterable[Quantity]) -> bool:
    """Tell whether the goal states a row's value too: what is less is a part of it."""
    base = _base(row)
    return base is not None and any(
        _holds([base[0]], quantity) and _shares_unit(row, quantity) for quantity in quantities
    )


def _states_another(row: Row, quantity: Quantity) -> bool:
    """Tell whether a row states another value in a comparable unit."""
    return _base(row) is not None and _shares_unit(row, quantity)


def _shares_unit(row: Row, quantity: Quantity) -> bool:
    """Tell whether a row counts in a unit that compares to that of a quantity."""
    unit = row.parsed.unit or _unit_of_name(row)
    if unit is None or {unit, quantity.unit} in _HEADS:
        return False
    return comparable(unit, quantity.unit)


def _sums_up(context: ReviewContext, quantity: Quantity) -> bool:
    """Tell whether the rows that share the quantity's unit add up to it."""
    value, unit = to_base(quantity.value, quantity.unit)
    bases = [base for row in context.rows if (base := _base(row)) and base[1] == unit]
    return len(bases) > 1 and abs(sum(base[0] for base in bases) - value) <= _SAME * value


def _pairs(text: str) -> set[str]:
    """Return the character pairs of a text that say something."""
    pairs = {text[place : place + 2] for place in range(len(text) - 1)}
    return {pair for pair in pairs if not _NOTHING.search(pair)}


def _is_about(row: Row, before: str, after: str, reach: int) -> bool:
    """Tell whether a row's name holds the words right before or right after a quantity."""
    near = _pairs(_FILLER.sub("", before)[-reach:]) | _pairs(after[:reach])
    return any(pair in row.name.text for pair in near)

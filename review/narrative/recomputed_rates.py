"""Rates that a report states, computed again from the figures beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from corpus.report import Figure, Report
from corpus.report.leads import read_lead
from corpus.report.principal import Quantity, Statement, all_statements
from corpus.target.units import comparable
from review.narrative.places import telling_pairs

_TOLERANCE = 0.6
"""Percentage points; a difference below it is rounding."""
_COMPLETION = re.compile(r"完成率|完成比例")
_SATISFIED = re.compile(r"(?:比较|基本|非常|表示|为|中)?满意(?:的)?(?:有|共|份数|人数)?$")
_WANTED = re.compile(r"目标|计划|应(?:当|达|为|在)?|要求|不[低少]于|指标值")
_VALID = re.compile(r"有效|回收|收回|样本|调查|访问|拨通|完成")
_LEVEL = re.compile(r"中央|本级|上级|自筹|[省市县区镇乡](?:级|财)|^[省市县区镇乡]$")
_ONE_LEVEL = re.compile(r"本级|[省市县区镇]级?(?:本级)?")
_TOTAL_COST = re.compile(r"(?:计划|项目|工程)?总投资额?")
_OF_PLAN = re.compile(
    r"(?:完成|占|为|达到?|相当于)(?:了|到)?(?:全年|年度|年初|本年)*(?:目标|计划|任务)(?:任务|值|数|量)*的$"
)
_SHARE_OF_MONEY = re.compile(
    r"(?:占|相当于|达到?|为)(?:[^,。;]{0,8}(?:资金|预算|经费|总额|总数|总量|额度|盘子|投资|拨款|收入|款)|全部)[^。;]{0,10}$"
)
_COMPARED = re.compile(r"比|较|平均|同期|上年|去年")
_NO_BUDGET = re.compile(
    r"(?:信贷|贷款|融资|授信|申贷|担保|产值|销售|营业|税|收入|利润|交易|消费|损失|存款)[^，,。；;]*$"
)
"""Amounts that no budget pays out."""
_LEAST_SHARE = 5
"""Percent; an amount of which less was spent is another thing's."""
_AROUND, _BEHIND = 5, 1
"""Sentences before and behind a rate whose amounts may be its base."""
_PERCENT = 100
_BASES: tuple[Quantity, ...] = ("budget", "initial_budget", "allocated")


@dataclass(frozen=True)
class Claim:
    """A stated rate that its own figures do not give."""

    subject: str
    rate: Figure
    numerator: Figure
    denominator: Figure
    computed: float


def recomputed(report: Report, year: int | None) -> Iterator[Claim]:
    """Yield the rates that cannot be right by the report's own figures."""
    executions = [*_execution(report, year)]
    yield from executions or _unsupported(report, year)
    yield from _completion(report)
    told = [*_satisfaction(report)]
    yield from told or _surveyed(report)
    yield from _shares(report)


def _surveyed(report: Report) -> Iterator[Claim]:
    """Yield the one satisfaction of a report that the one survey told anywhere does not give."""
    rates = [
        f for f in report.figures if _is_satisfaction(f) and not report.is_within(f.start, "goals")
    ]
    satisfied = [f for f in report.figures if _is_satisfied(f)]
    if len({f.value for f in rates}) != 1 or len({f.value for f in satisfied}) != 1:
        return
    valid = [
        f
        for f in report.figures
        if f.unit != "%"
        and f not in satisfied
        and f.base[0] >= satisfied[0].base[0]
        and abs(f.sentence - satisfied[0].sentence) <= 1
        and _VALID.search(f.before + f.after[:6])
    ]
    rate = rates[0]
    if valid and not any(
        abs(_share(satisfied[0], figure) - rate.value) <= _allowed(rate) for figure in valid
    ):
        computed = _share(satisfied[0], valid[-1])
        yield Claim("满意度", rate, satisfied[0], valid[-1], computed)


def _is_satisfaction(figure: Figure) -> bool:
    """Tell whether a figure is a satisfaction that was reached."""
    is_rate = figure.role == "satisfaction" and figure.unit == "%" and not figure.in_table
    return is_rate and figure.is_exact and not re.search(r"目标|低|高|计划|升|降|应", figure.before)


def _is_satisfied(figure: Figure) -> bool:
    """Tell whether a figure counts those who were satisfied."""
    if figure.unit == "%" or figure.in_table or "不" in figure.before[-3:]:
        return False
    behind = re.match(
        r"(?:[^,。]{0,4}(?:表示|选择|为|对[^,。]{0,10}))?(?:比较|基本|非常)?满意", figure.after
    )
    return bool(_SATISFIED.search(figure.before) or behind)


def _shares(report: Report) -> Iterator[Claim]:
    """Yield shares of a plan that no stated plan gives: 完成1474户，为目标的96.5% of 1500."""
    plans = [f for f in report.figures if _is_plan(report, f)]
    for done, rate in pairwise(report.figures):
        if rate.unit != "%" or done.sentence != rate.sentence or rate.in_table:
            continue
        if done.unit == "%" or not _OF_PLAN.search(rate.before) or not rate.value:
            continue
        alike = [
            plan
            for plan in plans
            if plan is not done
            and plan.unit == done.unit
            and (plan.sentence == done.sentence or _pairs(plan) & _pairs(done))
        ]
        if alike and not any(abs(_share(done, p) - rate.value) <= _allowed(rate) for p in alike):
            yield Claim("完成目标的比例", rate, done, alike[0], _share(done, alike[0]))


def _is_plan(report: Report, figure: Figure) -> bool:
    if figure.in_table or figure.unit == "%":
        return False
    return report.is_within(figure.start, "goals") or _is_target(figure)


def _pairs(figure: Figure) -> set[str]:
    return telling_pairs(figure.before)


def _execution(report: Report, year: int | None) -> Iterator[Claim]:
    """Yield execution rates that spending over any stated budget does not give."""
    stated = all_statements(report, year)
    whole = [item for item in stated if not item.scope]
    spent = [item for item in whole if item.quantity == "executed"]
    budgets = [item for item in whole if item.quantity in _BASES]
    budgets = budgets or _only_source(stated)
    budgets = budgets or [item for item in stated if _TOTAL_COST.fullmatch(item.scope)][:1]
    for item in whole:
        if item.quantity != "rate" or not spent or not budgets:
            continue
        pairs = [(a, b) for a in spent for b in budgets if b.value]
        pairs += _of_sentence(item, stated)
        if any(_gives(a.figure, b.figure, item.figure) for a, b in pairs):
            continue
        near_spent, near_budget = _nearest(item, spent), _nearest(item, _preferred(budgets))
        computed = _share(near_spent.figure, near_budget.figure)
        yield Claim("预算执行率", item.figure, near_spent.figure, near_budget.figure, computed)


def _unsupported(report: Report, year: int | None) -> Iterator[Claim]:
    """Yield rates of spending that no two amounts told around them give.

    Whatever the words say an amount is of, one of them must be the rate's base.
    """
    rates = {item.figure.span for item in all_statements(report, year) if item.quantity == "rate"}
    for rate in report.figures:
        if rate.unit != "%" or rate.in_table or not rate.is_exact or rate.year == -1:
            continue
        if rate.span not in rates and not _SHARE_OF_MONEY.search(_words_before(rate)):
            continue
        if read_lead(rate.before).scope or _COMPARED.search(rate.before):
            continue
        near = [
            f
            for f in report.figures
            if f.wan and not f.in_table and -_BEHIND <= rate.sentence - f.sentence <= _AROUND
        ]
        spent = [f for f in near if _is_spent(f) and rate.sentence - f.sentence in (0, 1)]
        spent = spent or _beside(near, rate)
        bases = [f for f in near if f not in spent and f.start < rate.start]
        bases = [f for f in bases if spent and _may_be_base(f, spent[-1])]
        if not bases or any(_gives(a, b, rate) for a in near for b in near if a is not b):
            continue
        base = max(bases, key=lambda figure: figure.wan or 0)
        yield Claim("预算执行率", rate, spent[-1], base, _share(spent[-1], base))


def _may_be_base(figure: Figure, spent: Figure) -> bool:
    """Tell whether an amount may be what spending is measured by; loans asked for never are."""
    share = _share(spent, figure)
    return _LEAST_SHARE <= share <= _PERCENT and not _NO_BUDGET.search(_words_before(figure))


def _beside(near: list[Figure], rate: Figure) -> list[Figure]:
    """Return the amount that a rate of spending follows at once: it is what was spent."""
    before = [f for f in near if f.sentence == rate.sentence and f.start < rate.start]
    return [f for f in before[-1:] if read_lead(f.before).kind not in ("surplus", "saved")]


def _is_spent(figure: Figure) -> bool:
    return figure.role == "executed" or read_lead(figure.before).kind == "executed"


def _words_before(figure: Figure) -> str:
    return figure.clause.partition(figure.before + figure.text)[0] + figure.before


def _only_source(stated: tuple[Statement, ...]) -> list[Statement]:
    """Return the budget of the one source that pays for all: 本级财政预算资金420万元."""
    found = [item for item in stated if item.quantity in _BASES and _LEVEL.search(item.scope)]
    return found if len(found) == 1 and _ONE_LEVEL.fullmatch(found[0].scope) else []


def _of_sentence(
    rate: Statement, stated: tuple[Statement, ...]
) -> list[tuple[Statement, Statement]]:
    """Return spending and base of parts beside a rate: it may be the rate of one."""
    beside = [
        item
        for item in stated
        if abs(item.figure.sentence - rate.figure.sentence) <= 1 and item.quantity != "rate"
    ]
    return [
        (a, b)
        for a in beside
        for b in beside
        if a.quantity == "executed" and b.quantity in _BASES and b.value
    ]


def _gives(numerator: Figure, denominator: Figure, rate: Figure) -> bool:
    return abs(_share(numerator, denominator) - rate.value) <= _allowed(rate)


def _preferred(budgets: list[Statement]) -> list[Statement]:
    """Return the adjusted budgets where there are any."""
    adjusted = [item for item in budgets if item.quantity == "budget"]
    return [item for item in adjusted if item.is_certain] or adjusted or budgets


def _nearest(item: Statement, others: list[Statement]) -> Statement:
    """Return the statement nearest to another, one before it preferred."""
    place = item.figure.start
    return min(others, key=lambda o: abs(o.figure.start - place) + 200 * (o.figure.start > place))


def _share(numerator: Figure, denominator: Figure) -> float:
    base = denominator.base[0]
    return _PERCENT * numerator.base[0] / base if base else 0.0


def _allowed(rate: Figure) -> float:
    return max(_TOLERANCE, rate.step / 2)


def _completion(report: Report) -> Iterator[Claim]:
    """Yield completion rates that target and actual of the same sentence do not give."""
    for rate in report.figures:
        if rate.unit != "%" or not _COMPLETION.search(rate.before) or rate.in_table:
            continue
        beside = [
            figure
            for figure in report.figures
            if figure.sentence == rate.sentence
            and figure.start < rate.start
            and figure.unit != "%"
            and figure.is_exact
        ][-2:]
        if len(beside) != 2 or not comparable(beside[0].unit, beside[1].unit):
            continue
        first, second = beside
        if not (_is_target(first) ^ _is_target(second)) or min(first.base[0], second.base[0]) <= 0:
            continue
        done, wanted = (second, first) if _is_target(first) else (first, second)
        computed = _share(done, wanted)
        inverse = _share(wanted, done)
        right = [computed, min(computed, _PERCENT), inverse]
        if not any(abs(value - rate.value) <= _allowed(rate) for value in right):
            yield Claim("完成率", rate, done, wanted, computed)


def _is_target(figure: Figure) -> bool:
    return bool(re.search(r"目标|计划|任务", figure.before))


def _satisfaction(report: Report) -> Iterator[Claim]:
    """Yield satisfaction that satisfied over valid answers does not give."""
    for rate in report.figures:
        if rate.role != "satisfaction" or rate.unit != "%" or rate.in_table:
            continue
        beside = [f for f in report.figures if f.sentence == rate.sentence and f.start < rate.start]
        satisfied = [f for f in beside if f.unit != "%" and _SATISFIED.search(f.before)]
        valid = [
            f for f in beside if f.unit != "%" and f not in satisfied and _VALID.search(f.before)
        ]
        if len(satisfied) != 1 or not valid or _WANTED.search(rate.before):
            continue
        valid = [f for f in valid if f.base[0] >= satisfied[0].base[0] > 0]
        rates = [_share(satisfied[0], figure) for figure in valid]
        if rates and not any(abs(value - rate.value) <= _allowed(rate) for value in rates):
            yield Claim("满意度", rate, satisfied[0], valid[-1], rates[-1])

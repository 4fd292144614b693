"""Proposes a first target value for a suggestion and says in one sentence what it rests on.

Counts come from the project's own text or stay open with the question to ask; nothing is invented.
Rates rest on the library's thresholds, on what peers set and reached for the same measure, and on
the unit's own last year: reachable, for others reach it, yet not easier than most of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.records import Declaration, Direction, LibraryIndicator
from corpus.target import parse_target
from corpus.target.units import is_money
from corpus.text import number
from models.peers import Peer
from recommender.choice import Choice
from recommender.config import RecommenderConfig
from recommender.deliverable import Deliverable
from recommender.own_history import LastValue, last_value
from recommender.peer_values import EASY, HARD, PeerValues, comparable_values, reported_values
from recommender.results import TargetSuggestion
from recommender.stated_value import StatedValue
from recommender.target_words import is_capped, question_for, thresholds, written
from recommender.unit_costs import UnitCost, is_plausible, unit_cost

OPEN = "数量须按项目计划填写"
"""Basis of every target that only the unit itself can state."""


@dataclass(frozen=True)
class TargetContext:
    """What targets of one recommendation rest on besides the library."""

    declaration: Declaration
    """With what is known of earlier years in its history."""
    quantities: Sequence[Deliverable]
    config: RecommenderConfig


@dataclass(frozen=True)
class _Facts:
    """What is known about the value of one choice."""

    choice: Choice
    direction: Direction
    targets: PeerValues
    """Of peers that measure the same in a comparable unit."""
    actuals: PeerValues
    last: LastValue | None
    cost: UnitCost | None
    enough: int

    @property
    def library(self) -> LibraryIndicator | None:
        return self.choice.candidate.library if self.choice.candidate else None

    @property
    def has_peers(self) -> bool:
        """Whether there are enough peers for their distribution to decide."""
        return len(self.targets) >= self.enough


def propose(choice: Choice, peers: Sequence[Peer], context: TargetContext) -> TargetSuggestion:
    """Return the proposed target of a choice, with the evidence on its value."""
    direction = direction_of(choice)
    last = last_value(choice, context.declaration, direction)
    if choice.deadline is not None:
        date = choice.deadline
        said = date.date if date.on else f"{date.date}前"
        basis = f"取自项目自身描述的{'时间' if date.on else '完成时限'}（{said}）"
        return TargetSuggestion(date.written(context.declaration.year), None, None, None, basis)
    if choice.deliverable is not None:
        return replace(_stated(choice.deliverable, last), last=last)
    unit, likeness = choice.unit, context.config.peer_likeness
    facts = _Facts(
        choice,
        direction,
        comparable_values(peers, unit, direction, likeness),
        reported_values(peers, unit, direction, likeness),
        last,
        unit_cost(choice, context.declaration, context.quantities),
        context.config.enough_peers,
    )
    found = _proposed(facts)
    question = question_for(choice) if found.suggested is None else None
    if not _is_general(choice):
        return replace(found, last=last, question=question)
    return replace(
        found,
        peers=facts.targets.distribution(unit, direction),
        actuals=facts.actuals.distribution(unit, direction),
        last=last,
        question=question,
    )


def direction_of(choice: Choice) -> Direction:
    """Return the direction of a choice; quantities are floors, dates are ceilings."""
    if choice.deadline is not None:
        return "≤"
    if choice.stated is not None:
        return choice.stated.direction
    if choice.candidate is None:
        return "≤" if choice.level1 == "成本指标" else "≥"
    if choice.deliverable is not None:
        return "≥"
    return choice.candidate.direction


def _is_general(choice: Choice) -> bool:
    """Tell whether a value can hold for every project of a kind, as rates and unit values do.

    A plain count depends on the size of the project, except where none is wanted (事故0起).
    """
    if choice.unit == "%" or "/" in choice.unit:
        return True
    library = choice.candidate.library if choice.candidate else None
    if library is not None and library.typical is not None:
        return not (choice.level2 == "数量指标" and library.typical > 0)
    return False


def _stated(deliverable: Deliverable, last: LastValue | None) -> TargetSuggestion:
    """Return a quantity that the project's own text promises."""
    stated = f"{deliverable.quantity}{deliverable.unit}"
    basis = f"取自项目自身描述的数量（{stated}），请与实施方案核对"
    if last is not None:
        basis += f"；{last.worded}，供对照"
    return TargetSuggestion(deliverable.target, None, None, None, basis)


def _proposed(facts: _Facts) -> TargetSuggestion:
    """Return the target that rests on the best that is known."""
    choice, library = facts.choice, facts.library
    if choice.stated is not None:
        return _promised(facts, choice.stated)
    if facts.cost is not None and is_plausible(facts.cost, library):
        return _from_budget(facts, facts.cost)
    if library is not None and library.typical is not None and _is_general(choice):
        return _from_library(facts, library)
    if _is_general(choice) and facts.has_peers:
        return _from_peers(facts)
    if facts.last is not None and facts.last.scale_free:
        return _from_last(facts, facts.last)
    if choice.unit == "%" and choice.candidate and choice.candidate.published:
        return _from_case(choice)
    return _open(facts)


def _promised(facts: _Facts, stated: StatedValue) -> TargetSuggestion:
    """Return a value that the project's own text states; where peers set another, say so."""
    name, unit, library = facts.choice.name, facts.choice.unit, facts.library
    value, basis = stated.value, f"取自项目自身描述（“{stated.clause}”）"
    if facts.has_peers and stated.direction != "=":
        usual = facts.targets.within(value, stated.direction)
        if usual != value:
            count = len(facts.targets)
            basis += f"；与{count}个同类项目的指标值相差较大（可参照{number(usual)}{unit}），请核对"
    if library is not None and library.unit != unit:
        library = None  # its thresholds are in % where the goal speaks of ‰
    return _beside(library, written(name, stated.direction, value, unit), basis)


def _beside(
    library: LibraryIndicator | None, suggested: str | None, basis: str
) -> TargetSuggestion:
    """Return a target beside the library's thresholds, if it has any."""
    if library is None:
        return TargetSuggestion(suggested, None, None, None, basis)
    return TargetSuggestion(suggested, library.weak, library.typical, library.strong, basis)


def _from_library(facts: _Facts, library: LibraryIndicator) -> TargetSuggestion:
    """Return the library's typical value, made as hard as peers and last year show it can be."""
    unit, typical = facts.choice.unit, float(library.typical or 0.0)
    basis = f"取指标库参考值（{thresholds(library, unit)}）"
    if not facts.choice.as_it_stands:
        basis = f"参照指标库“{library.name}”的参考值（{thresholds(library, unit)}）"
    value, reasons = _challenging(typical, facts)
    if facts.cost is not None and facts.cost.value < value:
        value = facts.cost.value
        reasons.append(f"不超过按{facts.cost.worded}计算的上限")
    if not facts.has_peers:
        count = len(facts.targets)
        reasons.append(f"可比的同类项目只有{count}个，供参考" if count else "暂无可比的同类项目")
    if is_money(unit.partition("/")[0]):
        reasons.append("请按当地标准核定")
    full = unit == "%" and value == library.strong == 100  # nothing above it is meant
    suggested = "100%" if full else written(facts.choice.name, facts.direction, value, unit)
    return _beside(library, suggested, "，".join((basis, *reasons)))


def _challenging(value: float, facts: _Facts) -> tuple[float, list[str]]:
    """Return a value that is neither easier nor harder than what is known to be reached.

    Not easier than the unit's own last year nor than what three quarters of the peers report, and
    in any case between the easy and the hard end of what peers set themselves.
    """
    unit, direction, reasons = facts.choice.unit, facts.direction, []
    harder = min if direction == "≤" else max
    if len(facts.actuals) >= facts.enough:
        value = harder(value, facts.actuals.by_difficulty(EASY, direction))
        reached = number(facts.actuals.quantile(0.5))
        reasons.append(f"同类项目实际完成值的中位数为{reached}{unit}")
    if facts.last is not None and facts.last.scale_free:
        level = facts.last.level
        value = harder(value, min(level, 100.0) if is_capped(facts.choice.name, unit) else level)
        reasons.append(f"{facts.last.worded}，不宜降低")
    if facts.has_peers:
        value = facts.targets.within(value, direction)
        easy, hard = (facts.targets.by_difficulty(share, direction) for share in (EASY, HARD))
        span = (
            f"{number(easy)}{unit}至{number(hard)}{unit}"
            if easy != hard
            else f"{number(easy)}{unit}"
        )
        reasons.append(f"并对照{len(facts.targets)}个同类项目的指标值（多在{span}）")
    return value, reasons


def _from_peers(facts: _Facts) -> TargetSuggestion:
    """Return the peers' median where the library gives no value."""
    direction, unit = facts.direction, facts.choice.unit
    middle = facts.targets.quantile(0.5)
    value, reasons = _challenging(middle, facts)
    basis = f"取{len(facts.targets)}个同类项目指标值的中位数（{number(middle)}{unit}）"
    return TargetSuggestion(
        suggested=written(facts.choice.name, direction, value, unit),
        low=facts.targets.by_difficulty(EASY, direction),
        typical=middle,
        high=facts.targets.by_difficulty(HARD, direction),
        basis="，".join((basis, *reasons)),
    )


def _from_last(facts: _Facts, last: LastValue) -> TargetSuggestion:
    """Return the unit's own last value where nothing else is known."""
    choice, value = facts.choice, last.level
    return TargetSuggestion(
        written(choice.name, facts.direction, value, choice.unit),
        None,
        None,
        None,
        f"{last.worded}，本年不低于该水平；暂无可比的同类项目",
    )


def _from_case(choice: Choice) -> TargetSuggestion:
    """Return the published target of the project a rate was taken from, in its usual writing."""
    candidate = choice.candidate
    target = candidate.published.target if candidate and candidate.published else ""
    parsed = parse_target(target, choice.name)
    project = candidate.case.project_name if candidate and candidate.case else ""
    return TargetSuggestion(
        None
        if parsed.value is None
        else written(choice.name, direction_of(choice), parsed.value, choice.unit),
        None,
        None,
        None,
        f"参照相似项目“{project}”的指标值，可比项目较少，请自行核定",
    )


def _from_budget(facts: _Facts, cost: UnitCost) -> TargetSuggestion:
    """Return budget ÷ quantity as the ceiling of a unit cost, where one quantity takes it all."""
    library, unit = facts.library, facts.choice.unit
    basis = f"按{cost.worded}计算，作为上限；预算含其他支出时请扣除后填写"
    value = facts.targets.within(cost.value, "≤") if facts.has_peers else cost.value
    if value != cost.value:
        basis += f"；已按{len(facts.targets)}个同类项目的指标值调整"
    return _beside(library, f"≤{number(value)}{unit}", basis)


def _open(facts: _Facts) -> TargetSuggestion:
    """Return an open target with what should decide it."""
    choice, library = facts.choice, facts.library
    if choice.level1 == "成本指标":
        basis = "成本标准须按预算明细和当地支出标准填写"
        if facts.cost is not None:
            stated = f"{facts.cost.quantity.quantity}{facts.cost.quantity.unit}"
            basis += f"，预算用于多项内容，须以其中用于该项的资金÷{stated}计算"
    elif choice.unit == "%":
        basis = "比例须按项目计划或上年实际填写"
    elif choice.level2 == "时效指标":
        basis = "时限须按项目计划填写"
    else:
        basis = OPEN
    if library is not None and library.basis:
        basis += f"（可依据：{library.basis}）"
    if facts.last is not None:
        basis += f"，{facts.last.worded}"
    if not len(facts.targets):
        basis += "，暂无可比的同类项目"
    return _beside(library, None, basis)

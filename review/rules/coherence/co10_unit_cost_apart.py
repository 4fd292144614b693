"""CO10 coherence.unit_cost_apart — 单位成本与同类项目相差悬殊

反例：
    每公里养护成本20万元，同类项目多为2万元左右；预算3000万元只铺设2公里管道，同类项目每公里约100万元。
正例：
    每公里养护成本2.2万元；确因桥隧多、标准高而偏高的，在指标说明中写明测算依据。
理由：
    单位成本明显偏离同类，说明任务量、标准或预算至少有一个测算有误，也可能存在资金沉淀。
已知局限：
    同类少于规定数时，只与指标库的参考值比较；由预算和任务量推算的，只看唯一的数量指标，差五倍以上才提示。
依据：
    财预〔2015〕88号：审核绩效目标的适当性，目标与资金规模应相应匹配；财预〔2021〕101号：成本指标可设置单位成本。
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from corpus.records import Declaration
from corpus.target import parse_target
from corpus.target.units import to_base
from corpus.taxonomy import canonical_levels
from review.context import ReviewContext, Row
from review.facts.ease import peer_evidence, states_reason
from review.facts.unit_groups import unit_group
from review.facts.values import is_number, library_indicator, written_target
from review.finding import Evidence, Severity, Suggestion
from review.kinds import Whole, hit_row
from review.rule import Hit, Rule
from review.wording import number

_STATED, _DERIVED = 3.0, 5.0
"""Factor to the usual cost from which a stated and a calculated unit cost stand out."""
_ALIKE = 0.8
_MONEY = ("元", "万元", "亿元")
_WORK = {"area", "length", "people", "count"}
_SHOWN = 5


@dataclass(frozen=True)
class _Usual:
    """What a unit costs elsewhere, in the same unit as the row's own."""

    value: float
    basis: str
    evidence: tuple[Evidence, ...]


def _is_price(row: Row) -> bool:
    """Tell whether a row states money per something as one number."""
    money, slash, _ = (row.parsed.unit or "").partition("/")
    return bool(slash) and money in _MONEY and is_number(row.parsed) and not row.parsed.parts


def _alike(context: ReviewContext, row: Row) -> list[Any]:
    """Return peers that measure the same in the same unit, one per source."""
    kept: dict[str, Any] = {}
    for peer in context.peers(row):
        same = is_number(peer.parsed) and peer.parsed.unit == row.parsed.unit
        if same and peer.parsed.value and peer.similarity >= context.config.peer_similarity:
            kept.setdefault(peer.source, peer)
    return list(kept.values())


def _usual_price(context: ReviewContext, row: Row) -> _Usual | None:
    """Return what peers or the library pay for the unit."""
    peers = _alike(context, row)
    if len(peers) >= context.config.peer_minimum:
        middle = statistics.median(peer.parsed.value for peer in peers)
        basis = f"{len(peers)}个同类项目的中位数{number(middle)}{row.parsed.unit}"
        return _Usual(middle, basis, tuple(map(peer_evidence, peers[:_SHOWN])))
    known = library_indicator(context, row, _ALIKE)
    if known is None or not known.typical or known.unit != row.parsed.unit:
        return None
    return _Usual(known.typical, f"指标库“{known.name}”的参考值{written_target(known)}", ())


def _stated(context: ReviewContext) -> Iterator[Hit]:
    """Yield the unit costs that the declaration states and that stand out."""
    for row in context.rows:
        value = row.parsed.value
        usual = _usual_price(context, row) if _is_price(row) and not states_reason(row) else None
        if usual and value and not 1 / _STATED < value / usual.value < _STATED:
            said = f"指标“{row.quoted['name']}”为“{row.quoted['target']}”"
            yield _hit(row, said, usual)


def _quantity(declaration: Declaration) -> tuple[float, str] | None:
    """Return the work of a project whose output is one quantity, in base units."""
    found = []
    for row in declaration.indicators:
        if "数量" not in canonical_levels(row.level1, row.level2)[1]:
            continue
        parsed = parse_target(row.target, row.name)
        if not is_number(parsed) or not parsed.value or unit_group(parsed.unit) not in _WORK:
            return None
        found.append(to_base(parsed.value, parsed.unit))
    if len(found) != 1 or found[0][1] is None:
        return None
    return found[0][0], str(found[0][1])


def _derived(context: ReviewContext) -> Iterator[Hit]:
    """Yield the only quantity where the budget for a unit of it stands out."""
    declaration, own = context.declaration, _quantity(context.declaration)
    if not declaration.budget_wan or own is None or context.case_source is None:
        return
    quantities = [row for row in context.rows if row.is_aspect("数量")]
    row = quantities[0]
    if any(_is_price(other) for other in context.rows) or states_reason(row):
        return
    costs: dict[str, tuple[float, Any]] = {}
    for peer in context.peers(row):
        case = context.case_source(peer.project_id) if peer.similarity >= _ALIKE else None
        theirs = _quantity(case) if case and case.budget_wan else None
        if case and case.budget_wan and theirs and theirs[1] == own[1]:
            costs.setdefault(peer.source, (case.budget_wan / theirs[0], peer))
    if len(costs) < context.config.peer_minimum:
        return
    middle = statistics.median(cost for cost, _ in costs.values())
    ratio = declaration.budget_wan / own[0] / middle
    if 1 / _DERIVED < ratio < _DERIVED:
        return
    said = (
        f"按预算{number(declaration.budget_wan)}万元和“{row.quoted['name']} "
        f"{row.quoted['target']}”推算的单位投入"
    )
    basis = f"{len(costs)}个同类项目的中位数（约为其{number(round(ratio, 2))}倍）"
    shown = tuple(peer_evidence(peer) for _, peer in list(costs.values())[:_SHOWN])
    yield _hit(row, said, _Usual(middle, basis, shown))


def _hit(row: Row, said: str, usual: _Usual) -> Hit:
    """Make the hit on a row."""
    hit = hit_row(
        row,
        "target",
        said=said,
        basis=usual.basis,
        suggestion=Suggestion("请核对任务量、单位标准和预算的口径，或在指标说明中写明测算依据。"),
    )
    return replace(hit, evidence=usual.evidence)


def _check(context: ReviewContext) -> Iterator[Hit]:
    yield from _stated(context)
    yield from _derived(context)


RULE = Rule(
    code="CO10",
    name="coherence.unit_cost_apart",
    severity=Severity.WARNING,
    message="{said}，与{basis}相差悬殊，请核对测算或说明理由。",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.75,
    yields_to=("CO06",),
)

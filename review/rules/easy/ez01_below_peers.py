"""EZ01 easy.below_peers — 指标值明显低于同类项目

反例：
    满意度 ≥80%，而可比的8个同类项目中有7个不低于90%。
正例：
    满意度 ≥92%，处于同类项目的中上水平；或者在指标说明中写明“受搬迁影响，较上年下调”。
理由：
    同类项目普遍能做到的水平都达不到，目标没有激励作用。
已知局限：
    只比较与项目规模无关的指标（比率、时限、单位成本）；可比来源少于规定数量时不判断。
    名称或指标值换一种写法（不满意率≤15%、满意度85分）不影响比较；与自身目标相同的实际值不作为证据。
依据：
    财预〔2021〕101号：指标值可参照历史标准、行业标准、计划标准确定；财预〔2015〕88号：绩效目标应合理可行。
"""

from __future__ import annotations

import statistics
from dataclasses import replace

from models.attainment import Attainment
from review.context import ReviewContext, Row
from review.facts.ease import (
    as_written,
    attainment,
    compares,
    harder_word,
    peer_evidence,
    states_reason,
)
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row, replacement
from review.rule import Hit, Rule
from review.settings.config import ReviewConfig

_SHOWN = 5
_GAP = 0.1
"""A value nearer to the peers' median than this is not low, where it is not a percentage."""
_SURE = 0.5
_MOST = 0.95


def _is_low(found: Attainment, middle: float, config: ReviewConfig) -> bool:
    """Tell whether enough peers ask for more, by enough, to say so."""
    if not found.scale_free or found.peer_count < config.peer_minimum:
        return False
    gap = abs(middle - found.value)
    wide = gap >= config.peer_gap if found.unit == "%" else gap >= _GAP * abs(middle)
    return wide and found.harder / found.peer_count >= config.peer_share and found.low >= _SURE


def _reached(found: Attainment) -> str:
    """Return what the reported results add, nothing where they all repeat their targets."""
    if not found.met:
        return ""
    return f"，{found.informative}个与自身目标不同的实际值中有{found.met}个达到这一水平"


def _check(context: ReviewContext, row: Row) -> Hit | None:
    if not compares(row) or states_reason(row):
        return None
    found = attainment(context, row)
    if found is None or not found.values:
        return None
    middle = float(statistics.median(peer.target for peer in found.values))
    if not _is_low(found, middle, context.config):
        return None
    usual = as_written(found, middle)
    name = found.reading.indicator.name
    hit = hit_row(
        row,
        "target",
        suggestion=Suggestion(
            f"同类项目的中位数为“{usual}”，请据此提高指标值，或在指标说明中写明本项目的特殊情况。",
            replacement(row, name=name, target=usual),
        ),
        confidence=round(min(_MOST, found.ease), 4),
        harder=found.harder,
        total=found.peer_count,
        more=harder_word(found),
        usual=usual,
        reached=_reached(found),
    )
    return replace(
        hit, evidence=tuple(peer_evidence(item.peer) for item in found.harder_peers[:_SHOWN])
    )


RULE = Rule(
    code="EZ01",
    name="easy.below_peers",
    severity=Severity.WARNING,
    message=(
        "指标“{name}”的目标“{target}”偏低：{total}个同类项目中{harder}个设定了{more}的目标，"
        "中位数为“{usual}”{reached}，请提高或说明理由。"
    ),
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.85,
)

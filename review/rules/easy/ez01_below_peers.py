"""EZ01 easy.below_peers — 指标值明显低于同类项目

反例：
    满意度 ≥80%，而可比的8个同类项目中有7个不低于90%。
正例：
    满意度 ≥92%，处于同类项目的中上水平。
理由：
    同类项目普遍能做到的水平都达不到，目标没有激励作用。
已知局限：
    只比较含义相同的比率类指标；可比项目少于规定数量时不判断；名称改写不影响比较结果。
依据：
    财预〔2021〕101号：指标值可参照历史标准、行业标准、计划标准确定；财预〔2015〕88号：绩效目标应合理可行。
"""

from __future__ import annotations

from dataclasses import replace

from corpus.target.compare import harder
from review.context import ReviewContext, Row
from review.direction import wanted_direction
from review.finding import Evidence, Severity, Suggestion
from review.kinds import EachRow, hit_row, replacement
from review.peering import comparable_peers, median_value, written_rate
from review.rule import Hit, Rule
from review.values import is_number, is_rate

_SHOWN = 5


def _check(context: ReviewContext, row: Row) -> Hit | None:
    wanted = wanted_direction(row.name.text)
    if wanted is None or not is_number(row.parsed) or not is_rate(row.parsed):
        return None
    peers = comparable_peers(context, row)
    if len(peers) < context.config.peer_minimum:
        return None
    direction = "≥" if wanted == "up" else "≤"
    above = [peer for peer in peers if harder(peer.parsed, row.parsed, direction)]
    share = len(above) / len(peers)
    middle = median_value(peers)
    gap = abs(middle - (row.parsed.value or 0.0))
    if share < context.config.peer_share or gap < context.config.peer_gap:
        return None
    usual = written_rate(middle, row.parsed.unit, direction)
    hit = hit_row(
        row,
        "target",
        suggestion=Suggestion(
            f"同类项目的中位数为“{usual}”，请据此提高指标值，或说明本项目的特殊情况。",
            replacement(row, target=usual),
        ),
        harder=len(above),
        total=len(peers),
        usual=usual,
    )
    shown = tuple(
        Evidence(peer.project_id, peer.project_name, peer.name, peer.target, peer.actual)
        for peer in above[:_SHOWN]
    )
    return replace(hit, evidence=shown)


RULE = Rule(
    code="EZ01",
    name="easy.below_peers",
    severity=Severity.WARNING,
    message=(
        "指标“{name}”的目标“{target}”偏低：{total}个可比项目中有{harder}个定得更高，"
        "中位数为“{usual}”，请提高或说明理由。"
    ),
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.85,
)

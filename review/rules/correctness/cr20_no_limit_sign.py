"""CR20 correctness.no_limit_sign — 越低越好的指标没有写明上限

反例：
    林业有害生物成灾率 — 4‰；信访投诉件数 — 3件。
正例：
    林业有害生物成灾率 ≤4‰；信访投诉件数 ≤3件。
理由：
    不写“≤”或“以内”，低于目标究竟算好还是算没有完成就有歧义，系统也无法自动判定得分。
已知局限：
    方向由名称中的词语判断；目标为0的不提示；成本金额的写法各地不一，不提示。
依据：
    财预〔2021〕101号：绩效指标应量化易评，指标值应可考核。
"""

from __future__ import annotations

import re

from review.context import ReviewContext, Row
from review.facts.direction import wanted_direction
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row, replacement
from review.rule import Hit, Rule

_BARE = re.compile(r"^=?\s*\d[\d.,]*\s*[^\d\s≤≥<>~±]{0,6}$")
_LIMITED = re.compile(r"以[内下]|不[超高大多]|控制|至多|最多|[≤<±]|低于|小于|内$")


def _check(context: ReviewContext, row: Row) -> Hit | None:
    parsed, text = row.parsed, row.target.text.strip()
    if parsed.kind != "number" or not parsed.value or row.is_level("成本") or row.is_aspect("成本"):
        return None
    if parsed.operator not in (None, "=") or not _BARE.match(text) or _LIMITED.search(text):
        return None
    if wanted_direction(row.name.text) != "down" or _LIMITED.search(row.name.text):
        return None
    better = f"≤{text.lstrip('= ')}"
    return hit_row(
        row, "target", suggestion=Suggestion(f"请写成“{better}”。", replacement(row, target=better))
    )


RULE = Rule(
    code="CR20",
    name="correctness.no_limit_sign",
    severity=Severity.WARNING,
    message="指标“{name}”越低越好，目标“{target}”却没有写明是上限，请补充“≤”。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.85,
    yields_to=("CR06", "CR14", "CP11"),
)

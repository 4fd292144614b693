"""MS11 measurability.no_unit — 数值没有计量单位

反例：
    新增高新技术企业 — 15；完成时限 — 1。
正例：
    新增高新技术企业 — ≥15家；完成时限 — 12月底前。
理由：
    没有单位的数字含义不明，容易在元与万元、人与人次之间产生歧义。
已知局限：
    名称括号中写明单位的不提示；人数、户数等名称已含单位的不提示。
依据：
    财预〔2021〕101号：绩效指标应量化易评，指标值应写明计量单位。
"""

from __future__ import annotations

import re

from corpus.target.units import standard_unit
from models.measure import split_name
from review.context import ReviewContext, Row
from review.facts.misplaced import holds_scores
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule

_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_SIGNS = re.compile(r"[≥≤><=*\s]")
_BARE = re.compile(r"^[\s≥≤><=~\d.,万亿-]+$")
_REACHED = re.compile(r"达到(?:目标|预计|预期)值$")
_OWN_UNIT = re.compile(
    r"(?:人数|人次|户数|次数|场次|天数|件数|份数|篇数|册数|台数|套数|家数|个数|座数|处数|辆数|期数|课时数|间数|条数|数量|数)$|得分$|指数$|系数$|倍数$|效率$|比$"
)


def _named_unit(name: str) -> bool:
    """Tell whether a name carries a unit in brackets."""
    insides = _IN_BRACKETS.findall(name)
    return any(standard_unit(_SIGNS.sub("", inside)) for inside in insides)


def _check(context: ReviewContext, row: Row) -> Hit | None:
    parsed, name = row.parsed, row.name.text
    if holds_scores(context):
        return None
    if parsed.kind not in ("number", "range") or parsed.unit is not None or parsed.parts:
        return None
    bare = _REACHED.sub("", _IN_BRACKETS.sub("", name).strip(" :。"))
    if parsed.value == 0 or _named_unit(name) or _OWN_UNIT.search(bare):
        return None
    if not _BARE.match(row.target.text):
        return None
    family = split_name(name).family
    percent = family in ("rate", "satisfaction") and (parsed.value or 0) <= 100
    unit = "%" if percent else None
    text = f"请补充单位，如“{row.quoted['target']}{unit}”。" if unit else "请补充计量单位。"
    return hit_row(row, "target", suggestion=Suggestion(text))


RULE = Rule(
    code="MS11",
    name="measurability.no_unit",
    severity=Severity.WARNING,
    message="指标“{name}”的指标值“{target}”没有计量单位，请补充。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.9,
    yields_to=("CP11",),
)

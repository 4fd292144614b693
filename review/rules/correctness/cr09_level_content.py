"""CR09 correctness.level_content — 指标内容与所在的二级指标不符

反例：
    质量指标：获得补助的单位数量 17家；时效指标：工程验收合格率 100%；质量指标：11月底前完成。
正例：
    数量指标：获得补助的单位数量 17家；质量指标：工程验收合格率 100%。
理由：
    归类错误会使某些方面看似已设指标、实际缺失，也影响按二级指标分配的分值。
已知局限：
    归类习惯由指标库统计得出，库中也有两可的（如覆盖率、完成率）不提示；上级统一格式另有规定的从其规定。
依据：
    财预〔2021〕101号：数量、质量、时效、成本和效益指标各有所指，应准确归类。
"""

from __future__ import annotations

from corpus.target.units import is_money
from corpus.taxonomy import LEVELS
from models.measure import split_name
from review.context import ReviewContext, Row
from review.facts.direction import wanted_direction
from review.facts.level_table import home_of
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row, replacement
from review.rule import Hit, Rule

_PARENT = {level2: level1 for level1, group in LEVELS.items() for level2 in group}
_TIME, _COST, _SATISFACTION = "时效指标", "经济成本指标", "服务对象满意度指标"
_UNDATED = frozenset({"数量指标", "质量指标", _COST, _SATISFACTION})
_STANDARDS = frozenset({"标准"})
"""Aspects that central forms also put elsewhere (低保标准 as 质量)."""


def _home(row: Row) -> str | None:
    """Return where the row belongs, None where it stands right or nothing is known.

    Between output and benefit the border is open (观影人数), so that only clear cases count.
    """
    if row.parsed.kind == "date":
        return _TIME if row.level2 in _UNDATED else None
    aspect = split_name(row.indicator.name).aspect
    if row.parsed.kind not in ("number", "range") or aspect in _STANDARDS:
        return None
    unfavourable = wanted_direction(row.name.text) == "down" and row.level2 != _SATISFACTION
    if unfavourable or row.is_aspect("社会成本", "生态环境成本"):
        # Errors and nuisances are counted, and yet stand for quality or cost.
        return None
    home = home_of(aspect, row.level2)
    if home is None or (home == _COST and not is_money(row.parsed.unit)):
        return None
    if row.is_level("效益"):
        return home if home == _TIME else None
    if _PARENT[home] == "效益指标":
        return home if row.level2 == _TIME else None
    return home


def _check(context: ReviewContext, row: Row) -> Hit | None:
    home = _home(row) if row.level2 in _PARENT else None
    if home is None:
        return None
    if row.level2 == _SATISFACTION:
        advice = Suggestion("请移至相应的产出或效益指标，满意度指标写明调查对象。")
        return hit_row(row, "level2", suggestion=advice, home="产出或效益")
    moved = replacement(row, level1=_PARENT[home], level2=home)
    advice = Suggestion(f"请移至“{_PARENT[home]}—{home}”，并检查原二级指标是否因此缺项。", moved)
    return hit_row(row, "level2", suggestion=advice, home=home.removesuffix("指标"))


RULE = Rule(
    code="CR09",
    name="correctness.level_content",
    severity=Severity.WARNING,
    message="指标“{name}”（{target}）反映的是{home}，却列在“{level2}”下，请调整归类。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.85,
    yields_to=("CR08", "CR06", "CR07", "FM02", "EZ03"),
)

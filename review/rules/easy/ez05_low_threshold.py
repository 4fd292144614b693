"""EZ05 easy.low_threshold — 指标值低于通常要求

反例：
    群众满意度 ≥80%；工程验收合格率 ≥92%；补贴发放准确率 ≥90%；任务完成率 70%。
正例：
    群众满意度 ≥92%；工程验收合格率 100%；补贴发放准确率 ≥99%；任务完成率 100%。
理由：
    这类工作通常都能达到更高水平，门槛过低等于不设目标。
已知局限：
    新推广、难度大的工作可以低于通常要求，但应说明理由；门槛可由各地调整。
依据：
    财预〔2021〕101号：指标值可参照历史标准、行业标准、计划标准确定；财预〔2015〕88号：绩效目标应合理可行。
"""

from __future__ import annotations

import re

from review.context import ReviewContext, Row
from review.facts.ease import states_reason
from review.facts.values import library_indicator
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule
from review.settings.config import ReviewConfig
from review.wording import number

_SATISFACTION = re.compile(r"满意(?:度|率|程度)$|满意度")
_QUALITY = re.compile(
    r"(?:工程|设备|货物|竣工|采购|维修|维护|施工|安装)[一-龥]{0,8}合格率$|竣工验收通过率$|^(?:项目)?验收合格率$"
)
_PAYMENT = re.compile(
    r"(?:发放|拨付|兑付|支付|补助|补贴|救助|工资)[一-龥]{0,4}(?:及时率|准确率|准确性|及时性|到位率)$"
)
_COMPLETION = re.compile(r"(?:完成率|开工率|完工率|竣工率)$")
_ENTITLED = re.compile(r"(?:补助|补贴|救助|参保|资助|保障|应保尽保)[一-龥]{0,6}覆盖率$")
_NOT_PLAN = re.compile(r"投资完成率|预算|资金|比例")
_ALIKE = 0.8
_BRACKETS = re.compile(r"\([^()]*\)")


def _floor(name: str, config: ReviewConfig) -> tuple[float, bool] | None:
    """Return the usual floor for a name and whether reaching it exactly is still too low."""
    if _SATISFACTION.search(name):
        return config.easy_satisfaction, True
    if _QUALITY.search(name) or _PAYMENT.search(name):
        return config.easy_quality, False
    if _ENTITLED.search(name) or (_COMPLETION.search(name) and not _NOT_PLAN.search(name)):
        return config.easy_completion, False
    return None


def _is_usual(context: ReviewContext, row: Row, limit: float) -> bool:
    """Tell whether the library expects no more than the floor of this very measure."""
    indicator = library_indicator(context, row, _ALIKE)
    return bool(indicator and indicator.typical is not None and indicator.typical <= limit)


def _check(context: ReviewContext, row: Row) -> Hit | None:
    parsed = row.parsed
    if parsed.kind != "number" or parsed.value is None or parsed.operator in ("≤", "<"):
        return None
    if parsed.unit != "%" and not (parsed.unit == "分" and row.is_level("满意度")):
        return None
    floor = _floor(_BRACKETS.sub("", row.name.text).strip(" :。"), context.config)
    if floor is None:
        return None
    limit, inclusive = floor
    if parsed.value > limit or (parsed.value == limit and not inclusive) or parsed.value <= 1:
        return None
    if states_reason(row) or _is_usual(context, row, limit):
        return None
    return hit_row(
        row,
        "target",
        suggestion=Suggestion(f"一般应高于{number(limit)}%，请参照历史完成情况或行业标准提高。"),
        limit=f"{number(limit)}%",
        relation="不高于" if inclusive else "低于",
    )


RULE = Rule(
    code="EZ05",
    name="easy.low_threshold",
    severity=Severity.WARNING,
    message="指标“{name}”的目标“{target}”{relation}通常要求的{limit}，容易完成，请提高或说明理由。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.88,
    yields_to=("EZ01", "CR01"),
)

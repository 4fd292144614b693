"""How a row's own 评分标准 takes points away, as far as it can be read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from corpus.target.units import comparable, to_base
from corpus.text import normalise
from review.context import Row
from review.facts.attainment import comparable_numbers, completion
from review.facts.values import is_rate
from review.wording import number

Kind = Literal["zero", "per", "ratio", "unclear", "default"]

_ZERO = re.compile(
    r"(?:否则|反之|未[^,，。;；]{0,10}|达不到[^,，。;；]{0,8}|不达标|不合格|逾期(?:完成)?)(?:的|则)*"
    r"(?:不得分|得?0分|不计分|扣完|全部?扣除|扣全部分值)"
)
_PER = re.compile(
    r"每(?:再)?(?P<way>降低|下降|减少|偏差|相差|少|低|差|超出|超过|超|增加|高于?|延迟|延期|逾期|晚)(?:完成)?"
    r"(?P<step>\d+(?:\.\d+)?)?(?:个)?(?P<unit>百分点|%|[^\d扣,，。;；]{1,4}?)?(?:,|，)?"
    r"扣(?:减|除)?(?:该?项?(?:权重|分值|满分)分?的?)?(?P<loss>\d+(?:\.\d+)?)(?P<kind>分|%)"
)
_RATIO = re.compile(
    r"比例|完成率[×xX*乘]|[×xX*](?:分值|权重|满分|标准分|\d+分)|实际(?:完成)?值?[÷/]"
)
_UNCLEAR = re.compile(r"酌情|视情况|适当扣|综合评定|评委|档")


@dataclass(frozen=True)
class PointRule:
    """What happens to the points of a row that missed its target."""

    kind: Kind
    words: str
    """The rule as a reviewer would cite it."""
    step: float = 1.0
    unit: str | None = None
    loss: float = 0.0
    of_weight: bool = False
    """Whether the loss counts in percent of the row's points."""


DEFAULT = PointRule("default", "未注明评分标准，按完成值与指标值的比例计分（财预〔2020〕10号）")


def read_rule(text: str | None) -> PointRule:
    """Return the rule that a 评分标准 states, the national default for a blank."""
    plain = re.sub(r"\s", "", normalise(text or ""))
    if not plain:
        return DEFAULT
    per = _PER.search(plain)
    if per:
        loss = float(per["loss"])
        step = float(per["step"] or 1) or 1.0
        unit = "%" if per["unit"] in ("百分点", "%") else per["unit"] or None
        return PointRule("per", per.group(), step, unit, loss, per["kind"] == "%")
    if _ZERO.search(plain):
        return PointRule("zero", "评分标准：未达标不得分")
    if _RATIO.search(plain):
        return PointRule("ratio", "评分标准：按完成比例计分")
    if _UNCLEAR.search(plain):
        return PointRule("unclear", "评分标准没有可操作的扣分规则")
    return PointRule("unclear", "评分标准不能自动识别")


def points_of_missed(row: Row, rule: PointRule) -> float | None:
    """Return the points of a row that missed a numeric target, None where the rule cannot say."""
    weight = row.indicator.weight
    share = completion(row)
    if weight is None or share is None or rule.kind == "unclear":
        return None
    if rule.kind == "zero":
        return 0.0
    if rule.kind == "per":
        gap = _gap(row, rule, share)
        if gap is None:
            return None
        loss = gap / rule.step * rule.loss * (weight / 100 if rule.of_weight else 1.0)
        return round(max(0.0, weight - loss), 2)
    return round(weight * min(1.0, share), 2)


def _gap(row: Row, rule: PointRule, share: float) -> float | None:
    """Return how far a row is from its target, in the unit that its rule counts in."""
    if rule.unit == "%" and not is_rate(row.parsed):
        return 100 * (1 - share)
    values = comparable_numbers(row)
    if values is None:
        return None
    unit = row.parsed.unit
    counted = rule.unit or unit
    if counted and unit and not comparable(counted, unit):
        return None
    gap = abs(values[0] - values[1])
    return gap / to_base(1.0, counted if counted and unit else unit)[0]


def cite(rule: PointRule) -> str:
    """Return a rule as one clause, with the loss where it is counted step by step."""
    if rule.kind != "per":
        return rule.words
    unit = {"%": "个百分点", None: "个单位"}.get(rule.unit, rule.unit)
    loss = f"{number(rule.loss)}{'%的分值' if rule.of_weight else '分'}"
    return f"评分标准：每差{number(rule.step)}{unit}扣{loss}"

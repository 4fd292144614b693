"""Reads the standards and prices that a text states: 每人每月500元, 每辆购置价不超过80万元.

Each becomes the target of the cost that it is the standard of, or a cost of its own; what the
library pays per the same piece gives way to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.records import Direction
from recommender.choice import Choice
from recommender.condensed import head_of
from recommender.deliverable import Deliverable
from recommender.project import Project, texts_of
from recommender.stated_value import StatedValue
from recommender.wording import leading_deed

STANDARD_SCORE = 0.81
"""Score of a standard that the project's own text states."""
_PIECES = (
    "公里|平方米|立方米|延米|千瓦时|"
    "[人户亩生名头辆个件床村套台吨株部家页对座处眼场次叶所支队点条盏只羽具]"
)
_NUMBER = r"(?P<value>\d+(?:\.\d+)?)(?:[-~至—]+(?P<upper>\d+(?:\.\d+)?))?(?P<money>万?元)"
_WORDS = r"(?P<words>[^\d,。;:、]{0,10}?)"
_EACH = re.compile(
    rf"每(?P<per>{_PIECES})(?:每(?P<time>[年月天日次期]))?{_WORDS}{_NUMBER}(?P<tail>以内|以下)?"
)
_MEAN = re.compile(rf"(?P<per>[人户亩生])均{_WORDS}{_NUMBER}(?P<tail>以内|以下)?")
_SINGLE = re.compile(rf"单(?P<per>[户个家项台件])最高{_WORDS}{_NUMBER}(?P<tail>以内|以下)?")
_SLASHED = re.compile(
    rf"{_WORDS}{_NUMBER}/(?P<per>{_PIECES})(?:[·/.每](?P<time>[年月天日次期]))?(?P<tail>以内|以下)?"
)
_CEILING = re.compile(r"不超过|不高于|最高|控制在|以内|低于|≤")
_FLOOR = re.compile(r"不低于|不少于|不小于|至少|≥")
_GAIN = re.compile(r"增收|收入|纯收益|产值|节支|利润")
_PAID = re.compile(r"慰问金|补助|补贴|奖补|资助|救助|奖励|工资|津贴|报酬|贴息|保费")
_PRICE = re.compile(
    r"购置价|采购价|单价|造价|加工费|检查费|培训经?费|服务费|投资|运行费|管护费|工作经费|养护费|经费|费用|成本|费"
)
_GIVEN = re.compile(r"发放|慰问|补助|补贴|奖补|资助|救助|奖励|保障")
_MEANS = {"人": "人均", "名": "人均", "户": "户均", "亩": "亩均", "生": "生均", "村": "村均"}
_SAME_PIECE = {"名": "人", "生": "人"}
_PLAIN = frozenset("单均每个额度财政标准成本平价年月人次")
"""Letters of a cost's name that say nothing of what it is paid for."""
_LONGEST = 8


@dataclass(frozen=True)
class Standard:
    """A standard of payment or a price as the text states it."""

    value: StatedValue
    per: str
    word: str
    """What it is called: 补助, 购置价."""
    paid: bool
    """Whether it is given to somebody and not what something costs."""
    most: bool = False
    """Whether it is the most that one gets: 单户最高100万元."""
    lowest: float | None = None
    """The lower end where the text states a range."""


def standards(project: Project) -> list[Standard]:
    """Return the standards that the text states, one per piece: 每人每年640元 → 640 元/人·年."""
    found: dict[str, Standard] = {}
    for text in texts_of(project):
        for pattern in (_EACH, _MEAN, _SINGLE, _SLASHED):
            for match in pattern.finditer(text):
                standard = _standard(match, text, project)
                if standard is not None:
                    found.setdefault(standard.value.unit, standard)
    return list(found.values())


def _standard(match: re.Match[str], text: str, project: Project) -> Standard | None:
    """Return the standard of a match, None for what people gain by it."""
    groups = match.groupdict()
    words, per, time = groups["words"] or "", groups["per"], groups.get("time")
    start = max(text.rfind(mark, 0, match.start()) for mark in ",。;:、\n") + 1
    clause = text[start : match.end()].strip()
    if _GAIN.search(clause):
        return None
    upper, tail = groups["upper"], groups["tail"] or ""
    direction = _direction(f"{match.group()}{tail}", bool(upper))
    unit = f"{groups['money']}/{'人' if per == '名' else per}{f'·{time}' if time else ''}"
    value = StatedValue(float(upper or groups["value"]), unit, direction, clause)
    price = _PRICE.search(words)
    paid = _PAID.search(words) or (None if price else _PAID.search(clause))
    lowest = float(groups["value"]) if upper else None
    if price and not paid:
        return Standard(value, per, price.group(), False, lowest=lowest)
    behind = _PAID.search(text[match.end() : match.end() + 8].split(",")[0])
    word = paid or behind or _PAID.search(text)
    if word is None:
        price = _PRICE.search(project.name) or _PRICE.search(text)
        return Standard(value, per, price.group(), False, lowest=lowest) if price else None
    return Standard(value, per, word.group(), True, "最高" in match.group(), lowest)


def _direction(words: str, is_range: bool) -> Direction:
    """Return whether a standard is the most, the least (不低于300元) or just what is paid."""
    if _FLOOR.search(words):
        return "≥"
    return "≤" if is_range or _CEILING.search(words) else "="


def _mean(
    standard: Standard, quantities: Sequence[Deliverable], budget: float | None
) -> Standard | None:
    """Return the mean that budget and quantity allow within a range of a standard: 0.8—3.2万元."""
    pieces = [item.value for item in quantities if item.unit == standard.per and item.value]
    if not budget or len(pieces) != 1:
        return None
    each = budget / pieces[0] * (1.0 if standard.value.unit.startswith("万") else 10_000.0)
    if not (standard.lowest or 0.0) <= each <= standard.value.value:
        return None
    value = replace(standard.value, value=round(each, 2))
    return replace(standard, value=value, word=f"平均{standard.word}")


def with_standards(
    choices: Sequence[Choice], project: Project, quantities: Sequence[Deliverable]
) -> list[Choice]:
    """Return the choices with the stated standards; other costs per the same piece give way."""
    result = list(choices)
    budget = project.declaration.budget_wan
    for standard in standards(project):
        if standard.lowest is not None:
            standard = _mean(standard, quantities, budget) or standard
        known = _costing(result, standard)
        own = _own(standard, quantities)
        if known and known.as_it_stands and not standard.most and _is_named(known.name, project):
            own = replace(known, stated=standard.value, score=max(known.score, STANDARD_SCORE))
        if own is None:
            continue
        result = [choice for choice in result if not _gives_way(choice, standard)] + [own]
    return result


def _costing(choices: Sequence[Choice], standard: Standard) -> Choice | None:
    """Return the best cost of the same kind in the unit of a standard."""
    fitting = [
        choice
        for choice in choices
        if choice.level1 == "成本指标" and choice.unit == standard.value.unit
        if choice.stated is None and (_PAID.search(choice.name) is not None) == standard.paid
    ]
    return max(fitting, key=lambda choice: choice.score, default=None)


def _is_named(name: str, project: Project) -> bool:
    """Tell whether a cost of the library speaks of nothing that the text does not."""
    return not set(name) - set(project.text) - _PLAIN


def _gives_way(choice: Choice, standard: Standard) -> bool:
    """Tell whether a choice is a cost per the same piece, which the goal's standard rules."""
    if choice.level1 != "成本指标" or choice.stated is not None or "/" not in choice.unit:
        return False
    per = choice.unit.partition("/")[2].partition("·")[0]
    mine, other = (_SAME_PIECE.get(each, each) for each in (per, standard.per))
    return mine == other


def _own(standard: Standard, quantities: Sequence[Deliverable]) -> Choice | None:
    """Return a standard as a cost of its own, None where nothing tells what it is for."""
    if not standard.word:
        return None
    name, unit = _name(standard, quantities), standard.value.unit
    return Choice("成本指标", "经济成本指标", name, unit, STANDARD_SCORE, stated=standard.value)


def _name(standard: Standard, quantities: Sequence[Deliverable]) -> str:
    """Return what the cost is called: 单户最高补助额, 人均补助标准, 校车每辆购置价."""
    if standard.most:
        return f"单{standard.per}最高{standard.word}额"
    called = f"{standard.word}标准" if standard.paid else standard.word
    mean = _MEANS.get(standard.per)
    if mean:
        return f"{mean}{called}"
    things = [item.object for item in quantities if item.unit == standard.per]
    thing = _short(things[0]) if things else ""
    per = "" if thing and standard.per == "个" else f"每{standard.per}"
    return f"{thing}{per}{called}"


def _short(thing: str) -> str:
    """Return a thing in few words: 评选智能制造示范车间 → 制造示范车间."""
    return thing if len(thing) <= _LONGEST else head_of(leading_deed(thing)[1], _LONGEST)

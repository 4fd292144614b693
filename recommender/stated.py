"""Reads values that a text states: shares (验收合格率达到98%) and standards (每人每月500元).

They become targets of the indicators that measure them; a share that nothing measures becomes an
indicator of its own, where its level is clear from its name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.records import Direction
from models.measure import same_measure, split_name
from recommender.choice import Choice
from recommender.objects import texts_of
from recommender.project import Project
from recommender.stated_value import StatedValue
from recommender.wording import strip_filler

SHARE_SCORE = 0.7
"""Score of a share that the project's own text promises."""
_ALIKE, _GENERIC = 0.6, 0.5
"""Likeness from which a choice measures a named share, and one without an object (验收合格率)."""
_FIT = 0.2
"""Score below which a choice is of another kind of project, however like its name."""
_SHARE = re.compile(
    r"(?P<name>[一-龥“”A-Za-z]{2,16}?(?:率|满意度|占比|比例))"
    r"(?P<sign>(?:均|要|应|稳定|保持|须|力争|都)?"
    r"(?:在|达到|达|不低于|不少于|为|≥|>|高于|大于|超过|提高到|提升到|提高至|提升至|"
    r"控制在|低于|小于|不高于|不超过|≤|<|=|:)*)\s*"
    r"(?P<value>\d+(?:\.\d+)?)\s*%\s*(?P<tail>以上|以内|以下|之内)?"
)
_CEILING = re.compile(r"控制在|低于|小于|不高于|不超过|≤|<")
_NOT_CEILING = re.compile(r"不低于|不小于")
_LEAD = re.compile(
    r"^(?:确保|保证|保障|实现|使|力争|保持|其中|达到|全县|全市|全区|全省|全镇|全乡|该|本|项目区?内?|并|且|让|要求|年度|当年|通过)+"
)
_LEVELS = (
    (re.compile(r"满意度$"), ("满意度指标", "服务对象满意度指标")),
    (re.compile(r"及时率$|按期|按时|完工率$|按月"), ("产出指标", "时效指标")),
    (
        re.compile(
            r"(?:合格|达标|优良|准确|完好|成活|保存|通过|规范|有效|正常运行|验收|优质|召回|检出|完好|在线|可用|符合|一致|录入|首检|优良品)率$"
        ),
        ("产出指标", "质量指标"),
    ),
    (
        re.compile(
            r"(?:覆盖|普及|知晓|就业|入学|巩固|入住|使用|利用|参保|保障|治愈|处理|达产|筛查|接种|扑灭|回收|资源化|整改|化解|办结|调解|转化|履约|管理|安置|普惠|无害化)率$"
        ),
        ("效益指标", "社会效益指标"),
    ),
)
_PER = {"人": "人均", "户": "户均", "亩": "亩均", "生": "生均", "名": "人均"}
_STANDARD = re.compile(
    r"(?:每(?P<per>公里|平方米|[人户亩生名头辆个件床村套台吨])(?:每(?P<time>[年月天日次期]))?[^\d，,。；;]{0,6}?"
    r"(?P<value>\d+(?:\.\d+)?)(?P<money>万?元))|"
    r"(?:(?P<value2>\d+(?:\.\d+)?)(?P<money2>万?元)/(?P<per2>公里|平方米|[人户亩生名头辆个件床村套台吨])"
    r"(?:[·/.每](?P<time2>[年月天日次期]))?)"
)
_PAID = re.compile(r"补助|补贴|奖补|资助|救助|保障|奖励|工资|发放")


def share_targets(project: Project) -> list[tuple[str, StatedValue]]:
    """Return name and value of each share that the text promises, each name once."""
    found: dict[str, StatedValue] = {}
    for text in texts_of(project):
        for match in _SHARE.finditer(text):
            name = _LEAD.sub("", strip_filler(_LEAD.sub("", match["name"])))
            value = float(match["value"])
            down = _CEILING.search(match["sign"]) and not _NOT_CEILING.search(match["sign"])
            below = match["tail"] in {"以内", "以下", "之内"}
            direction: Direction = "≤" if down or below else "≥"
            if len(name) > 2 and value > 0:
                found.setdefault(name, StatedValue(value, "%", direction, match.group().strip()))
    return list(found.items())


def standards(project: Project) -> list[StatedValue]:
    """Return the standards of payment that the text states: 每人每年640元 → 640 元/人·年."""
    found: dict[str, StatedValue] = {}
    for text in texts_of(project):
        for match in _STANDARD.finditer(text):
            value, money, per, time = _parts(match)
            unit = f"{money}/{'人' if per == '名' else per}{f'·{time}' if time else ''}"
            end = text.find("，", match.end())
            start = max(text.rfind(mark, 0, match.start()) for mark in "，,。；;\n") + 1
            clause = text[start : end if 0 < end < match.end() + 8 else match.end()]
            found.setdefault(unit, StatedValue(value, unit, "=", clause.strip()))
    return list(found.values())


def _parts(match: re.Match[str]) -> tuple[float, str, str, str]:
    """Return value, money, divisor and period of a standard in either way of writing."""
    way = "" if match["value"] else "2"
    texts = [match[f"{name}{way}"] or "" for name in ("money", "per", "time")]
    return float(match[f"value{way}"]), texts[0], texts[1], texts[2]


def with_stated(choices: Sequence[Choice], project: Project) -> list[Choice]:
    """Return the choices with the values that the project's own text states for them."""
    result = list(choices)
    for name, value in share_targets(project):
        known = _measuring(result, name, project)
        alone = None if known else _alone(name, value)
        known = known or (None if alone else _measuring(result, name))
        own = _promised(known, value) if known else alone
        result = [choice for choice in result if choice is not known] + ([own] if own else [])
    for value in standards(project):
        known = _costing(result, value)
        own = _promised(known, value) if known else _standard(value)
        result = [choice for choice in result if choice is not known] + ([own] if own else [])
    return result


def _measuring(
    choices: Sequence[Choice], name: str, project: Project | None = None
) -> Choice | None:
    """Return the choice that measures a named share best.

    With a project, one that narrows the share to what its text does not mention (司法救助对象 for
    救助对象) does not count.
    """
    wanted = split_name(name)
    least = _ALIKE if wanted.core else _GENERIC
    rated = [
        (likeness, choice.score, choice)
        for choice in choices
        if choice.unit == "%" and choice.stated is None and choice.score >= _FIT
        if split_name(choice.name).aspect == wanted.aspect
        if project is None or not _narrows(choice.name, name, project)
        if (likeness := same_measure(choice.name, name)) >= least
    ]
    by_score = least == _GENERIC
    return max(rated, key=lambda each: each[1] if by_score else each[0])[2] if rated else None


def _narrows(choice: str, name: str, project: Project) -> bool:
    """Tell whether a choice's name has words that neither the share nor the text has."""
    return len(split_name(choice).units - set(name) - set(project.text)) > 1


def _costing(choices: Sequence[Choice], value: StatedValue) -> Choice | None:
    """Return the best cost choice in the unit of a standard."""
    fitting = [
        choice
        for choice in choices
        if choice.level1 == "成本指标" and choice.unit == value.unit and choice.stated is None
    ]
    return max(fitting, key=lambda choice: choice.score, default=None)


def _promised(choice: Choice, value: StatedValue) -> Choice:
    """Return a choice with a value that the text states for it."""
    return replace(choice, stated=value, score=max(choice.score, SHARE_SCORE))


def _alone(name: str, value: StatedValue) -> Choice | None:
    """Return a share as an indicator of its own, None where its level is not clear."""
    levels = next((levels for pattern, levels in _LEVELS if pattern.search(name)), None)
    if levels is None:
        return None
    return Choice(*levels, name, "%", SHARE_SCORE, stated=value)


def _standard(value: StatedValue) -> Choice | None:
    """Return a standard of payment as a cost indicator of its own."""
    per = _PER.get(value.unit.partition("/")[2].partition("·")[0])
    paid = _PAID.search(value.clause)
    if per is None or paid is None:
        return None
    word = paid.group() if paid.group() != "发放" else "补助"
    name = f"{per}{word}标准"
    return Choice("成本指标", "经济成本指标", name, value.unit, SHARE_SCORE, stated=value)

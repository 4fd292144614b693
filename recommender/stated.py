"""Reads the shares that a text states: 验收合格率达到98%.

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
from recommender.own_first import giving_way
from recommender.project import Project, texts_of
from recommender.stated_value import StatedValue
from recommender.wording import strip_filler

SHARE_SCORE = 0.82
"""Score of a share that the project's own text promises."""
_ALIKE, _GENERIC = 0.6, 0.5
"""Likeness from which a choice measures a named share, and one without an object (验收合格率)."""
_SHARES = frozenset({"%", "‰"})
_FIT = 0.2
"""Score below which a choice is of another kind of project, however like its name."""
_SHARE = re.compile(
    r"(?P<name>[一-龥“”A-Za-z]{2,16}?(?:率|满意度|占比|比例))"
    r"(?P<sign>(?:均|要|应|稳定|保持|须|力争|都)?"
    r"(?:在|达到|达|不低于|不少于|为|≥|>|高于|大于|超过|提高到|提升到|提高至|提升至|"
    r"(?:下降|降低|降|压降)[到至]|控制在|低于|小于|不高于|不超过|≤|<|=|:)*)\s*(?P<of>[一-龥]{2,8}的)?"
    r"(?P<value>\d+(?:\.\d+)?)\s*(?P<unit>[%‰])\s*(?P<tail>以上|以内|以下|之内)?"
)
_REACHING = re.compile(
    r"(?P<name>[一-龥]{2,10}?)覆盖(?P<whom>[一-龥]{2,8}?)(?:的比例)?(?:达到|达|不低于|超过)?"
    r"(?P<value>\d+(?:\.\d+)?)(?P<unit>[%‰])(?:以上)?"
)
"""Whom or what something reaches, in words that name no rate: 警报音响覆盖城区人口95%以上."""
_CEILING = re.compile(r"降[到至]|降低[到至]|控制在|低于|小于|不高于|不超过|≤|<")
_NOT_CEILING = re.compile(r"不低于|不小于")
_TERMS = re.compile(r"按")
"""What a share is of terms and no promise: 按年利率2%给予贴息."""
_LEAD = re.compile(
    r"^(?:确保|保证|保障|实现|使|力争|保持|其中|达到|全县|全市|全区|全省|全镇|全乡|该|本|项目区?内?|并|且|让|要求|年度|当年|通过)+"
)
_LEVELS = (
    (re.compile(r"满意度$"), ("满意度指标", "服务对象满意度指标")),
    (re.compile(r"(?:[费利息]率|占[一-龥]*比例)$"), ("成本指标", "经济成本指标")),
    (re.compile(r"及时率$|按期|按时|完工率$|按月"), ("产出指标", "时效指标")),
    (
        re.compile(
            r"(?:合格|达标|优良|准确|差错|错误|代偿|早诊|建档|送达|录音录像|跟进|入户|持证|取得|宜存|报告|告知|联网|病株|漏损|完好|成活|保存|通过|规范|有效|正常运行|验收|优质|召回|检出|完好|在线|可用|符合|一致|录入|首检|优良品)率$"
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
_GREEN = re.compile(r"水质|林草|植被|森林|绿化|污染|空气|湿地|粪污|秸秆|散煤|资源化|优良天数")
_ANY_LEVEL = ("效益指标", "社会效益指标")
"""Level of a share that the goal states and whose name tells none: it says what will be reached."""


def share_targets(project: Project) -> list[tuple[str, StatedValue]]:
    """Return name and value of each share that the text promises, each name once."""
    found: dict[str, StatedValue] = {}
    for text in texts_of(project):
        for match in _SHARE.finditer(text):
            if _TERMS.search(match["name"]):
                continue
            name = _name(match)
            value = float(match["value"])
            down = _CEILING.search(match["sign"]) and not _NOT_CEILING.search(match["sign"])
            below = match["tail"] in {"以内", "以下", "之内"}
            direction: Direction = "≤" if down or below else "≥"
            if len(name) > 2 and value > 0:
                found.setdefault(
                    name, StatedValue(value, match["unit"], direction, match.group().strip())
                )
        for match in _REACHING.finditer(text):
            name = _LEAD.sub("", match["name"])
            if len(name) > 1 and not match["whom"].endswith(("率", "比例")):
                reach = StatedValue(float(match["value"]), match["unit"], "≥", match.group())
                found.setdefault(f"{name}覆盖率", reach)
    return list(found.items())


def _name(match: re.Match[str]) -> str:
    """Return what a share is called; 补贴比例不超过售价的15% is the 补贴占售价比例."""
    name = _LEAD.sub("", strip_filler(_LEAD.sub("", match["name"])))
    if match["of"] and name.endswith(("比例", "占比")):
        return f"{name[:-2]}占{match['of'][:-1]}比例"
    return name


def with_stated(choices: Sequence[Choice], project: Project) -> list[Choice]:
    """Return the choices with the values that the project's own text states for them."""
    result = list(choices)
    for name, value in share_targets(project):
        known = _measuring(result, name, project)
        alone = None if known else _alone(name, value, result)
        own = _promised(known, value) if known else alone
        rest = [choice for choice in result if choice is not known]
        result = [*giving_way(rest, own), own] if own else rest
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
        if choice.unit in _SHARES and choice.stated is None and choice.score >= _FIT
        if split_name(choice.name).aspect == wanted.aspect
        if project is None or not _narrows(choice.name, name, project)
        if (likeness := same_measure(choice.name, name)) >= least
    ]
    by_score = least == _GENERIC
    return max(rated, key=lambda each: each[1] if by_score else each[0])[2] if rated else None


def _narrows(choice: str, name: str, project: Project) -> bool:
    """Tell whether a choice's name has words that neither the share nor the text has."""
    return len(split_name(choice).units - set(name) - set(project.text)) > 1


def _promised(choice: Choice, value: StatedValue) -> Choice:
    """Return a choice with a value that the text states for it."""
    score = max(choice.score, SHARE_SCORE)
    return replace(choice, unit=value.unit, stated=value, score=score)


def _alone(name: str, value: StatedValue, choices: Sequence[Choice]) -> Choice:
    """Return a share as an indicator of its own; others of the name tell its level."""
    levels = next((levels for pattern, levels in _LEVELS if pattern.search(name)), _ANY_LEVEL)
    alike = next((choice for choice in choices if choice.name.endswith(name)), None)
    if levels == _ANY_LEVEL and alike is not None:
        levels = (alike.level1, alike.level2)
    elif levels == _ANY_LEVEL and _GREEN.search(name):
        levels = ("效益指标", "生态效益指标")
    return Choice(*levels, name, value.unit, SHARE_SCORE, stated=value)

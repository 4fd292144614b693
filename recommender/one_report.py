"""Shares of a project whose result is one report: it passes or not, no part of it does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from recommender.choice import Choice
from recommender.project import Project
from recommender.stated_value import StatedValue

_WORK = r"(?:报告|规划|方案|成果|图集|可研|预案|设计|标准)"
_PIECE = "[份部本套项个]"
_ONE = re.compile(
    rf"{_WORK}[一-龥]{{0,3}}(?<!\d)1{_PIECE}|(?<![\d.])1{_PIECE}[^,。;:、\d]{{0,16}}{_WORK}"
)
_MORE = re.compile(
    rf"{_WORK}[一-龥]{{0,3}}(?:[2-9]|\d{{2,}}){_PIECE}"
    rf"|(?:[2-9]|\d{{2,}}){_PIECE}[^,。;:、\d]{{0,16}}{_WORK}"
)
_PASSED = re.compile(
    r"(?:评审|审查|评估|论证|验收|审核|成果|报告|规划|方案)[一-龥]{0,4}(?:通过|合格)率$"
)
_TAKEN = re.compile(r"(?:成果|报告|建议|方案|规划)[一-龥]{0,4}(?:采纳|转化|应用|采用)率$")


def of_one_report(choices: Sequence[Choice], project: Project) -> list[Choice]:
    """Return the choices; of one report the library's rate of passing is 100%, others go."""
    one = _ONE.search(project.text)
    if one is None or _MORE.search(project.text):
        return list(choices)
    result = []
    for choice in choices:
        of_library = choice.unit == "%" and choice.stated is None
        if of_library and _TAKEN.search(choice.name):
            continue
        if of_library and _PASSED.search(choice.name):
            choice = replace(choice, stated=StatedValue(100.0, "%", "=", one.group()))
        result.append(choice)
    return result

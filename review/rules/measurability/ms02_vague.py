"""MS02 measurability.vague — 看不出考核什么或如何判定

反例：
    工程质量管理 ≥95%；各项工作完成及时率 99%；对贫困户的扶持 — 100%。
正例：
    修缮工程一次验收合格率 ≥98%；护栏更新按期完工率 ≥95%。
理由：
    名称没有具体对象，或名称与指标值对不上，第三方无从取数，自评时只能随意填报。
已知局限：
    由分类模型判断，行业内约定俗成的简称可能被误判；以长度、面积计量的具体事项和写明国家、行业标准的不提示。
依据：
    财预〔2021〕101号：绩效指标应量化易评，名称应清晰明确、一看就懂。
"""

from __future__ import annotations

import re

from models.measure import split_name
from review.context import ReviewContext, Row
from review.facts.examples import advise
from review.facts.grounds import grounded_hit
from review.facts.misplaced import holds_scores
from review.facts.unit_groups import unit_group
from review.facts.values import is_number, library_wording
from review.finding import Severity
from review.kinds import EachRow
from review.rule import Hit, Rule

_ADVICE = "请写明考核对象和考核方面，并给出与之相符的数值和单位。"
_STANDARD = re.compile(
    r"(?:符合|达到|满足)[一-龥]{0,4}(?:国家|行业|地方|国际)(?:质量|安全|技术)?标准"
)
_LEAST_OBJECT = 4


def _says_what(row: Row) -> bool:
    """Tell whether a unit or a named standard settles what the classifier finds open.

    A length or an area of a named thing can be surveyed; cases per area or head are a rate.
    """
    if _STANDARD.search(row.name.text):
        return True
    measure = split_name(row.indicator.name)
    if not is_number(row.parsed) or len(measure.core) < _LEAST_OBJECT:
        return False
    if unit_group(row.parsed.unit) in ("length", "area"):
        return measure.family in ("", "count", "length", "area")
    return measure.family == "rate" and "/" in (row.parsed.unit or "")


def _check(context: ReviewContext, row: Row) -> Hit | None:
    if holds_scores(context) or not row.is_labelled("vague") or row.is_labelled("qualitative"):
        return None
    if not context.is_stated(row) or _says_what(row):
        return None
    probability = row.probabilities.vague if row.probabilities else None
    suggestion = library_wording(context, row) or advise(context, row, _ADVICE)
    return grounded_hit(
        context, row, ("vague",), "name", confidence=probability, suggestion=suggestion
    )


RULE = Rule(
    code="MS02",
    name="measurability.vague",
    severity=Severity.WARNING,
    message="指标“{name}”（指标值“{target}”）没有说清考核什么、如何判定，请明确考核对象、口径和计量单位。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.8,
    yields_to=(
        "CP09", "CP10", "CP11", "MS04", "MS05", "MS06", "MS08", "MS10",
        "CR01", "CR02", "CR06", "CR07", "CR08", "CR09", "CR14", "CR15",
    ),
)  # fmt: skip

"""MS07 measurability.no_baseline — 增减幅度没有说明基数

反例：
    农药使用量减少 ≥5%；农户收入增加 — 800元。
正例：
    农药使用量较上年减少 ≥5%；项目区农户人均可支配收入较2023年增加 ≥800元。
理由：
    没有基数就算不出增减幅度，自评时可以任选有利的比较对象。
已知局限：
    “增长率”“增速”按惯例指同比，不提示；指标说明中写有“同比”“较上年”的不提示。
依据：
    财预〔2021〕101号：指标值应有依据、有来源、可考核，可参照历史标准、行业标准、计划标准确定。
"""

from __future__ import annotations

import re

from review.context import ReviewContext, Row
from review.facts.values import is_number
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule

_WORDS = "增加|提高|提升|增长|上升|减少|降低|下降|压减|缩短"
_CHANGE = re.compile(
    rf"(?:{_WORDS})(?:量|值|额|比例|幅度|天数|时间)?$|"
    rf"^(?:有效|明显|促使|带动|推动)?[一-龥、]{{0,10}}(?:{_WORDS})[一-龥]{{0,6}}(?:收入|产量|成本|用量|费用|时间|损失|能耗|排放|排放量)$"
)
_LEVEL = re.compile(r"水平|能力|意识|质量|条件|程度|影响|满意|力度")
_BRACKETS = re.compile(r"\([^()]*\)")
_BASE = re.compile(
    r"较|比上|同比|环比|上年|去年|往年|基数|基期|相比|对比|改造前|实施前|比20|年均|人均增|户均增|每"
)
_COUNTED = re.compile(
    r"新增|(?:增加|提升|提高)[一-龥]*(?:数|数量|面积|里程|岗位|人数|人次|床位|学位|能力|产能)$"
)


def _check(context: ReviewContext, row: Row) -> Hit | None:
    if not is_number(row.parsed):
        return None
    bare = _BRACKETS.sub("", row.name.text).strip(" :。")
    match = _CHANGE.search(bare)
    known = f"{row.name.text} {row.target.text} {row.indicator.definition or ''}"
    if match is None or _BASE.search(known):
        return None
    if _LEVEL.search(row.name.text) or (row.parsed.unit == "%" and row.parsed.value == 100):
        return None
    if row.parsed.unit != "%" and _COUNTED.search(row.name.text):
        return None
    return hit_row(
        row,
        "name",
        suggestion=Suggestion(
            "请在名称或指标说明中写明比较的基期和基数，例如“较上年（基数120吨）减少”。"
        ),
    )


RULE = Rule(
    code="MS07",
    name="measurability.no_baseline",
    severity=Severity.INFO,
    message="指标“{name}”反映增减变化，但没有说明与哪一期、以多少为基数比较，请补充。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.8,
    yields_to=("MS02", "MS03"),
)

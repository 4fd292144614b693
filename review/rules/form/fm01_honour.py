"""FM01 form.honour — 以荣誉、名次或领导肯定作为目标

反例：
    防震减灾工作 — 考核第一名；社会效益 — 得到领导的充分肯定。
正例：
    地震台网运行率 ≥98%；科普活动受众 ≥5000人次。
理由：
    荣誉和名次取决于他人评比，不是资金直接产生的结果，也容易诱导材料攻关。
已知局限：
    以参赛获奖为主要内容的项目（运动队训练、技能竞赛）可以设置获奖数量，本规则对此类项目不提示。
依据：
    财预〔2015〕88号：绩效目标是财政资金预期达到的产出和效果，应指向明确、细化量化。
"""

from __future__ import annotations

import re

from review.context import ReviewContext, Row
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule

_HONOUR = re.compile(
    r"第[一二三1-3]名|名列前茅|(?:排名|位居|位列|进入)[一-龥]{0,6}(?:前[一-龥\d]|第[一二三四五1-9])|"
    r"(?:获得?|荣获|争创|获评|评为)[一-龥“”\"]{0,12}(?:先进|优秀单位|优胜|荣誉|表彰|称号|奖项)|"
    r"(?:领导|上级)[一-龥]{0,6}(?:肯定|表扬|认可|好评|批示)|考核(?:优秀|优胜)$"
)
_CONTEST = re.compile(
    r"运动|体育|竞赛|比赛|技能大赛|训练|赛事|文艺创作|精品|创建|评选|人才|科创|科技奖|调研|智库"
)


def _check(context: ReviewContext, row: Row) -> Hit | None:
    for field, folded in (("name", row.name), ("target", row.target)):
        match = _HONOUR.search(folded.text)
        if match:
            if _CONTEST.search(row.name.text) or _CONTEST.search(context.project_name.text):
                return None
            return hit_row(
                row,
                field,
                span=folded.origin(*match.span()),
                suggestion=Suggestion(
                    "请改为该项工作本身的产出或效果，例如完成量、合格率、服务对象受益情况。"
                ),
                found=match.group(),
            )
    return None


RULE = Rule(
    code="FM01",
    name="form.honour",
    severity=Severity.WARNING,
    message="指标“{name}”以“{found}”作为目标，不是资金直接产生的结果，请改为工作本身的产出或效果。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.88,
)

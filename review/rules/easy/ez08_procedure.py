"""EZ08 easy.procedure — 以工作程序或管理动作作为目标

反例：
    成立领导小组 — 1个；实施方案制定 — 已完成；管理制度健全性 — 100%。
正例：
    排查整治安全隐患 ≥260处；隐患整改率 100%。
理由：
    发文、开会、建制度只是工作过程，做了不等于有效果。
已知局限：
    以会议、培训、编制规划为主要内容的项目，应考核其规模、质量和效果，本规则只提示程序性表述。
依据：
    财预〔2015〕88号：绩效目标是资金预期达到的产出和效果。
"""

from __future__ import annotations

import re

from review.context import ReviewContext, Row
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule

_PROCEDURE = re.compile(
    r"(?:领导小组|工作专班)[一-龥]{0,4}$|^(?:成立|组建)[一-龥]{0,8}(?:领导小组|专班)|"
    r"^(?:召开|组织召开)[一-龥]{0,14}(?:会|会议)(?:次数)?$|(?:印发|制定|制订|出台)[一-龥]{0,10}(?:通知|文件|方案|办法)(?:数|数量)?$|"
    r"(?:实施|工作)?方案(?:制定|编制|印发)(?:情况)?$|(?:管理)?制度(?:健全|完善|建设)(?:性|率|情况)?$|"
    r"^[一-龥]{0,6}(?:政府采购|公开招标|招投标|合同签订|合同备案)(?:执行)?(?:率|情况)$|两个责任[一-龥\"”“]{0,8}落实(?:到位)?率?$"
)
_MEETING = re.compile(r"会议|大会|代表会|例会|两会|座谈")


def _check(context: ReviewContext, row: Row) -> Hit | None:
    match = _PROCEDURE.search(row.name.text.strip(" :。"))
    if match is None or _MEETING.search(context.project_name.text):
        return None
    return hit_row(
        row,
        "name",
        span=row.name.origin(*match.span()),
        suggestion=Suggestion(
            "请改为该项工作产生的结果，例如解决的问题数、服务的人次或达到的标准。"
        ),
    )


RULE = Rule(
    code="EZ08",
    name="easy.procedure",
    severity=Severity.WARNING,
    message="指标“{name}”考核的是工作程序，做了就算完成，请改为工作的结果。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.85,
)

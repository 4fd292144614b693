"""MS13 measurability.unsure — 是否模糊、定性或易完成，需要人工判断

反例：
    项目开工率 ≥95%（对跨年工程可能不易，对小型项目可能过低）。
正例：
    写明考核口径和依据：“当年批复项目开工率 ≥95%（2023年为91%）”。
理由：
    分类模型的把握介于两个界限之间，直接下结论容易误判，请审核人员结合项目情况判断。
已知局限：
    只提示，不作为修改意见。
依据：
    财预〔2015〕88号：审核绩效目标的完整性、相关性、适当性和可行性，由审核部门提出意见。
"""

from __future__ import annotations

from review.context import ReviewContext, Row
from review.facts.grounds import grounded_hit
from review.finding import Severity
from review.kinds import EachRow
from review.rule import Hit, Rule

_NAMES = {"vague": "模糊", "qualitative": "定性", "easy": "易完成"}


def _check(context: ReviewContext, row: Row) -> Hit | None:
    if not row.unsure or not context.is_stated(row):
        return None
    chances = [float(getattr(row.probabilities, label)) for label in row.unsure]
    return grounded_hit(
        context,
        row,
        row.unsure,
        "target",
        confidence=max(chances),
        values={"question": "、".join(_NAMES[label] for label in row.unsure)},
    )


RULE = Rule(
    code="MS13",
    name="measurability.unsure",
    severity=Severity.INFO,
    message="指标“{name}”（{target}）是否属于{question}难以自动判定，请人工判断。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.5,
    yields_to=(
        "CP09", "CP10", "CP11", "MS01", "MS02", "MS03", "MS04", "MS05", "MS06", "MS08", "MS09",
        "MS10", "MS11", "CR01", "CR06", "CR07", "CR09", "EZ01", "EZ02", "EZ03", "EZ04", "EZ05",
        "EZ06", "EZ08", "EZ09", "FM01", "FM02",
    ),
)  # fmt: skip

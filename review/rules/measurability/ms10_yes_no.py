"""MS10 measurability.yes_no — 用“是”“否”代替效果的衡量标准

反例：
    社会效益指标 — 是；项目实施是否产生经济价值 — 否。
正例：
    送戏下乡观演群众 ≥2万人次。
理由：
    “是”“否”没有程度之分，效益达到多少、怎样认定都没有说明。
已知局限：
    可以直接核对的事实（如“采购价格不高于市场价 — 是”）放在产出、成本下不提示。
依据：
    财预〔2015〕88号：绩效目标应细化量化。
"""

from __future__ import annotations

import re

from review.context import ReviewContext, Row
from review.facts.values import library_wording
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule

_YES_NO = re.compile(r"^(?:是|否|有|无影响|能|能够|可以)$")


def _check(context: ReviewContext, row: Row) -> Hit | None:
    if not row.is_level("效益") or not _YES_NO.match(row.target.text.strip(" 。")):
        return None
    advice = Suggestion("请改为能取得数据的效益指标，写明受益对象、数量或变化幅度。")
    return hit_row(row, "target", suggestion=library_wording(context, row) or advice)


RULE = Rule(
    code="MS10",
    name="measurability.yes_no",
    severity=Severity.WARNING,
    message="效益指标“{name}”以“{target}”作为指标值，看不出达到什么程度，请改为可计量的目标。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.9,
)

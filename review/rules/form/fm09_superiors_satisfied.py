"""FM09 form.superiors_satisfied — 以领导、上级的满意度代替服务对象满意度

反例：
    “领导满意度”“上级部门满意度”“主管部门满意度”。
正例：
    “沿河居民满意度”“参训学员满意度”“入驻单位满意度”。
理由：
    满意度反映受益对象的评价；领导、上级不是服务对象，评价不独立，也无法抽样调查。
已知局限：
    服务对象本来就是机关的项目（如机关后勤），请写明是哪些单位的人员。
依据：
    财预〔2015〕88号：满意度指标反映服务对象或项目受益人的认可程度。
"""

from __future__ import annotations

import re

from review.context import ReviewContext, Row
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule

_SUPERIORS = re.compile(r"(?:领导|上级|主管部门|主管单位|主管局)[一-龥]{0,6}?满意")


def _check(context: ReviewContext, row: Row) -> Hit | None:
    match = _SUPERIORS.search(row.name.text)
    if match is None:
        return None
    return hit_row(
        row,
        "name",
        span=row.name.origin(*match.span()),
        suggestion=Suggestion("请改为项目直接服务或受益对象的满意度，并写明调查对象和方式。"),
    )


RULE = Rule(
    code="FM09",
    name="form.superiors_satisfied",
    severity=Severity.WARNING,
    message="指标“{name}”调查的是领导或上级，不是项目的服务对象，请改为受益对象的满意度。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.9,
)

"""EZ04 easy.trivial_quantity — 数量目标就是项目本身，必然完成

反例：
    公务用车购置项目的“购置数量 1辆”；“采购批次 ≥1批”；“召开会议 1次”。
正例：
    新建公厕50座；维修路灯320盏。
理由：
    项目一实施就完成的数量没有考核意义，应考核工作量的规模和质量。
已知局限：
    单体大型工程的“建设1处”确实只有一处，应改设建筑面积、进度等指标。
依据：
    财预〔2015〕88号：绩效目标应细化量化、合理可行。
"""

from __future__ import annotations

import re

from review.context import ReviewContext, Row
from review.facts.unit_groups import unit_group
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule

_GENERIC = re.compile(
    r"^(?:实施|开展|建设|完成|采购|购置)?(?:项目|工程|采购|公务用车|设备)(?:购置)?(?:个数|数量|批次|数|项目数)$|"
    r"^(?:租用|租赁)[一-龥]{0,6}(?:场所|用房|办公楼)$|(?:合同|协议)(?:签订)?(?:份数|数|数量)$"
)


def _check(context: ReviewContext, row: Row) -> Hit | None:
    parsed = row.parsed
    if not row.is_aspect("数量") or parsed.kind != "number" or parsed.value != 1:
        return None
    if parsed.operator in ("≤", "<") or unit_group(parsed.unit) not in (None, "count"):
        return None
    if not row.is_labelled("easy") and not _GENERIC.search(row.name.text):
        return None
    return hit_row(
        row,
        "target",
        suggestion=Suggestion(
            "请改用能反映规模的工作量（面积、台套数、服务人次等），并配以质量和时效指标。"
        ),
    )


RULE = Rule(
    code="EZ04",
    name="easy.trivial_quantity",
    severity=Severity.WARNING,
    message="数量指标“{name}”的目标“{target}”等于项目本身，只要实施就必然完成，请改用反映工作量的指标。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.8,
    yields_to=("MS05", "CR06", "EZ03"),
)

"""MS01 measurability.worded_value — 指标值是定性词，没有可以判定的标准

反例：
    河道水质 — 良好；按期完工 — 及时。
正例：
    河道水质 — 达到地表水Ⅲ类；主体工程完工时间 — 2024年10月底前。
理由：
    “良好”“明显”“及时”由谁判断、怎样算达到没有说明，不同的人会得出不同结论。
已知局限：
    由分类模型判断，写明外部等级标准的文字（如“地表水Ⅲ类”）偶有误判。
依据：
    财预〔2015〕88号：绩效目标应细化量化，不能以量化形式表述的可采用定性表述，但应具有可衡量性。
"""

from __future__ import annotations

from review.context import ReviewContext, Row
from review.facts.examples import advise
from review.facts.grounds import grounded_hit
from review.facts.values import library_wording
from review.finding import Severity
from review.kinds import EachRow
from review.rule import Hit, Rule

_ADVICE = "请改为数值、比例或完成时间；确需定性的，列明优、良、中、差各档的判定条件和佐证材料。"


def _check(context: ReviewContext, row: Row) -> Hit | None:
    if not row.is_labelled("qualitative") or row.is_labelled("vague"):
        return None
    probability = row.probabilities.qualitative if row.probabilities else None
    suggestion = library_wording(context, row) or advise(context, row, _ADVICE)
    return grounded_hit(
        context, row, ("qualitative",), "target", confidence=probability, suggestion=suggestion
    )


RULE = Rule(
    code="MS01",
    name="measurability.worded_value",
    severity=Severity.WARNING,
    message="指标“{name}”的指标值“{target}”为定性表述，没有可判定的标准，请量化或列明分档标准。",
    check=EachRow(_check),
    manual_text=__doc__,
    yields_to=("CP10", "EZ03", "EZ08", "FM01", "MS08", "MS09"),
)

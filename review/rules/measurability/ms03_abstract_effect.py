"""MS03 measurability.abstract_effect — 效果抽象，指标值又是定性词

反例：
    对经济发展的促进作用 — 明显；提升服务能力 — 持续加强。
正例：
    新增就业岗位 ≥120个；窗口业务平均办理时间 ≤15分钟。
理由：
    名称和指标值都不能计量，等于没有设目标，执行结果必然“完成”。
已知局限：
    由分类模型判断；上级统一规定的定性指标应保留，并补充分档标准。
依据：
    财预〔2015〕88号：绩效目标应细化量化；财预〔2021〕101号：指标应量化易评，以定量为主、定性为辅。
"""

from __future__ import annotations

from review.context import ReviewContext, Row
from review.facts.examples import advise
from review.facts.grounds import grounded_hit
from review.facts.values import library_wording
from review.finding import Severity
from review.kinds import EachRow
from review.rule import Hit, Rule

_ADVICE = "请选取能反映该效果的一项可取得数据（人数、比例、金额、次数等）代替，并写明数据来源。"

_ABSTRACT = "反映的效果抽象"
_OF_OUTPUT = {
    "数量": ("没有写明完成多少", "请填写计划完成的数量和计量单位。"),
    "质量": ("没有写明达到什么标准", "请填写可以检验的标准，例如合格率、达标率及其依据的规范。"),
    "时效": ("没有写明何时完成", "请填写完成日期，或及时率、按期率等比率。"),
}
"""By second level of an output: what the row lacks, and what to write instead."""


def _check(context: ReviewContext, row: Row) -> Hit | None:
    if not (row.is_labelled("vague") and row.is_labelled("qualitative")):
        return None
    chance = row.probabilities
    probability = min(chance.vague, chance.qualitative) if chance else None
    output = row.level2 if row.is_level("产出") else ""
    lacks, advice = _OF_OUTPUT.get(output[:2], (_ABSTRACT, _ADVICE))
    suggestion = library_wording(context, row) or advise(context, row, advice)
    return grounded_hit(
        context,
        row,
        ("vague", "qualitative"),
        "target",
        confidence=probability,
        suggestion=suggestion,
        values={"lacks": lacks},
    )


RULE = Rule(
    code="MS03",
    name="measurability.abstract_effect",
    severity=Severity.WARNING,
    message="指标“{name}”{lacks}，指标值“{target}”又无法计量，请换成可取得数据的具体指标。",
    check=EachRow(_check),
    manual_text=__doc__,
    yields_to=("CP09", "CP10", "CP11", "MS08", "MS09", "MS10", "EZ03", "FM01"),
)

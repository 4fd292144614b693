"""FM07 form.process_as_benefit — 把工作过程或产出质量当作效益

反例：
    社会效益指标：项目按期完成率 100%；经济效益指标：补助资金发放及时率 100%。
正例：
    社会效益指标：群众出行平均缩短时间 ≥15分钟；产出—时效指标：项目按期完成率 100%。
理由：
    完成、验收、发放是产出环节的要求，效益应反映产出之后服务对象和社会发生的变化。
已知局限：
    只识别完成率、验收合格率、发放及时率一类表述；上级统一格式另有规定的从其规定。
依据：
    财预〔2021〕101号：产出指标反映提供的公共产品和服务，效益指标反映产出带来的影响。
"""

from __future__ import annotations

import re

from review.context import ReviewContext, Row
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row, replacement
from review.rule import Hit, Rule

_OUTPUT = re.compile(
    r"(?:工程|项目|任务|工作|建设|施工|采购|安装|维修|改造)[一-龥]{0,6}"
    r"(?:完成率|完成进度|完工率|开工率|按期完成|按时完成|完成及时率|完成时间)$|"
    r"(?:工程|设备|货物|竣工|采购|安装|维修|施工|项目)[一-龥]{0,6}(?:验收合格率|验收通过率|质量合格率)$|"
    r"(?:发放|拨付|兑付|支付)[一-龥]{0,3}(?:及时率|准确率|完成率|及时性|准确性)$"
)
_BRACKETS = re.compile(r"\([^()]*\)")


def _home(name: str) -> str:
    """Return the output aspect that a name stands for."""
    if re.search(r"及时|按期|按时|进度|时间", name):
        return "时效指标"
    return "质量指标" if re.search(r"合格|通过|准确", name) else "数量指标"


def _check(context: ReviewContext, row: Row) -> Hit | None:
    name = _BRACKETS.sub("", row.name.text).strip(" :。")
    if not row.is_level("效益") or not _OUTPUT.search(name):
        return None
    home = _home(name)
    moved = replacement(row, level1="产出指标", level2=home)
    return hit_row(
        row,
        "level2",
        home=home.removesuffix("指标"),
        suggestion=Suggestion(
            f"请移至“产出指标—{home}”，效益指标改为服务对象得到的实际好处。", moved
        ),
    )


RULE = Rule(
    code="FM07",
    name="form.process_as_benefit",
    severity=Severity.WARNING,
    message="“{level2}”下的指标“{name}”反映的是产出的{home}，不是效益，请移至产出指标并补充实际效果。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.9,
    yields_to=("FM02", "EZ03"),
)

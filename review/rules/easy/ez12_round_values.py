"""EZ12 easy.round_values — 数量目标集中取整

反例：
    六项数量指标分别为100人次、50场、20处、300份、10期、200户，没有测算过程。
正例：
    培训318人次、巡查52次、整治26处，与任务清单一致。
理由：
    数量全部取整，多为拍脑袋估计而不是按任务测算，往往留有余量。
已知局限：
    只是提示：取整的数量多于一般申报表、且偶然出现的可能性不到百分之一时才提示；上级下达的任务数本来就可能取整。
依据：
    财预〔2021〕101号：指标值应有依据、有来源；财预〔2015〕88号：绩效目标应细化量化、合理可行。
"""

from __future__ import annotations

from review.facts.bunched import find_bunch
from review.finding import Severity
from review.kinds import Whole
from review.rule import Rule

_ADVICE = "请按任务清单、人数或面积台账测算数量，并在指标说明中写明测算依据。"

RULE = Rule(
    code="EZ12",
    name="easy.round_values",
    severity=Severity.INFO,
    message=(
        "{figures}项数量目标中有{count}项取整（{names}），一般申报表约为{usual}，请核对是否经过测算。"
    ),
    check=Whole(find_bunch("round", _ADVICE)),
    manual_text=__doc__,
    confidence=0.7,
)

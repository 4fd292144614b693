"""SC03 scoring.weight_sum — 自评表分值合计不是100分

反例：
    执行率10分，产出70分、效益20分、满意度10分，合计110分，却按100分计。
正例：
    执行率10分，产出50分、效益30分、满意度10分，合计100分。
理由：
    分值合计不对，总分没有可比性。
已知局限：
    只在每项指标都有分值时核算；认可100分，或扣除执行率后的90分、80分。
依据：
    财预〔2020〕10号：单位自评采用百分制，各级指标权重之和应与总分一致。
"""

from __future__ import annotations

from review.finding import Severity
from review.kinds import Whole
from review.rule import Rule
from review.weighing import wrong_total

RULE = Rule(
    code="SC03",
    name="scoring.weight_sum",
    severity=Severity.WARNING,
    message="自评表各项指标分值合计{total}分，与百分制不符，请核对分值分配。",
    check=Whole(wrong_total),
    manual_text=__doc__,
    confidence=0.9,
)

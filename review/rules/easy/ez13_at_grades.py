"""EZ13 easy.at_grades — 比率目标集中卡在评分等级线上

反例：
    五项比率指标全部为90%或80%，恰好是评分等级的分界。
正例：
    巡查覆盖率96%、问题整改率98%、群众满意度92%，各按历史水平测算。
理由：
    目标恰好定在优、良、中的分界线上，多是为了得分而不是按实际水平设定。
已知局限：
    只是提示：落在60%、80%、90%上的比率多于一般申报表、且偶然出现的可能性不到百分之一时才提示。
依据：
    财预〔2020〕10号：评价结果按得分划分等级；财预〔2021〕101号：指标值应有依据、有来源。
"""

from __future__ import annotations

from review.facts.bunched import find_bunch
from review.finding import Severity
from review.kinds import Whole
from review.rule import Rule

_ADVICE = "请参照各项工作的历史完成情况和行业水平逐项测算指标值。"

RULE = Rule(
    code="EZ13",
    name="easy.at_grades",
    severity=Severity.INFO,
    message=(
        "{figures}项未达100%的比率目标中有{count}项恰好是60%、80%或90%（{names}），"
        "一般申报表约为{usual}，请按实际水平逐项测算。"
    ),
    check=Whole(find_bunch("grade", _ADVICE)),
    manual_text=__doc__,
    confidence=0.7,
)

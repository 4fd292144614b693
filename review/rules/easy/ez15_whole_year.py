"""EZ15 easy.whole_year — 时效指标只写全年，没有节点

反例：
    时效指标：项目实施时间 2021年1月—12月；物业管理工作 2021年全年。
正例：
    时效指标：设备到货验收时间 2021年9月底前；月度保洁考核按期完成率 100%。
理由：
    资金本来就在本年度使用，“全年”到年底必然满足，既不能监控进度，也不能区分快慢。
已知局限：
    全年均衡开展的日常工作可改用按月（季）完成率、响应时间等；只写“12月底前”的不提示。
依据：
    财预〔2015〕88号：绩效目标应细化量化；财预〔2019〕136号：绩效监控以进度和时点为基础。
"""

from __future__ import annotations

import re

from review.context import ReviewContext, Row
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule

_YEAR = r"(?:20\d\d年?度?[.\-/]?)"
_FIRST = r"0?1(?:月份?|[.\-/](?=0?1(?!\d)))?(?:0?1日?)?"
_LAST = r"12(?:月份?|[.\-/](?=31))?(?:31日|31|底|末)?"
_WHOLE = re.compile(
    rf"^(?:{_YEAR}?(?:全年度?|整年|年度内?|年内|当年|本年度?)|20\d\d年度?|"
    rf"{_YEAR}?{_FIRST}(?:[-—–~至到]+){_YEAR}?{_LAST})$"
)
_SPACE = re.compile(r"\s")
_OFTEN = re.compile(r"次数|频次|频率|比例|率$")


def _check(context: ReviewContext, row: Row) -> Hit | None:
    if not row.is_aspect("时效") or _OFTEN.search(row.name.text):
        return None
    text = _SPACE.sub("", row.target.text).strip("。=≤,")
    if not _WHOLE.match(text):
        return None
    return hit_row(
        row,
        "target",
        suggestion=Suggestion(
            "请写明关键节点的日期（如“9月底前完成采购”），或按月、按季的完成率。"
        ),
    )


RULE = Rule(
    code="EZ15",
    name="easy.whole_year",
    severity=Severity.WARNING,
    message="时效指标“{name}”的目标“{target}”就是整个年度，没有时间节点，请细化。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.85,
    yields_to=("CR05", "CR17", "CP11"),
)

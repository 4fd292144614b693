"""MN12 monitoring.undated — 监控表没有写明监控时点

反例：
    表中只有“完成情况”，没有截止日期。
正例：
    写明“截至2024年7月31日”。
理由：
    没有时点就无法与时间进度比较，也无法与下次监控衔接。
已知局限：
    时点写在文件名或报送函中的需人工补充。
依据：
    财预〔2019〕136号：绩效监控应明确监控时点，定期采集运行信息。
"""

from __future__ import annotations

from collections.abc import Iterator

from review.context import ReviewContext
from review.facts.progress import as_of
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.rule import Hit, Rule


def _check(context: ReviewContext) -> Iterator[Hit]:
    if as_of(context) is None and not context.is_excerpt:
        yield Hit(
            field="as_of",
            suggestion=Suggestion("请在表头写明“截至×年×月×日”。"),
        )


RULE = Rule(
    code="MN12",
    name="monitoring.undated",
    severity=Severity.INFO,
    message="监控表没有写明监控时点，未能与时间进度比较，请补充。",
    question="表中的完成数和支付数截至哪一天？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.9,
)

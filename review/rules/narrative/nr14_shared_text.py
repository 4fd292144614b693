"""NR14 narrative.shared_text — 报告与其他单位或上年的报告大段雷同

反例：
    除单位名称和数字外，成效、问题、措施三节与邻县同类项目的报告逐句相同。
正例：
    按本项目实际撰写；确需引用的统一表述控制在资金管理规定等部分。
理由：
    照抄照搬的自评没有反映本项目的情况，数据也可能没有更新。
已知局限：
    只与已导入的报告比较，地名、单位名和数字不计；提纲和文件规定的固定用语不计。
依据：
    财预〔2020〕10号：单位自评应客观真实，结论应有依据。
"""

from __future__ import annotations

from collections.abc import Iterator

from review.context import ReviewContext
from review.finding import Severity
from review.kinds import Whole
from review.narrative.places import hit_text, own_report
from review.rule import Hit, Rule
from review.wording import number, shorten


def _check(context: ReviewContext) -> Iterator[Hit]:
    report = own_report(context)
    if report is None or context.shared_reports is None:
        return
    match = context.shared_reports.most_alike(report, context.declaration)
    if match is None or not match.is_telling:
        return
    longest = max(match.sentences, key=lambda sentence: len(sentence.text))
    yield hit_text(
        longest.span,
        advice="请按本项目实际重写雷同部分，并核对数据是否更新。",
        confidence=min(0.95, 0.7 + 0.4 * match.share),
        count=len(match.sentences),
        share=number(100 * match.share),
        other=match.title,
        quote=shorten(longest.text),
    )


RULE = Rule(
    code="NR14",
    name="narrative.shared_text",
    severity=Severity.WARNING,
    message="有{count}句（占{share}%）与“{other}”的报告除地名、单位名和数字外相同，例如“{quote}”，请核对是否照搬。",
    question="与“{other}”雷同的内容由谁撰写？本项目的实际情况是什么？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.85,
)
